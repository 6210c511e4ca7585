"""What the bench builds is the guide, many times over or without macros."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.sites import write_copies, write_twin
from guide.checking import check_project
from guide.reading.calls import read_calls
from guide.reading.pages import read_pages
from tests.conftest import run_build
from tests.factories import GOOD, ROOT, Project

LINK = "\nSee [the other page](help.md) and [its end](help.md#what-to-do-next).\n"


def test_call_in_code_stays_as_it_is_written_in_the_twin(project: Project, tmp_path: Path) -> None:
    written = 'Write `{{ cite("a-source") }}`.'
    project.replace("docs/index.md", "\n## What to do next\n", f"\n{written}\n\n## What to do next\n")
    write_twin(project.root, tmp_path / "twin")
    assert written in (tmp_path / "twin/docs/index.md").read_text("utf-8")


@pytest.mark.site
def test_copies_pass_every_check_and_build(project: Project, tmp_path: Path) -> None:
    project.replace("docs/index.md", "\n## What to do next\n", f"{LINK}\n## What to do next\n")

    write_copies(project.root, tmp_path / "copies", 3)

    assert check_project(tmp_path / "copies") == []
    done = run_build(tmp_path / "copies", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    for page in ("", "help/", "copy-2/", "copy-2/help/", "copy-3/", "copy-3/help/"):
        assert (tmp_path / "site" / page / "index.html").is_file()


def test_copies_of_a_guide_with_every_kind_of_record_pass_every_check(tmp_path: Path) -> None:
    write_copies(GOOD, tmp_path / "copies", 2)
    assert check_project(tmp_path / "copies") == []


def test_copies_have_titles_descriptions_and_links_of_their_own(project: Project, tmp_path: Path) -> None:
    write_copies(project.root, tmp_path / "copies", 2)

    pages, _ = read_pages(tmp_path / "copies" / "docs")
    assert sorted(pages) == ["copy-2/help.md", "copy-2/index.md", "help.md", "index.md"]
    own, copied = pages["index.md"], pages["copy-2/index.md"]
    assert (own.title, copied.title) == ("Learn to swim", "Learn to swim (copy 2)")
    assert own.front and copied.front and own.front.description != copied.front.description
    assert own.links == copied.links
    assert [call.name for call in own.calls] == [call.name for call in copied.calls]


def test_the_project_copied_stays_as_it_was(project: Project, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}

    write_copies(project.root, tmp_path / "copies", 2)
    write_twin(project.root, tmp_path / "twin")

    assert {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()} == before


@pytest.mark.site
def test_twin_builds_without_anything_of_ours_and_says_the_same(project: Project, tmp_path: Path) -> None:
    project.replace("docs/index.md", "\n---\n", "\nanchors:\n  afterward: What to do next\n---\n")
    project.replace("docs/index.md", "\n## What to do next\n", "\nSee [the end](#afterward).\n\n## What to do next\n")
    write_twin(project.root, tmp_path / "twin")

    settings = (tmp_path / "twin" / "mkdocs.yml").read_text("utf-8")
    assert not [word for word in ("custom_dir", "macros") if word in settings]
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        str(tmp_path / "twin" / "mkdocs.yml"),
    ]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "twin" / "site" / "index.html").read_text("utf-8")
    for part in ("<!-- data/comparisons/lessons.yaml -->", "<!-- data/checklists/first-lesson.yaml -->"):
        assert part in html


def test_twin_has_no_call_left(project: Project, tmp_path: Path) -> None:
    write_twin(project.root, tmp_path / "twin")

    for path in (tmp_path / "twin" / "docs").rglob("*.md"):
        assert not read_calls(path.read_text("utf-8")).tokens, path
