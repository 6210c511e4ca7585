"""A comparison answers every question for each of its options, and for nothing else."""

from collections.abc import Iterator

from guide.model.problems import Problem, nearest
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that every row has a cell for each option and no other."""
    for comparison in project.guide.records("comparisons").values():
        options = [option.id for option in comparison.options]
        for index, row in enumerate(comparison.rows):
            place = project.guide.place("comparisons", comparison.id, "rows", index)
            for option in options:
                if option not in row.cells:
                    yield Problem(
                        place,
                        f'row "{row.id}" has no cell for "{option}"',
                        f"Under its cells: write {option}: and below it text:, basis: or certainty:, and references:. "
                        "If nobody knows, write not_known: and why.",
                        "comparison-cells",
                    )
            for cell in row.cells:
                if cell not in options:
                    yield Problem(
                        project.guide.place("comparisons", comparison.id, "rows", index, "cells", cell),
                        f'"{cell}" is not an option of this comparison',
                        nearest(cell, options) or f"Options: {', '.join(options)}.",
                        "comparison-cells",
                    )
