"""Positions and sizes of the pictures; the templates draw them."""

from collections.abc import Iterable
from dataclasses import dataclass

from guide.model.level import HoursPerWeek, Level
from guide.model.schedule import WEEKDAYS, Schedule, Session

HOURS_SCALE = 40


@dataclass(frozen=True)
class Bar:
    """One bar: where it starts and how long it is, in percent of the scale; `open` means no upper bound."""

    label: str
    start: float
    length: float
    open: bool


def hours(levels: Iterable[Level]) -> list[Bar]:
    """Lay out the adults' hours a week of each level on a scale from 0 to 40 hours; unknown hours have no bar."""
    bars = []
    for level in levels:
        known = level.hours_per_week
        if not isinstance(known, HoursPerWeek):
            bars.append(Bar(level.short_name, 0, 0, False))
            continue
        low, high = min(known.adults.min, HOURS_SCALE), known.adults.max
        end = HOURS_SCALE if high is None else min(high + 1 if low == 0 else high, HOURS_SCALE)
        bars.append(Bar(level.short_name, 100 * low / HOURS_SCALE, 100 * (end - low) / HOURS_SCALE, high is None))
    return bars


@dataclass(frozen=True)
class Block:
    """One session in the picture of a week: column from 0 for Monday, top and height in minutes from the first hour."""

    column: int
    top: int
    height: int
    session: Session


@dataclass(frozen=True)
class Week:
    """The picture of a week: the first and last hour shown, and its blocks."""

    first_hour: int
    last_hour: int
    blocks: list[Block]


def week(schedule: Schedule) -> Week:
    """Lay out a sample week between its first and last whole hours."""
    first = min(session.start_minute for session in schedule.sessions) // 60
    last = -(-max(session.start_minute + session.minutes for session in schedule.sessions) // 60)
    blocks = [
        Block(WEEKDAYS.index(session.day), session.start_minute - first * 60, session.minutes, session)
        for session in schedule.sessions
    ]
    return Week(first, last, blocks)
