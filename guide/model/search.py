"""What the search makes of words that readers type."""

from typing import Annotated

from pydantic import Field, model_validator

from guide.model.kind import Kind, Stored
from guide.model.record import Day, Id, Name, PagePath, Record, refuse


class Synonyms(Record):
    """Words that readers type, and what the search makes of them: a page, a care card, or other words."""

    id: Id
    """Unique in this file."""
    words: Annotated[list[Name], Field(min_length=1)]
    """What people type."""
    page: PagePath | None = None
    """The page that answers."""
    care_card: Id | None = None
    """Shown before everything else that is found."""
    unless: Annotated[list[Name], Field(min_length=1)] | None = None
    """Words that give those of a care card another meaning."""
    alone: bool = False
    """Whether the words of a care card count only where the query says nothing else."""
    means: list[Name] | None = None
    """Looked for as well; empty for words that say nothing."""
    exact: bool = False
    """Whether the words of a care card count only as they are spelled here."""
    reviewed: Day
    """The day an editor last read the words."""

    @model_validator(mode="after")
    def _one_use(self) -> "Synonyms":
        if sum(each is not None for each in (self.page, self.care_card, self.means)) != 1:
            raise refuse("search-words", "words need one of page, care_card and means", "Keep the one that answers.")
        narrower = next((key for key in ("unless", "alone", "exact") if getattr(self, key)), None)
        if narrower and not self.care_card:
            raise refuse(
                "search-words",
                f"{narrower} is for words with a care_card",
                f"Remove {narrower}, or name the care card.",
                narrower,
            )
        return self


KINDS = (
    Kind(
        "search",
        Synonyms,
        Stored.LIST,
        order=1020,
        shown_to="editors",
        refers={"care_card": "care-cards"},
        safety=lambda words: words if "care_card" in words else None,
        quotes=("words", "unless", "means"),
    ),
)
