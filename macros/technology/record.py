"""Technologies: what exists, how ripe it is, what is known, and what regulators say."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from guide.model.answers import Evidence
from guide.model.kind import Kind
from guide.model.record import Id, Known, Name, PagePath, Reviewed, Text

Maturity = Literal["routine", "available", "early", "research"]
MATURITIES: tuple[str, ...] = get_args(Maturity)
"""From what is in daily use to what is being studied."""


class Technology(Reviewed):
    """One technology: how ripe it is, what is known, and what regulators say."""

    id: Id
    """Also the name of the file."""
    name: Name
    """In full."""
    page: PagePath | None = None
    """The page that explains it."""
    maturity: Maturity
    """How ripe it is."""
    what_it_is: Text
    """In plain words."""
    status: Known
    """Where it stands today: one statement."""
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    """One entry for each outcome studied."""
    regulator: Text
    """What regulators say; "None found." is an answer."""
    risks: Text
    """Harms, costs, privacy."""
    references: list[Id] = []
    """Sources of the fields that have none of their own."""


KIND = Kind("technologies", Technology, order=60, answerable=True, names={"maturity": MATURITIES})
