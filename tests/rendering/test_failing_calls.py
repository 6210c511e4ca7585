"""Nothing that cannot be shown passes: each field that `from` may name, and what a call raises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from guide.checking import check_project
from guide.model.answers import From
from guide.model.problems import UnknownId
from guide.model.registry import answerable, kinds, macros
from tests.factories import (
    DATES,
    EXAMPLES,
    Project,
    make,
    make_comparison,
    make_level,
    make_technology,
    make_therapy,
    plain,
    renderer,
)
from tests.trees import parse

LESSONS = "data/comparisons/lessons.yaml"
INDEX = "docs/index.md"
RECORDS = {
    "levels": make_level(),
    "therapies": make_therapy(),
    "technologies": make_technology(),
    **{kind: make(kind) for kind in EXAMPLES if kinds()[kind].answerable},
}
NAMED = [(kind, name) for kind, names in answerable().items() for name in names]
UNNAMED = [
    (kind, name) for kind in RECORDS for name in kinds()[kind].model.model_fields if name not in answerable()[kind]
]


def cell(kind: str, name: str) -> Any:
    """Return the cell of a table that shows a field of another record, as a reader sees it."""
    written = make_comparison().model_dump(by_alias=True)
    written["rows"][0]["cells"]["alone"] = {"from": f"{kind}/{RECORDS[kind].id}/{name}"}
    table = kinds()["comparisons"].model.model_validate(written)
    page = renderer(comparisons=table, **RECORDS)
    return parse(str(page.show("comparison_table", "lessons"))).find_all("td")[1]


@pytest.mark.parametrize(("kind", "name"), NAMED)
def test_every_field_that_a_cell_may_name_has_words_in_it(kind: str, name: str) -> None:
    column, _, words = cell(kind, name).text.partition("Alone with a teacher ")
    assert not column
    assert words


@pytest.mark.parametrize(("kind", "name"), UNNAMED)
def test_no_other_field_can_be_shown(kind: str, name: str) -> None:
    with pytest.raises(UnknownId):
        renderer(comparisons=make_comparison(), **RECORDS).resolved(
            From(**{"from": f"{kind}/{RECORDS[kind].id}/{name}"})
        )


@pytest.mark.parametrize(("kind", "name"), UNNAMED)
def test_every_other_field_is_refused_with_its_line(project: Project, kind: str, name: str) -> None:
    project.write(f"data/{kind}/other.yaml", plain(kind, id="other"))
    line = project.replace(LESSONS, "not_known: Nobody has counted.", f"from: {kind}/other/{name}")
    told = [problem for problem in check_project(project.root) if problem.place.path == LESSONS]
    assert [(problem.place.line, problem.rule) for problem in told] == [(line, "unknown-record")]


def let_fail(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a macro fail for a reason that no rule knows."""

    def fails(page: Any, item: str | None = None) -> str:
        raise TypeError("'int' object is not iterable")

    monkeypatch.setitem(macros(), name, replace(macros()[name], function=fails))


def test_call_that_fails_for_no_known_reason_is_reported_at_its_line(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_fail(monkeypatch, "checklist")
    line = project.line(INDEX, '{{ checklist("first-lesson") }}')
    assert [str(problem) for problem in check_project(project.root)] == [
        f"{INDEX}:{line}: this can't be shown (TypeError: 'int' object is not iterable). No rule says why, so "
        "this is likely an error in the code of the guide: report it to the editors. [cannot-show]"
    ]


def test_list_that_fails_while_dangers_are_looked_for_is_reported(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("data/care-cards/cramp.yaml", plain("care-cards", mentions=["cramp"]))
    project.write("data/questions.yaml", {"questions": [plain("questions")], **DATES})
    project.replace(INDEX, '{{ checklist("first-lesson") }}', "{{ questions() }}")
    let_fail(monkeypatch, "questions")
    line = project.line(INDEX, "{{ questions() }}")
    told = [problem for problem in check_project(project.root) if problem.rule == "cannot-show"]
    assert [(problem.place.path, problem.place.line) for problem in told] == [(INDEX, line)]


def test_record_that_no_page_shows_is_reported_where_it_is_written(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.replace(INDEX, '{{ checklist("first-lesson") }}', "Some words.")
    let_fail(monkeypatch, "checklist")
    [problem] = [problem for problem in check_project(project.root) if problem.rule == "cannot-show"]
    assert problem.place.path == "data/checklists/first-lesson.yaml"


def test_call_that_fails_for_a_reason_that_is_reported_is_not_reported_again(project: Project) -> None:
    project.replace(LESSONS, "    alone:\n      not_known: Nobody has counted.\n", "")
    assert [problem.rule for problem in check_project(project.root)] == ["comparison-cells"]


def test_call_that_fails_for_a_reason_that_is_let_off_is_reported(project: Project) -> None:
    project.replace(LESSONS, "    alone:\n      not_known: Nobody has counted.\n", "")
    project.write("data/exemptions.yaml", [plain("exemptions", rule="comparison-cells", place=LESSONS)])
    assert [problem.rule for problem in check_project(project.root)] == ["cannot-show"]
