"""One-page handouts: short, on one sheet, in letters as large as fit, with a code of the page that has the sources."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from guide.model.clinic import Clinic
from guide.model.problems import DataError
from guide.outputs.one_page import SIZES, OnePageHandouts, files
from guide.outputs.pdf import written
from guide.outputs.qr_code import qr_code
from guide.rendering.project import read_project
from tests.factories import (
    ROOT,
    every_field,
    full_page,
    make,
    make_care_card,
    make_checklist,
    make_comparison,
    make_guide,
    make_question,
    make_sheet,
    make_site,
    plain,
    rendered_site,
    write_project,
)
from tests.pdfs import Printed
from tests.trees import Node, parse

A4_WIDTH, LETTER_HEIGHT = 595.44, 792
EVERYTHING: list[dict[str, Any]] = [
    {"title": "Rules", "says": [{"text": "Walk, and don't run.", "references": ["river-2020"]}]},
    {"title": "If it hurts", "show": ["care-cards/cramp"]},
    {"title": "To pack", "show": ["checklists/first-lesson"], "columns": "2"},
    {"title": "To learn", "show": ["comparisons/lessons"]},
    {"title": "To call", "show": ["helplines/pool-office"]},
    {"title": "To know", "show": ["questions/goggles"]},
]


def handouts(
    *parts: dict[str, Any], printing: bool = True, clinics: Sequence[Clinic] = (), **changes: Any
) -> OnePageHandouts:
    guide = make_guide(
        site=make_site(help_page="index.md", **changes),
        sheets=make_sheet(parts=list(parts or EVERYTHING)),
        checklists=make_checklist(),
        comparisons=make_comparison(),
        questions=make_question(),
        worksheets=every_field(),
        clinics=list(clinics),
        **{"care-cards": make_care_card(helplines=[])},
    )
    return OnePageHandouts(rendered_site(guide, full_page(), printing=printing))


def document(*parts: dict[str, Any], **changes: Any) -> str:
    shown = handouts(*parts, **changes)
    return shown.document(shown.all[0])


def body(*parts: dict[str, Any], **changes: Any) -> Node:
    return parse(document(*parts, **changes).replace("<!doctype html>", "")).find("body")


def smallest_letters(pdf: bytes) -> float:
    """Give the size of the smallest letters, in points."""
    sizes: list[float] = []

    def seen(text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        if text.strip():
            sizes.append(size * abs(inner[3]) * abs(outer[3]))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=seen)
    return min(sizes)


def long_sentences(count: int) -> dict[str, Any]:
    return {"title": "Long", "says": [{"text": "Swim on, and breathe out under water. " * 25 + "Rest."}] * count}


def test_emergency_numbers_come_first_and_the_code_of_the_page_last():
    page = body()
    blocks = [node for node in page.children if node.tag != "#text"]
    assert "1-800-555-0100" in blocks[0].text
    code = blocks[-1].find("svg")
    assert code.attrs["aria-label"] == "QR code that leads to https://swim.example.org/"
    assert code.find("path").attrs["d"] == qr_code("https://swim.example.org/").path
    assert "swim.example.org/" in blocks[-1].text
    assert "January 5, 2026" in blocks[-1].text


def test_every_kind_is_shown_in_short_and_without_its_list_of_sources():
    shown = body().find("main").text
    for words in ("Walk, and don't run.", "Hold on to the edge.", "A towel.", "How many people?", "Do I need goggles?"):
        assert words in shown
    assert "1-800-555-0100" in shown
    assert "Swimming lessons for adults" not in shown


def test_clinics_own_lines_stand_between_the_emergency_numbers_and_the_rest():
    clinic = make("clinics", after_hours_phone="555-555-0111", crisis="Shout for the lifeguard.")
    shown = handouts(EVERYTHING[0], clinics=[clinic])
    page = parse(shown.document(shown.all[0], clinic).replace("<!doctype html>", "")).find("body")
    bar, own, main, foot = [node for node in page.children if node.tag != "#text"]
    assert "1-800-555-0100" in bar.text
    for words in ("North Pool", "Main phone: 555-555-0100", "After hours: 555-555-0111", "Shout for the lifeguard."):
        assert words in own.text
    assert "Rules" in main.text
    assert "The clinic added these lines." in own.text
    assert "Sources last checked" in foot.text
    assert "North Pool" not in shown.document(shown.all[0])
    assert set(shown.pdfs()) == {
        f"handouts/{folder}{size}sheet/{shown.all[0].id}.pdf"
        for folder in ("", "clinic/north-pool/")
        for size in ("", "large/")
    }


def test_disclaimer_can_be_brief():
    assert "Ask your pool." in body().text
    brief = body(brief_disclaimer="Ask first.").text
    assert "Ask first." in brief
    assert "Ask your pool." not in brief


def test_only_what_is_named_is_shown():
    items = [{"id": "towel", "text": "A towel."}, {"id": "cap", "text": "A cap."}]
    guide = make_guide(
        site=make_site(help_page="index.md"),
        sheets=make_sheet(parts=[{"title": "To pack", "show": ["checklists/first-lesson"], "only": ["cap"]}]),
        checklists=make_checklist(groups=[{"title": "Bag", "items": items}]),
    )
    shown = OnePageHandouts(rendered_site(guide))
    text = shown.document(shown.all[0])
    assert "A cap." in text
    assert "A towel." not in text


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_letter_and_a4_in_the_largest_letters_that_it_can_have(size: str):
    shown = handouts({"title": "To pack", "show": ["checklists/first-lesson"]})
    fitted = shown.fitted(shown.document(shown.all[0]), size)
    assert not fitted.spills
    assert fitted.points == SIZES[size].points[0]
    pdf = written(fitted.layout)
    assert smallest_letters(pdf) == pytest.approx(fitted.points, abs=0.05)
    assert {tuple(map(float, page.mediabox[2:])) for page in PdfReader(io.BytesIO(pdf)).pages} == {
        (A4_WIDTH, LETTER_HEIGHT)
    }


def test_more_words_make_the_letters_smaller():
    shown = handouts(long_sentences(3))
    fitted = shown.fitted(shown.document(shown.all[0]))
    assert not fitted.spills
    assert SIZES[""].points[-1] <= fitted.points < SIZES[""].points[0]


def test_one_that_spills_over_in_any_size_is_a_problem_with_its_place(tmp_path: Path):
    project = write_project(tmp_path, data={"sheets/at-the-pool": plain("sheets", parts=[long_sentences(12)])})
    shown = OnePageHandouts(rendered_site(read_project(project.root).guide))
    with pytest.raises(DataError) as refused:
        shown.pdfs()
    said = [str(problem) for problem in refused.value.problems]
    assert len(said) == len(SIZES)
    assert all(each.startswith("data/sheets/at-the-pool.yaml:1: at ") for each in said)
    assert "at 11 points, this handout takes 3 pages in place of 1. Show less on it" in said[0]


def test_handout_that_spills_with_a_clinics_lines_says_which_clinic(tmp_path: Path):
    sheet = plain("sheets", parts=[long_sentences(12)])
    project = write_project(tmp_path, data={"sheets/at-the-pool": sheet, "clinics/north-pool": plain("clinics")})
    with pytest.raises(DataError) as refused:
        OnePageHandouts(rendered_site(read_project(project.root).guide)).pdfs()
    said = [str(problem) for problem in refused.value.problems if "clinic" in str(problem)]
    assert len(said) == len(SIZES)
    assert 'pages in place of 1 with the lines of clinic "north-pool". Show less on it' in said[0]
    assert said[0].endswith("leave a part out, or shorten what the clinic says. [one-page]")


def test_every_field_of_a_worksheet_has_room_to_write_and_nothing_is_a_form():
    page = body({"title": "To fill in", "show": ["worksheets/swim-plan"]})
    assert not [node for node in page.walk() if node.tag in ("input", "textarea", "select", "button")]
    assert [node for node in page.walk() if "guide-short__blank" in node.attrs.get("class", "")]


def test_tags_keep_to_the_rules_of_pdf_ua():
    shown = handouts(*EVERYTHING, {"title": "To fill in", "show": ["worksheets/swim-plan"]})
    for size in SIZES:
        pdf = written(shown.fitted(shown.document(shown.all[0]), size).layout)
        assert Printed(pdf).all_faults() == []


def test_a_build_without_handouts_makes_none():
    assert not list(files(handouts(printing=False)._site))


# The real ones


@pytest.mark.site
def test_each_real_sheet_is_printed_on_one_page_and_in_large_print_on_two(printed_guide: Path) -> None:
    names = {path.stem for path in (ROOT / "data/sheets").glob("*.yaml")}
    for size, limits in SIZES.items():
        folder = printed_guide / "handouts" / size / "sheet"
        assert {path.stem for path in folder.glob("*.pdf")} == names
        for path in folder.glob("*.pdf"):
            pdf = path.read_bytes()
            assert len(PdfReader(io.BytesIO(pdf)).pages) <= limits.pages, path
            assert smallest_letters(pdf) >= limits.points[-1] - 0.05, path


@pytest.mark.site
def test_pages_link_to_their_sheets_only_where_there_are_any(printed_good: Path, good_site: Path) -> None:
    printed, plain_copy = (site / "calls/top-level/index.html" for site in (printed_good, good_site))
    for size in ("", "large/"):
        # Once in the list of all sheets, and once at the foot of the sheet's own page.
        assert printed.read_text("utf-8").count(f'href="../../handouts/{size}sheet/pool-card.pdf"') == 2
    assert "If it hurts" not in plain_copy.read_text("utf-8")
    assert "Pool card" in plain_copy.read_text("utf-8")
    assert "handouts/" not in plain_copy.read_text("utf-8")
