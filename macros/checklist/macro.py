"""A checklist with boxes to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro("checklists", order=20)
def checklist(page: PageRenderer, checklist_id: str) -> Markup:
    """Show a checklist with boxes to tick, on screen and on paper.

    Args:
        checklist_id: A record of data/checklists/.
    """
    record = page.record("checklists", checklist_id)
    return page.render("checklist.html.j2", "checklists", checklist_id, checklist=record)
