"""What the guide has on each code: the pages and records that name it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guide.model.addresses import CODES
from guide.model.code import CodedSection, codes_of
from guide.model.guide import Guide
from guide.model.kind import Kind
from guide.model.registry import reader_kinds


@dataclass(frozen=True)
class CodedPage:
    """What is known of a page: its heading, the codes in its front matter, and its other headings by their anchors."""

    title: str
    codes: Sequence[CodedSection]
    headings: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """A page or record that a code leads to.

    Attributes:
        kind: Of the record, or "pages".
        id: Of the record, or the path of the page in docs/.
        title: As readers see it.
        target: Where it stands: a page by its path in docs/, with or without an anchor.
    """

    kind: str
    id: str
    title: str
    target: str


def code_path(system: str, code: str) -> str:
    """Return the path of the page that lists what a code leads to, from the root of the site."""
    return f"/{CODES}{system}/{code}/"


def record_target(guide: Guide, kind: Kind, record: Any) -> str:
    """Return where a record stands: help on the help page, a question where all are answered, others on their page."""
    site = guide.site
    home = site.help_page if site and kind.helps else ""
    if site and kind.key == "questions":
        home = site.questions_page or ""
    return f"{home}#{kind.anchor}{record.id}" if home else getattr(record, "page", None) or ""


def code_answers(guide: Guide, pages: Mapping[str, CodedPage]) -> dict[tuple[str, str], list[Answer]]:
    """Return what each code leads to, by system and code: help, then pages, then other records; each page once.

    Args:
        guide: All records.
        pages: By their path in docs/.
    """
    found: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
    records = [kind for kind in reader_kinds().values() if kind.key != "code-systems"]
    for kind in (kind for kind in records if kind.helps):
        _add_records(guide, kind, found)
    for path, page in sorted(pages.items()):
        for coded in page.codes:
            heading = page.headings.get(coded.section or "")
            title = f"{page.title}: {heading}" if heading else page.title
            for code in coded.codes:
                target = f"{path}#{coded.section}" if coded.section else path
                found[coded.system, code].append(Answer("pages", path, title, target))
    for kind in (kind for kind in records if not kind.helps):
        _add_records(guide, kind, found)
    return {key: _each_page_once(answers) for key, answers in found.items()}


def _add_records(guide: Guide, kind: Kind, found: defaultdict[tuple[str, str], list[Answer]]) -> None:
    for record in guide.records(kind.key).values():
        target = record_target(guide, kind, record)
        for _, _, system, code, _ in codes_of(record):
            if target:
                found[system, code].append(Answer(kind.key, record.id, getattr(record, kind.title), target))


def _each_page_once(answers: list[Answer]) -> list[Answer]:
    pages: dict[str, Answer] = {}
    for answer in answers:
        pages.setdefault(answer.target.partition("#")[0], answer)
    return list(pages.values())
