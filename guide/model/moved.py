"""Addresses of the guide that lead elsewhere: pages that moved, and what was withdrawn."""

from typing import Annotated

from pydantic import Field

from guide.model.kind import Kind, Stored
from guide.model.record import Day, Id, Name, PagePath, Record, Text


class Withdrawn(Record):
    """Something that other sites may still show, and that the guide no longer has."""

    id: Id
    """Unique in this file."""
    address: Annotated[
        str,
        Field(
            pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-{1,2}[a-z0-9]+)*$",
            examples=["checklist/first-visit"],
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
    shows: (
        Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*$", examples=["checklist/first-visit"])]
        | None
    ) = None
    """What took its place: kind and id, as after /embed/v1/. Frames that showed the old one then show this."""


class Moved(Record):
    """A page whose address is a new one; the old one leads there."""

    id: Id
    """Unique in this file."""
    was: Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*\.md$", examples=["help-now.md"])]
    """Its old path in docs/."""
    moved: Day
    """The day on which it moved."""
    instead: PagePath
    """Where it is now."""


KINDS = (
    Kind("withdrawn", Withdrawn, Stored.LIST, order=1030, shown_to="editors", quotes=("title",), unsourced=("why",)),
    Kind("moved", Moved, Stored.LIST, order=1040, shown_to="editors"),
)
