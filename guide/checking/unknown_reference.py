"""Every reference that a record cites has a record of its own."""

from collections.abc import Iterator

from guide.model.problems import Problem, nearest
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that every reference cited by a record exists."""
    known = book.guide.names("references")
    for reference, place in book.references_in_records():
        if book.guide.lacks("references", reference):
            yield Problem(
                place,
                f'reference "{reference}" is not in data/references.yaml',
                nearest(reference, known) or "Add its record, or correct the id.",
                "unknown-reference",
            )
