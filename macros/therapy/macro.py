"""The fact box of one therapy, and tables of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.model.problems import UnknownId

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro("therapies", order=30)
def therapy(page: PageRenderer, therapy_id: str) -> Markup:
    """Show the fact box of a therapy.

    Args:
        therapy_id: A record of data/therapies/.
    """
    record = page.record("therapies", therapy_id)
    return page.render("therapy.html.j2", "therapies", therapy_id, therapy=record)


@macro(choices=lambda guide: {record.family for record in guide.records("therapies").values()}, order=40)
def therapies(page: PageRenderer, family: str | None = None) -> Markup:
    """Show a table of the therapies of a family.

    Args:
        family: A family, such as one of those named in data/labels/; all when left out.
    """
    families = {record.family for record in page.guide.records("therapies").values()}
    if family is not None and family not in families:
        raise UnknownId("the families of therapies", family, families)
    groups = [
        (name, sorted((t for t in page.guide.records("therapies").values() if t.family == name), key=lambda t: t.name))
        for name in page.names["families"]
        if family in (None, name)
    ]
    shown = [therapy.id for _, group in groups for therapy in group]
    first = shown[0] if shown else None
    for therapy in shown:
        page.note_file("therapies", therapy)
    return page.render(
        "therapies.html.j2", "therapies", first, groups=[(name, group) for name, group in groups if group]
    )
