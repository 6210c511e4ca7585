"""The accessibility report has a line for every criterion, and the tests it rests on are there."""

import re
from collections.abc import Iterator
from pathlib import Path

from guide.model.accessibility import LEVEL_A, LEVEL_AA, REPORT
from guide.model.problems import Problem
from guide.rendering.project import Project

_CODE = Path(__file__).parents[2]
_TESTS = _CODE / "tests" / "conftest.py"
"""What is there if the tests are: a copy of the generator may do without them."""
_RULE = "accessibility"


def check(project: Project) -> Iterator[Problem]:
    """Check that the report leaves no criterion out, and names no test that isn't there."""
    report = project.guide.records(REPORT).get(REPORT)
    if report is None:
        return
    listed = [criterion.num for criterion in report.criteria]
    wanted = sorted({**LEVEL_A, **LEVEL_AA}, key=lambda number: [int(part) for part in number.split(".")])
    missing = [number for number in wanted if number not in listed]
    if missing:
        wrong = f"the report has no line for {', '.join(missing)}"
        remedy = "Add them; write not-evaluated for what nobody has looked at."
        yield Problem(project.guide.place(REPORT, REPORT, "criteria"), wrong, remedy, _RULE)
    for index, criterion in enumerate(report.criteria):
        place = project.guide.place(REPORT, REPORT, "criteria", index, "num")
        if criterion.num not in wanted:
            wrong = f'"{criterion.num}" is no criterion of level A or AA'
            yield Problem(place, wrong, "Delete it, or correct its number.", _RULE)
        elif criterion.num in listed[:index]:
            yield Problem(place, f'"{criterion.num}" has two lines', "Keep one.", _RULE)
        for number, name in enumerate(criterion.tests):
            if _TESTS.is_file() and not _is_there(name):
                where = project.guide.place(REPORT, REPORT, "criteria", index, "tests", number)
                yield Problem(where, f'there is no test "{name}"', "Name one that proves this, or none.", _RULE)


def _is_there(name: str) -> bool:
    file, _, test = name.partition("::")
    path = _CODE / file
    return path.is_file() and (
        not test or bool(re.search(rf"^ *(def|class) {re.escape(test)}\b", path.read_text("utf-8"), re.MULTILINE))
    )
