"""Therapies: a box of facts for each, and tables of a family."""

from macros.therapy.macro import therapies, therapy
from macros.therapy.record import KIND

MACROS = (therapy, therapies)
__all__ = ["KIND", "MACROS"]
