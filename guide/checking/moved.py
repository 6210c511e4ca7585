"""A page that has moved is no longer at its old address, and has moved only once."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that no old address is in use or leads to two pages."""
    seen: set[str] = set()
    for record_id, move in book.guide.moved.items():
        place = book.guide.place("moved", record_id, "was")
        if move.was in book.pages:
            yield Problem(place, f'"{move.was}" is still a page', "Delete the page, or this record.", "moved")
        if move.was in seen:
            yield Problem(place, f'"{move.was}" has moved twice', "Keep the record of where it is now.", "moved")
        seen.add(move.was)
