"""The accessibility report is whole, rests on tests that are there, and is OpenACR for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from pydantic import ValidationError

from guide.checking import check_project
from guide.model.accessibility import LEVEL_A, LEVEL_AA, REPORT_FILE, Criterion
from guide.outputs import accessibility_report
from guide.outputs.accessibility_report import openacr
from tests.factories import Project, full_page, make, make_guide, make_site, plain, rendered_site

TEXT = {"type": "string"}
CHAPTER = {
    "type": "object",
    "properties": {
        "notes": TEXT,
        "disabled": {"type": "boolean"},
        "criteria": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["num"],
                "properties": {
                    "num": TEXT,
                    "components": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["name"],
                            "properties": {
                                "name": TEXT,
                                "adherence": {
                                    "type": "object",
                                    "required": ["level"],
                                    "properties": {"level": TEXT, "notes": TEXT},
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
CONTACT = {"type": "object", "required": ["email"], "additionalProperties": TEXT}
OPENACR = {
    "type": "object",
    "required": ["title", "product", "author"],
    "properties": {
        **dict.fromkeys(("title", "report_date", "last_modified_date", "notes", "license", "repository"), TEXT),
        **dict.fromkeys(("evaluation_methods_used", "legal_disclaimer", "feedback", "catalog"), TEXT),
        "version": {"type": "integer"},
        "product": {"type": "object", "required": ["name"], "additionalProperties": TEXT},
        "author": CONTACT,
        "vendor": CONTACT,
        "chapters": {"type": "object", "additionalProperties": CHAPTER},
    },
    "additionalProperties": False,
}
"""What openacr-0.1.0.json of GSA's OpenACR asks for, and its `catalog`; stricter, since other keys are refused."""


def report(**changes: Any) -> dict[str, Any]:
    guide = make_guide(
        site=make_site(help_page="index.md"),
        accessibility=make("accessibility", **changes),
        changes=make("changes"),
    )
    site = rendered_site(guide, full_page("<h1>Learn to swim</h1><p>Jump.</p>"))
    (file,) = accessibility_report.files(site)
    assert file.path == REPORT_FILE
    found: dict[str, Any] = yaml.safe_load(file.content)
    assert found == json.loads(json.dumps(openacr(site)))
    return found


def test_it_is_openacr_and_names_the_tests_behind_each_line() -> None:
    found = report()
    Draft7Validator.check_schema(OPENACR)
    Draft7Validator(OPENACR).validate(found)
    (one,) = found["chapters"]["success_criteria_level_aa"]["criteria"]
    assert one["num"] == "1.4.10"
    (web,) = one["components"]
    assert web["adherence"]["level"] == "supports"
    assert web["adherence"]["notes"].endswith(" Tests: tests/browser/test_reflow.py.")
    assert found["chapters"]["success_criteria_level_a"] == {"criteria": []}


def test_it_is_about_a_version_and_says_what_nobody_tested() -> None:
    found = report(untested="Nobody who **floats** has tried it.")
    assert found["product"]["name"] and "version" in found["product"]
    assert found["notes"] == "Nobody who floats has tried it."


def test_guide_without_a_report_has_no_file() -> None:
    site = rendered_site(make_guide(site=make_site(help_page="index.md")), full_page("<h1>Learn to swim</h1>"))
    assert list(accessibility_report.files(site)) == []


def test_support_without_a_test_is_refused() -> None:
    with pytest.raises(ValidationError, match='criterion "1.4.10" is supported by no test'):
        Criterion(num="1.4.10", level="supports", notes="It is fine.")
    assert Criterion(num="1.4.10", level="not-evaluated", notes="Nobody has looked.").tests == []


def problems(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root) if problem.rule == "accessibility"]


def test_missing_criteria_doubled_ones_and_tests_that_are_gone_are_problems(project: Project) -> None:
    one = {"num": "1.4.10", "level": "supports", "notes": "It fits.", "tests": ["tests/browser/test_reflow.py"]}
    gone = {**one, "tests": ["tests/browser/test_reflow.py::test_of_nothing", "tests/browser/test_gone.py"]}
    project.write(
        "data/accessibility.yaml", {**plain("accessibility"), "criteria": [one, gone, {**one, "num": "4.4.4"}]}
    )
    first, *rest = problems(project)
    assert "the report has no line for 1.1.1, 1.2.1" in first and "1.4.10" not in first
    assert [line.partition(": ")[2] for line in rest] == [
        '"1.4.10" has two lines. Keep one. [accessibility]',
        'there is no test "tests/browser/test_reflow.py::test_of_nothing". Name one that proves this, or none. '
        "[accessibility]",
        'there is no test "tests/browser/test_gone.py". Name one that proves this, or none. [accessibility]',
        '"4.4.4" is no criterion of level A or AA. Delete it, or correct its number. [accessibility]',
    ]


def test_whole_report_has_no_problem(project: Project) -> None:
    criteria = [{"num": num, "level": "not-evaluated", "notes": "No."} for num in {**LEVEL_A, **LEVEL_AA}]
    project.write("data/accessibility.yaml", {**plain("accessibility"), "criteria": criteria})
    assert problems(project) == []
