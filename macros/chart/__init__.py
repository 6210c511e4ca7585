"""Pictures that are drawn from data, with their numbers in text."""

from macros.chart.macro import chart
from macros.chart.record import KIND

MACROS = (chart,)
__all__ = ["KIND", "MACROS"]
