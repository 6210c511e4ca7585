"""Pages are Markdown: no HTML, no table written by hand."""

from collections.abc import Iterator

from macros.book import Book
from macros.problems import Problem


def check(book: Book) -> Iterator[Problem]:
    """Find HTML and tables in pages."""
    for page in book.pages.values():
        for kind, written, line in page.written.marks:
            if kind == "html":
                remedy = "Write plain words with **strong**, *emphasis*, lists and links; macros make all else."
                yield Problem(page.place(line), f'HTML in a page: "{written.strip()[:40]}"', remedy, "html")
            elif kind == "table":
                remedy = "Put it in data/comparisons/, and call comparison_table."
                yield Problem(page.place(line), "a table written by hand", remedy, "hand-made-table")
