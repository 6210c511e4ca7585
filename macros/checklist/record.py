"""Checklists: groups of things to do or ask, each with its reason."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from guide.model.kind import Row
from guide.model.record import Distinct, Id, Name, PagePath, Record, Reviewed, Text


class Item(Record):
    """One thing to tick."""

    id: Id
    """Unique in this checklist; a reader's ticks are kept under it."""
    text: Annotated[Text, Distinct]
    """One thing to do or ask."""
    why: Text | None = None
    """The reason."""
    references: list[Id] = []
    """Needed where text or why states a fact."""


class Group(Record):
    """Items under one heading."""

    title: Annotated[Name, Distinct]
    """The heading over its items."""
    items: Annotated[list[Item], Field(min_length=1)]
    """What to tick, in order."""


class Checklist(Reviewed):
    """A list to tick on screen or on paper."""

    id: Id
    """Also the name of the file."""
    title: Name
    """What it is for."""
    audience: Id
    """Who ticks it: one of the names that data/labels/ lists under names, audiences."""
    when: Text
    """When to use it."""
    page: PagePath | None = None
    """Its own page, the only one that shows it in full. Other pages show its card."""
    groups: Annotated[list[Group], Field(min_length=1)]
    """Its parts, in order."""


def rows(checklist: dict[str, Any]) -> Iterator[Row]:
    """Return a row for each item."""
    for group in checklist["groups"]:
        for item in group["items"]:
            named = {"checklist": checklist["id"], "title": checklist["title"], "group": group["title"]}
            yield named | {key: item[key] for key in ("id", "text", "why", "references")}
