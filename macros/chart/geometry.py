"""Positions and sizes of the bars of hours; the template draws them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from guide.model.answers import HoursPerWeek

HOURS_SCALE = 40


@dataclass(frozen=True)
class Bar:
    """One bar: where it starts and how long it is, in percent of the scale; `open` means no upper bound."""

    label: str
    start: float
    length: float
    open: bool


def hours(levels: Iterable[Any]) -> list[Bar]:
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
