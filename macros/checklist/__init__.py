"""Checklists: boxes to tick, on screen and on paper."""

from guide.model.kind import Kind, Part
from macros.checklist.macro import checklist, checklist_card, short
from macros.checklist.record import Checklist, rows

KIND = Kind(
    "checklists",
    Checklist,
    order=40,
    summary="when",
    anchor="list-",
    part=Part("checklist", "checklist", handout=True),
    csv=rows,
    csv_each=True,
    unsourced=("when",),
    chosen={"audience": "audiences"},
    home="page",
    brief="checklist_card",
    kept=True,
    short=short,
)
MACROS = (checklist, checklist_card)
__all__ = ["KIND", "MACROS"]
