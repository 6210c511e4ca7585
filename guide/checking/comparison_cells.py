"""A comparison answers every question for every option, and for no other."""

from collections.abc import Iterator

from guide.model.problems import Problem, nearest
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Find rows with a missing or a surplus cell."""
    for comparison in book.guide.records("comparisons").values():
        options = [option.id for option in comparison.options]
        for index, row in enumerate(comparison.rows):
            place = book.guide.place("comparisons", comparison.id, "rows", index)
            for option in options:
                if option not in row.cells:
                    yield Problem(
                        place,
                        f'row "{row.id}" has no cell for "{option}"',
                        "Write one, or not_known: why.",
                        "comparison-cells",
                    )
            for cell in row.cells:
                if cell not in options:
                    yield Problem(
                        book.guide.place("comparisons", comparison.id, "rows", index, "cells", cell),
                        f'"{cell}" is not an option of this comparison',
                        nearest(cell, options) or f"Options: {', '.join(options)}.",
                        "comparison-cells",
                    )
