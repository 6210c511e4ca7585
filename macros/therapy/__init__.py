"""Therapies: a box of facts for each, and tables of a family."""

from guide.model.kind import Kind, Part
from macros.therapy.macro import therapies, therapy
from macros.therapy.record import Therapy, rows

KIND = Kind(
    "therapies",
    Therapy,
    order=50,
    answerable=True,
    title="name",
    summary="what_it_is",
    anchor="therapy-",
    part=Part("therapy", "therapy"),
    csv=rows,
    chosen={"family": "families"},
)
MACROS = (
    therapy,
    therapies,
)
__all__ = ["KIND", "MACROS"]
