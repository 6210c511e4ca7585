"""Who publishes the guide, and the words that templates print."""

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import Id, Name, PagePath, Record, Reviewed, Text, Url

Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")]


class License(Record):
    """What others may do with the text and the data."""

    name: Name
    url: Url


class Site(Record):
    """The one home of what is said about the publisher."""

    publisher: Name
    funding: Text
    contact: Email
    address: Url
    repository: Url
    disclaimer: Text
    license: License | None = None
    help_page: PagePath
    glossary_page: Annotated[PagePath | None, Field(description="Where the words of pages are explained.")] = None
    embed_page: Annotated[PagePath | None, Field(description="Where other sites learn to show a part.")] = None
    handouts: Annotated[list[PagePath], Field(description="Pages to print, beside checklists and comparisons.")] = []
    emergency: Annotated[list[Id], Field(min_length=1, description="Helplines of the bar on every page.")]


class Labels(Record):
    """Every word that a template prints itself, in one language."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    words: dict[Id, Name]
    names: dict[Id, dict[Id, Name]]
    acronyms: Annotated[
        list[Name],
        Field(description="Short forms that readers know better than the words, so that no page spells them out."),
    ] = []
    counted: Annotated[
        list[Name],
        Field(description="What this guide counts, beside people and time: a number of them needs a source."),
    ] = []


class FrontMatter(Reviewed):
    """What stands at the head of every page."""

    description: Annotated[Name, Field(min_length=40, max_length=170)]
    hide: list[Literal["toc"]] = []
    reading_grade: Annotated[int, Field(ge=1, le=10)] | None = None
