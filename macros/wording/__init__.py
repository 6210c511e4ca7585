"""Words to avoid on pages, and what to write in their place."""

from guide.model.kind import Kind, Stored
from macros.wording.macro import preferred_words
from macros.wording.record import Wording

KIND = Kind("language", Wording, Stored.LIST, order=1010, shown_to="editors", quotes=("avoid",))
MACROS = (preferred_words,)
__all__ = ["KIND", "MACROS"]
