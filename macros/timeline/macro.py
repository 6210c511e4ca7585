"""The timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro(order=60)
def timeline(page: PageRenderer) -> Markup:
    """Show the timeline, oldest event first."""
    return page.render("timeline.html.j2", "timeline", None, events=list(page.guide.records("timeline").values()))
