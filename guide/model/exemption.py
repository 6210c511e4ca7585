"""Exemptions: rules that don't apply at one place."""

from guide.model.kind import Kind, Stored
from guide.model.record import Day, Id, Name, Record, Text


class Exemption(Record):
    """A rule that doesn't apply at one place, for a reason, until a given day."""

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


KINDS = (Kind("exemptions", Exemption, Stored.LIST, order=1050, shown_to="editors", unsourced=("reason",)),)
