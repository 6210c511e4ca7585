"""Sample weeks: positions and sizes of the picture, and times in words."""

import pytest

from macros.schedule import geometry, times
from tests.factories import make_labels, make_schedule

WORDS = make_labels().words


def test_week_shows_whole_hours_around_its_sessions() -> None:
    sessions = [
        {"day": "tuesday", "start": "09:30", "minutes": "45", "activity": "Lesson"},
        {"day": "sunday", "start": "11:00", "minutes": "61", "activity": "Lanes"},
    ]
    week = geometry.week(make_schedule(sessions=sessions))
    assert (week.first_hour, week.last_hour) == (9, 13)
    assert [(block.column, block.top, block.height) for block in week.blocks] == [(1, 30, 45), (6, 120, 61)]


def test_week_that_ends_on_the_hour_has_no_empty_row() -> None:
    week = geometry.week(
        make_schedule(sessions=[{"day": "monday", "start": "18:00", "minutes": "60", "activity": "x"}])
    )
    assert (week.first_hour, week.last_hour) == (18, 19)


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
    assert times.clock(minute, WORDS) == words


def test_session_time() -> None:
    session = make_schedule(sessions=[{"day": "monday", "start": "11:30", "minutes": "45", "activity": "x"}]).sessions[
        0
    ]
    assert times.session_time(session, WORDS) == "11:30 a.m. to 12:15 p.m."


def test_session_past_midnight_ends_in_the_morning() -> None:
    session = make_schedule(sessions=[{"day": "monday", "start": "23:30", "minutes": "60", "activity": "x"}]).sessions[
        0
    ]
    assert times.session_time(session, WORDS) == "11:30 p.m. to 12:30 a.m."


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
    assert times.duration(minutes, WORDS) == words
