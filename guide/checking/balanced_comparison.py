"""A comparison with values treats its options alike: a decision aid that is built on it pushes nobody."""

import re
from collections.abc import Iterator
from statistics import median
from typing import Any

from guide.model.inline import plain_text
from guide.model.problems import Place, Problem
from guide.model.record import NotKnown
from guide.rendering.page import PageRenderer
from guide.rendering.project import FAILS, Project

_LONGEST = 2
"""How many times the words of the middle answer of its row an answer may have."""
_COUNT = re.compile(r"\b\d[\d,]* (?:in|of|out of)(?: every)? (\d[\d,]*)\b")
"""A number of people and its denominator, as in "3 in 100"."""
_RULE = "balanced-comparison"


def check(project: Project) -> Iterator[Problem]:
    """Check each comparison that has values.

    Something speaks for each option and something against it, and so for each value. What nobody knows speaks neither
    way. In one row, no answer has more than twice the words of the middle one, and counts of people have one
    denominator. That every option answers every question, and that answers have sources and dates, other rules check.
    """
    page = PageRenderer(project.guide, "index.md", project.language)
    for comparison in project.guide.records("comparisons").values():
        if comparison.values:
            yield from _one_sided(project, comparison)
            for index, row in enumerate(comparison.rows):
                place = project.guide.place("comparisons", comparison.id, "rows", index)
                answers = _answers(page, row)
                yield from _speaking_gaps(project, comparison.id, index, answers)
                # The middle one isn't known while an answer can't be shown.
                if len(answers) == len(row.cells):
                    yield from _unequal_words(place, row, answers)
                yield from _denominators(place, row, answers)


def _one_sided(project: Project, comparison: Any) -> Iterator[Problem]:
    said = [speaks for row in comparison.rows for speaks in row.speaks]
    options = {(speaks.way, option) for speaks in said for option in speaks.options}
    values = {(speaks.way, speaks.value) for speaks in said}
    for key, things, ways in (("options", comparison.options, options), ("values", comparison.values, values)):
        for index, thing in enumerate(things):
            for way in ("for", "against"):
                if (way, thing.id) not in ways:
                    yield Problem(
                        project.guide.place("comparisons", comparison.id, key, index),
                        f'nothing speaks {way} the {key[:-1]} "{thing.id}"',
                        f"Write way: {way} under speaks: in a row whose answers say so, or add such a row.",
                        _RULE,
                    )


def _answers(page: PageRenderer, row: Any) -> dict[str, Any]:
    """Return what the cells of a row show, by option; other rules report a cell that can't be shown."""
    answers = {}
    for option, cell in row.cells.items():
        try:
            answers[option] = page.resolved(cell)
        except (*FAILS, AttributeError):
            continue
    return answers


def _text(answer: Any) -> str:
    if isinstance(answer, list):
        return " ".join(entry.text for entry in answer)
    return plain_text(str(getattr(answer, "text", None) or getattr(answer, "not_known", answer)))


def _speaking_gaps(project: Project, comparison_id: str, index: int, answers: dict[str, Any]) -> Iterator[Problem]:
    row = project.guide.records("comparisons")[comparison_id].rows[index]
    for number, speaks in enumerate(row.speaks):
        for option in speaks.options:
            if isinstance(answers.get(option), NotKnown):
                yield Problem(
                    project.guide.place("comparisons", comparison_id, "rows", index, "speaks", number),
                    f'"{option}" has no answer here that could speak {speaks.way} "{speaks.value}"',
                    "Take it out of options:, or find the answer.",
                    _RULE,
                )


def _unequal_words(place: Place, row: Any, answers: dict[str, Any]) -> Iterator[Problem]:
    words = {option: len(_text(answer).split()) for option, answer in answers.items()}
    most = _LONGEST * median(words.values()) if words else 0
    for option, number in words.items():
        if number > most:
            middle = f"the middle one of its row has {most / _LONGEST:g}"
            yield Problem(
                place,
                f'in row "{row.id}", "{option}" has {number} words, and {middle}',
                "Shorten it to twice as many, or say as much of the others.",
                _RULE,
            )


def _denominators(place: Place, row: Any, answers: dict[str, Any]) -> Iterator[Problem]:
    found = sorted({number for answer in answers.values() for number in _COUNT.findall(_text(answer))})
    if len(found) > 1:
        yield Problem(
            place,
            f'row "{row.id}" counts people in {", ".join(found[:-1])} and in {found[-1]}',
            "Count them all in the same number, such as in 100.",
            _RULE,
        )
