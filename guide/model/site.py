"""Who publishes the guide, and the words that templates print."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from guide.model.code import CodedSection
from guide.model.color import refuse_unless_under_white
from guide.model.kind import Kind, Stored
from guide.model.record import LANGUAGE, Id, Name, PagePath, Record, Reviewed, Text, Url, refuse

Email = Annotated[str, Field(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[a-z]+$", examples=["name@example.org"])]


_FOLDER = r"^https://[A-Za-z0-9.-]+(:[0-9]+)?/([A-Za-z0-9._~-]+/)*$"
"""An address that ends in a slash, without a query."""


def _simple_fields(value: str) -> str:
    found = re.search(r"\{([^{}]*)[:!.\[]", value)
    if found:
        wrong = f'more than a name between braces in a label: "{value[:60]}"'
        raise refuse("labels", wrong, f"Write the name alone: {{{found[1]}}}.")
    return value


Label = Annotated[Name, AfterValidator(_simple_fields)]
"""Words to print; {name} stands for what a template puts there."""


def _written(value: Any) -> Any:
    """Leave out what has no words yet: the rule `labels` says where that is allowed."""
    return {key: words for key, words in value.items() if words != ""} if isinstance(value, dict) else value


_Names = Annotated[dict[Id, Name], BeforeValidator(_written, json_schema_input_type=dict[Id, Name | None])]


WIDTHS = ("320", "480", "720", "960", "1200")
"""Widths of frames that the embed builder offers, in pixels; the labels say what each is like, under `widths`."""
KEPT = ("clinic", "colors", "offline", "other")
"""What a reader's browser can keep beside what is filled in, as guide/theme/kept/kept.js tells it apart; named under
`kept`."""


class License(Record):
    """What others may do with the text and the data."""

    name: Name
    """As people call it."""
    url: Url
    """Its text."""


class Leave(Record):
    """A way out of the site, on pages that it can be dangerous to be seen with."""

    to: Url
    """Where it leads: a page that anybody may look at."""
    name: Name
    """What is there, as part of a sentence."""
    cards: Annotated[list[Id], Field(min_length=1)]
    """Every page that shows one of these care cards has it."""
    pages: list[PagePath] = []
    """More pages that have it."""
    more: PagePath
    """Where the guide says how to leave fewer traces."""


class Site(Record):
    """The one home of what is said about the publisher."""

    publisher: Name
    """A person or an organization, by name."""
    funding: Text
    """Who pays."""
    contact: Email
    """Where reports of errors go."""
    address: Annotated[Url, Field(pattern=_FOLDER, examples=["https://example.org/"])]
    """Where the site is published."""
    repository: Url | None = None
    """Where its files are kept, for links that report or change something."""
    disclaimer: Text
    """At the foot of every page."""
    brief_disclaimer: Text | None = None
    """The disclaimer in a few words, for one-page handouts; they print the whole one if this is left out."""
    license: License | None = None
    """What others may do with the text and the data."""
    help_page: PagePath
    """The page that the emergency bar leads to."""
    glossary_page: PagePath | None = None
    """Where the words explained on each page are explained in full."""
    questions_page: PagePath | None = None
    """Where all questions stand with their answers, for lists that link to them."""
    evidence_page: PagePath | None = None
    """Where the guide says how it rates evidence, for tables that print ratings."""
    embed_page: PagePath | None = None
    """The page where other sites learn to show a part."""
    privacy_page: PagePath | None = None
    """The page where readers see, and remove, what their browser keeps."""
    brand: Annotated[str, AfterValidator(refuse_unless_under_white)] | None = None
    """The color of the header, buttons, links and edges, as #rrggbb in quotes, dark enough for white words on it."""
    page_type: Annotated[str, Field(pattern=r"^([A-Z][a-z]+)+$", examples=["WebPage"])] = "WebPage"
    """What schema.org calls the pages, for search engines, such as WebPage."""
    plain_sections: list[Id] = []
    """Folders of docs/ whose pages speak of the guide itself, so that their numbers need no source."""
    handouts: list[PagePath] = []
    """Pages that `make handouts` prints, beside checklists and comparisons."""
    suggest_page: PagePath | None = None
    """The page with the form in which readers suggest a change of a record."""
    changes_page: PagePath | None = None
    """The page that says what each release changed, which feeds lead to."""
    safety_pages: list[PagePath] = []
    """Pages on which every change is a matter of safety, also of records there; helplines and care cards always are."""
    copy_of: Annotated[Url, Field(pattern=_FOLDER, examples=["https://example.org/"])] | None = None
    """The address of the guide that this one is a copy of: `make overdue` reads its safety changes."""
    leave: Leave | None = None
    """The way out of the site."""
    verifiers: list[Name] = []
    """The maintainers who look up the licenses of clinicians that sign pages."""
    emergency: Annotated[list[Id], Field(min_length=1)]
    """The helplines of the bar: ids of helplines.yaml."""


class Labels(Record):
    """A guide's own words in one language, and those it prints in place of the generator's."""

    language: Annotated[str, Field(pattern=LANGUAGE, examples=["es"])]
    """A language tag, such as en or es-US; also the name of the file."""
    words: Annotated[dict[Id, Label], BeforeValidator(_written, json_schema_input_type=dict[Id, Label | None])] = {}
    """Words to print by label id, in place of the generator's."""
    names: Annotated[
        dict[Id, _Names], BeforeValidator(_written, json_schema_input_type=dict[Id, dict[Id, Name | None] | None])
    ] = {}
    """The shown names of values, by group and value."""
    acronyms: list[Name] = []
    """Short forms that readers know better than the words, so that no page spells them out."""
    counted: list[Name] = []
    """What this guide counts, beside people and time; a number of them needs a source."""


class FrontMatter(Reviewed):
    """What stands at the head of every page."""

    description: Annotated[Name, Field(min_length=40, max_length=170)]
    """One sentence that no other page has, for search results."""
    hide: list[Literal["toc"]] = []
    """[toc], for a page that needs no list of its headings."""
    reading_grade: Annotated[int, Field(ge=1, le=10)] | None = None
    """The hardest grade the page may have, if it is not 8."""
    anchors: dict[Id, Name] = {}
    """The anchor of a heading that needs another one than its words give, and these words: so that links to it last
    when the heading changes."""
    codes: list[CodedSection] = []
    """Codes of published systems that it answers, for clinics that link to the guide by a code."""


KINDS = (
    Kind(
        "site",
        Site,
        Stored.ONE_RECORD,
        order=1060,
        shown_to="editors",
        unsourced=("funding",),
        chosen={"emergency": "bar"},
        safety=lambda site: [site.get(key) for key in ("emergency", "help_page", "leave", "safety_pages")],
        refers={"emergency": "helplines", "cards": "care-cards"},
    ),
    Kind(
        "labels",
        Labels,
        id_key="language",
        order=1070,
        shown_to="editors",
        chosen={"language": "languages"},
        # The words in front of the numbers of the emergency bar.
        safety=lambda labels: labels["names"].get("bar") if isinstance(labels.get("names"), dict) else None,
    ),
)
