"""Every picture has a text that says the same, for those who cannot see it."""

from collections.abc import Iterator

from macros.book import Book
from macros.problems import Problem


def check(book: Book) -> Iterator[Problem]:
    """Find pictures without an alternative text."""
    for page in book.pages.values():
        for address, alternative, line in page.written.pictures:
            if not alternative.strip():
                yield Problem(
                    page.place(line),
                    f'the picture "{address}" has no text',
                    "Say between the brackets what it shows: ![what it shows](file).",
                    "picture-text",
                )
