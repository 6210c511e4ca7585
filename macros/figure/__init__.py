"""Figures: numbers that change, printed inside a sentence."""

from macros.figure.macro import figure
from macros.figure.record import KIND

MACROS = (figure,)
__all__ = ["KIND", "MACROS"]
