"""Figures in plain words."""

from collections.abc import Mapping

from guide.rendering.wording import with_unit
from macros.figure.record import Figure


def quantity(figure: Figure, words: Mapping[str, str]) -> str:
    """Word a figure with its unit, for example "$1,736", "20%" or "1 hour"."""
    cents = figure.unit == "usd" and figure.value % 1
    number = f"{figure.value:,.2f}" if cents else f"{figure.value.normalize():,f}"
    return with_unit(number, figure.unit, words)
