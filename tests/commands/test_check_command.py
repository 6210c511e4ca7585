"""`make check`, and `make check FILES=...`: what was asked for first, and what it broke elsewhere."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from guide.commands import check, fix
from guide.commands.check import main
from tests.factories import ROOT, Project

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


def test_files_that_a_commit_would_leave_out_are_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *arguments], cwd=project.root, check=True)
    project.write(".gitignore", "/.cache/\n")
    assert told(project, capsys=capsys)[1] == ["No problems in 2 pages and 9 records."]
    project.write("docs/assets/pool.txt", "Deep.")
    project.write(".cache/lane.txt", "4")
    told_of = "Git doesn't know docs/assets/pool.txt yet. Before you commit, run: git add docs data"
    assert told_of in told(project, capsys=capsys)[1]
    project.write("docs/assets/wave.txt", "High.")
    assert any("docs/assets/pool.txt and 1 more" in line for line in told(project, capsys=capsys)[1])


def test_file_that_is_not_there_is_said(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = told(project, "data/lesons.yaml", capsys=capsys)
    assert code == 1
    assert lines[0].startswith("data/lesons.yaml:1: there is no such file.")
    assert lines[-1] == "1 problem in 2 pages and 9 records."


@pytest.mark.parametrize(
    ("code", "last"),
    [
        (
            '"""Lanes."""\n\nlanes = {  "a":1}\n',
            '; 1 in code and spelling, above. To lay out code, run make fix FILES="macros/lanes.py".',
        ),
        (f'"""Lanes."""\n\nlanes = "{"x" * 200}"\nother = lane\n', "; 2 in code and spelling, above."),
        ('"""Lanes."""\n', "."),
    ],
)
def test_problems_of_code_are_counted_and_what_repairs_them_is_named(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, code: str, last: str
) -> None:
    project.write("macros/lanes.py", code)
    shutil.copy(ROOT / "pyproject.toml", project.root)
    monkeypatch.setattr(check, "ROOT", project.root)
    status, lines = told(project, "macros/lanes.py", capsys=capsys)
    assert (status, lines[-1]) == (int(last != "."), f"No problems in 2 pages and 9 records{last}")


def test_what_fix_leaves_of_code_passes(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("macros/lanes.py", '"""Lanes."""\nimport os\nimport abc\n\nlanes = {  "a":os, "b":abc}\n')
    project.write("macros/broken.py", "lanes = {\n")
    shutil.copy(ROOT / "pyproject.toml", project.root)
    files = [str(project.root / "macros" / name) for name in ("lanes.py", "broken.py")]
    assert fix.main(["--root", str(project.root), *files]) == 0
    assert capsys.readouterr().err.splitlines() == ["Fixed macros/lanes.py", "Left macros/broken.py as it is"]
    assert project.read("macros/lanes.py").endswith('import abc\nimport os\n\nlanes = {"a": os, "b": abc}\n')
    assert project.read("macros/broken.py") == "lanes = {\n"
