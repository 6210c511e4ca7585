"""Words to avoid on pages, and what to write in their place."""

from typing import Annotated

from pydantic import Field

from guide.model.record import Basis, Id, Name, Record, Text


class Wording(Record):
    """Words to avoid, what to write in their place, and why."""

    id: Id
    """Unique in this file."""
    avoid: Annotated[list[Name], Field(min_length=1)]
    """Words not to write."""
    use: Annotated[list[Name], Field(min_length=1)]
    """What to write in their place."""
    because: Text
    """The reason."""
    basis: Basis
    """What it rests on."""
    references: list[Id] = []
    """The sources that say it."""
