"""Which units go together in a formula, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from macros.worksheet.formula_operands import AMOUNTS, ORDERED, FormulaError, Operand

_WORDS = {
    "number": "a number",
    "money": "an amount of money",
    "percent": "a percent",
    "date": "a date",
    "time": "a time",
    "truth": "true or false",
    "option": "a choice of one option",
    "options": "a choice of several options",
}
_PRODUCTS = {
    ("money", "number"): "money",
    ("money", "percent"): "money",
    ("number", "number"): "number",
    ("number", "percent"): "number",
    ("percent", "percent"): "percent",
}
"""By the units in the order of the alphabet."""
_QUOTIENTS = {
    ("money", "number"): "money",
    ("money", "percent"): "money",
    ("money", "money"): "number",
    ("number", "number"): "number",
    ("number", "percent"): "number",
}
_MIXED = {
    ("money", "number"): "Write amounts with a dollar sign, such as $50.",
    ("money", "percent"): "For a share of an amount, multiply, as in $50 * 20%.",
    ("number", "percent"): "Write percents with their sign, such as 20%, or 100% for all of it.",
    ("date", "number"): "Days can be added to a date or subtracted from it: write the date first.",
    ("date", "date"): "One date can be subtracted from another, which gives days.",
    ("time", "time"): "One time can be subtracted from another, which gives minutes.",
}
"""What to do about a sum or a comparison, by the units in the order of the alphabet."""
_ALIKE = "Both must be of the same kind."


@dataclass(frozen=True)
class Part:
    """A part of a formula: its text, the unit of its value, its program, and whether its value is surely whole."""

    text: str
    unit: str
    program: list[Any]
    whole: bool = False

    def __str__(self) -> str:
        return f'"{self.text}" is {_WORDS[self.unit]}'


def constant(value: Fraction) -> list[Any]:
    """Return the program of a constant."""
    return ["number", str(value.numerator), str(value.denominator)]


def sum_unit(sign: str, left: Part, right: Part) -> str:
    """Return the unit of a sum or a difference."""
    check_value(left, sign)
    check_value(right, sign)
    if left.unit == right.unit and left.unit in AMOUNTS:
        return left.unit
    if sign == "-" and left.unit == right.unit:
        return "number"
    if left.unit == "date" and right.unit == "number":
        if not right.whole:
            raise FormulaError(f'"{right.text}" may not be a whole number of days', f"Write round({right.text}).")
        return "date"
    verb = "added" if sign == "+" else "subtracted"
    raise FormulaError(f"{left} and {right}, so they can't be {verb}", _mixed(left, right))


def product_unit(left: Part, right: Part) -> str:
    """Return the unit of a product."""
    unit = _PRODUCTS.get(_pair(left, right))
    if unit:
        return unit
    raise FormulaError(
        f"{left} and {right}, so they can't be multiplied", "Multiply numbers, percents, or one amount of money by one."
    )


def quotient_unit(left: Part, right: Part) -> str:
    """Return the unit of a quotient."""
    unit = _QUOTIENTS.get((left.unit, right.unit))
    if unit:
        return unit
    raise FormulaError(
        f"{left} and {right}, so the one can't be divided by the other",
        "Money can be divided by money, and money and numbers by a number or a percent.",
    )


def same_unit(parts: Sequence[Part], sign: str) -> str:
    """Return the unit that all parts of a comparison, or of min or max, have."""
    first = parts[0]
    for part in parts:
        check_value(part, sign)
        if part.unit != first.unit:
            remedy = _mixed(first, part) if {first.unit, part.unit} <= {*AMOUNTS} else _ALIKE
            raise FormulaError(f"{first} and {part}, so they can't be compared", remedy)
    return parts[0].unit


def summed_unit(field: str, operand: Operand) -> str:
    """Return the unit of a field's sum over its repeats."""
    if operand.unit in AMOUNTS:
        return operand.unit
    raise FormulaError(f'"{field}" holds neither numbers, money nor percents', "Leave out its sum.")


def check_truth(part: Part, word: str) -> None:
    """Check that a part is a condition."""
    if part.unit in ORDERED:
        raise FormulaError(
            f'{part}, so "{word}" can\'t be used with it', f"Compare it with another value, as in {part.text} > ..."
        )
    check_finished(part)


def check_finished(part: Part) -> None:
    """Check that a part isn't a choice that nothing is compared with."""
    if part.unit == "option":
        raise FormulaError(str(part), f"Compare it with one of its options, as in {_compared(part)}.")
    if part.unit == "options":
        raise FormulaError(str(part), f"Ask for one of its options, as in {_compared(part)}.")


def check_value(part: Part, sign: str) -> None:
    """Check that a part is something to compute with."""
    check_finished(part)
    if part.unit == "truth":
        raise FormulaError(
            f'{part}, so "{sign}" can\'t be used with it', 'It is a condition by itself; "not" turns it around.'
        )


def _compared(part: Part) -> str:
    """Return how to ask for the first option of a choice."""
    _, field, *options = part.program
    return f"{field} {'=' if part.unit == 'option' else 'has'} {next(iter(options), '...')}"


def _pair(left: Part, right: Part) -> tuple[str, str]:
    first, second = sorted((left.unit, right.unit))
    return first, second


def _mixed(left: Part, right: Part) -> str:
    return _MIXED.get(_pair(left, right), _ALIKE)
