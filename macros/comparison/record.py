"""Comparisons: the reader's questions are rows, the options are columns."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from guide.model.answers import From
from guide.model.problems import nearest
from guide.model.record import Distinct, Gap, Id, Known, Name, NotKnown, PagePath, Record, Reviewed, Text, refuse


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


class Value(Record):
    """Something that people weigh when they choose, which they can rate in a decision aid."""

    id: Id
    """What `speaks` names."""
    name: Annotated[Name, Distinct]
    """As a reader would say it."""
    ask: Text
    """A sentence that a rating answers."""


class Speaks(Record):
    """Which way some answers of a row speak for a value: a plain reading of the answer, never advice."""

    value: Id
    """One of the values."""
    way: Literal["for", "against"]
    """Which way these options' answers speak, for somebody who wants that: for or against."""
    options: Annotated[list[Id], Field(min_length=1)]
    """The options whose answers speak that way."""
    why: Text
    """The reason, in one sentence to the reader."""
    references: list[Id] = []
    """Needed where the reason states a fact that the answer doesn't."""


class Row(Record):
    """One question, with an answer for every option."""

    id: Id
    """Unique in this table."""
    question: Annotated[Name, Distinct]
    """As a reader would ask it."""
    cells: dict[Id, Cell]
    """One for each option: a statement, not_known, or from."""
    speaks: list[Speaks] = []
    """Which way the answers speak for the values."""

    @model_validator(mode="after")
    def _one_way_each(self) -> "Row":
        seen: set[tuple[str, str]] = set()
        for speaks in self.speaks:
            for option in speaks.options:
                if (speaks.value, option) in seen:
                    wrong = f'row "{self.id}" says twice which way "{option}" speaks for "{speaks.value}"'
                    remedy = "Keep one: an answer speaks for a value or against it, and gives one reason."
                    raise refuse("speaks", wrong, remedy, "speaks")
                seen.add((speaks.value, option))
        return self


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
    values: list[Value] = []
    """What people weigh, for a decision aid; the table doesn't show it."""
    rows: Annotated[list[Row], Field(min_length=1)]
    """The questions, one a row."""

    @model_validator(mode="after")
    def _speaks_of_what_there_is(self) -> "Comparison":
        values, options = [value.id for value in self.values], [option.id for option in self.options]
        for row in self.rows:
            for speaks in row.speaks:
                if speaks.value not in values:
                    wrong = f'row "{row.id}" speaks for "{speaks.value}", which is not one of the values'
                    raise refuse("speaks", wrong, nearest(speaks.value, values) or "Add it to values.", "rows")
                for option in speaks.options:
                    if option not in options:
                        wrong = f'row "{row.id}" speaks of "{option}", which is not one of the options'
                        remedy = nearest(option, options) or f"Options: {', '.join(options)}."
                        raise refuse("speaks", wrong, remedy, "rows")
        return self

    def cells(self) -> Iterator[tuple[tuple[str | int, ...], Cell]]:
        """Return every cell with its path in the record, for example ("rows", 0, "cells", "home")."""
        for index, row in enumerate(self.rows):
            for option, cell in row.cells.items():
                yield ("rows", index, "cells", option), cell


def gaps(comparison: Comparison, words: Mapping[str, str]) -> Iterator[Gap]:
    """Return the cells that nobody knows."""
    names = {option.id: option.name for option in comparison.options}
    for row in comparison.rows:
        for option, cell in row.cells.items():
            if isinstance(cell, NotKnown):
                yield Gap(row.question, names.get(option, option), cell.not_known)
