"""Pages contain no tables written by hand. Other markup that they may not contain is found while reading them."""

import re
from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book

_RULE = "hand-made-table"
_PASTED = re.compile(r"^\S.*\S\t+\S.*\n\S.*\S\t+\S", re.MULTILINE)
"""Two lines with tabs inside, as pasted from a word processor or a spreadsheet."""


def check(book: Book) -> Iterator[Problem]:
    """Check that pages contain no tables, neither in Markdown nor pasted with tabs."""
    for page in book.pages.values():
        for line in page.content.tables:
            remedy = "Put it in data/comparisons/, and call comparison_table."
            yield Problem(page.place(line), "a table written by hand", remedy, _RULE)
        pasted = _PASTED.search(page.body)
        if pasted:
            line = page.body_start + page.body[: pasted.start()].count("\n")
            remedy = "Put it in data/comparisons/, and call comparison_table; or write a list."
            yield Problem(page.place(line), "columns with tabs between them, which run together", remedy, _RULE)
