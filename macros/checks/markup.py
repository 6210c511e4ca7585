"""Pages are Markdown: no HTML, no table written by hand."""

from collections.abc import Iterator

from macros.book import Book
from macros.problems import Problem


def check(book: Book) -> Iterator[Problem]:
    """Find HTML and tables in pages."""
    for page in book.pages.values():
        for token in page.tokens:
            inner = [child.type for child in token.children or []]
            if token.type == "html_block" or "html_inline" in inner:
                remedy = "Write Markdown; what it cannot say, a macro can."
                yield Problem(page.place(page.line(token)), "HTML in a page", remedy, "html")
            elif token.type == "table_open":
                remedy = "Put it in data/comparisons/, and call comparison_table."
                yield Problem(page.place(page.line(token)), "a table written by hand", remedy, "hand-made-table")
