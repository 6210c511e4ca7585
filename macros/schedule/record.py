"""Sample weeks."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from guide.model.kind import Row
from guide.model.record import Id, Name, Record, Reviewed, Text, refuse

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: list[Weekday] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Session(Record):
    """One block of time; `counts` tells whether its minutes count as hours of it."""

    day: Weekday
    """One of: monday, tuesday, wednesday, thursday, friday, saturday or sunday."""
    start: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["19:00"])]
    """24-hour clock, such as 18:00."""
    minutes: Annotated[int, Field(ge=5, le=720)]
    """Length, 5 to 720."""
    activity: Name
    """A few words."""
    counts: bool = True
    """False if its minutes don't count, as in a break."""

    @property
    def start_minute(self) -> int:
        """Minutes after midnight."""
        hours, minutes = self.start.split(":")
        return int(hours) * 60 + int(minutes)


class Schedule(Reviewed):
    """A made-up week that shows what a real one can look like; always labelled a sample."""

    id: Id
    """Also the name of the file."""
    title: Name
    """Says "sample"."""
    for_whom: Text
    """Whose week it could be."""
    note: Text
    """What a reader must know about it."""
    references: list[Id] = []
    """Sources that the sample follows."""
    sessions: Annotated[list[Session], Field(min_length=1)]
    """Blocks of time; two on one day cannot overlap."""

    @model_validator(mode="after")
    def _no_overlap(self) -> "Schedule":
        ends: dict[str, int] = {}
        for session in sorted(self.sessions, key=lambda s: (WEEKDAYS.index(s.day), s.start_minute)):
            if session.start_minute < ends.get(session.day, 0):
                raise refuse(
                    "schedule",
                    f"sessions overlap on {session.day} at {session.start}",
                    "Move one, or shorten the one before.",
                )
            ends[session.day] = session.start_minute + session.minutes
        return self

    @property
    def program_minutes(self) -> int:
        """Minutes a week that count."""
        return sum(session.minutes for session in self.sessions if session.counts)


def rows(schedule: dict[str, Any]) -> Iterator[Row]:
    """Return a row for each session."""
    for session in schedule["sessions"]:
        yield {"schedule": schedule["id"], "title": schedule["title"], **session}
