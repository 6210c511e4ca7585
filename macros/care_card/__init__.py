"""Care cards: what to do now, and whom to reach."""

from macros.care_card.macro import care_card
from macros.care_card.record import KIND

MACROS = (care_card,)
__all__ = ["KIND", "MACROS"]
