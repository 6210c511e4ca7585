"""Worked examples: what the formulas of a worksheet make of the answers that a record writes down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from macros.worksheet.formulas import Formula, evaluate, finish
from macros.worksheet.record import SCALE, Example, Field, Part, Result, Worksheet

_EPOCH = date(1970, 1, 1)


@dataclass
class Refused(ValueError):
    """An answer of an example that a reader couldn't give."""

    field: str
    wrong: str
    remedy: str


@dataclass(frozen=True)
class Typed:
    """The answer to a field as an example writes it: `text`, in the repeat `repeat`, counted from 0."""

    field: Field
    text: str
    repeat: int


def typed(worksheet: Worksheet, example: Example) -> list[Typed]:
    """Return every answer of an example; "" where a repeat has none."""
    fields = worksheet.fields
    return [
        Typed(fields[name], text.strip(), repeat)
        for name, written in example.answers.items()
        if name in fields
        for repeat, text in enumerate(written.split("|"))
    ]


def results(worksheet: Worksheet, example: Example) -> dict[str, str]:
    """Return what every formula makes of an example, by result, as the record writes it: "$1,250 | $900".

    Raises:
        Refused: An answer can't be one.
    """
    values = _values(worksheet, example)
    return {
        result.id: " | ".join(_of_part(worksheet, part, result, values)).rstrip(" |").lstrip()
        for part in worksheet.parts
        for result in part.results
    }


def _of_part(worksheet: Worksheet, part: Part, result: Result, values: dict[str, list[Any]]) -> list[str]:
    formula = worksheet.formula(part, result)
    own = {field.id for field in part.fields}
    found = []
    for repeat in range(part.repeat.count if part.repeat else 1):
        seen = {name: _seen(name in own, answers, repeat) for name, answers in values.items()}
        found.append(worded(finish(evaluate(formula.program, seen), formula.unit, result.decimals), formula, result))
    return found


def _seen(own: bool, answers: list[Any], repeat: int) -> Any:
    """Return what a formula sees of a field: one answer, or all of them if it repeats in another part."""
    if own:
        return answers[repeat]
    return answers[0] if len(answers) == 1 else answers


def _values(worksheet: Worksheet, example: Example) -> dict[str, list[Any]]:
    """Return the value of every field in each of its repeats."""
    values: dict[str, list[Any]] = {}
    for part in worksheet.parts:
        for field in part.fields:
            empty: Any = frozenset() if field.type == "many" else False if field.type == "tick" else None
            values[field.id] = [empty] * (part.repeat.count if part.repeat else 1)
    for answer in typed(worksheet, example):
        if answer.repeat >= len(values[answer.field.id]):
            wrong = f'"{answer.field.id}" has more answers than there are repeats'
            raise Refused(answer.field.id, wrong, "Delete some, or raise count of its part.")
        if answer.text:
            values[answer.field.id][answer.repeat] = value_of(answer.field, answer.text)
    return values


def value_of(field: Field, text: str) -> Any:
    """Return what formulas see of an answer.

    Raises:
        Refused: A reader couldn't give it.
    """
    wrong = Refused(field.id, f'"{text}" is no answer to "{field.id}"', _remedy(field))
    if field.type in ("choice", "many"):
        chosen = [part.strip() for part in text.split(",")] if field.type == "many" else [text]
        if not set(chosen) <= {option.id for option in field.options}:
            raise wrong
        return frozenset(chosen) if field.type == "many" else text
    if field.type == "tick":
        if text != "yes":
            raise wrong
        return True
    if field.type == "date":
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            raise wrong
        try:
            return (date.fromisoformat(text) - _EPOCH).days
        except ValueError:
            raise wrong from None
    if field.type == "time":
        match = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", text, re.ASCII)
        if not match:
            raise wrong
        return int(match[1]) * 60 + int(match[2])
    if field.type in ("number", "money", "percent", "scale"):
        value = _number(field, text)
        if value is None:
            raise wrong
        return value
    return text


def _remedy(field: Field) -> str:
    """Say what an answer to a field looks like."""
    match field.type:
        case "choice" | "many":
            return f"Write the id of an option: {', '.join(option.id for option in field.options)}."
        case "tick":
            return 'Write "yes", or leave it out.'
        case "date":
            return "Write it as 2026-03-14."
        case "time":
            return "Write it as 18:30."
        case "scale":
            return f"Write a step from 1 to {SCALE}."
    digits = f", with up to {field.digits} digits after its point" if field.digits else ", without a point"
    return f"Write a number from {field.least} to {field.most:,}{digits}."


def _number(field: Field, text: str) -> int | None:
    """Return a number in steps of its last digit: cents, hundredths of a percent, or what the field counts in."""
    digits = re.sub(r"[\s,$%]", "", text)
    match = re.fullmatch(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?", digits, re.ASCII)
    if not match or len(match[2] or "") > field.digits:
        return None
    value = int(match[1] + (match[2] or "").ljust(field.digits, "0"))
    least, most = (1, SCALE) if field.type == "scale" else (field.least, field.most)
    step = 10**field.digits
    return value if least * step <= value <= most * step else None


def worded(value: int | None, formula: Formula, result: Result) -> str:
    """Return a value as a record writes it: $1,250, $12.50, 12.5, 8%, 2026-03-14 or 18:30; "" if it's unknown."""
    if value is None:
        return ""
    if formula.unit == "date":
        return datetime.fromtimestamp(value * 86_400, UTC).date().isoformat()
    if formula.unit == "time":
        return f"{value // 60:02}:{value % 60:02}"
    digits = {"money": 2, "percent": 2}.get(formula.unit, result.decimals)
    whole, rest = divmod(abs(value), 10**digits)
    text = f"{whole:,}" + (f".{rest:0{digits}}" if rest else "")
    signed = (
        f"-{'$' if formula.unit == 'money' else ''}{text}" if value < 0 else f"{'$' * (formula.unit == 'money')}{text}"
    )
    return signed + "%" * (formula.unit == "percent")
