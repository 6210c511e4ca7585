"""Pages hold no table written by hand; what else they may not hold is found in reading them."""

from collections.abc import Iterator

from macros.book import Book
from macros.problems import Problem


def check(book: Book) -> Iterator[Problem]:
    """Find tables in pages."""
    for page in book.pages.values():
        for line in page.written.tables:
            remedy = "Put it in data/comparisons/, and call comparison_table."
            yield Problem(page.place(line), "a table written by hand", remedy, "hand-made-table")
