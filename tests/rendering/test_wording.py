"""Hours and dates in words."""

from datetime import date
from typing import Any

import pytest

from guide.model.answers import Hours, HoursPerWeek
from guide.rendering import wording
from tests.factories import make_labels

LABELS = make_labels()
WORDS = LABELS.words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3, 5, "3 to 5 hours"),
        (20, None, "20 or more hours"),
        (0, 8, "fewer than 9 hours"),
        (0, None, "0 or more hours"),
        (4, 4, "4 to 4 hours"),
    ],
)
def test_hours(low: int, high: int | None, words: str) -> None:
    assert wording.hours(Hours(min=low, max=high), WORDS) == words


def hours(**changes: Any) -> HoursPerWeek:
    return HoursPerWeek.model_validate({"basis": "rule", "references": ["river-2020"], **changes})


def test_hours_of_adults_only() -> None:
    assert wording.hours_per_week(hours(adults={"min": 9, "max": 19}), WORDS) == "Adults: 9 to 19 hours."


def test_hours_of_adolescents_that_differ_are_a_sentence_of_their_own() -> None:
    both = hours(adults={"min": 9, "max": 19}, adolescents={"min": 6, "max": 19})
    assert wording.hours_per_week(both, WORDS) == "Adults: 9 to 19 hours. Adolescents: 6 to 19 hours."


def test_hours_that_are_the_same_are_said_once() -> None:
    both = hours(adults={"min": 20}, adolescents={"min": 20})
    assert wording.hours_per_week(both, WORDS) == "20 or more hours, for adults and adolescents."


def test_day() -> None:
    assert wording.day(date(2026, 3, 4), LABELS.names["months"], WORDS) == "March 4, 2026"
