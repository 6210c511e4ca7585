"""Therapies and technologies: what exists, how well it is known to work, and what to watch for."""

from typing import Annotated, Literal

from pydantic import Field

from guide.model.record import Certainty, Distinct, Id, Known, Name, PagePath, Record, References, Reviewed, Text


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
    what_it_is: Text
    """In plain words."""
    session: Text
    """What happens in one."""
    format: Text
    """With whom, how long, how many."""
    used_for: Annotated[list[Name], Field(min_length=1)]
    """What it is used for, which does not say that it works."""
    in_program: Text
    """How a program uses it."""
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    """One entry for each outcome studied; the most important first."""
    cautions: Text
    """Harms, limits, whom it may not suit."""
    references: list[Id] = []
    """Sources of the fields that have none of their own."""


class Technology(Reviewed):
    """One technology: how ripe it is, what is known, and what regulators say."""

    id: Id
    """Also the name of the file."""
    name: Name
    """In full."""
    page: PagePath | None = None
    """The page that explains it."""
    maturity: Literal["routine", "available", "early", "research"]
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
