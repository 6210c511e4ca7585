"""Numbers, hours, amounts and dates in words."""

from datetime import date
from typing import Any

import pytest

from guide.model.level import Hours, HoursPerWeek
from guide.rendering import wording
from tests.factories import make_figure, make_labels, make_schedule

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


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("1,736", "usd", "$1,736"),
        ("0.5", "usd", "$0.50"),
        ("1736.5", "usd", "$1,736.50"),
        ("283.00", "usd", "$283"),
        ("20", "percent", "20%"),
        ("20.0", "percent", "20%"),
        ("12.5", "percent", "12.5%"),
        ("100", "percent", "100%"),
        ("12500", "people", "12,500 people"),
        ("9", "hours", "9 hours"),
        ("1", "hours", "1 hour"),
        ("1.0", "weeks", "1 week"),
        ("1.5", "hours", "1.5 hours"),
        ("1", "usd", "$1"),
        ("90", "days", "90 days"),
        ("8", "weeks", "8 weeks"),
        ("6", "months", "6 months"),
        ("55", "items", "55"),
    ],
)
def test_quantity(value: str, unit: str, words: str) -> None:
    assert wording.quantity(make_figure(value=value, unit=unit), WORDS) == words


def test_every_unit_has_a_case_above() -> None:
    from typing import get_args

    units = {mark[1] for mark in test_quantity.pytestmark[0].args[1]}  # type: ignore[attr-defined]
    assert units == set(get_args(type(make_figure()).model_fields["unit"].annotation))


def test_day() -> None:
    assert wording.day(date(2026, 3, 4), LABELS.names["months"], WORDS) == "March 4, 2026"


@pytest.mark.parametrize(
    ("minute", "words"),
    [
        (0, "12:00 a.m."),
        (61, "1:01 a.m."),
        (719, "11:59 a.m."),
        (720, "12:00 p.m."),
        (780, "1:00 p.m."),
        (1439, "11:59 p.m."),
    ],
)
def test_clock(minute: int, words: str) -> None:
    assert wording.clock(minute, WORDS) == words


def test_session_time() -> None:
    session = make_schedule(sessions=[{"day": "monday", "start": "11:30", "minutes": "45", "activity": "x"}]).sessions[
        0
    ]
    assert wording.session_time(session, WORDS) == "11:30 a.m. to 12:15 p.m."


def test_session_past_midnight_ends_in_the_morning() -> None:
    session = make_schedule(sessions=[{"day": "monday", "start": "23:30", "minutes": "60", "activity": "x"}]).sessions[
        0
    ]
    assert wording.session_time(session, WORDS) == "11:30 p.m. to 12:30 a.m."


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (540, "9 hours"),
        (570, "9 hours 30 minutes"),
        (605, "10 hours 5 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (6000, "100 hours"),
    ],
)
def test_duration(minutes: int, words: str) -> None:
    assert wording.duration(minutes, WORDS) == words
