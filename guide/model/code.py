"""Codes of published systems, such as those that clinics use for diagnoses and services, on records and pages."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from guide.model.record import Id, Name, Record


class Coded(Record):
    """Codes that a record answers: asked for one of them, the guide shows this."""

    system: Id
    """The system that they belong to: a record of code-systems."""
    codes: Annotated[list[Name], Field(min_length=1)]
    """As that system writes them."""


class CodedSection(Coded):
    """Codes that a page, or a section of it, answers."""

    section: Id | None = None
    """The anchor of the heading that answers; left out, the whole page does."""


def codes_of(thing: Any) -> Iterator[tuple[int, int, str, str, str]]:
    """Return the codes of a record or of a page's front matter.

    Returns:
        Of each: its place in the two lists, the system, the code, and the anchor of the section that answers, or "".
    """
    for number, coded in enumerate(getattr(thing, "codes", [])):
        if isinstance(coded, Coded):
            for which, code in enumerate(coded.codes):
                yield number, which, coded.system, code, getattr(coded, "section", None) or ""
