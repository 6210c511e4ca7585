"""Who publishes the guide, and the words that templates print."""

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import Id, Name, PagePath, Record, Reviewed, Text, Url

Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")]


class Site(Record):
    """The one home of what is said about the publisher."""

    publisher: Name
    funding: Text
    contact: Email
    address: Url
    repository: Url
    disclaimer: Text
    help_page: PagePath
    emergency: Annotated[list[Id], Field(min_length=1, description="Helplines of the bar on every page.")]


class Labels(Record):
    """Every word that a template prints itself, in one language."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    words: dict[Id, Name]
    names: dict[Id, dict[Id, Name]]


class FrontMatter(Reviewed):
    """What stands at the head of every page."""

    description: Annotated[Name, Field(min_length=40, max_length=170)]
    hide: list[Literal["toc"]] = []
    reading_grade: Annotated[int, Field(ge=1, le=12)] | None = None
