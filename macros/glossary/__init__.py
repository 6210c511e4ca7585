"""The glossary: words that readers meet, in plain words."""

from macros.glossary.macro import glossary
from macros.glossary.record import KIND

MACROS = (glossary,)
__all__ = ["KIND", "MACROS"]
