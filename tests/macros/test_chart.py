"""Positions and sizes of pictures."""

import pytest

from macros.chart import geometry
from tests.factories import CITED, make_level


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
    [bar] = geometry.hours([level(low, high)])  # type: ignore[list-item]
    assert (bar.start, bar.length, bar.open) == (start, length, is_open)


def test_unknown_hours_have_a_label_and_no_bar() -> None:
    [bar] = geometry.hours([make_level(hours_per_week={"not_known": "Nobody says."})])
    assert (bar.label, bar.length, bar.open) == ("Beginners", 0, False)


def test_level_beyond_the_scale_stays_in_the_picture() -> None:
    [bar] = geometry.hours([level(60, None)])  # type: ignore[list-item]
    assert 0 <= bar.start <= 100
    assert 0 <= bar.start + bar.length <= 100
