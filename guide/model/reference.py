"""Sources, with the fields of the Citation Style Language (CSL)."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from guide.model.kind import Kind, Stored
from guide.model.record import Day, Id, Name, Record, Text, Url, refuse


def _one_line(value: str) -> str:
    if "\n" in value:
        raise refuse("quote", "a line break in a quote", "Write it on one line, or after >- on several.")
    return value


SourceKind = Literal[
    "guideline",
    "regulation",
    "systematic-review",
    "review-article",
    "trial",
    "cohort",
    "survey",
    "government-page",
    "organization-page",
    "other",
]
Quote = Annotated[str, Field(min_length=10, max_length=400), AfterValidator(_one_line)]
"""Words of others, with whatever signs they have."""
Read = Literal["whole", "excerpt", "without-results", "not-read"]


class Reference(Record):
    """One source: who said it, where, when, and how much of it an editor has read."""

    id: Id
    """Author or organization, and year."""
    type: Literal[
        "article-journal",
        "webpage",
        "report",
        "regulation",
        "legislation",
        "book",
        "chapter",
        "article-newspaper",
        "dataset",
    ]
    """What kind of publication it is."""
    title: Name
    """As printed."""
    author: Annotated[list[Name], Field(min_length=1)] | None = None
    """Who wrote it; optional if there is a publisher."""
    publisher: Name | None = None
    """Who published it; optional if there is an author."""
    container_title: Name | None = Field(default=None, alias="container-title")
    """The journal or book that it is in."""
    issued: (
        Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", examples=["2026", "2026-11", "2026-11-23"])]
        | None
    ) = None
    """Year, or 2014-06, or 2014-06-01; or else undated."""
    undated: bool = False
    """In place of issued, for a page without a date."""
    URL: Url
    """The publisher's own page, not a copy elsewhere. Two records cannot share one."""
    DOI: Annotated[str, Field(pattern=r"^10\.[0-9]{4,}/[!-~]+$", examples=["10.1000/182"])] | None = None
    """The lasting number of a paper (DOI); it begins with 10."""
    kind: SourceKind
    """What kind of evidence it is."""
    kind_reason: Text | None = None
    """Why its kind isn't the one that its address suggests."""
    read: Read
    """How much an editor has read."""
    accessed: Day | None = None
    """The day it was read; left out for not-read."""
    note: Text | None = None
    """What a reader of the source list should know."""
    quote: Quote | None = None
    """Its own words for what the guide says, at most 400 characters; pages don't show them."""
    place: Name | None = None
    """Where in the source that is, such as "page 12" or "Results, table 2"; pages don't show it."""

    @model_validator(mode="after")
    def _complete(self) -> "Reference":
        if not (self.author or self.publisher):
            raise refuse("reference", "a source without author and publisher", "Write author (a list) or publisher.")
        if self.issued and self.undated:
            raise refuse("reference", "a source has both issued and undated", "Keep the one that's true.")
        if not (self.issued or self.undated):
            raise refuse(
                "reference",
                "a source needs one of issued and undated",
                "Write issued: a year or date, or undated: true.",
            )
        if (self.read == "not-read") == (self.accessed is not None):
            raise refuse(
                "reference",
                "read and accessed do not agree",
                "Write accessed (the day) for a source that was read, and leave it out for read: not-read.",
            )
        passage = next((key for key in ("quote", "place") if getattr(self, key)), None)
        if passage and self.read == "not-read":
            wrong, remedy = f"{passage} of a source that was not read", f"Read the source, or remove {passage}."
            raise refuse("reference", wrong, remedy, passage)
        return self


KINDS = (
    Kind(
        "references",
        Reference,
        Stored.LIST,
        order=10,
        names={"read": get_args(Read), "reference-kinds": get_args(SourceKind)},
        summary=lambda page, source: page.names["reference-kinds"][source.kind],
        block=lambda page, source: page.render("reference.html.j2", None, None, reference=source),
        anchor="reference-",
        csv=(
            *("id", "type", "title", "author", "publisher", "container-title", "issued", "undated", "URL", "DOI"),
            *("kind", "kind_reason", "read", "accessed", "note", "quote", "place"),
        ),
        quotes=("title", "author", "publisher", "container_title", "quote"),
        unsourced=("kind_reason", "note", "quote", "place"),
        sorted_by=lambda source: source["id"],
    ),
)
