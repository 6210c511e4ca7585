"""What a code leads to speaks of it: it says one of the words that the code's record names."""

import re
from collections.abc import Iterator
from functools import cache

from guide.model.code import codes_of
from guide.model.guide import walk
from guide.model.inline import plain_text
from guide.model.problems import Place, Problem
from guide.model.registry import kinds
from guide.reading.pages import Page
from guide.rendering.project import Project

_NOT_SAID = {"codes", "references", "id", "page"}
"""Keys of records whose values nobody reads on a page."""


def check(project: Project) -> Iterator[Problem]:
    """Check each page, section and record that a code leads to."""
    words = {
        (system.id, code.code): code.words
        for system in project.guide.records("code-systems").values()
        for code in system.codes
    }
    for place, system, code, text, where in _answers(project):
        wanted = words.get((system, code), [])
        if wanted and not _pattern(tuple(wanted)).search(text):
            said = " or ".join(f'"{word}"' for word in wanted)
            remedy = f"Remove the code here, or correct the words of {code} in data/code-systems/{system}.yaml."
            yield Problem(place, f"{code} leads to {where}, which doesn't say {said}", remedy, "code-words")


def _answers(project: Project) -> Iterator[tuple[Place, str, str, str, str]]:
    """Return what each code leads to: its place, the system, the code, what is said there, and how to call it."""
    for page in project.pages.values():
        for number, which, system, code, section in codes_of(page.front):
            place = page.key_place("codes", number, "codes", which)
            where = f'the section "{section}"' if section else "this page"
            yield place, system, code, _section(page, section) if section else _head(page), where
    for kind in kinds().values():
        for record_id, record in project.guide.records(kind.key).items():
            for number, which, system, code, _ in codes_of(record):
                place = project.guide.place(kind.key, record_id, "codes", number, "codes", which)
                yield place, system, code, _record(project, kind.key, record_id), "this record"


def _head(page: Page) -> str:
    """Return what a page says before its first section and in its headings. What it says in passing doesn't count."""
    about = page.front.description if page.front else ""
    first = next((line for level, _, line in page.headings if level > 1), None)
    lead = (passage.text for passage in page.passages if not first or passage.line < first)
    return "\n".join([about, *(words for _, words, _ in page.headings), *lead])


def _section(page: Page, anchor: str) -> str:
    """Return the heading of a section and the text below it; the words of calls, which have no lines, aren't there."""
    ids = page.content.ids
    if anchor not in ids or len(ids) != len(page.headings):
        return _head(page)
    at = ids.index(anchor)
    level, heading, first = page.headings[at]
    end = next((line for deeper, _, line in page.headings[at + 1 :] if deeper <= level), None)
    said = (passage.text for passage in page.passages if passage.line >= first and (not end or passage.line < end))
    return "\n".join([heading, *said])


def _record(project: Project, kind: str, record_id: str) -> str:
    plain = project.guide.sources[kind][record_id].plain
    return "\n".join(plain_text(value) for path, value in walk(plain) if not _NOT_SAID.intersection(map(str, path)))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(word)}" for word in words), re.IGNORECASE)
