"""Positions and sizes of the sessions of a week; the template draws them."""

from dataclasses import dataclass

from macros.schedule.record import WEEKDAYS, Schedule, Session


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
