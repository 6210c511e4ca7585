"""One-page handouts: short forms of what other records say, put together for one sheet of paper."""

from guide.model.kind import Kind, OnePage
from macros.sheet.macro import SHEET, on_paper, sheets
from macros.sheet.record import Sheet

KIND = Kind(
    "sheets",
    Sheet,
    order=48,
    shown_to="editors",
    summary="when",
    unsourced=("when",),
    helps=True,
    one_page=OnePage(SHEET, on_paper),
)
MACROS = (sheets,)
__all__ = ["KIND", "MACROS"]
