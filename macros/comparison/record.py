"""Comparisons: the reader's questions are rows, the options are columns."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from guide.model.answers import From
from guide.model.record import Distinct, Gap, Id, Known, Name, NotKnown, PagePath, Record, Reviewed, Text


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
