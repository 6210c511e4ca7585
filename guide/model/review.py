"""Clinical reviews: who has read and signed which passages of a page, and who looked the license up."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from guide.model.kind import Kind
from guide.model.record import Day, Id, Name, Record, Signature, Text, Url, refuse

KEY = "reviews"
"""The kind of these records."""
MARKS = ("right", "wrong", "unsure")
"""What a clinician can say of a passage."""
FIELDS = ("by", "license", "state", "conflicts", "on")
"""What a clinician says of themselves."""
SAID = {
    "count": {"marked", "all"},
    **{each: {"count"} for each in ("saved-partly", "rest", "undo")},
    **{each: set[str]() for each in ("rest-one", "undo-one", "saved-partly-one")},
    **{each: set[str]() for each in ("missing", "unconfirmed", "not-saved", "saved", "saved-draft")},
    **{each: set[str]() for each in ("opened", "open-sure", "wrong-file")},
}
"""What the script of a review pack says: labels that begin with review-say-, and the names that each holds."""
PassageHash = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""What names a passage by its words, its sources and its data (`guide.rendering.statements`)."""


class Verified(Record):
    """A maintainer's look at the public register of licenses."""

    by: Name
    """The maintainer who looked."""
    on: Day
    """The day of the look, which is not before the signature."""
    register_page: Url
    """The page of the state's public register that shows the license."""


class ClinicalReview(Record):
    """What a clinician has read and signed, passage by passage."""

    id: Id
    """The name of the file: the page's path with hyphens, as `make review-read` writes it."""
    page: Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*\.md$", examples=["help-now.md"])]
    """The page, by its path in docs/."""
    by: Name
    """The clinician, with the letters of the profession."""
    license: Name
    """The number of the license."""
    state: Name
    """The state that gave it."""
    conflicts: Text
    """Conflicts of interest, in the clinician's own words; None. if there are none."""
    on: Day
    """The day of signing."""
    verified: Verified
    """Who looked the license up in the public register, when and where; written by a maintainer, never by software."""
    file: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """The SHA-256 of the file that the clinician saved, which the maintainer keeps."""
    signed: Annotated[list[PassageHash], Field(min_length=1)]
    """The passages marked right; a changed passage has another hash, so that its signature lapses."""
    open: list[PassageHash] = []
    """The passages marked wrong, unsure or not at all."""

    @model_validator(mode="after")
    def _looked_up(self) -> "ClinicalReview":
        verified = self.verified
        if verified.on < self.on:
            wrong = f"verified on {verified.on}, before the signature of {self.on}"
            raise refuse("review-order", wrong, "Look the license up again, and write that day.", "verified")
        if verified.by.casefold() == self.by.casefold():
            wrong = f"{self.by} verified their own license"
            raise refuse("unverified", wrong, "Have a maintainer look it up, and write that name.", "verified")
        both = sorted({*self.signed} & {*self.open})
        if both:
            wrong = f"passage {both[0]} is both signed and open"
            raise refuse("review", wrong, "Run make review-read again, with the file that was saved.", "open")
        return self

    @property
    def signature(self) -> Signature:
        """The name and the day alone."""
        return Signature(by=self.by, on=self.on)

    def as_kept(self) -> dict[str, Any]:
        """Return it as it is written in its file."""
        return self.model_dump(mode="json", exclude_defaults=True)


KINDS = (
    Kind(
        KEY,
        ClinicalReview,
        order=1050,
        shown_to="editors",
        title="by",
        quotes=("by", "license", "state", "conflicts"),
        unsourced=("conflicts",),
    ),
)
