"""Headings make an outline: one title, then no level skipped."""

from collections.abc import Iterator

from macros.book import Book
from macros.problems import Problem


def check(book: Book) -> Iterator[Problem]:
    """Find pages without a title or with a gap in their headings."""
    for page in book.pages.values():
        titles = [line for level, _, line in page.headings if level == 1]
        if not titles:
            yield Problem(page.place(page.body_start), "the page has no title", "Begin it with # and a title.", "title")
        for line in titles[1:]:
            yield Problem(page.place(line), "a second title", "Write ## for a section.", "title")
        before = 1
        for level, text, line in page.headings:
            if level > before + 1:
                wrong = f'"{text}" is a heading of level {level} after one of level {before}'
                yield Problem(page.place(line), wrong, f"Write {'#' * (before + 1)}.", "heading-order")
            before = level
