"""Answers that records of several kinds give: statements, gaps, evidence, hours a week, and cells that show them."""

import re
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator
from pydantic.fields import FieldInfo

from guide.model.record import (
    Basis,
    Certainty,
    Distinct,
    Known,
    Name,
    NotKnown,
    Record,
    References,
    Text,
    refuse,
)


class Hours(Record):
    """Whole hours a week: for "9 or more", `min: 9` and no `max`; for "fewer than 9", `min: 0` and `max: 8`."""

    min: Annotated[int, Field(ge=0, le=168)]
    """Least hours; 0 for "fewer than"."""
    max: Annotated[int, Field(ge=0, le=168)] | None = None
    """Most hours; leave it out if there is no upper bound."""

    @model_validator(mode="after")
    def _in_order(self) -> "Hours":
        if self.max is not None and self.max < self.min:
            raise refuse("hours", f"max {self.max} is less than min {self.min}", "Swap them, or correct one.")
        return self


class HoursPerWeek(Record):
    """Hours of care a week, for adults and for adolescents where a source says so."""

    adults: Hours
    """Whole hours."""
    adolescents: Hours | None = None
    """Only where a source says so; min and max as for adults."""
    basis: Basis
    """What it rests on."""
    references: References
    """The sources that say it."""


class Evidence(Record):
    """What is known of one outcome."""

    outcome: Annotated[Name, Distinct]
    """What was studied, in a few words."""
    text: Text
    """Who was studied, how many, compared with what."""
    certainty: Certainty
    """How sure we can be."""
    references: References
    """The sources that say it."""


_ANSWERS = {Known, NotKnown, HoursPerWeek, Evidence}
_WORDS = [mark for kind in (Name, Text) for mark in get_args(kind) if isinstance(mark, AfterValidator)]


def _types(hint: Any) -> set[Any]:
    """Return the types that a field holds, without lists, unions and marks around them."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return {hint}
    inner = [each for each in get_args(hint) if isinstance(each, type) or get_args(each)]
    return set().union(*map(_types, inner)) if inner else {hint}


def _fills_a_cell(field: FieldInfo) -> bool:
    """Return whether a field always has an answer or words in it: no number, no date, nothing that may be left out."""
    words = field.annotation is str and any(mark in field.metadata for mark in _WORDS)
    return field.is_required() and (words or _types(field.annotation) <= _ANSWERS)


def answer_fields(model: Any) -> list[str]:
    """Return the fields of a record that a cell can show."""
    return [name for name, field in model.model_fields.items() if _fills_a_cell(field)]


_FROM = r"^[a-z-]+/[a-z0-9-]+/[a-z_]+$"


def _place_of_a_field(value: Any) -> Any:
    if not isinstance(value, str) or not re.match(_FROM, value):
        written = f'"{value}"' if isinstance(value, str) and value else "what is written here"
        raise refuse(
            "from",
            f"{written} does not name a field of a record",
            "Write kind, id and field, with slashes between them, such as levels/<id>/cost.",
        )
    return value


class From(Record):
    """A cell that shows a field of another record, such as `levels/standard/hours_per_week`."""

    source: Annotated[
        str,
        Field(alias="from", pattern=_FROM, examples=["levels/standard/hours_per_week"]),
        BeforeValidator(_place_of_a_field),
    ]
    """Shows a field of another record: kind/id/field."""
