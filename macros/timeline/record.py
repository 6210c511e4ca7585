"""The timeline: what happened, and when."""

from typing import Annotated

from pydantic import Field

from guide.model.record import Distinct, Id, Name, Record, References, Reviewed, Text


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


class Timeline(Reviewed):
    """The events of the timeline, oldest first."""

    events: Annotated[list[Event], Field(min_length=1)]
    """The events, oldest first."""
