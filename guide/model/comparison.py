"""Comparisons: the reader's questions are rows, the options are columns."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, Discriminator, Field, Tag
from pydantic.fields import FieldInfo

from guide.model.level import HoursPerWeek, Level
from guide.model.options import Evidence, Technology, Therapy
from guide.model.record import Distinct, Id, Known, Name, NotKnown, PagePath, Record, Reviewed, Text, refuse

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


SHOWABLE = {
    kind: [name for name, field in model.model_fields.items() if _fills_a_cell(field)]
    for kind, model in (("levels", Level), ("technologies", Technology), ("therapies", Therapy))
}
"""The fields that `from` may name, by kind of record."""
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

    source: Annotated[str, Field(alias="from", pattern=_FROM), BeforeValidator(_place_of_a_field)]
    """Shows a field of another record: kind/id/field."""


def _kind(value: object) -> str:
    keys = value if isinstance(value, dict) else vars(value) if isinstance(value, Record) else {}
    return "=from" if "from" in keys or "source" in keys else "=not_known" if "not_known" in keys else "=known"


Cell = Annotated[
    Annotated[Known, Tag("=known")] | Annotated[NotKnown, Tag("=not_known")] | Annotated[From, Tag("=from")],
    Discriminator(_kind),
]


class Option(Record):
    """One column."""

    id: Id
    """What the cells, and options=[...] in a page, name."""
    name: Annotated[Name, Distinct]
    """The column's heading."""
    page: PagePath | None = None
    """The page that explains it."""


class Row(Record):
    """One question, with an answer for every option."""

    id: Id
    """Unique in this table."""
    question: Annotated[Name, Distinct]
    """As a reader would ask it."""
    cells: dict[Id, Cell]
    """One for each option: a statement, not_known, or from."""


class Comparison(Reviewed):
    """A table of options; written order is shown order and ranks nothing."""

    id: Id
    """Also the name of the file."""
    title: Name
    """The table's caption."""
    population: Name
    """Whom it is about."""
    how_chosen: Text
    """Why these options, in this order."""
    options: Annotated[list[Option], Field(min_length=2)]
    """The columns."""
    rows: Annotated[list[Row], Field(min_length=1)]
    """The questions, one a row."""

    def cells(self) -> Iterator[tuple[tuple[str | int, ...], Cell]]:
        """Give every cell with its path in the record, for example ("rows", 0, "cells", "home")."""
        for index, row in enumerate(self.rows):
            for option, cell in row.cells.items():
                yield ("rows", index, "cells", option), cell
