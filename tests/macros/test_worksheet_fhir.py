"""The blank form of a worksheet: a Questionnaire that the model of FHIR R4B takes, with nothing that R4 lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from guide.model.kind import Publication
from guide.rendering.page import PageRenderer
from guide.rendering.project import read_project
from macros.worksheet.fhir import questionnaire
from macros.worksheet.record import Worksheet
from tests.factories import GOOD, ROOT, every_field, make_care_card, make_checklist, make_worksheet, renderer

PUBLISHED = Publication("https://swim.example.org/x.json", "1.2.0", "The Pool Society", "Ask your pool.", "CC0, x")
IN_R4 = {"group", "display", "boolean", "decimal", "integer", "date", "time", "string", "text", "choice"}
R4_EXTENSIONS = {
    f"http://hl7.org/fhir/StructureDefinition/{name}" for name in ("minValue", "maxValue", "questionnaire-maxOccurs")
}


def made(worksheet: Worksheet, **records: Any) -> dict[str, Any]:
    return questionnaire(renderer(worksheets=worksheet, **records), worksheet, PUBLISHED)


def of_every_field() -> dict[str, Any]:
    return made(every_field(), care_cards=make_care_card(), checklists=make_checklist())


def items(form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in form.get("item", []):
        yield item
        yield from items(item)


def check(form: dict[str, Any]) -> None:
    """Check a form by the model, and by those of R4's rules for questionnaires that a model can't hold."""
    assert Questionnaire.model_validate_json(json.dumps(form)).status == "active"
    links = [item["linkId"] for item in items(form)]
    assert len(links) == len(set(links))
    for item in items(form):
        assert item["type"] in IN_R4
        assert (item["type"] == "group") <= bool(item.get("item")), "que-1"
        assert not (item["type"] == "display" and {"item", "repeats", "required", "code"} & set(item)), "que-1, 3, 6"
        assert not ({"answerOption", "initial"} <= set(item)), "que-11"
        assert (item["type"] == "choice") == bool(item.get("answerOption")), "que-5"
        assert "maxLength" not in item or item["type"] in ("string", "text"), "que-10"
        assert {each["url"] for each in item.get("extension", [])} <= R4_EXTENSIONS
        assert item["text"] == item["text"].strip() != ""


def test_every_type_of_field_is_a_question() -> None:
    form = of_every_field()
    check(form)
    types = {
        item["linkId"].removeprefix("me."): item["type"] for item in items(form) if item["linkId"].startswith("me")
    }
    assert types == {
        "me": "group",
        "_text": "display",
        "dream": "string",
        "dream._help": "display",
        "worries": "text",
        "hours": "decimal",
        "ticket": "decimal",
        "discount": "decimal",
        "start": "date",
        "desk": "string",
        "course": "choice",
        "signs": "choice",
        "trust": "choice",
        "told": "boolean",
        "friend": "group",
        "friend.name": "string",
        "friend.phone": "string",
        "towel": "choice",
    }


def test_form_says_what_it_is_and_who_publishes_it() -> None:
    form = made(make_worksheet())
    check(form)
    assert {key: form[key] for key in ("url", "version", "name", "title", "status", "subjectType", "date")} == {
        "url": "https://swim.example.org/x.json",
        "version": "1.2.0",
        "name": "TicketCosts",
        "title": "What tickets cost",
        "status": "active",
        "subjectType": ["Patient"],
        "date": "2026-01-05",
    }
    assert (form["publisher"], form["copyright"]) == ("The Pool Society", "CC0, x")
    assert form["description"].startswith("Use it before you buy one. This is a blank form")
    assert "isn't a diagnostic or screening instrument" in form["description"]
    assert form["description"].endswith("Ask your pool.")


def test_parts_repeat_as_often_as_the_worksheet_does() -> None:
    groups = {item["linkId"]: item for item in of_every_field()["item"]}
    assert "repeats" not in groups["me"]
    assert groups["pools"]["repeats"] is True
    assert groups["pools"]["extension"][0]["valueInteger"] == 3
    assert "sum" not in groups, "nothing is filled in there"


def test_whole_numbers_limits_units_and_options_are_kept() -> None:
    found = {item["linkId"]: item for item in items(of_every_field())}
    assert found["pools.depth"]["type"] == "integer"
    assert found["pools.depth"]["text"] == "How deep is it? (feet)"
    assert [each["valueInteger"] for each in found["pools.depth"]["extension"]] == [0, 40]
    assert found["me.ticket"]["text"] == "What does a ticket cost? (US dollars)"
    assert found["me.signs"]["repeats"] is True
    assert found["me.course"]["answerOption"][0] == {
        "valueCoding": {"code": "beginner", "display": "Beginners, evenings"}
    }
    assert [each["valueCoding"]["display"] for each in found["me.trust"]["answerOption"]] == [
        "1 (not at all)",
        "2",
        "3",
        "4",
        "5 (very)",
    ]


def test_what_to_do_in_danger_comes_first() -> None:
    texts = [item["text"] for item in of_every_field()["item"] if item["type"] == "display"]
    assert texts == ["A cramp in the water. Hold on to the edge.", "Pool office: 1-800-555-0100"]


def test_what_is_worked_out_from_answers_is_left_out() -> None:
    text = json.dumps(of_every_field())
    for words in ("After the discount", "less than most courses", "Tickets", "calculated", "sdc"):
        assert words not in text


@pytest.mark.parametrize("root", [GOOD, ROOT])
def test_forms_of_real_guides_are_valid(root: Any) -> None:
    guide = read_project(root).guide
    forms = [questionnaire(PageRenderer(guide, ""), each, PUBLISHED) for each in guide.records("worksheets").values()]
    assert forms or root != GOOD
    for form in forms:
        check(form)
