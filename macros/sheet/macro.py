"""A one-page handout, and the list of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.addresses import handout_path
from guide.model.macro import macro
from guide.model.problems import UnknownId
from guide.model.registry import kinds

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.sheet.record import Part, Sheet

SHEET = "sheet"
"""What handouts of this kind are called in addresses."""


def shown(page: PageRenderer, part: Part) -> Markup:
    """Show the records of a part in short.

    Raises:
        UnknownId: There is no such kind, record, or part of a record.
    """
    named = [name.split("/") for name in part.show]
    kind = named[0][0]
    able = {key: kind.short for key, kind in kinds().items() if kind.short}
    if kind not in able:
        raise UnknownId("the kinds that a sheet can show", kind, able)
    short: Markup = able[kind](page, [page.record(kind, record_id) for _, record_id in named], part.only)
    return short


def on_paper(page: PageRenderer, sheet: Sheet) -> Markup:
    """Show what stands on a sheet."""
    return page.render("sheet.html.j2", "sheets", sheet.id, sheet=sheet, shown=partial(shown, page))


@macro(example=False, order=37)
def sheets(page: PageRenderer) -> Markup:
    """List every one-page handout: whom it's for, the page that says more, and where it can be printed, if it can."""
    return page.render(
        "sheets.html.j2",
        "sheets",
        None,
        sheets=list(page.guide.records("sheets").values()),
        address=lambda sheet, size: f"/{handout_path(f'{SHEET}/{sheet.id}', size)}",
    )
