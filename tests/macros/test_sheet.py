"""Rules about one-page handouts, each with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guide.checking import check_project
from tests.factories import page, plain, write_project

SHEET = "data/sheets/at-the-pool.yaml"


def problems(root: Path, parts: list[dict[str, Any]], body: str = '{{ care_card("cramp") }}') -> list[str]:
    sheet = plain("sheets", page="lesson.md", parts=parts)
    data = {"sheets/at-the-pool": sheet, "care-cards/cramp": plain("care-cards", helplines=[], page="lesson.md")}
    project = write_project(root, pages={"lesson.md": page("Lessons", body)}, data=data)
    return [str(problem) for problem in check_project(project.root) if problem.rule == "sheet"]


def test_a_sheet_whose_page_cites_its_sources_passes(tmp_path: Path) -> None:
    assert problems(tmp_path, [{"title": "If it hurts", "show": ["care-cards/cramp"]}]) == []


@pytest.mark.parametrize(
    ("part", "line", "said"),
    [
        ({"show": ["care-cards/camp"]}, 7, '"camp" is not in care-cards. Did you mean "cramp"?'),
        ({"show": ["care-cards/cramp"], "only": ["step"]}, 9, '"step" is not in the parts of a care card.'),
        ({"show": ["figures/ticket"]}, 7, '"figures" is not in the kinds that a sheet can show.'),
    ],
)
def test_what_is_not_there_is_reported_with_its_line(
    tmp_path: Path, part: dict[str, Any], line: int, said: str
) -> None:
    found = problems(tmp_path, [{"title": "If it hurts", **part}])
    assert len(found) == 1
    assert found[0].startswith(f"{SHEET}:{line}: {said}"), found


def test_a_source_that_the_page_does_not_cite_is_reported(tmp_path: Path) -> None:
    parts = [
        {"title": "If it hurts", "show": ["care-cards/cramp"]},
        {"title": "More", "says": [{"text": "Lakes are cold.", "references": ["lake-2021"]}]},
    ]
    found = problems(tmp_path, parts)
    assert len(found) == 1
    assert '"More" rests on lake-2021, which docs/lesson.md doesn\'t cite.' in found[0]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({}, "this part is empty"),
        ({"show": ["care-cards/cramp", "helplines/pool-office"]}, "this part shows several kinds of records"),
        ({"says": [{"text": "Rest."}], "only": ["steps"]}, '"only" names parts of no record'),
    ],
)
def test_parts_that_say_nothing_clear_are_refused(tmp_path: Path, part: dict[str, Any], said: str) -> None:
    found = problems(tmp_path, [{"title": "If it hurts", **part}])
    assert any(said in problem for problem in found), found
