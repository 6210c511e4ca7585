"""A sentence has at most 30 words, on pages and in the texts of records."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.project import Book

_LIMIT = 30


def check(book: Book) -> Iterator[Problem]:
    """Check the length of sentences."""
    for passage in book.passages(*RUNNING_TEXT, "text"):
        for sentence in passage.sentences:
            count = len(sentence.words)
            if count > _LIMIT:
                yield Problem(
                    passage.place(sentence.start),
                    f'a sentence of {count} words: "{sentence.text[:50]}..."',
                    f"Split it in two, or make a list: a sentence has at most {_LIMIT} words.",
                    "long-sentence",
                )
