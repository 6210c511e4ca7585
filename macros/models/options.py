"""Therapies and technologies: what exists, how well it is known to work, and what to watch for."""

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import Certainty, Id, Known, Name, PagePath, Record, References, Reviewed, Text


class Evidence(Record):
    """What is known of one outcome."""

    outcome: Name
    text: Text
    certainty: Certainty
    references: References


class Therapy(Reviewed):
    """One therapy, skill or support, and its evidence."""

    id: Id
    name: Name
    abbreviation: Name | None = None
    family: Id
    page: PagePath | None = None
    what_it_is: Text
    session: Text
    format: Text
    used_for: Annotated[list[Name], Field(min_length=1)]
    in_program: Text
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    cautions: Text
    references: list[Id] = []


class Technology(Reviewed):
    """One technology: how ripe it is, what is known, and what regulators say."""

    id: Id
    name: Name
    page: PagePath | None = None
    maturity: Literal["routine", "available", "early", "research"]
    what_it_is: Text
    status: Known
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    regulator: Text
    risks: Text
    references: list[Id] = []
