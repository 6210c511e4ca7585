"""A checklist with boxes to tick, and the card that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.rendering.selection import selected

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.checklist.record import Checklist


@macro("checklists", order=20)
def checklist(page: PageRenderer, checklist_id: str) -> Markup:
    """Show a checklist with boxes to tick, on screen and on paper: on its own page.

    Args:
        checklist_id: A record of data/checklists/.
    """
    record = page.record("checklists", checklist_id)
    return page.render("checklist.html.j2", "checklists", checklist_id, checklist=record)


@macro("checklists", order=25)
def checklist_card(page: PageRenderer, checklist_id: str) -> Markup:
    """Show the title of a checklist, when to use it, and a link to it: on all other pages.

    Args:
        checklist_id: A record of data/checklists/.
    """
    record = page.record("checklists", checklist_id)
    count = sum(len(group.items) for group in record.groups)
    return page.render("checklist-card.html.j2", "checklists", checklist_id, checklist=record, count=count)


def short(page: PageRenderer, checklists: list[Checklist], only: list[str]) -> Markup:
    """Show checklists in short: all their items, or those named, without the reasons."""
    shown = []
    for record in checklists:
        items = [item for group in record.groups for item in group.items]
        wanted = selected(f"the items of {record.id}", items, only)
        groups = [(group.title, [item for item in group.items if item in wanted]) for group in record.groups]
        shown.append([(title, items) for title, items in groups if items])
    return page.render("checklist-short.html.j2", None, None, checklists=shown)
