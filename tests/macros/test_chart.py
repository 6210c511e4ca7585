"""Positions and sizes of pictures."""

import pytest

from guide.rendering import charts
from tests.factories import CITED, make_level, make_schedule


def level(low: int, high: int | None) -> object:
    adults = {"min": str(low)} if high is None else {"min": str(low), "max": str(high)}
    return make_level(hours_per_week={"adults": adults, "basis": "rule", "references": CITED})


@pytest.mark.parametrize(
    ("low", "high", "start", "length", "is_open"),
    [
        (10, 20, 25, 25, False),
        (20, None, 50, 50, True),
        (0, 9, 0, 25, False),  # fewer than 10
        (30, 60, 75, 25, False),  # cut at the end of the scale
        (0, None, 0, 100, True),
    ],
)
def test_bar_of_hours(low: int, high: int | None, start: float, length: float, is_open: bool) -> None:
    [bar] = charts.hours([level(low, high)])  # type: ignore[list-item]
    assert (bar.start, bar.length, bar.open) == (start, length, is_open)


def test_unknown_hours_have_a_label_and_no_bar() -> None:
    [bar] = charts.hours([make_level(hours_per_week={"not_known": "Nobody says."})])
    assert (bar.label, bar.length, bar.open) == ("Beginners", 0, False)


def test_level_beyond_the_scale_stays_in_the_picture() -> None:
    [bar] = charts.hours([level(60, None)])  # type: ignore[list-item]
    assert 0 <= bar.start <= 100
    assert 0 <= bar.start + bar.length <= 100


def test_week_shows_whole_hours_around_its_sessions() -> None:
    sessions = [
        {"day": "tuesday", "start": "09:30", "minutes": "45", "activity": "Lesson"},
        {"day": "sunday", "start": "11:00", "minutes": "61", "activity": "Lanes"},
    ]
    week = charts.week(make_schedule(sessions=sessions))
    assert (week.first_hour, week.last_hour) == (9, 13)
    assert [(block.column, block.top, block.height) for block in week.blocks] == [(1, 30, 45), (6, 120, 61)]


def test_week_that_ends_on_the_hour_has_no_empty_row() -> None:
    week = charts.week(make_schedule(sessions=[{"day": "monday", "start": "18:00", "minutes": "60", "activity": "x"}]))
    assert (week.first_hour, week.last_hour) == (18, 19)
