"""Numbers with their units in words."""

import pytest

from macros.figure.wording import quantity
from tests.factories import make_figure, make_labels

WORDS = make_labels().words


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
    assert quantity(make_figure(value=value, unit=unit), WORDS) == words


def test_every_unit_has_a_case_above() -> None:
    from typing import get_args

    units = {mark[1] for mark in test_quantity.pytestmark[0].args[1]}  # type: ignore[attr-defined]
    assert units == set(get_args(type(make_figure()).model_fields["unit"].annotation))
