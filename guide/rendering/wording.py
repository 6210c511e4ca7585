"""Numbers, hours, amounts and dates in plain words."""

from collections.abc import Mapping
from datetime import date
from typing import get_args

from guide.model.level import Hours, HoursPerWeek
from guide.model.lists import Figure
from guide.model.record import Basis
from guide.model.schedule import Session

COUNTED = ("days", "hours", "minutes", "months", "people", "weeks")
"""Units that have another word for a single one."""

GROUNDS = ("certainty", "not-rated", *get_args(Basis))
"""What an answer can rest on, in the order in which a key explains it."""


def hours(value: Hours, words: Mapping[str, str]) -> str:
    """Word a range of whole hours, for example "9 to 19 hours" or "fewer than 9 hours"."""
    if value.max is None:
        return words["hours-or-more"].format(min=value.min)
    if value.min == 0:
        return words["hours-fewer-than"].format(limit=value.max + 1)
    return words["hours-from-to"].format(min=value.min, max=value.max)


def hours_per_week(value: HoursPerWeek, words: Mapping[str, str]) -> str:
    """Word hours a week for adults, and for adolescents where they are known, in one or two sentences."""
    sentences = [words["hours-adults"].format(hours=hours(value.adults, words))]
    if value.adolescents and value.adolescents == value.adults:
        sentences = [words["hours-everyone"].format(hours=hours(value.adults, words))]
    elif value.adolescents:
        sentences.append(words["hours-adolescents"].format(hours=hours(value.adolescents, words)))
    return " ".join(sentences)


def quantity(figure: Figure, words: Mapping[str, str]) -> str:
    """Word a figure with its unit, for example "$1,736", "20%" or "1 hour"."""
    cents = figure.unit == "usd" and figure.value % 1
    number = f"{figure.value:,.2f}" if cents else f"{figure.value.normalize():,f}"
    return _with_unit(number, figure.unit, words)


def day(value: date, months: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Word a date in full, for example "March 14, 2026"."""
    return words["date"].format(month=months[str(value.month)], day=value.day, year=value.year)


def month(value: date, months: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Word a month and its year, for example "March 2026"."""
    return words["month-of-year"].format(month=months[str(value.month)], year=value.year)


def clock(minute: int, words: Mapping[str, str]) -> str:
    """Word a time of day given in minutes after midnight, for example "6:00 p.m."."""
    hour, rest = divmod(minute % (24 * 60), 60)
    half = words["before-noon" if hour < 12 else "after-noon"]
    return f"{(hour - 1) % 12 + 1}:{rest:02} {half}"


def session_time(session: Session, words: Mapping[str, str]) -> str:
    """Word a session's start and end, for example "6:00 p.m. to 7:30 p.m."."""
    start = session.start_minute
    return words["from-to"].format(start=clock(start, words), end=clock(start + session.minutes, words))


def duration(minutes: int, words: Mapping[str, str]) -> str:
    """Word minutes as hours and minutes, for example "1 hour" or "9 hours 35 minutes"."""
    whole, rest = divmod(minutes, 60)
    hours = _with_unit(f"{whole}", "hours", words)
    if not rest:
        return hours
    return words["hours-minutes"].format(hours=hours, minutes=_with_unit(f"{rest}", "minutes", words))


def _with_unit(number: str, unit: str, words: Mapping[str, str]) -> str:
    one = number == "1" and unit in COUNTED
    return words[f"unit-{unit}-one" if one else f"unit-{unit}"].format(number=number)
