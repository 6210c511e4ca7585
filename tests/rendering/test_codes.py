"""What each code leads to."""

from __future__ import annotations

from typing import Any

from guide.model.code import CodedSection
from guide.rendering.codes import Answer, CodedPage, code_answers, code_path
from tests.factories import make_care_card, make_guide, make_level, make_question, make_site, make_therapy

B10 = [{"system": "strokes-9", "codes": ["B10"]}]


def section(code: str, anchor: str | None = None) -> CodedSection:
    return CodedSection(system="strokes-9", codes=[code], section=anchor)


def answers(**records: Any) -> list[Answer]:
    pages = {
        "water.md": CodedPage("In the water", [section("B10", "fast")], {"fast": "Swim fast"}),
        "care.md": CodedPage("Take care", [section("B10"), section("C20")], {}),
    }
    return code_answers(make_guide(**records), pages)["strokes-9", "B10"]


def test_help_comes_first_then_pages_then_other_records() -> None:
    found = answers(
        therapies=make_therapy(codes=B10, page="strokes.md"),
        levels=make_level(codes=B10, page="lessons.md"),
        **{"care-cards": make_care_card(codes=B10)},
    )
    assert [each.target for each in found] == [
        "help.md#care-cramp",
        "care.md",
        "water.md#fast",
        "lessons.md",
        "strokes.md",
    ]


def test_a_section_is_named_by_its_page_and_its_heading() -> None:
    assert [each.title for each in answers()] == ["Take care", "In the water: Swim fast"]


def test_a_page_is_there_once_at_its_first_place() -> None:
    found = answers(therapies=make_therapy(codes=B10, page="water.md"))
    assert [each.target for each in found] == ["care.md", "water.md#fast"]


def test_question_is_answered_where_all_are_and_not_where_to_read_more() -> None:
    site = make_site(questions_page="questions.md")
    found = answers(questions=make_question(codes=B10, page="care.md"), site=site)
    assert found[-1].target == "questions.md#question-goggles"


def test_record_without_a_page_is_left_out() -> None:
    assert [each.kind for each in answers(therapies=make_therapy(codes=B10))] == ["pages", "pages"]


def test_address_holds_the_system_and_the_code_as_it_is_written() -> None:
    assert code_path("icd-10-cm", "F10.23") == "/connect/icd-10-cm/F10.23/"
