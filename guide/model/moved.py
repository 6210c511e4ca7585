"""Small records that are kept many to a file: events, terms, questions, figures, words."""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from guide.model.record import (
    Basis,
    Day,
    Distinct,
    Id,
    Name,
    PagePath,
    Record,
    References,
    Reviewed,
    Text,
    refuse,
    refuse_unless_due_within,
)


class Event(Record):
    """One event of the timeline."""

    id: Id
    """Unique in this file."""
    year: Annotated[int, Field(ge=1800, le=2100)]
    """Four digits."""
    when: Name | None = None
    """What to show in place of the year."""
    title: Annotated[Name, Distinct]
    """A few words."""
    text: Text
    """What happened."""
    references: References
    """The sources that say it."""


class Term(Record):
    """One word of the glossary."""

    id: Id
    """Unique in this file; part of the term's address."""
    term: Annotated[Name, Distinct]
    """As readers meet it."""
    also: list[Name] = []
    """Other words for it."""
    definition: Text
    """In plain words."""
    page: PagePath | None = None
    """Where to read more."""
    references: list[Id] = []
    """Needed where the definition states a fact."""


class Question(Record):
    """A question that readers ask, with its answer in a few sentences."""

    id: Id
    """Unique in this file."""
    topic: Id
    """The group it is shown in."""
    question: Annotated[Name, Distinct]
    """Ends with a question mark."""
    answer: Text
    """The answer first, in two to four sentences."""
    page: PagePath | None = None
    """Where to read more."""
    references: list[Id] = []
    """Needed where the answer states a fact."""

    @field_validator("question")
    @classmethod
    def _asks(cls, value: str) -> str:
        if not value.endswith("?"):
            raise refuse("question", f'"{value}" is not a question', "End it with a question mark.")
        return value


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,6})?|-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
        remedy = "Write digits, with a point for decimals and commas between thousands: 1,250 or 0.5."
        raise refuse("wrong-type", f'"{value[:60]}" is not a number', remedy)
    return value.replace(",", "")


Unit = Literal["usd", "percent", "hours", "days", "weeks", "months", "people", "items"]


class Figure(Record):
    """A number that changes, such as an amount of money, a rate or a count."""

    id: Id
    """Unique in this file."""
    name: Name
    """What it is, exactly."""
    value: Annotated[Decimal, BeforeValidator(_number)]
    """Digits; a point for decimals; commas between thousands are allowed."""
    unit: Unit
    """What it counts."""
    as_of: Day
    """The day on which a source gave this value."""
    check_due: Day
    """By when it must be looked up again: at most 12 months after as_of, and 3 for a date in a law."""
    references: References
    """The sources that give it."""

    @model_validator(mode="after")
    def _due_in_time(self) -> "Figure":
        refuse_unless_due_within(12, self, "as_of", "check_due")
        return self


class Wording(Record):
    """Words to avoid, what to write in their place, and why."""

    id: Id
    """Unique in this file."""
    avoid: Annotated[list[Name], Field(min_length=1)]
    """Words not to write."""
    use: Annotated[list[Name], Field(min_length=1)]
    """What to write in their place."""
    because: Text
    """The reason."""
    basis: Basis
    """What it rests on."""
    references: list[Id] = []
    """The sources that say it."""


class Synonyms(Record):
    """Words that readers type, and what the search makes of them: a page, a care card, or other words."""

    id: Id
    """Unique in this file."""
    words: Annotated[list[Name], Field(min_length=1)]
    """What people type."""
    page: PagePath | None = None
    """The page that answers."""
    care_card: Id | None = None
    """Shown before everything else that is found."""
    unless: Annotated[list[Name], Field(min_length=1)] | None = None
    """Words that give those of a care card another meaning."""
    alone: bool = False
    """Whether the words of a care card count only where the query says nothing else."""
    means: list[Name] | None = None
    """Looked for as well; empty for words that say nothing."""
    exact: bool = False
    """Whether the words of a care card count only as they are spelled here."""
    reviewed: Day
    """The day an editor last read the words."""

    @model_validator(mode="after")
    def _one_use(self) -> "Synonyms":
        if sum(each is not None for each in (self.page, self.care_card, self.means)) != 1:
            raise refuse("search-words", "words need one of page, care_card and means", "Keep the one that answers.")
        narrower = next((key for key in ("unless", "alone", "exact") if getattr(self, key)), None)
        if narrower and not self.care_card:
            raise refuse(
                "search-words",
                f"{narrower} is for words with a care_card",
                f"Remove {narrower}, or name the care card.",
                narrower,
            )
        return self


class Withdrawn(Record):
    """Something that other sites may still show, and that the guide no longer has."""

    id: Id
    """Unique in this file."""
    address: Annotated[
        str,
        Field(
            pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-{1,2}[a-z0-9]+)*$",
        ),
    ]
    """What stood in its address after /embed/v1/: kind and id. For what has only a data file, after /api/v1/."""
    title: Name
    """What it was called."""
    withdrawn: Day
    """The day on which it left the guide."""
    why: Text
    """The reason, for those who showed it."""
    instead: PagePath
    """The page to go to."""


class Moved(Record):
    """A page whose address is a new one; the old one leads there."""

    id: Id
    """Unique in this file."""
    was: Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*\.md$")]
    """Its old path in docs/."""
    moved: Day
    """The day on which it moved."""
    instead: PagePath
    """Where it is now."""


class Exemption(Record):
    """A rule that is let off at one place, for a reason, until a day."""

    id: Id
    """Unique in this file."""
    rule: Id
    """The word in brackets at the end of the checker's message."""
    place: Name
    """The file, as the message names it; or one record or field of it."""
    reason: Text
    """Why the rule does not fit here."""
    until: Day
    """The day by which it should be gone, at most a year ahead."""


class Timeline(Reviewed):
    """The events of the timeline, oldest first."""

    events: Annotated[list[Event], Field(min_length=1)]
    """The events, oldest first."""


class Glossary(Reviewed):
    """The terms, in the order of the alphabet."""

    terms: Annotated[list[Term], Field(min_length=1)]
    """The terms, by the alphabet."""


class Questions(Reviewed):
    """The questions, grouped by topic."""

    questions: Annotated[list[Question], Field(min_length=1)]
    """The questions, with their answers."""
