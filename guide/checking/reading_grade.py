"""A page reads at grade 8 or lower by Flesch-Kincaid, or at the `reading_grade` of its front matter, at most 10."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.reading.passages import Sentence
from guide.reading.readability import grade_of, sentences_of, syllables
from guide.rendering.project import Project

_LIMIT = 8
_FEWEST_WORDS = 100
"""The number of words below which a grade says little."""
_NAMED = 3
"""The number of sentences that a problem quotes."""


def check(project: Project) -> Iterator[Problem]:
    """Check that no page is too hard to read."""
    for page in project.pages.values():
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


def _weight(sentence: Sentence) -> float:
    """Return how much a sentence raises the grade of its page, by its length and its long words."""
    return 0.39 * len(sentence.words) + 11.8 * sum(syllables(word) - 1 for word in sentence.words) / 10
