"""The table of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from guide.model.macro import macro
from guide.model.record import Known
from guide.rendering import wording
from guide.rendering.selection import selected

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.comparison.record import Comparison


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
    columns = selected(f"the options of {comparison_id}", comparison.options, options)
    lines = selected(f"the rows of {comparison_id}", comparison.rows, rows)
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


def short(page: PageRenderer, comparisons: list[Comparison], only: list[str]) -> Markup:
    """Show comparisons in short, an option a row.

    Args:
        page: What renders it.
        comparisons: Those to show.
        only: Ids of rows and options to show; all rows if it names none, and all options likewise.
    """
    return page.render(
        "comparison-short.html.j2",
        None,
        None,
        comparisons=[
            (
                comparison,
                selected("", comparison.options, _ids(comparison.options, only)),
                selected(f"the rows and options of {comparison.id}", comparison.rows, _rest(comparison, only)),
            )
            for comparison in comparisons
        ],
    )


def _ids(parts: list[Any], only: list[str]) -> list[str]:
    return [part.id for part in parts if part.id in only]


def _rest(comparison: Comparison, only: list[str]) -> list[str]:
    """Return the ids that name no option: rows, or nothing that there is."""
    return [part_id for part_id in only if part_id not in _ids(comparison.options, only)]
