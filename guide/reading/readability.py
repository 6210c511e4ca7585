"""How easy a page reads: its grade, and whether it reads choppy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyphen import Pyphen  # type: ignore[import-untyped]

from guide.model.problems import Place
from guide.reading.pages import Page
from guide.reading.passages import RUNNING_TEXT, Sentence

_SHORT = 8
"""Words in the longest sentence that is short."""
_LOWEST_GRADE, _MOST_SHORT, _FEWEST_WORDS = 4.5, 0.4, 10.0
"""Below, above and below which a text usually reads choppy."""


@dataclass(frozen=True)
class Readability:
    """How a text reads.

    Attributes:
        grade: The school grade, by Flesch and Kincaid.
        words: The mean number of words in a sentence.
        short: The share of sentences of eight words or fewer, from 0 to 1.
    """

    grade: float
    words: float
    short: float

    @property
    def choppy(self) -> bool:
        """Whether an editor should read it aloud: by its figures it usually reads like a list of short sentences."""
        return self.grade < _LOWEST_GRADE or self.short > _MOST_SHORT or self.words < _FEWEST_WORDS


def readability(sentences: Iterable[Sentence]) -> Readability | None:
    """Return how sentences read; None if there are none."""
    counts = [len(words) for sentence in sentences if (words := sentence.words)]
    if not counts:
        return None
    short = sum(count <= _SHORT for count in counts)
    return Readability(grade_of(list(sentences)), sum(counts) / len(counts), short / len(counts))


def choppy_pages(pages: Mapping[str, Page], help_page: str | None) -> list[tuple[str, Readability]]:
    """Return the pages that read choppy, each with how it reads, the lowest grade first.

    Steps, and the help page, may be as short as they like.
    """
    figures = [
        (path, readability([sentence for sentence, _ in sentences_of(page, steps=False)]))
        for path, page in pages.items()
        if path != help_page
    ]
    found = [(path, reads) for path, reads in figures if reads and reads.choppy]
    return sorted(found, key=lambda pair: pair[1].grade)


def sentences_of(page: Page, *, steps: bool = True) -> list[tuple[Sentence, Place]]:
    """Return the sentences of paragraphs and list items: no headings, tables, sources or output of macros.

    Args:
        page: The page.
        steps: Whether those of numbered lists count too.
    """
    return [
        (sentence, passage.place(sentence.start))
        for passage in page.passages
        if passage.role in RUNNING_TEXT and (steps or not passage.numbered)
        for sentence in passage.sentences
    ]


def grade_of(sentences: list[Sentence]) -> float:
    """Return the school grade of a text.

    Source:
        Kincaid and others 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59. Syllables are counted as
        textstat 0.7.4 counts them, by the places where a word can be hyphenated.
    """
    words = [word for sentence in sentences for word in sentence.words]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@cache
def syllables(word: str) -> int:
    """Return the number of syllables of a word."""
    letters = "".join(letter for letter in word.lower() if letter.isalnum() or letter == "_")
    return len(_hyphenation().positions(letters)) + 1


@cache
def _hyphenation() -> Pyphen:
    return Pyphen(lang="en_US")
