"""Made-up records, guides and projects, about swimming, for tests to look at and to break."""

from __future__ import annotations

import copy
import hashlib
import re
import shutil
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import yaml

from guide.model.addresses import page_address
from guide.model.guide import Guide, Source
from guide.model.record import Reviewed
from guide.model.registry import kind_folders, kinds, macros
from guide.model.site import Labels
from guide.outputs.site import FullPage
from guide.outputs.site import Site as RenderedSite
from guide.reading import marks
from guide.reading.labels import default_labels, with_defaults
from guide.rendering.page import PageRenderer
from tests.trees import parse

ROOT = Path(__file__).parents[1]
GOOD = ROOT / "tests" / "sites" / "good"
"""A whole guide about swimming; its labels are those of all tests."""

CODE_PAGE = re.compile(r"(^|/)connect/[^/]+/[^/]+/")
"""In the path of a page that lists what a code leads to; it isn't one of docs/."""

KILLED_BETWEEN_RENAMES = """
import os, pathlib, signal, sys
from guide.commands import output_folder

output_folder.exchange = lambda *_: False
rename = pathlib.Path.rename


def killing(self, target):
    rename(self, target)
    if "-old-" in str(target):
        os.kill(os.getpid(), signal.SIGKILL)


pathlib.Path.rename = killing
"""
"""The beginning of a program that is killed when the old folder is out of the way and the new one isn't in place yet,
on a system that can't exchange folders."""

DATES = {"sources_checked": "2026-01-05", "review_due": "2027-01-05"}
CITED = ["river-2020"]


def known(text: str, **changes: Any) -> dict[str, Any]:
    """Give a statement as it is written in a file."""
    return {"text": text, "basis": "practice", "references": CITED, **changes}


PLAIN: dict[str, dict[str, Any]] = {
    "references": {
        "id": "river-2020",
        "type": "report",
        "title": "Swimming lessons for adults",
        "publisher": "The Pool Society",
        "issued": "2020-03",
        "URL": "https://example.org/river",
        "kind": "guideline",
        "read": "whole",
        "accessed": "2026-01-04",
    },
    "levels": {
        "id": "beginner",
        "name": "Beginners' lessons",
        "short_name": "Beginners",
        "in_plain_words": "Lessons in shallow water",
        "step": "1",
        "overnight": "false",
        "hours_per_week": {"adults": {"min": "1", "max": "2"}, "basis": "practice", "references": CITED},
        "setting": known("A shallow pool."),
        "staff": known("One teacher for six people."),
        "typical_for": known("People who cannot swim yet."),
        "length": known("Ten weeks."),
        "work_or_school": known("Lessons are in the evening."),
        "cost": {"not_known": "Every pool sets its own price."},
        **DATES,
    },
    "comparisons": {
        "id": "lessons",
        "title": "Ways to learn",
        "population": "Adults",
        "how_chosen": "These are the ways that most pools offer.",
        "options": [{"id": "group", "name": "In a group"}, {"id": "alone", "name": "Alone with a teacher"}],
        "rows": [
            {
                "id": "people",
                "question": "How many people?",
                "cells": {
                    "group": known("About six people."),
                    "alone": {"not_known": "Nobody has counted."},
                },
            }
        ],
        **DATES,
    },
    "checklists": {
        "id": "first-lesson",
        "title": "Before the first lesson",
        "audience": "swimmer",
        "when": "Use it on the day before.",
        "groups": [{"title": "To pack", "items": [{"id": "towel", "text": "A towel.", "references": CITED}]}],
        **DATES,
    },
    "therapies": {
        "id": "crawl",
        "name": "Front crawl",
        "family": "strokes",
        "what_it_is": "A stroke on the front.",
        "session": "You swim lengths, with rests.",
        "format": "In a lane, one behind the other.",
        "used_for": ["Speed"],
        "in_program": "Most courses teach it second.",
        "evidence": [{"outcome": "Speed", "text": "It is fast.", "certainty": "low", "references": CITED}],
        "cautions": "Shoulders tire.",
        **DATES,
    },
    "technologies": {
        "id": "watch",
        "name": "Lap watch",
        "maturity": "available",
        "what_it_is": "A watch that counts lengths.",
        "status": known("Sold in shops."),
        "evidence": [{"outcome": "Counting", "text": "It counts well.", "certainty": "moderate", "references": CITED}],
        "regulator": "No regulator has looked at it.",
        "risks": "It can miscount.",
        **DATES,
    },
    "schedules": {
        "id": "evenings",
        "title": "Three evenings",
        "for_whom": "For people who work by day.",
        "note": "Real weeks differ.",
        "sessions": [
            {"day": "tuesday", "start": "18:00", "minutes": "60", "activity": "Lesson"},
            {"day": "monday", "start": "18:30", "minutes": "30", "activity": "Talk"},
            {"day": "monday", "start": "18:00", "minutes": "30", "activity": "Rest", "counts": "false"},
        ],
        **DATES,
    },
    "worksheets": {
        "id": "ticket-costs",
        "title": "What tickets cost",
        "audience": "swimmer",
        "when": "Use it before you buy one.",
        "parts": [
            {
                "id": "course",
                "title": "The course",
                "fields": [
                    {"id": "visits", "type": "number", "ask": "How many visits?", "minimum": "1"},
                    {"id": "price", "type": "money", "ask": "What does a visit cost?"},
                ],
                "results": [{"id": "total", "name": "All visits", "formula": "visits * price"}],
                "notes": [{"when": "visits < 4", "text": "Most courses are longer.", "references": CITED}],
            }
        ],
        "examples": [
            {
                "id": "ten",
                "title": "An example",
                "text": "Ten visits.",
                "answers": {"visits": "10", "price": "3.50"},
                "results": {"total": "$35"},
            }
        ],
        **DATES,
    },
    "sheets": {
        "id": "at-the-pool",
        "title": "At the pool",
        "when": "For the door.",
        "page": "index.md",
        "parts": [{"title": "If it hurts", "show": ["care-cards/cramp"]}],
        **DATES,
    },
    "care-cards": {
        "id": "cramp",
        "title": "A cramp in the water",
        "urgency": "urgent",
        "steps": ["Hold on to the edge.", "Ask for help."],
        "helplines": ["pool-office"],
        "references": CITED,
        **DATES,
    },
    "charts": {
        "id": "finish",
        "kind": "icons",
        "title": "How many finish",
        "caption": "Counted once.",
        "groups": [{"label": "finish the course", "events": "7", "out_of": "10"}],
        "references": CITED,
        **DATES,
    },
    "timeline": {
        "id": "first-pool",
        "year": "1901",
        "title": "The first pool",
        "text": "The town opens it.",
        "references": CITED,
    },
    "code-systems": {
        "id": "strokes-9",
        "name": "Strokes-9",
        "about": "Pools use these codes on tickets.",
        "edition": "2020",
        "rights": "Anybody may use them.",
        "oids": ["2.999.9"],
        "form": "A9X.XX",
        "references": CITED,
        "codes": [{"code": "B10", "name": "Front crawl", "words": ["swim"]}],
        **DATES,
    },
    "glossary": {"id": "lane", "term": "Lane", "definition": "A strip of the pool."},
    "questions": {"id": "goggles", "topic": "things", "question": "Do I need goggles?", "answer": "No, but they help."},
    "helplines": {
        "id": "pool-office",
        "name": "Pool office",
        "groups": ["pools"],
        "for_whom": "Anyone with a question.",
        "number": "1-800-555-0100",
        "hours": "Every day",
        "languages": "English.",
        "cost": "Free.",
        "check_due": "2026-04-05",
        "references": CITED,
        **DATES,
    },
    "figures": {
        "id": "ticket",
        "name": "A ticket",
        "value": "1,250",
        "unit": "usd",
        "as_of": "2026-01-05",
        "check_due": "2027-01-05",
        "references": CITED,
    },
    "language": {
        "id": "beginner",
        "avoid": ["novice"],
        "use": ["beginner"],
        "because": "It is plainer.",
        "basis": "practice",
    },
    "search": {"id": "costume", "words": ["bathers", "trunks"], "page": "index.md", "reviewed": "2026-01-05"},
    "withdrawn": {
        "id": "old-list",
        "address": "checklist/old-list",
        "title": "The old list",
        "withdrawn": "2026-01-05",
        "why": "It was too long.",
        "instead": "index.md",
    },
    "clinics": {"id": "north-pool", "name": "North Pool", "phone": "555-555-0100"},
    "moved": {"id": "first-lesson", "was": "care/lesson.md", "moved": "2026-01-05", "instead": "help.md"},
    "reviews": {
        "id": "index",
        "page": "index.md",
        "by": "A. Coach, RN",
        "license": "W-1234",
        "state": "Lakeland",
        "conflicts": "None.",
        "on": "2026-01-06",
        "verified": {"by": "The editor", "on": "2026-01-07", "register_page": "https://example.org/register"},
        "file": "0" * 64,
        "signed": ["0" * 32],
    },
    "accessibility": {
        "written": "2026-01-05",
        "scope": "All pages.",
        "methods": "By machine.",
        "untested": "Nobody has tried it.",
        "disclaimer": "It is no certificate.",
        "criteria": [
            {
                "num": "1.4.10",
                "level": "supports",
                "notes": "Every page fits.",
                "tests": ["tests/browser/test_reflow.py"],
            }
        ],
    },
    "changes": {"id": "1-1-0", "version": "1.1.0", "day": "2026-02-16"},
    "exemptions": {
        "id": "old-page",
        "rule": "title",
        "place": "docs/index.md",
        "reason": "It is being moved.",
        "until": "2026-06-01",
    },
    "site": {
        "publisher": "The Pool Society",
        "funding": "Tickets pay for it.",
        "contact": "pool@example.org",
        "address": "https://swim.example.org/",
        "repository": "https://forge.example.org/swim",
        "disclaimer": "Ask your pool.",
        "help_page": "help.md",
        "verifiers": ["The editor"],
        "emergency": ["pool-office"],
    },
}
"""One record of each kind, as it is written in a file: every value a text."""

EXAMPLES = {
    key: folder / "example.yaml" for key, folder in kind_folders().items() if (folder / "example.yaml").is_file()
}
"""The made-up records of the kinds that a guide has added to the generator's, as `make new-component` writes them."""
OWN_MACROS = {name for name, macro in macros().items() if macro.of in EXAMPLES}
OWN_PARTS = {part.key for part in (kinds()[key].part for key in EXAMPLES) if part}
for _key, _path in EXAMPLES.items():
    _written = yaml.load(_path.read_text("utf-8"), Loader=yaml.BaseLoader)
    PLAIN[_key] = {**_written, **{name: day for name, day in DATES.items() if name in _written}}


def plain(kind: str, /, **changes: Any) -> dict[str, Any]:
    """Give one record as it is written; `None` leaves a key out."""
    record = {**copy.deepcopy(PLAIN[kind]), **changes}
    return {key: value for key, value in record.items() if value is not None}


def make(kind: str, /, **changes: Any) -> Any:
    """Give one valid record of a kind; for timeline, glossary and questions one entry."""
    record = plain(kind, **changes)
    key, adapter = kinds()[kind].list_key, kinds()[kind].adapter
    if key:
        return getattr(adapter.validate_python({key: [record], **DATES}), key)[0]
    return adapter.validate_python([record])[0] if kinds()[kind].listed else adapter.validate_python(record)


def make_reference(**changes: Any) -> Any:
    return make("references", **changes)


def make_level(**changes: Any) -> Any:
    return make("levels", **changes)


def make_comparison(**changes: Any) -> Any:
    return make("comparisons", **changes)


def make_checklist(**changes: Any) -> Any:
    return make("checklists", **changes)


def make_therapy(**changes: Any) -> Any:
    return make("therapies", **changes)


def make_technology(**changes: Any) -> Any:
    return make("technologies", **changes)


def make_schedule(**changes: Any) -> Any:
    return make("schedules", **changes)


def make_care_card(**changes: Any) -> Any:
    return make("care-cards", **changes)


def make_sheet(**changes: Any) -> Any:
    return make("sheets", **changes)


def make_worksheet(**changes: Any) -> Any:
    return make("worksheets", **changes)


def every_field() -> Any:
    """Give the worksheet of the good site, which has every type of field."""
    written = yaml.load((GOOD / "data/worksheets/swim-plan.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return make("worksheets", **{**written, "page": None, "helplines": ["pool-office"]})


def make_chart(**changes: Any) -> Any:
    """Give a picture; without changes one of people counted."""
    if changes.get("kind", "icons") != "icons":
        changes = {"groups": None, "references": None, **changes}
    return make("charts", **changes)


def make_event(**changes: Any) -> Any:
    return make("timeline", **changes)


def make_term(**changes: Any) -> Any:
    return make("glossary", **changes)


def make_question(**changes: Any) -> Any:
    return make("questions", **changes)


def make_helpline(**changes: Any) -> Any:
    return make("helplines", **changes)


def make_figure(**changes: Any) -> Any:
    return make("figures", **changes)


def make_site(**changes: Any) -> Any:
    return make("site", **changes)


def make_labels() -> Labels:
    """Give the words of the good site, with those of the program."""
    own = yaml.load((GOOD / "data/labels/en.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return with_defaults(Labels.model_validate(own), default_labels()[0]["en"])


def plain_labels(**changes: Any) -> dict[str, Any]:
    """Give every word that a language needs, as a guide would write them that takes none from the program."""
    return {**make_labels().model_dump(include={"language", "words", "names"}), **changes}


def publish_in(project: Project, language: str) -> None:
    """Make a language that of the whole guide."""
    project.replace("mkdocs.yml", "theme:\n", f"theme:\n  language: {language}\n")


def data_path(kind: str, record_id: str) -> str:
    """Give the file that holds a record."""
    return f"data/{kind}/{record_id}.yaml" if kinds()[kind].folder else f"data/{kind}.yaml"


def make_guide(**records: Any) -> Guide:
    """Give a guide without files, with labels, a site, two references and a helpline.

    Args:
        records: A record or a list of records by kind, such as `comparisons=make_comparison()`.
    """
    guide = Guide()
    basis = {
        "labels": make_labels(),
        "site": make_site(),
        "references": [make_reference(), make_reference(id="lake-2021", title="Lakes", URL="https://example.org/lake")],
        "helplines": make_helpline(),
    }
    for name, values in {**basis, **records}.items():
        kind = name.replace("_", "-")
        for record in values if isinstance(values, list) else [values]:
            record_id = (
                kind if kind in ("site", "accessibility") else getattr(record, "language" if kind == "labels" else "id")
            )
            guide.records(kind)[record_id] = record
            guide.sources.setdefault(kind, {})[record_id] = Source(data_path(kind, record_id), None, None)
    for kind in kinds():
        guide.sources.setdefault(kind, {})
    return guide


def renderer(page: str = "index.md", **records: Any) -> PageRenderer:
    """Give what renders the calls of a page, with these records."""
    return PageRenderer(make_guide(**records), page)


# Projects on disk


FRONT = """---
description: {description}
sources_checked: 2026-01-05
review_due: 2027-01-05
---

"""
NEXT = """
## What to do next

- [Ask the pool](help.md).
"""


def page(title: str, body: str = "", *, description: str | None = None) -> str:
    """Write a page that passes every check."""
    front = FRONT.format(description=description or f"What to know about this, on the page called {title}.")
    return f"{front}# {title}\n\nOne line about swimming.\n\n{body.strip()}\n{NEXT}".replace("\n\n\n", "\n\n")


PAGES = {
    "index.md": page(
        "Learn to swim",
        """
## Ways to learn

{{ comparison_table("lessons") }}

## What to pack

{{ checklist("first-lesson") }}

The course works for some people.{{ cite("lake-2021") }}
""",
    ),
    "help.md": page(
        "Ask the pool",
        """
{{ helplines("pools") }}

See [the ways to learn](index.md#ways-to-learn).
""",
    ),
}
DATA = {
    "references": [plain("references"), plain("references", id="lake-2021", URL="https://example.org/lake")],
    "helplines": [plain("helplines")],
    "site": plain("site"),
    "comparisons/lessons": plain("comparisons"),
    "checklists/first-lesson": plain("checklists"),
    "glossary": {"terms": [plain("glossary")], **DATES},
    "levels/beginner": plain("levels"),
}


def to_yaml(value: Any) -> str:
    """Write records as people would: a key a line, in the order given."""
    return yaml.dump(value, sort_keys=False, allow_unicode=True, width=1000, Dumper=_NoAliases)


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass
class Project:
    """A project on disk."""

    root: Path

    @property
    def site(self) -> Path:
        """Where its site is built."""
        return self.root / "site"

    def write(self, path: str, content: str | bytes | Any) -> int:
        """Write a file whole: text, bytes, or records. Gives line 1."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            target.write_bytes(content)
        else:
            target.write_text(content if isinstance(content, str) else to_yaml(content), encoding="utf-8")
        return 1

    def read(self, path: str) -> str:
        """Give the text of a file."""
        return (self.root / path).read_text("utf-8")

    def line(self, path: str, text: str) -> int:
        """Give the line of a file on which a text stands; it must stand there once."""
        content = self.read(path)
        assert content.count(text) == 1, f"{path} holds {text!r} {content.count(text)} times"
        return content[: content.index(text)].count("\n") + 1

    def replace(self, path: str, old: str, new: str) -> int:
        """Replace a text that stands once, and give its line."""
        line = self.line(path, old)
        self.write(path, self.read(path).replace(old, new))
        return line

    def append(self, path: str, text: str) -> int:
        """Add lines at the end of a file, and give the first one's number."""
        content = self.read(path)
        self.write(path, content + text)
        return content.count("\n") + 1


def configuration(site_name: str = "Swimming") -> dict[str, Any]:
    """Give an mkdocs.yml that inherits the guide's own, for a project anywhere on disk."""
    own = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "site_name": site_name,
        "site_description": "How to learn to swim.",
        "theme": {"custom_dir": str(ROOT / own["theme"]["custom_dir"])},
        "extra": {"no_script_search": "", "touch_icon": ""},
        "plugins": {"macros": {"module_name": str(ROOT / "macros")}},
        "nav": [{"Home": "index.md"}, {"Help": "help.md"}],
    }


def write_project(root: Path, *, pages: dict[str, str] | None = None, data: dict[str, Any] | None = None) -> Project:
    """Write a small project without a fault.

    Args:
        root: A folder, made if need be.
        pages: More pages, or others, by path in docs/; they are added to the navigation.
        data: More files, or others, by path in data/ without .yaml.
    """
    project = Project(root)
    written = {**PAGES, **(pages or {})}
    for name, text in written.items():
        project.write(f"docs/{name}", text)
    for name, records in {**DATA, **(data or {})}.items():
        project.write(f"data/{name}.yaml", records)
    shutil.copytree(GOOD / "docs" / "assets", root / "docs" / "assets")
    (root / "data/labels").mkdir(parents=True)
    shutil.copy(GOOD / "data/labels/en.yaml", root / "data/labels/en.yaml")
    settings = configuration()
    settings["nav"] += [{name.removesuffix(".md"): name} for name in written if name not in PAGES]
    project.write("mkdocs.yml", settings)
    return project


def write_copy(source: Path, target: Path) -> Project:
    """Copy a project and the generator into one folder, as the guide has them, so that code can be changed too."""
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("macros", "guide", "docs/assets"):
        shutil.copytree(ROOT / folder, target / folder, ignore=ignored)
    for folder in ("docs", "data"):
        shutil.copytree(source / folder, target / folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "pyproject.toml", target)
    shutil.copy(ROOT / "CHANGELOG.md", target)
    shutil.copy(ROOT / "mkdocs.yml", target / "inherited.yml")
    settings = (source / "mkdocs.yml").read_text("utf-8")
    (target / "mkdocs.yml").write_text(
        settings.replace("../../../mkdocs.yml", "inherited.yml").replace("../../../", "")
    )
    return Project(target)


def fingerprint(folder: Path) -> dict[str, str]:
    """Give every file of a folder with the hash of its content; empty if there is no folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def full_page(html: str = "<h1>Learn to swim</h1><p>Jump.</p>", path: str = "index.md", **fields: Any) -> FullPage:
    """Make a page as rendering leaves it: its links are marked, its heading and ids known."""
    root = parse(html, whole=False)
    headings = root.find_all("h1")
    known = {
        "title": "Learn",
        "address": f"https://swim.example.org/{page_address(path)}",
        "content": re.sub(r'href="([^"]*)"', lambda match: f'href="{marks.link(unescape(match[1]))}"', html),
        "front": Reviewed.model_validate(DATES),
        "heading": headings[0].text if headings else "Learn",
        "headed": bool(headings),
        "ids": frozenset(node.attrs["id"] for node in root.walk() if "id" in node.attrs),
    }
    return FullPage(path=path, **{**known, **fields})


def rendered_site(guide: Guide, *pages: FullPage, name: str = "Swim & float", **fields: Any) -> RenderedSite:
    """Make a site whose pages are rendered."""
    return RenderedSite(guide, list(pages or [full_page()]), name, "en", Path("site"), version="1.2.0", **fields)
