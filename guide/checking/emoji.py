"""Pages and records contain no emoji: screen readers read out their names, and devices draw them differently."""

import re
from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23fa\ufe0f]+")


def check(book: Book) -> Iterator[Problem]:
    """Check that texts contain no emoji."""
    for passage in book.passages("paragraph", "item", "quote", "heading", "text", "name"):
        for match in _EMOJI.finditer(passage.text):
            remedy = "Say it in words, or delete it."
            yield Problem(passage.place(match.start()), f'the emoji "{match[0]}"', remedy, "emoji")
