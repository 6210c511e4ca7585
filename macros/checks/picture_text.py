"""Every picture has a text that says the same, for those who cannot see it."""

from collections.abc import Iterator

from macros.book import Book
from macros.problems import Problem


def check(book: Book) -> Iterator[Problem]:
    """Find pictures without an alternative text."""
    for page in book.pages.values():
        for kind, address, line in page.written.marks:
            if kind == "picture":
                yield Problem(
                    page.place(line),
                    f'the picture "{address}" has no text',
                    "Say between the brackets what it shows: ![what it shows](file).",
                    "picture-text",
                )
