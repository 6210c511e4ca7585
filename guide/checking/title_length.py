"""A page's title fits a tab and a list of search results: at most 65 characters."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book

_LIMIT = 65


def check(book: Book) -> Iterator[Problem]:
    """Check the length of titles. The model of the front matter checks descriptions."""
    for page in book.pages.values():
        for level, text, line in page.headings:
            if level == 1 and len(text) > _LIMIT:
                yield Problem(
                    page.place(line),
                    f"a title of {len(text)} characters",
                    f"Shorten it to {_LIMIT} or fewer; the first sentence can say the rest.",
                    "title-length",
                )
