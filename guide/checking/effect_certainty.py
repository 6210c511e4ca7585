"""A record that claims an effect says how sure we are of it."""

from collections.abc import Iterator

from guide.model.guide import at, walk
from guide.model.problems import Problem
from guide.reading.claims import EFFECT
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that statements that claim an effect have a `certainty` and not a `basis`."""
    for kind, record_id, source in book.guide.written():
        for path, text in walk(source.plain):
            if path and path[-1] == "text" and "basis" in at(source.plain, path[:-1]):
                effect = EFFECT.search(text)
                if effect:
                    yield Problem(
                        book.guide.place(kind, record_id, *path),
                        f'an effect with a basis, not a certainty: "{effect[0]}"',
                        "Write certainty: (high, moderate, low, very-low, not-rated) in place of basis:, or leave the "
                        "effect out.",
                        "effect-certainty",
                    )
