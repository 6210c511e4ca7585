"""Comparisons: tables of options, one question a row."""

from guide.model.kind import Kind, Part, Published
from macros.comparison.data import ShownComparison, rows, written_out
from macros.comparison.macro import comparison_table, short
from macros.comparison.record import Comparison, gaps

KIND = Kind(
    "comparisons",
    Comparison,
    order=30,
    summary="how_chosen",
    anchor="table-",
    part=Part("comparison", "comparison_table", handout=True),
    published=Published(ShownComparison, written_out),
    csv=rows,
    csv_each=True,
    gaps=gaps,
    short=short,
)
MACROS = (comparison_table,)
__all__ = ["KIND", "MACROS"]
