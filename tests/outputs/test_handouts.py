"""Handouts: made from the bare pages, tagged, and with every word of them."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from guide.engine.theme import Theme
from guide.model.addresses import handout_path
from guide.outputs.handouts import SIZES, Handouts
from tests.factories import (
    DATES,
    every_field,
    full_page,
    make_care_card,
    make_checklist,
    make_comparison,
    make_guide,
    make_schedule,
    make_site,
    rendered_site,
)
from tests.trees import Node, parse

ROOT_URL = "https://swim.example.org/"


@pytest.fixture(scope="module")
def handouts() -> Handouts:
    guide = make_guide(
        site=make_site(help_page="index.md", handouts=["index.md"]),
        checklists=make_checklist(),
        comparisons=make_comparison(),
        worksheets=every_field(),
        care_cards=make_care_card(),
        schedules=make_schedule(),
    )
    html = '<h1>Learn to swim</h1><p>Jump — <a href="../">then</a> swim "well".</p><p id="checklist-first-lesson"></p>'
    pages = [full_page(html, path) for path in ("index.md", "other.md")]
    return Handouts(rendered_site(guide, *pages, name='Swim "&" float'))


@pytest.fixture(scope="module")
def documents(handouts: Handouts) -> dict[str, str]:
    return {embed.name: handouts.document(embed) for embed in handouts.all}


def squeezed(text: str) -> str:
    """Leave letters and digits only: a PDF has line breaks of its own, bullets, and two letters drawn as one."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def left_out(node: Node, size: str) -> bool:
    """Tell whether words make no sense on this paper: the name of a column where there is none."""
    above = node.parent
    return above is not None and size == "large" and above.matches("th", class_="guide-comparison__corner")


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def test_checklists_comparisons_tools_and_named_pages_are_handouts(handouts: Handouts) -> None:
    assert {embed.name for embed in handouts.all} == {
        "page/index",
        "comparison/lessons",
        "checklist/first-lesson",
        "worksheet/swim-plan",
    }


@pytest.mark.parametrize("size", SIZES)
def test_tool_on_paper_has_every_question_and_nothing_to_press(
    handouts: Handouts, documents: dict[str, str], size: str
) -> None:
    reader = read(handouts.pdf(documents["worksheet/swim-plan"], size))
    printed = squeezed(" ".join(page.extract_text() for page in reader.pages))
    questions = [node.text for node in parse(documents["worksheet/swim-plan"].replace("<!doctype html>", "")).walk()
                 if "guide-field__label" in node.attrs.get("class", "").split()]  # fmt: skip
    assert len(questions) > 40
    for words in (*questions, "5 (very)", "An example: two pools", "Pool 3", "Time 4"):
        assert squeezed(words) in printed, words
    for words in ("Keep", "Save", "Begin with", "Add another", "can't keep", "Stay out of the water now", "Your week"):
        assert squeezed(words) not in printed, words
    lines = sum(page.extract_text().count("________________") for page in reader.pages)
    assert lines == 4 + 3 + 4, "one for each result"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["page/index", "checklist/first-lesson", "comparison/lessons"])
def test_no_word_of_the_document_is_lost(handouts: Handouts, documents: dict[str, str], name: str, size: str) -> None:
    reader = read(handouts.pdf(documents[name], size))
    printed = squeezed(" ".join(page.extract_text() for page in reader.pages))
    page = parse(documents[name].replace("<!doctype html>", ""))
    nodes = [node for node in page.find("body").walk() if node.tag == "#text" and not left_out(node, size)]
    wanted = [str(node.own_text) for node in nodes]
    assert len([words for words in wanted if words.strip()]) > 10
    for words in wanted:
        assert squeezed(words) in printed, words


@pytest.mark.parametrize("size", SIZES)
def test_it_is_a_tagged_pdf_with_title_language_address_and_date(
    handouts: Handouts, documents: dict[str, str], size: str
) -> None:
    pdf = handouts.pdf(documents["checklist/first-lesson"], size)
    reader = read(pdf)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert "Before the first lesson" in str(reader.metadata.title if reader.metadata else "")
    printed = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "January 5, 2026" in printed
    assert ROOT_URL in printed
    assert f"Page 1 of {len(reader.pages)}" in printed


def test_large_print_is_of_18_points_at_least(handouts: Handouts, documents: dict[str, str]) -> None:
    sizes: dict[str, set[float]] = {}
    for name in documents:
        for page in read(handouts.pdf(documents[name], "large")).pages:

            def seen(text: str, _: object, matrix: list[float], __: object, size: float, name: str = name) -> None:
                if text.strip():
                    sizes.setdefault(name, set()).add(round(size * abs(matrix[3] or matrix[0]), 1))

            page.extract_text(visitor_text=seen)
    assert all(max(found) >= 17.9 for found in sizes.values()), sizes


def test_same_page_gives_the_same_bytes(handouts: Handouts, documents: dict[str, str]) -> None:
    assert handouts.pdf(documents["page/index"]) == handouts.pdf(documents["page/index"])


def test_nothing_is_fetched(handouts: Handouts) -> None:
    picture = '<img src="https://example.org/x.png" alt="A pool">'
    html = f'<html lang="en"><head><title>x</title></head><body><h1>Swim</h1>{picture}</body></html>'
    assert "Swim" in read(handouts.pdf(html)).pages[0].extract_text()


def test_pages_link_to_the_handouts_that_the_build_writes(handouts: Handouts) -> None:
    assert handout_path("checklist/first-lesson", "large") == "handouts/large/checklist/first-lesson.pdf"
    page = next(page for page in handouts.embeds.site.pages if page.path == "index.md")
    assert [embed.name for embed in handouts.of_page(page.address)] == ["page/index", *map_of(handouts, page.address)]


def map_of(handouts: Handouts, address: str) -> list[str]:
    return [embed.name for embed in handouts.all if embed.page == address and embed.kind != "page"]


@pytest.mark.site
def test_build_that_writes_none_links_to_none(good_site: Path) -> None:
    assert not (good_site / "handouts").exists()
    assert ".pdf" not in (good_site / "help" / "index.html").read_text("utf-8")


def test_theme_links_to_each_size(handouts: Handouts) -> None:
    theme = Theme(handouts.embeds.site.guide, "en", "")
    theme.handouts = handouts
    page = type(
        "Page",
        (),
        {
            "meta": {"description": "A page that is long enough to be described.", **DATES},
            "file": type("File", (), {"src_uri": "index.md"}),
            "title": "Learn",
            "canonical_url": ROOT_URL,
        },
    )
    foot = theme.page_foot(page)
    for size in SIZES:
        assert f'href="./{handout_path("page/index", size)}"' in foot
    theme.handouts = None
    assert ".pdf" not in theme.page_foot(page)
