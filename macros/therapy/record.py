"""Therapies: what each is, how well it is known to work, and what to watch for."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from guide.model.answers import Evidence
from guide.model.code import Coded
from guide.model.kind import Row
from guide.model.record import Id, Name, PagePath, Reviewed, Text
from guide.model.rows import cited_in, evidence_lines


class Therapy(Reviewed):
    """One therapy, skill or support, and its evidence."""

    id: Id
    """Also the name of the file."""
    name: Name
    """In full."""
    abbreviation: Name | None = None
    """Its short form."""
    family: Id
    """The table it is shown in: one of the names that data/labels/ lists under names, families."""
    page: PagePath | None = None
    """The page that explains it."""
    codes: list[Coded] = []
    """Codes of published systems that it answers."""
    what_it_is: Text
    """In plain words."""
    session: Text
    """What happens in one."""
    format: Text
    """With whom, how long, how many."""
    used_for: Annotated[list[Name], Field(min_length=1)]
    """What it is used for, which does not say that it works."""
    in_program: Text
    """How those who offer it use it."""
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    """One entry for each outcome studied; the most important first."""
    cautions: Text
    """Harms, limits, whom it may not suit."""
    references: list[Id] = []
    """Sources of the fields that have none of their own."""


_COLUMNS = (
    "id",
    "name",
    "abbreviation",
    "family",
    "what_it_is",
    "session",
    "format",
    "used_for",
    "in_program",
    "cautions",
)


def rows(therapy: dict[str, Any]) -> Iterator[Row]:
    """Return one row."""
    yield {
        **{name: therapy[name] for name in (*_COLUMNS, "sources_checked", "review_due")},
        "evidence": evidence_lines(therapy["evidence"]),
        "references": cited_in(therapy),
    }
