"""What a formula can use: the fields and results of its worksheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from guide.model.problems import nearest

AMOUNTS = ("number", "money", "percent")
ORDERED = (*AMOUNTS, "date", "time")
"""Units whose values can be compared."""
SCALES = {"money": 100, "percent": 10_000}
"""What an answer is divided by: money is entered in cents, a percent in hundredths of a percent."""


class FormulaError(ValueError):
    """A formula that can't be used: what is wrong, without a period, and a sentence that says what to do."""

    def __init__(self, wrong: str, remedy: str) -> None:
        self.wrong, self.remedy = wrong, remedy
        super().__init__(f"{wrong}. {remedy}")


@dataclass(frozen=True)
class Operand:
    """A field or a result that formulas can use.

    Attributes:
        unit: `number`, `money`, `percent`, `date`, `time`, `truth` (a tick), `option` (a choice) or `options` (many).
            Formulas can't use an operand with another unit.
        decimals: Of a number.
        minimum: The lowest answer, as it is entered. Only a field whose minimum is above 0 can be divided by.
        options: The ids of the options to choose from.
        repeated: Whether it is asked once in each repeat, such as each program or each day.
    """

    unit: str
    decimals: int = 0
    minimum: int | None = None
    options: tuple[str, ...] = ()
    repeated: bool = False

    @property
    def scale(self) -> int:
        """Return what an answer is divided by for its value in whole units."""
        return 10**self.decimals if self.unit == "number" else SCALES.get(self.unit, 1)

    @property
    def usable(self) -> bool:
        """Return whether formulas can use it."""
        return self.computable or self.unit in ("truth", "option", "options")

    @property
    def computable(self) -> bool:
        """Return whether it can be added or subtracted."""
        return self.unit in ORDERED


def field_meant(name: str, operands: Mapping[str, Operand]) -> str:
    """Say what an unknown field may be meant to be: a difference without spaces, an option, or a similar id."""
    difference = _difference(name, operands)
    if difference:
        return f"Put spaces around the minus: {difference}."
    for field, operand in operands.items():
        if name in operand.options:
            return f"It is an option: write {field} {'=' if operand.unit == 'option' else 'has'} {name}."
    usable = [field for field, operand in operands.items() if operand.usable]
    return nearest(name, usable) or "Write the id of a field."


def _difference(name: str, operands: Mapping[str, Operand]) -> str:
    """Return `a-b` as `a - b` if these are fields or numbers, else ""."""
    words = name.split("-")
    by_start: dict[int, list[str]] = {len(words): []}
    for start in reversed(range(len(words))):
        for end in range(start + 1, len(words) + 1):
            term = "-".join(words[start:end])
            if end in by_start and (term.isdigit() or (term in operands and operands[term].computable)):
                by_start[start] = [term, *by_start[end]]
    return " - ".join(by_start.get(0, []))
