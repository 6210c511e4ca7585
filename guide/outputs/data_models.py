"""What the files under /api/v1/ hold, for those who write programs that read them."""

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from guide.model.output import Output
from guide.model.record import Certainty, Signature, Text
from guide.model.reference import Reference
from guide.model.site import License
from guide.outputs.citations import FORMATS, SOURCES
from guide.rendering.signatures import Standing

T = TypeVar("T")
PAGES = "pages"
"""The kind of pages, in the names of files."""


class NumberedSource(Reference):
    """A source of the guide, with its number in `html` and `text`."""

    number: int


class SignedPassages(Output):
    """How much of something stands as a clinician signed it."""

    by: str
    """The clinician."""
    license: str
    """The number of the license."""
    state: str
    """The state that gave it."""
    conflicts: str
    """Conflicts of interest, in the clinician's own words."""
    on: date
    """The day of signing."""
    passages: int
    """How many there are now."""
    signed: int
    """How many stand as they were signed: a signature holds for these only."""
    changed: int
    """How many have changed since."""

    @classmethod
    def of(cls, standing: Standing) -> "SignedPassages":
        """Return what is published of a review."""
        review = standing.review
        return cls(
            by=review.by,
            license=review.license,
            state=review.state,
            conflicts=review.conflicts,
            on=review.on,
            passages=standing.count,
            signed=standing.signed,
            changed=standing.changed,
        )


class Entry(Output):
    """What every file of a page or a record holds."""

    schema_address: Annotated[str, Field(alias="$schema")]
    """The JSON Schema of this file, relative to it."""
    kind: str
    id: str
    """Never reused for something else."""
    title: str
    summary: str
    language: str
    """A language tag by BCP 47."""
    html: str
    """A short list of elements without classes, ids, styles and scripts; every link is absolute."""
    text: str
    """The words of `html`, a line for each paragraph, item or cell; numbers of sources in brackets."""
    sources: list[NumberedSource]
    sources_checked: date | None
    """The day on which an editor last compared this with its sources."""
    review_due: date | None
    """The day by which that is to be done again."""
    clinical_review: Signature | None
    """The clinician who has read and signed all of this as it is now; null if none has."""
    reviews: list[SignedPassages]
    """What clinicians have signed of this, however much of it has changed since."""
    publisher: str
    disclaimer: str
    license: License | None
    address: str
    """The full page, at the place where this is shown. It lasts: link to it."""
    embed: str | None
    """The bare page for frames, if there is one. It lasts."""
    content_hash: str
    """SHA-256 of this file without this key, as JSON with sorted keys and no spaces, in UTF-8."""


class PageFile(Entry):
    """A page."""


class RecordFile(Entry, Generic[T]):
    """A record, with its data; texts in it are plain."""

    record: T


class WithdrawnFile(Output):
    """What stands at the address of something that the guide no longer has."""

    schema_address: Annotated[str, Field(alias="$schema")]
    kind: str
    id: str
    title: str
    withdrawn: date
    why: Text
    instead: str
    """The page to go to."""


class IndexEntry(Output):
    """A file of a page or a record."""

    kind: str
    id: str
    title: str
    summary: str
    file: str
    """Relative to the index."""
    address: str
    sources_checked: date | None
    review_due: date | None
    content_hash: str


class Table(Output):
    """A CSV file."""

    kind: str
    file: str
    """Relative to the index."""
    columns: list[str]
    rows: int


class CodeTarget(Output):
    """A page or a record that answers a code."""

    kind: str
    id: str
    title: str
    address: str
    """It lasts: link to it."""


class CodeEntry(Output):
    """A code that the guide has something on."""

    system: str
    """The id of its system."""
    code: str
    """As the system writes it."""
    name: str
    """What it stands for."""
    without: list[str]
    """Codes below it that it doesn't answer for."""
    address: str
    """A page that lists what the code leads to. It lasts: link to it."""
    answers: list[CodeTarget]
    """The best first."""


class CodeSystemEntry(Output):
    """A published system of codes."""

    id: str
    name: str
    oids: list[str]
    """The object identifiers by which other programs name it."""
    edition: str
    """The edition in which the codes were looked up."""
    rights: Text
    """What others may do with its codes and names."""
    pattern: str
    """What a code looks like: a regular expression."""
    category: int | None
    """Characters of the codes that have others below them, which answer for those that aren't listed; null if each code
    stands for itself."""


class Codes(Output):
    """The codes that lead to pages, without the texts of others."""

    schema_address: Annotated[str, Field(alias="$schema")]
    systems: list[CodeSystemEntry]
    codes: list[CodeEntry]


class FormFile(Output):
    """A record in a format of other programs."""

    kind: str
    id: str
    format: str
    """Such as fhir: a FHIR Questionnaire, by what R4 and R4B share."""
    title: str
    file: str
    """Relative to the index."""


class StatusGap(Output):
    """An answer that nobody has."""

    question: str
    """What was asked."""
    option: str | None
    """Of what it was asked, where a table compares several."""
    not_known: Text
    """Why nobody knows."""


class StatusEntry(Output):
    """How a page or a record stands."""

    kind: str
    id: str
    title: str
    written_in: str
    """The file of the project that holds it."""
    sources_checked: date | None
    review_due: date | None
    clinical_review: Signature | None
    """The clinician who has signed all of it as it is now."""
    certainty: list[Certainty]
    """Each level that it claims, the surest first."""
    gaps: list[StatusGap]
    """What nobody knows."""
    languages: list[str]
    """In which it can be read."""


class Status(Output):
    """How every page and record stands."""

    schema_address: Annotated[str, Field(alias="$schema")]
    entries: list[StatusEntry]


class ChangedWords(Output):
    """A text that is new, different or gone."""

    where: str | None
    """Where in the record it is, by the names that readers know."""
    now: str | None
    """What it says; null if it's gone."""
    was: str | None
    """What it said; null if it's new."""


class Changed(Output):
    """A record or a page that changed."""

    kind: str
    item: str
    """Its id."""
    title: str
    how: Literal["new", "changed", "removed"]
    safety: bool
    """Whether it's a matter of safety: phone numbers, what to do in danger, and the pages that the guide names. Copies
    that are older must not stay in use."""
    everywhere: bool
    """Whether every page and every embed shows it."""
    lang: str | None
    """Its language tag, if that isn't the guide's."""
    address: str | None
    """The page to read it on; null if it's gone."""
    embeds: list[str]
    """What shows it in the frames of other sites, by kind and id, as after /embed/v1/; what showed it before, too."""
    texts: list[ChangedWords]


class ChangesOfRelease(Output):
    """What one release changed, compared with the one before."""

    version: str
    day: date
    items: list[Changed]


class Changes(Output):
    """What each release changed, the newest first."""

    schema_address: Annotated[str, Field(alias="$schema")]
    name: str
    address: str
    """Of the guide."""
    page: str | None
    """The page that says it in plain words."""
    releases: list[ChangesOfRelease]


class Citations(Output):
    """Where citations for reference managers are: addresses relative to the index, as RFC 6570 writes templates."""

    formats: dict[str, str] = {end: form.name for end, form in FORMATS.items()}
    """What {format} stands for, and what people call it."""
    references: str = "references.{format}"
    """All sources of the guide."""
    page: str = f"{PAGES}/{{id}}.{{format}}"
    """A page, by the id of its entry."""
    page_sources: str = f"{PAGES}/{{id}}.{SOURCES}{{format}}"
    """The sources of a page."""


class Index(Output):
    """What there is."""

    schema_address: Annotated[str, Field(alias="$schema")]
    name: str
    version: str
    """Of the guide."""
    day: date
    """The newest day on which anything in it was compared with its sources."""
    language: str
    address: str
    publisher: str
    funding: str
    contact: str
    disclaimer: str
    license: License | None
    description: Literal["openapi.json"] = "openapi.json"
    status: Literal["status.json"] = "status.json"
    """How every page and record stands; relative to the index."""
    changes: Literal["changes.json"] = "changes.json"
    """What each release changed, with old and new words; relative to the index."""
    safety: Literal["safety.json"] = "safety.json"
    """The same, of matters of safety only; relative to the index."""
    codes: Literal["codes.json"] = "codes.json"
    """The codes that lead to pages; relative to the index."""
    feed: str
    """An Atom feed of what changed in the guidance; relative to the index."""
    safety_feed: str
    """An Atom feed of matters of safety only; relative to the index."""
    schemas: dict[str, str]
    """JSON Schemas of the files, by kind."""
    tables: list[Table]
    forms: list[FormFile]
    """Records in the formats of other programs."""
    entries: list[IndexEntry]
    withdrawn: list[str]
    """Files of what the guide no longer has."""
    citations: Citations
    """Citations of pages and sources, for reference managers."""
