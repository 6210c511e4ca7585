"""A comparison with values treats its options alike."""

from __future__ import annotations

from typing import Any

import pytest

from guide.checking import check_project
from tests.factories import Project, known, plain

LESSONS = "data/comparisons/lessons.yaml"
OPTIONS = ["group", "alone", "camp"]


def speaks(value: str, way: str, *options: str) -> dict[str, Any]:
    return {"value": value, "way": way, "options": list(options), "why": "That is what it means."}


def lessons(**changes: Any) -> dict[str, Any]:
    """Give a comparison in which all three options have something for them and against them."""
    cells = {
        "group": known("3 in 100 people."),
        "alone": known("Nobody else is there."),
        "camp": known("All day, with many."),
    }
    both = [speaks("quiet", "for", "alone"), speaks("quiet", "against", "group", "camp")]
    other = [speaks("company", "for", "group", "camp"), speaks("company", "against", "alone")]
    return {
        **plain("comparisons"),
        "options": [{"id": option, "name": option.title()} for option in OPTIONS],
        "values": [
            {"id": "quiet", "name": "Quiet", "ask": "I want it quiet."},
            {"id": "company", "name": "Company", "ask": "I want company."},
        ],
        "rows": [
            {"id": "people", "question": "How many people?", "cells": cells, "speaks": both},
            {"id": "meals", "question": "With whom do I eat?", "cells": cells, "speaks": other},
        ],
        **changes,
    }


def found(project: Project, comparison: dict[str, Any]) -> list[str]:
    project.write(LESSONS, comparison)
    return [str(problem) for problem in check_project(project.root)]


def with_cell(option: str, cell: dict[str, Any]) -> dict[str, Any]:
    """Replace one answer of the first row."""
    rows = lessons()["rows"]
    rows[0] = {**rows[0], "cells": {**rows[0]["cells"], option: cell}}
    return lessons(rows=rows)


def test_comparison_that_treats_its_options_alike(project: Project) -> None:
    assert found(project, lessons()) == []


@pytest.mark.parametrize(
    "cell",
    [
        {"from": "levels/beginner/hours_per_week"},
        {"from": "levels/beginner/setting"},
        known("5 out of 100, [6 in every 100](help.md)."),
        known("One two three four five six seven eight."),
    ],
)
def test_answer_that_passes(project: Project, cell: dict[str, Any]) -> None:
    assert found(project, with_cell("camp", cell)) == []


def test_comparison_without_values_may_be_as_it_is(project: Project) -> None:
    rows = [
        {**row, "speaks": []} for row in with_cell("camp", known("9 in 10 people, " + "very " * 20 + "often."))["rows"]
    ]
    assert found(project, lessons(values=[], rows=rows)) == []


def test_option_and_value_with_one_side_only(project: Project) -> None:
    rows = lessons()["rows"]
    rows[1]["speaks"] = [speaks("company", "for", "group", "camp")]
    problems = found(project, lessons(rows=rows))
    remedy = "Write way: against under speaks: in a row whose answers say so, or add such a row. [balanced-comparison]"
    assert [problem.partition(": ")[2] for problem in problems] == [
        f'nothing speaks against the option "alone". {remedy}',
        f'nothing speaks against the value "company". {remedy}',
    ]
    assert problems[0].startswith(f"{LESSONS}:{project.line(LESSONS, '- id: alone')}: ")
    assert problems[1].startswith(f"{LESSONS}:{project.line(LESSONS, '- id: company')}: ")


@pytest.mark.parametrize("gap", [{"not_known": "Nobody has counted."}, {"from": "levels/beginner/cost"}])
def test_what_nobody_knows_speaks_neither_way(project: Project, gap: dict[str, Any]) -> None:
    assert [problem.partition(": ")[2] for problem in found(project, with_cell("alone", gap))] == [
        '"alone" has no answer here that could speak for "quiet". Take it out of options:, or find the answer. '
        "[balanced-comparison]"
    ]


def test_answer_with_more_than_twice_the_words_of_the_middle_one(project: Project) -> None:
    problems = found(project, with_cell("camp", known("One two three four five six seven eight nine.")))
    assert [problem.partition(": ")[2] for problem in problems] == [
        'in row "people", "camp" has 9 words, and the middle one of its row has 4. Shorten it to twice as many, or say '
        "as much of the others. [balanced-comparison]"
    ]
    assert problems[0].startswith(f"{LESSONS}:{project.line(LESSONS, '- id: people')}: ")


def test_words_are_not_compared_while_an_answer_cannot_be_read(project: Project) -> None:
    cells = {
        "group": {"from": "levels/beginner/setting"},
        "alone": known("Nobody else."),
        "lake": known("Many others."),
        "camp": known("All day, with very many."),
    }
    rows = [
        {
            **row,
            "cells": cells,
            "speaks": [
                {**said, "options": [*said["options"], "lake"]} if "camp" in said["options"] else said
                for said in row["speaks"]
            ],
        }
        for row in lessons()["rows"]
    ]
    options = [{"id": option, "name": option.title()} for option in (*OPTIONS, "lake")]
    level = "data/levels/beginner.yaml"
    assert found(project, lessons(rows=rows, options=options)) == []
    project.append(level, "last: a text: with a colon\n")
    problems = check_project(project.root)
    assert [problem.place.path for problem in problems] == [level]


def test_counts_of_people_in_one_row_have_one_denominator(project: Project) -> None:
    assert [problem.partition(": ")[2] for problem in found(project, with_cell("camp", known("3 in 10 people.")))] == [
        'row "people" counts people in 10 and in 100. Count them all in the same number, such as in 100. '
        "[balanced-comparison]"
    ]
