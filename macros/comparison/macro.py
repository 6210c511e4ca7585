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


def _chosen(comparison_id: str, name: str, all_of_them: list[Any], ids: list[str] | None) -> list[Any]:
    """Return the columns or rows that a call names; all if it names none.

    Raises:
        UnknownId: There is none of that name.
    """
    known = [each.id for each in all_of_them]
    for wanted in ids or []:
        if wanted not in known:
            raise UnknownId(f"the {name} of {comparison_id}", wanted, known)
    return [each for each in all_of_them if not ids or each.id in ids]


@macro("comparisons", order=10)
def comparison_table(
    page: PageRenderer, comparison_id: str, options: list[str] | None = None, rows: list[str] | None = None
) -> Markup:
    """Show a comparison, or some of its columns or rows.

    Args:
        comparison_id: A record of data/comparisons/.
        options: Ids of the columns to show, in the order of the record; all when left out.
        rows: Ids of the rows to show, likewise.
    """
    comparison = page.record("comparisons", comparison_id)
    columns = _chosen(comparison_id, "options", comparison.options, options)
    lines = _chosen(comparison_id, "rows", comparison.rows, rows)
    cells = [page.resolved(row.cells[option.id]) for row in lines for option in columns]
    return page.render(
        "comparison.html.j2",
        "comparisons",
        comparison_id,
        comparison=comparison,
        options=columns,
        rows=lines,
        grounds=_grounds(cells),
    )
