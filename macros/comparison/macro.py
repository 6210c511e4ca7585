"""The table of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from guide.model.macro import macro
from guide.model.problems import UnknownId
from guide.model.record import Known
from guide.rendering import wording

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


def _grounds(cells: list[Any]) -> list[str]:
    """Return what answers rest on, each once, in the order of wording.GROUNDS."""
    found: set[str] = set()
    for cell in cells:
        for answer in cell if isinstance(cell, list) else [cell]:
            if getattr(answer, "certainty", None):
                found.add("not-rated" if answer.certainty == "not-rated" else "certainty")
            elif isinstance(answer, Known) and answer.basis:
                found.add(answer.basis)
    return [ground for ground in wording.GROUNDS if ground in found]


@macro("comparisons", order=10)
def comparison_table(page: PageRenderer, comparison_id: str, options: list[str] | None = None) -> Markup:
    """Show a comparison, or some of its columns.

    Args:
        comparison_id: A record of data/comparisons/.
        options: Ids of the columns to show, in the order of the record; all when left out.
    """
    comparison = page.record("comparisons", comparison_id)
    known = [option.id for option in comparison.options]
    for option in options or []:
        if option not in known:
            raise UnknownId(f"the options of {comparison_id}", option, known)
    shown = [option for option in comparison.options if not options or option.id in options]
    cells = [page.resolved(row.cells[option.id]) for row in comparison.rows for option in shown]
    return page.render(
        "comparison.html.j2",
        "comparisons",
        comparison_id,
        comparison=comparison,
        options=shown,
        grounds=_grounds(cells),
    )
