"""Formulas over the fields of a worksheet: compiled at build, evaluated alike here and by own/formulas.js.

A formula is a text such as `min(deductible-left, cost-per-day * days) + copay`; a condition is one such as
`hours < 9 and level = day`, `signs has seizures` or `not told-family`. `compile_formula` checks its fields and units
and returns a program of nested lists, so that the script has no text to parse. `evaluate` computes with exact
fractions of whole units: dollars, days, minutes; 20% is 1/5. `finish` rounds the end value.

A program is a list of an operation and its arguments. Some operations read answers: `["field", id, scale]` and
`["sum", id, scale]` (what was entered, divided by the scale), `["tick", id]`, `["is", id, option]` and
`["has", id, option]`; `["number", numerator, denominator]` is a constant. The arguments of the others are programs:
`+` and `*` have two or more, `-` negates one and `/` inverts one (so `a - b` is `["+", a, ["-", b]]`), `round` has the
value and the steps in a unit, and the rest are what they are in formulas.

A field without an answer is unknown, and so is whatever needs it: it never counts as 0. Conditions follow Kleene's
logic: "false and unknown" is false.
"""

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from macros.worksheet.formula_operands import SCALES, FormulaError, Operand
from macros.worksheet.formula_parser import Parser
from macros.worksheet.formula_tokens import RESERVED

__all__ = ["RESERVED", "Formula", "FormulaError", "Operand", "compile_formula", "evaluate", "finish"]


@dataclass(frozen=True)
class Formula:
    """A formula that was checked: the unit of its value, its program, and its fields in order of first use."""

    unit: str
    program: list[Any]
    fields: tuple[str, ...]


def compile_formula(text: str, operands: Mapping[str, Operand], *, within: bool = False) -> Formula:
    """Parse a formula and check its fields and units.

    Args:
        text: The formula, up to 300 characters.
        operands: What it can use, by id.
        within: Whether it is evaluated once in each repeat. Then repeated operands are used as others are, and there
            is nothing for `sum` to add. Leave out the operands of other repeats.

    Returns:
        For example `Formula("money", ["*", ["field", "copay", "100"], ["field", "days", "1"]], ("copay", "days"))`.
        The unit is `number`, `money`, `percent`, `date`, `time` or, for a condition, `truth`.

    Raises:
        FormulaError: The formula can't be used.
    """
    parser = Parser(text, operands, within)
    part = parser.parse()
    return Formula(part.unit, part.program, tuple(parser.fields))


def evaluate(program: list[Any], values: Mapping[str, Any]) -> Fraction | bool | None:
    """Evaluate a program.

    Args:
        program: From `compile_formula`.
        values: The answers as they are entered, by id; None or no entry if there is none. Money is an int of cents, a
            number an int of its smallest steps (25 is 2.5 if it has one decimal), a percent an int of hundredths of a
            percent, a date the days since 1970-01-01, a time the minutes since midnight. A tick is a bool, a choice
            the id of its option, a many field a list of ids. For `sum` it is a list with one answer for each repeat.

    Returns:
        A fraction of whole units, a truth, or None for unknown. A divisor of 0, which no valid answer is, gives None.
    """
    operation, *arguments = program
    if operation in _READ:
        return _READ[operation](values, *arguments)
    parts = [evaluate(part, values) for part in arguments]
    if operation in ("and", "or"):
        decisive = bool(operation == "or")
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    return None if None in parts else _COMPUTE[operation](*parts)


def finish(value: Fraction | bool | None, unit: str, decimals: int = 0) -> int | None:
    """Round a value to the form in which it would be entered, half away from zero.

    Args:
        value: From `evaluate`.
        unit: The formula's.
        decimals: Of the result, if it is a number.

    Returns:
        Cents, smallest steps of a number, hundredths of a percent, days or minutes; None for unknown and for a truth.
    """
    if value is None or isinstance(value, bool):
        return None
    return _rounded(value * (10**decimals if unit == "number" else SCALES.get(unit, 1)))


def _rounded(value: Fraction) -> int:
    """Round half away from zero, as bills do; Python's own `round` goes to the even neighbor."""
    whole = math.floor(abs(value) + Fraction(1, 2))
    return whole if value > 0 else -whole


def _field(values: Mapping[str, Any], field: str, scale: str) -> Fraction | None:
    value = values.get(field)
    return None if value is None else Fraction(value, int(scale))


def _sum(values: Mapping[str, Any], field: str, scale: str) -> Fraction | None:
    """Add the answers there are: an empty row of a log is no unknown, but a log without any answer is one."""
    answers = [value for value in values.get(field) or () if value is not None]
    return Fraction(sum(answers), int(scale)) if answers else None


def _is(values: Mapping[str, Any], field: str, option: str) -> bool | None:
    value = values.get(field)
    return None if value is None else bool(value == option)


_READ: dict[str, Callable[..., Fraction | bool | None]] = {
    "number": lambda values, numerator, denominator: Fraction(int(numerator), int(denominator)),
    "field": _field,
    "sum": _sum,
    "tick": lambda values, field: values.get(field) is True,
    "is": _is,
    "has": lambda values, field, option: option in (values.get(field) or ()),
}
_COMPUTE: dict[str, Callable[..., Fraction | bool | None]] = {
    "+": lambda *parts: sum(parts, Fraction(0)),
    "*": lambda *parts: math.prod(parts, start=Fraction(1)),
    "-": operator.neg,
    "/": lambda divisor: 1 / divisor if divisor else None,
    "min": min,
    "max": max,
    "round": lambda value, steps: _rounded(value * steps) / steps,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
    "not": operator.not_,
}
