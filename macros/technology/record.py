"""Technologies: what exists, how ripe it is, what is known, and what regulators say."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from guide.model.answers import Evidence
from guide.model.kind import Row
from guide.model.record import Id, Known, Name, PagePath, Reviewed, Text
from guide.model.rows import cited_in, evidence_lines

Maturity = Literal["routine", "available", "early", "research"]
MATURITIES: tuple[str, ...] = get_args(Maturity)
"""From what is in daily use to what is being studied."""


class Technology(Reviewed):
    """One technology: how ripe it is, what is known, and what regulators say."""

    id: Id
    """Also the name of the file."""
    name: Name
    """In full."""
    page: PagePath | None = None
    """The page that explains it."""
    maturity: Maturity
    """How ripe it is."""
    what_it_is: Text
    """In plain words."""
    status: Known
    """Where it stands today: one statement."""
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    """One entry for each outcome studied."""
    regulator: Text
    """What regulators say; "None found." is an answer."""
    risks: Text
    """Harms, costs, privacy."""
    references: list[Id] = []
    """Sources of the fields that have none of their own."""


def rows(technology: dict[str, Any]) -> Iterator[Row]:
    """Return one row."""
    yield {
        **{name: technology[name] for name in ("id", "name", "maturity", "what_it_is")},
        "status": technology["status"]["text"],
        **{name: technology[name] for name in ("regulator", "risks", "sources_checked", "review_due")},
        "evidence": evidence_lines(technology["evidence"]),
        "references": cited_in(technology),
    }
