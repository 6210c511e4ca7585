"""The timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from guide.model.kind import PartItem
from guide.model.macro import macro

if TYPE_CHECKING:
    from guide.model.guide import Guide
    from guide.rendering.page import PageRenderer
    from macros.timeline.record import Event


@macro(order=60)
def timeline(page: PageRenderer) -> Markup:
    """Show the timeline, oldest event first."""
    return page.render("timeline.html.j2", "timeline", None, events=list(page.guide.records("timeline").values()))


def block(page: PageRenderer, event: Event) -> Markup:
    """Show one event by itself."""
    return page.render("timeline.html.j2", None, None, events=[event])


def whole(events: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the id of the whole timeline, which other sites show as one."""
    return ["all"] if events else []


def whole_item(guide: Guide, language: str, item_id: str) -> PartItem:
    """Return the whole timeline."""
    title = guide.labels[language].words["timeline"]
    return PartItem(item_id, title, f"timeline-{item_id}", guide.heads.get("timeline"), ())
