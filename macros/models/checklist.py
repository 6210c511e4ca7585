"""Checklists: groups of things to do or ask, each with its reason."""

from typing import Annotated

from pydantic import Field

from macros.models.base import Id, Name, Record, Reviewed, Text


class Item(Record):
    """One thing to tick."""

    id: Id
    text: Text
    why: Text | None = None
    references: list[Id] = []


class Group(Record):
    """Items under one heading."""

    title: Name
    items: Annotated[list[Item], Field(min_length=1)]


class Checklist(Reviewed):
    """A list to tick on screen or on paper."""

    id: Id
    title: Name
    audience: Id
    when: Text
    groups: Annotated[list[Group], Field(min_length=1)]
