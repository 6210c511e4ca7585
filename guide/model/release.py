"""What a release changed for readers: written by `make changes` when it's made, and kept."""

from typing import Annotated, Literal

from pydantic import Field

from guide.model.kind import Kind, Stored
from guide.model.record import LANGUAGE, Day, Id, Name, PagePath, Record

CHANGES = "changes"
"""The key of the kind."""
_Printed = Annotated[str, Field(min_length=1, max_length=2_000)]
_Embed = Annotated[
    str, Field(pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-{1,2}[a-z0-9]+)*$", examples=["checklist/first-visit"])
]


class ChangedText(Record):
    """One text of a record or page that is new, different or gone."""

    where: _Printed | None = None
    """Where in the record it is, by the names that readers know."""
    now: _Printed | None = None
    """What it says; left out, it's gone."""
    was: _Printed | None = None
    """What it said; left out, it's new."""


class ChangedItem(Record):
    """A record or a page that changed."""

    kind: Id
    """Its kind, or pages."""
    item: Annotated[str, Field(pattern=r"^[a-z0-9]+(-{1,2}[a-z0-9]+)*$", max_length=120, examples=["first-visit"])]
    """Its id, as in data files."""
    title: Name
    """What readers call it."""
    how: Literal["new", "changed", "removed"]
    """What happened to it."""
    safety: bool = False
    """Whether it's a matter of safety, so that older copies must not stay in use."""
    everywhere: bool = False
    """Whether every page and every embed shows it."""
    lang: Annotated[str, Field(pattern=LANGUAGE, examples=["es"])] | None = None
    """Only if it is not in the language of the guide, for example es."""
    page: PagePath | None = None
    """The page to read it on."""
    embeds: list[_Embed] = []
    """What shows it in the frames of other sites: kinds and ids, as after /embed/v1/."""
    texts: list[ChangedText] = []
    """What changed in it."""


class ReleaseChanges(Record):
    """What one release changed, compared with the one before."""

    id: Id
    """Also the name of the file: the version, with hyphens."""
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$", examples=["1.2.0"])]
    """Of the guide."""
    day: Day
    """The day of the release."""
    items: list[ChangedItem] = []
    """Every record and page that changed."""


KINDS = (Kind(CHANGES, ReleaseChanges, Stored.ONE_FILE_EACH, order=1045, shown_to="editors", title="version"),)
