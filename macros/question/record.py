"""Questions that readers ask, with their answers."""

from typing import Annotated

from pydantic import Field, field_validator

from guide.model.code import Coded
from guide.model.record import Distinct, Id, Name, PagePath, Record, Reviewed, Text, refuse


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
    codes: list[Coded] = []
    """Codes of published systems that it answers."""
    references: list[Id] = []
    """Needed where the answer states a fact."""

    @field_validator("question")
    @classmethod
    def _asks(cls, value: str) -> str:
        if not value.endswith("?"):
            raise refuse("question", f'"{value}" is not a question', "End it with a question mark.")
        return value


class Questions(Reviewed):
    """The questions, grouped by topic."""

    questions: Annotated[list[Question], Field(min_length=1)]
    """The questions, with their answers."""
