"""`make check`, and `make check FILES=...`: what was asked for first, and what it broke elsewhere."""

from __future__ import annotations

import pytest

from guide.commands.check import main
from tests.factories import Project

LESSONS = "data/comparisons/lessons.yaml"
HELP = "docs/help.md"


def told(project: Project, *files: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = main(["--root", str(project.root), *(str(project.root / file) for file in files)])
    return code, capsys.readouterr().err.splitlines()


def test_sound_files_pass(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(project, HELP, LESSONS, capsys=capsys) == (0, ["No problems in 2 pages and 9 records."])


def test_named_files_come_first_and_what_breaks_elsewhere_after(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace(HELP, "# Ask the pool", "# Ask  <b>the</b> pool")
    project.replace(LESSONS, "title: Ways to learn", "titel: Ways to learn")
    code, lines = told(project, HELP, capsys=capsys)
    assert code == 1
    assert [line.split(":")[0] for line in lines[:-1]] == [HELP, LESSONS]
    assert lines[-1] == "2 problems in 2 pages and 9 records."


def test_file_that_is_not_there_is_said(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = told(project, "data/lesons.yaml", capsys=capsys)
    assert code == 1
    assert lines[0].startswith("data/lesons.yaml:1: there is no such file.")
