"""Every reference that a record cites has a record of its own."""

from collections.abc import Iterator

from guide.model.problems import Problem, nearest
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that every reference cited by a record exists."""
    known = project.guide.names("references")
    for reference, place in project.references_in_records():
        if project.guide.lacks("references", reference):
            yield Problem(
                place,
                f'reference "{reference}" is not in data/references.yaml',
                nearest(reference, known) or "Add its record, or correct the id.",
                "unknown-reference",
            )
