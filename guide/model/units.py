"""What numbers count, each with words of its own in data/labels/: `unit-days`, and `unit-days-one` for a single one."""

from typing import Literal, get_args

Unit = Literal["usd", "percent", "hours", "days", "weeks", "months", "people", "items"]
"""What a figure can count."""

COUNTED = ("days", "hours", "minutes", "months", "people", "weeks")
"""Units that have another word for a single one."""

UNITS = tuple(sorted({*get_args(Unit), *COUNTED, *(f"{unit}-one" for unit in COUNTED)}))
"""What follows `unit-` in the labels."""
