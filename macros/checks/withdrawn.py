"""What is withdrawn is gone, and was of a kind that has addresses."""

from collections.abc import Iterator

from macros.book import Book
from macros.checks.lost_addresses import parts_of
from macros.embeds import KINDS, PAGE
from macros.links import page_id
from macros.problems import Problem, nearest


def check(book: Book) -> Iterator[Problem]:
    """Find withdrawn addresses that never were, or that are in use."""
    for record_id, gone in book.guide.withdrawn.items():
        kind, _, item = gone.address.partition("/")
        place = book.guide.place("withdrawn", record_id, "address")
        if kind not in KINDS:
            remedy = nearest(kind, KINDS) or f"It is one of: {', '.join(KINDS)}."
            yield Problem(place, f'nothing of the kind "{kind}" has an address', remedy, "withdrawn")
        elif item in ({page_id(path) for path in book.pages} if kind == PAGE else parts_of(book, kind)):
            yield Problem(place, f'"{gone.address}" is still in the guide', "Delete it there, or here.", "withdrawn")
