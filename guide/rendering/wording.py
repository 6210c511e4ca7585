"""Hours, dates and units in plain words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from guide.model.answers import Hours, HoursPerWeek
from guide.model.record import Basis
from guide.model.units import COUNTED

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


def source_numbers(numbers: Sequence[int], words: Mapping[str, str]) -> str:
    """Word the numbers of a group of sources as one says them, for example "Sources 3 and 5"."""
    *others, last = map(str, numbers)
    if not others:
        return words["source-number"].format(number=last)
    return words["source-numbers"].format(numbers=", ".join(others), last=last)


def day(value: date, months: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Word a date in full, for example "March 14, 2026"."""
    return words["date"].format(month=months[str(value.month)], day=value.day, year=value.year)


def month(value: date, months: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Word a month and its year, for example "March 2026"."""
    return words["month-of-year"].format(month=months[str(value.month)], year=value.year)


def with_unit(number: str, unit: str, words: Mapping[str, str]) -> str:
    """Word a number with its unit, for example "1 hour" or "20%"."""
    one = number == "1" and unit in COUNTED
    return words[f"unit-{unit}-one" if one else f"unit-{unit}"].format(number=number)
