"""A page's title fits a tab and a list of search results: at most 65 characters."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book

LIMIT = 65


def check(book: Book) -> Iterator[Problem]:
    """Find titles that would be cut off; the model of the front matter sees to the description."""
    for page in book.pages.values():
        for level, text, line in page.headings:
            if level == 1 and len(text) > LIMIT:
                yield Problem(
                    page.place(line),
                    f"a title of {len(text)} characters",
                    f"Shorten it to {LIMIT} or fewer; the first sentence can say the rest.",
                    "title-length",
                )
