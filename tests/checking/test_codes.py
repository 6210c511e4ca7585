"""Codes that pages and records name: known, used, listed, and spoken of where they lead."""

from __future__ import annotations

from typing import Any

import pytest

from guide.checking import check_project
from tests.factories import DATES, Project, page, plain

SYSTEM = "data/code-systems/strokes-9.yaml"
CRAWL = "data/therapies/crawl.yaml"
LISTING = "docs/connect.md"
CODES = [
    {"code": "B10", "name": "Front crawl", "words": ["crawl"]},
    {"code": "C20", "name": "Cramp", "words": ["cramp", "muscle"]},
    {"code": "D3", "name": "Something else", "words": ["crawl"]},
]
FRONT = """codes:
  - system: strokes-9
    codes: [C20]
    section: in-the-water
---

# Cramp at the pool

It hurts.

## In the water

Rub the sore muscle.

## On land

A *crawl* in passing.
"""


@pytest.fixture
def coded(project: Project) -> Project:
    """A project without a fault, in which a record, a page and a section of one answer codes."""
    project.write(SYSTEM, plain("code-systems", form="A9X.XX", codes=CODES[:2]))
    project.write(CRAWL, plain("therapies", codes=[{"system": "strokes-9", "codes": ["B10"]}], page="connect.md"))
    listing = page("Codes on tickets", '{{ code_list() }}\n\n{{ therapy("crawl") }}')
    project.write(LISTING, listing)
    cramp = page("Cramp at the pool", "It hurts.", description="What to do about a cramp, in the water and on land.")
    head = cramp.split("---\n")[1]
    ending = "\n## What to do next\n\n1. Go [home](index.md).\n"
    project.write("docs/cramp.md", f"---\n{head}{FRONT}{ending}")
    project.append("mkdocs.yml", "- Codes: connect.md\n- Cramp: cramp.md\n")
    assert check(project) == []
    return project


def check(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root)]


def test_code_that_its_system_lacks_is_reported_where_it_is_named(coded: Project) -> None:
    line = coded.replace(CRAWL, "- B10", "- B11")
    fault = f'{CRAWL}:{line}: "B11" is not among the codes of strokes-9. Add it to {SYSTEM}, with its name and source.'
    assert f"{fault} [unknown-code]" in check(coded)


def test_system_that_is_not_there_is_reported_with_the_nearest(coded: Project) -> None:
    line = coded.replace("docs/cramp.md", "system: strokes-9", "system: stroke-9") + 1
    fault = f'docs/cramp.md:{line}: "stroke-9" is not in code-systems. Did you mean "strokes-9"? [unknown-code]'
    assert fault in check(coded)


def test_code_that_leads_nowhere_is_reported(coded: Project) -> None:
    coded.write(SYSTEM, plain("code-systems", form="A9X.XX", codes=[*CODES[:2], {**CODES[2], "code": "D30"}]))
    line = coded.line(SYSTEM, "- code: D30")
    remedy = "Name it under codes: of what answers it, or delete it here."
    assert check(coded) == [f"{SYSTEM}:{line}: nothing answers D30. {remedy} [unused-code]"]


def test_section_that_the_page_lacks_is_reported(coded: Project) -> None:
    line = coded.replace("docs/cramp.md", "section: in-the-water", "section: in-the-wter")
    fault = f'docs/cramp.md:{line}: this page has no section "in-the-wter". Did you mean "in-the-water"? [unknown-code]'
    assert fault in check(coded)


def test_guide_with_codes_needs_the_page_that_clinics_link_to(coded: Project) -> None:
    coded.replace(LISTING, "{{ code_list() }}", "No list.")
    fault = (
        "no page lists the codes. Write {{ code_list() }} on docs/connect.md: clinics link to that page. [code-list]"
    )
    assert [text.partition(": ")[2] for text in check(coded)] == [fault]


def test_guide_without_codes_needs_none(project: Project) -> None:
    assert check(project) == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ({"code": "BB0"}, '"BB0" is not how Strokes-9 writes its codes (A9X.XX). Correct it'),
        ({"code": "90853"}, '"90853" is not how Strokes-9 writes its codes (A9X.XX). Correct it'),
        ({"without": ["C10.1"]}, '"C10.1" is not below B10. Leave it out. [code]'),
        ({"name": "<b>Crawl</b>"}, "HTML in a text"),
    ],
)
def test_code_that_is_not_written_as_its_system_does_is_refused(
    coded: Project, code: dict[str, Any], message: str
) -> None:
    coded.write(SYSTEM, {**plain("code-systems"), "codes": [{**CODES[0], **code}, CODES[1]], **DATES})
    assert [text for text in check(coded) if message in text and text.startswith(f"{SYSTEM}:")]


def test_one_code_twice_is_refused(coded: Project) -> None:
    coded.write(SYSTEM, plain("code-systems", codes=[CODES[0], CODES[1], {**CODES[0], "name": "Again"}]))
    assert [text for text in check(coded) if '"B10"' in text and text.startswith(f"{SYSTEM}:")]
