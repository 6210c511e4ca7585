"""A sentence has at most 30 words, on pages and in the texts of records."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.project import Book

LIMIT = 30


def check(book: Book) -> Iterator[Problem]:
    """Find sentences that are too long to follow."""
    for passage in book.passages(*RUNNING_TEXT, "text"):
        for sentence in passage.sentences:
            count = len(sentence.words)
            if count > LIMIT:
                yield Problem(
                    passage.place(sentence.start),
                    f'a sentence of {count} words: "{sentence.text[:50]}..."',
                    f"Make two of it, or a list: a sentence has at most {LIMIT} words.",
                    "long-sentence",
                )
