"""Every source in data/references.yaml is cited by a record or a page."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that every reference is cited."""
    if not project.whole:
        return
    cited = {reference for reference, _ in project.references_in_records()}
    cited |= {reference for reference, _ in project.references_in_pages()}
    for reference in project.guide.sources["references"]:
        if reference not in cited:
            yield Problem(
                project.guide.place("references", reference),
                f'nobody cites "{reference}"',
                "Cite it where it supports a statement, or delete it.",
                "uncited-reference",
            )
