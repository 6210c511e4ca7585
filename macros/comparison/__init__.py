"""Comparisons: tables of options, one question a row."""

from macros.comparison.macro import comparison_table
from macros.comparison.record import KIND

MACROS = (comparison_table,)
__all__ = ["KIND", "MACROS"]
