"""Small records that are kept many to a file: events, terms, questions, figures, words."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from macros.models.base import Basis, Day, Id, Name, PagePath, Record, References, Reviewed, Text, refuse


class Event(Record):
    """One event of the timeline."""

    id: Id
    year: Annotated[int, Field(ge=1800, le=2100)]
    when: Name | None = None
    title: Name
    text: Text
    references: References


class Term(Record):
    """One word of the glossary."""

    id: Id
    term: Name
    also: list[Name] = []
    definition: Text
    page: PagePath | None = None
    references: list[Id] = []


class Question(Record):
    """A question that readers ask, with its answer in a few sentences."""

    id: Id
    topic: Id
    question: Name
    answer: Text
    page: PagePath | None = None
    references: list[Id] = []

    @field_validator("question")
    @classmethod
    def _asks(cls, value: str) -> str:
        if not value.endswith("?"):
            raise refuse("question", f'"{value}" is not a question', "End it with a question mark.")
        return value


def _number(value: object) -> object:
    return value.replace(",", "") if isinstance(value, str) else value


Unit = Literal["usd", "percent", "hours", "days", "weeks", "months", "people", "items"]


class Figure(Record):
    """A number that changes: an amount, a rate, a date's worth of money."""

    id: Id
    name: Name
    value: Annotated[Decimal, BeforeValidator(_number)]
    unit: Unit
    as_of: Day
    check_due: Day
    references: References

    @model_validator(mode="after")
    def _due_later(self) -> "Figure":
        if self.check_due < self.as_of:
            raise refuse(
                "review-order",
                f"check_due {self.check_due} is before as_of {self.as_of}",
                "The next check comes after the last.",
                "check_due",
            )
        return self


class Wording(Record):
    """Words to avoid, what to write in their place, and why."""

    id: Id
    avoid: Annotated[list[Name], Field(min_length=1)]
    use: Annotated[list[Name], Field(min_length=1)]
    because: Text
    basis: Basis
    references: list[Id] = []


class Synonyms(Record):
    """Words that readers type for what a page calls something else."""

    id: Id
    words: Annotated[list[Name], Field(min_length=1)]
    page: PagePath
    reviewed: Day


class Withdrawn(Record):
    """Something that other sites may still show, and that the guide no longer has."""

    id: Id
    address: Annotated[
        str,
        Field(
            pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-{1,2}[a-z0-9]+)*$",
            description="Its kind and id as they stood in its address, such as checklist/first-day.",
        ),
    ]
    title: Name
    withdrawn: Day
    why: Text
    instead: PagePath


class Exemption(Record):
    """A rule that is let off at one place, for a reason, until a day."""

    id: Id
    rule: Id
    place: Name
    reason: Text
    until: date


class Timeline(Reviewed):
    """The events of the timeline, oldest first."""

    events: Annotated[list[Event], Field(min_length=1)]


class Glossary(Reviewed):
    """The terms, in the order of the alphabet."""

    terms: Annotated[list[Term], Field(min_length=1)]


class Questions(Reviewed):
    """The questions, grouped by topic."""

    questions: Annotated[list[Question], Field(min_length=1)]
