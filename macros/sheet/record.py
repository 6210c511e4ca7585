"""One-page handouts: what each takes from other records, and the few sentences of its own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from guide.model.record import Distinct, Id, Name, PagePath, Record, Reviewed, Text, refuse

Shown = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*$", examples=["checklist/first-visit"])]
"""Kind and id of a record, such as checklists/first-day."""


class Sentence(Record):
    """A sentence or two that no other record has."""

    text: Text
    """What it says."""
    references: list[Id] = []
    """Needed where the text states a fact; the page cites them too."""


class Part(Record):
    """What stands under one heading: sentences, then what other records say."""

    title: Annotated[Name, Distinct]
    """The heading."""
    says: list[Sentence] = []
    """Sentences of its own."""
    show: list[Shown] = []
    """Records to show in short, all of one kind."""
    only: list[Id] = []
    """What to show of them, if not all."""
    columns: Annotated[int, Field(ge=1, le=2)] = 1
    """2 puts it in two columns, but not in large print; 1 if left out."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Part:
        if not self.says and not self.show:
            raise refuse("sheet", "this part is empty", "Write says: with sentences, or show: with records.")
        if len({name.partition("/")[0] for name in self.show}) > 1:
            raise refuse("sheet", "this part shows several kinds of records", "Make a part of each kind.", "show")
        if self.only and not self.show:
            raise refuse(
                "sheet", '"only" names parts of no record', "Write show: with the record, or delete it.", "only"
            )
        return self


class Sheet(Reviewed):
    """A one-page handout: front only, and two pages in large print."""

    id: Id
    """Also the name of the file, and what names it in its address."""
    title: Name
    """Its heading."""
    when: Text
    """Whom to give it to, and when: for those who print it. The sheet doesn't say it."""
    page: PagePath
    """The page that says more, and cites all of its sources: the sheet has its address, and a QR code of it."""
    parts: Annotated[list[Part], Field(min_length=1)]
    """What stands on it, in order."""
