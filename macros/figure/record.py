"""Figures: numbers that change, such as amounts of money, rates and counts."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, model_validator

from guide.model.record import Day, Id, Name, Record, References, refuse, refuse_unless_due_within
from guide.model.units import Unit


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,6})?|-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
        remedy = "Write digits, with a point for decimals and commas between thousands: 1,250 or 0.5."
        raise refuse("wrong-type", f'"{value[:60]}" is not a number', remedy)
    return value.replace(",", "")


class Figure(Record):
    """A number that changes, such as an amount of money, a rate or a count."""

    id: Id
    """Unique in this file."""
    name: Name
    """What it is, exactly."""
    value: Annotated[Decimal, BeforeValidator(_number)]
    """Digits; a point for decimals; commas between thousands are allowed."""
    unit: Unit
    """What it counts."""
    as_of: Day
    """The day on which a source gave this value."""
    check_due: Day
    """By when it must be looked up again: at most 12 months after as_of, and 3 for a date in a law."""
    references: References
    """The sources that give it."""

    @model_validator(mode="after")
    def _due_in_time(self) -> "Figure":
        refuse_unless_due_within(12, self, "as_of", "check_due")
        return self
