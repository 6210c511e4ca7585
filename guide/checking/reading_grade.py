"""A page reads at grade 8 or lower by Flesch-Kincaid, or at the `reading_grade` of its front matter, at most 10."""

from collections.abc import Iterator
from functools import cache

from pyphen import Pyphen  # type: ignore[import-untyped]

from guide.model.problems import Place, Problem
from guide.reading.pages import Page
from guide.reading.passages import RUNNING_TEXT, Sentence
from guide.rendering.project import Book

_LIMIT = 8
_FEWEST_WORDS = 100
"""The number of words below which a grade says little."""
_NAMED = 3
"""The number of sentences that a problem quotes."""


def check(book: Book) -> Iterator[Problem]:
    """Check that no page is too hard to read."""
    for page in book.pages.values():
        limit = page.front.reading_grade if page.front and page.front.reading_grade else _LIMIT
        sentences = sentences_of(page)
        if sum(len(sentence.words) for sentence, _ in sentences) < _FEWEST_WORDS:
            continue
        grade = round(grade_of([sentence for sentence, _ in sentences]), 1)
        if grade > limit:
            hardest = sorted(sentences, key=lambda pair: _weight(pair[0]), reverse=True)[:_NAMED]
            named = "; ".join(f'line {place.line}: "{sentence.text[:60]}..."' for sentence, place in hardest)
            yield Problem(
                page.place(page.body_start),
                f"the page reads at grade {grade}, and its limit is {limit}",
                f"Split long sentences and choose shorter words. The hardest: {named}",
                "reading-grade",
            )


def sentences_of(page: Page) -> list[tuple[Sentence, Place]]:
    """Return the sentences of paragraphs and list items: no headings, tables, sources or output of macros."""
    return [
        (sentence, passage.place(sentence.start))
        for passage in page.passages
        if passage.role in RUNNING_TEXT
        for sentence in passage.sentences
    ]


def grade_of(sentences: list[Sentence]) -> float:
    """Return the school grade of a text.

    Source:
        Kincaid and others 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59. Syllables are counted as
        textstat 0.7.4 counts them, by the places where a word can be hyphenated.
    """
    words = [word for sentence in sentences for word in sentence.words]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _weight(sentence: Sentence) -> float:
    """Return how much a sentence raises the grade of its page, by its length and its long words."""
    return 0.39 * len(sentence.words) + 11.8 * sum(_syllables(word) - 1 for word in sentence.words) / 10


@cache
def _syllables(word: str) -> int:
    """Return the number of syllables of a word."""
    letters = "".join(letter for letter in word.lower() if letter.isalnum() or letter == "_")
    return len(_hyphenation().positions(letters)) + 1


@cache
def _hyphenation() -> Pyphen:
    return Pyphen(lang="en_US")
