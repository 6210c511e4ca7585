"""Comparisons in data files and tables, with the answers that they take from other records written out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from guide.model.answers import Evidence, From
from guide.model.kind import Row
from guide.model.output import Output
from guide.model.record import Basis, Certainty, Id, Known, Name, NotKnown, PagePath, Reviewed, Text
from guide.model.rows import cited_in, evidence_lines

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.comparison.record import Comparison


class ShownCell(Output):
    """One answer of a comparison: a text, a gap, or evidence for some outcomes."""

    text: Text | None = None
    certainty: Certainty | None = None
    basis: Basis | None = None
    references: list[Id] = []
    not_known: Text | None = None
    """Why there is no answer."""
    evidence: list[Evidence] = []
    source: Annotated[str | None, Field(alias="from")] = None
    """The kind, id and field of the record that this answer is a view of."""


class ShownOption(Output):
    """One column."""

    id: Id
    name: Name
    page: PagePath | None = None


class ShownValue(Output):
    """Something that people weigh when they choose."""

    id: Id
    name: Name
    ask: Text
    """A sentence that a rating answers."""


class ShownSpeaks(Output):
    """Which way some answers of a row speak for a value: a plain reading of the answer, never advice."""

    value: Id
    way: Literal["for", "against"]
    options: list[Id]
    why: Text
    """The reason, in one sentence to the reader."""
    references: list[Id] = []


class ShownRow(Output):
    """One question, with an answer for every option."""

    id: Id
    question: Name
    cells: dict[Id, ShownCell]
    speaks: list[ShownSpeaks] = []
    """Which way the answers speak for the values."""


class ShownComparison(Reviewed):
    """A table of options, with the answers that it takes from other records written out."""

    id: Id
    title: Name
    population: Name
    how_chosen: Text
    options: list[ShownOption]
    values: list[ShownValue] = []
    """What people weigh when they choose between the options."""
    rows: list[ShownRow]


def written_out(page: PageRenderer, comparison: Comparison) -> ShownComparison:
    """Return a comparison with every answer in it."""
    rows = [
        row.model_dump(exclude={"cells"}) | {"cells": {key: _cell(page, cell) for key, cell in row.cells.items()}}
        for row in comparison.rows
    ]
    return ShownComparison.model_validate(comparison.model_dump(exclude={"rows"}) | {"rows": rows})


def _cell(page: PageRenderer, cell: Any) -> dict[str, Any]:
    answer = page.resolved(cell)
    shown: dict[str, Any] = {"from": cell.source} if isinstance(cell, From) else {}
    if isinstance(answer, Known | NotKnown):
        return shown | answer.model_dump()
    if isinstance(answer, str):
        return shown | {"text": answer}
    return shown | {"evidence": [entry.model_dump() for entry in answer]}


def rows(comparison: dict[str, Any]) -> Iterator[Row]:
    """Return a row for each answer."""
    for row in comparison["rows"]:
        for option in comparison["options"]:
            cell = row["cells"][option["id"]]
            yield {
                "comparison": comparison["id"],
                "question_id": row["id"],
                "question": row["question"],
                "option_id": option["id"],
                "option": option["name"],
                "answer": cell["text"] or evidence_lines(cell["evidence"]),
                "not_known": cell["not_known"],
                "certainty": cell["certainty"],
                "basis": cell["basis"],
                "references": cited_in(cell),
            }
