"""Words to avoid on pages, and what to write in their place."""

from macros.wording.macro import preferred_words
from macros.wording.record import KIND

MACROS = (preferred_words,)
__all__ = ["KIND", "MACROS"]
