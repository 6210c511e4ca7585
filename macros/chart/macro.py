"""A picture drawn from data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from guide.model.macro import macro
from macros.chart import geometry

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro("charts", order=80)
def chart(page: PageRenderer, chart_id: str) -> Markup:
    """Show a picture drawn from data, with its numbers in text.

    Args:
        chart_id: A record of data/charts/.
    """
    record = page.record("charts", chart_id)
    values: dict[str, Any] = {"chart": record}
    if record.kind in ("ladder", "hours"):
        levels = sorted((page.record("levels", level) for level in record.levels), key=lambda level: level.step)
        values["levels"] = levels
        values["picture"] = geometry.hours(levels) if record.kind == "hours" else None
    elif record.kind == "certainty":
        values["rows"] = [page.record("therapies", therapy) for therapy in record.therapies]
    return page.render(f"chart-{record.kind}.html.j2", "charts", chart_id, **values)
