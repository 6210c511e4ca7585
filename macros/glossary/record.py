"""The glossary: words that readers meet, in plain words."""

from typing import Annotated

from pydantic import Field

from guide.model.record import Distinct, Id, Name, PagePath, Record, Reviewed, Text


class Term(Record):
    """One word of the glossary."""

    id: Id
    """Unique in this file; part of the term's address."""
    term: Annotated[Name, Distinct]
    """As readers meet it."""
    also: Annotated[list[Name], Distinct] = []
    """Other words for it; no other term has them."""
    definition: Text
    """In plain words."""
    page: PagePath | None = None
    """Where to read more."""
    references: list[Id] = []
    """Needed where the definition states a fact."""


class Glossary(Reviewed):
    """The terms, in the order of the alphabet."""

    terms: Annotated[list[Term], Field(min_length=1)]
    """The terms, by the alphabet."""
