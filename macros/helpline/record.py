"""Helplines: services to call, text or chat with, and sites to search."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, model_validator

from guide.model.kind import Row
from guide.model.record import (
    Day,
    Distinct,
    Id,
    Name,
    Phone,
    Record,
    References,
    Reviewed,
    Text,
    Url,
    refuse,
    refuse_unless_due_within,
)


class TextTo(Record):
    """Where to send a text message, and the words to send, if any."""

    number: Phone
    """Where to send the message."""
    message: Name | None = None
    """The words to send."""


class Helpline(Reviewed):
    """One phone, text or chat service, or a site to search."""

    id: Id
    """Unique in this file."""
    name: Annotated[Name, Distinct]
    """Its own name."""
    groups: Annotated[list[Id], Field(min_length=1)]
    """The groups that it is shown in: names that data/labels/ lists under names, groups."""
    for_whom: Text
    """Who may use it."""
    number: Phone | None = None
    """Digits and hyphens, as dialed."""
    then: Name | None = None
    """Which key to press after dialing, for a number that several services share."""
    text_to: TextTo | None = None
    """Where to send a text message."""
    chat_url: Url | None = None
    """Where to chat."""
    url: Url | None = None
    """Its site."""
    tty: Phone | None = None
    """For a text telephone."""
    instructions: Text | None = None
    """What to say, what to know first."""
    hours: Name
    """When it answers; no period at its end."""
    languages: Text
    """In which it answers."""
    cost: Text
    """What it costs the caller."""
    check_due: Day
    """By when the number must be tried again: at most 3 months after sources_checked."""
    secondhand: bool = False
    """If only others' pages and lists gave its details, and none of its own or an agency's: readers are told."""
    references: References
    """The sources that name it."""

    @model_validator(mode="after")
    def _reachable(self) -> "Helpline":
        if not (self.number or self.text_to or self.chat_url or self.url):
            raise refuse("helpline", "a helpline that nobody can reach", "Write a number, text_to, chat_url or url.")
        return self

    @model_validator(mode="after")
    def _tried_in_time(self) -> "Helpline":
        refuse_unless_due_within(3, self, "sources_checked", "check_due")
        return self


def rows(line: dict[str, Any]) -> Iterator[Row]:
    """Return one row."""
    text_to = line["text_to"] or {}
    yield {
        **{name: line[name] for name in ("id", "name", "groups", "for_whom", "number", "then")},
        "text_to": text_to.get("number"),
        "text_message": text_to.get("message"),
        **{name: line[name] for name in ("tty", "chat_url", "url", "instructions", "hours", "languages", "cost")},
        **{name: line[name] for name in ("sources_checked", "check_due", "secondhand", "references")},
    }
