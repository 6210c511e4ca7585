"""A statement that something works, helps or changes a risk has its source beside it, on pages and in records."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.reading.claims import EFFECT, statements
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Find paragraphs, list items and texts of records that claim an effect and name no source."""
    for passage in book.passages("paragraph", "item", "text"):
        if passage.cited:
            continue
        for text, start in statements(passage):
            found = EFFECT.search(text)
            if found and not text.rstrip().endswith(":"):
                yield Problem(
                    passage.place(start + found.start()),
                    f'an effect without a source: "{found[0]}"',
                    'Add {{ cite("...") }} with the study that found it, or say only what is known.',
                    "uncited-effect",
                )
                break
