"""Figures: numbers that change, inside a sentence."""

from guide.model.kind import Kind, Stored
from macros.figure.macro import block, figure, summary
from macros.figure.record import Figure

KIND = Kind(
    "figures",
    Figure,
    Stored.LIST,
    order=140,
    title="name",
    summary=summary,
    block=block,
    csv=("id", "name", "value", "unit", "as_of", "check_due", "references"),
)
MACROS = (figure,)
__all__ = ["KIND", "MACROS"]
