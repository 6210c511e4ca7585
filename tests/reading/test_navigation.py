"""Mistakes in the indentation of `nav`: what an author is told, and that it works."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guide.checking import check_project
from guide.reading.navigation import navigation_mistakes
from tests.factories import GOOD, ROOT, Project

GROUP = """  - Everything:
      - calls/top-level.md
      - calls/in-an-admonition.md
      - calls/in-a-list.md
      - calls/in-a-tab.md
"""
PAGE = "a page, which can't contain others"


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(GOOD, tmp_path / "guide")))


@pytest.mark.parametrize(
    ("old", "new", "down", "wrong", "remedy"),
    [
        (
            "  - Help: help.md",
            "      - Help: help.md",
            0,
            f'after 6 spaces, further in than "Home: index.md", {PAGE}',
            2,
        ),
        ("  - Help: help.md", "    - Help: help.md", 0, "this entry begins after 4 spaces, further in than", 2),
        ("  - Help: help.md", " - Help: help.md", 0, "this entry begins after 1 space, and no list above it does", 2),
        (
            "      - calls/in-a-list.md",
            "        - calls/in-a-list.md",
            0,
            'further in than "calls/in-an-admonition.md"',
            6,
        ),
        ("      - calls/in-a-list.md", "     - calls/in-a-list.md", 0, "after 5 spaces, and no list above it does", 6),
        ("  - Everything:", "   - Everything:", 0, 'after 3 spaces, further in than "Codes: connect.md"', 2),
    ],
)
def test_entry_that_fits_no_list_is_told_its_indentation(
    copy: Project, old: str, new: str, down: int, wrong: str, remedy: int
) -> None:
    line = copy.replace("mkdocs.yml", f"{old}\n", f"{new}\n") + down
    told = check_project(copy.root)
    [problem] = [problem for problem in told if (problem.place.path, problem.place.line) == ("mkdocs.yml", line)]
    assert wrong in problem.wrong
    assert f"Give it {remedy} spaces before the hyphen" in problem.remedy
    assert problem.rule == "navigation"
    lines = copy.read("mkdocs.yml").split("\n")
    for problem in told:
        spaces = int(problem.remedy.split()[2])
        lines[problem.place.line - 1] = " " * spaces + lines[problem.place.line - 1].lstrip()
    copy.write("mkdocs.yml", "\n".join(lines))
    assert check_project(copy.root) == []


def test_entry_without_a_hyphen_is_told_so(copy: Project) -> None:
    line = copy.replace("mkdocs.yml", "  - Help: help.md\n", "  Help: help.md\n")
    [problem] = check_project(copy.root)
    assert str(problem) == (
        f'mkdocs.yml:{line}: no hyphen before "Help: help.md". Begin it with "- ", at the same indentation as the '
        "entries that it belongs with. [navigation]"
    )


def test_section_whose_pages_are_not_indented_is_told_so(copy: Project) -> None:
    line = copy.replace("mkdocs.yml", GROUP, GROUP.replace("      -", "  -"))
    [problem] = check_project(copy.root)
    assert problem.place.line == line
    assert problem.wrong == '"Everything" has no page and no pages below it'
    assert problem.remedy.endswith("If it is a section, indent the pages below it by two more spaces.")


def test_page_whose_entry_is_misspelled_is_not_reported_as_missing_too(copy: Project) -> None:
    line = copy.replace("mkdocs.yml", "- Help: help.md", "- Help: help")
    [problem] = check_project(copy.root)
    assert problem.place.line == line
    assert problem.remedy == 'Did you mean "help.md"?'


@pytest.mark.parametrize(
    "nav",
    [
        "nav:\n- Home: index.md\n- Help:\n  - help.md\n- More: a.md\nextra:\n    x: 1\n",
        "nav:\n  - Home: index.md\n\n  # a note\n  - 'Help: now':\n      - help.md\n  - \"A: b\": c.md\n",
        "nav:\n  - Help:\n    - help.md\n    - More:\n        - a.md\n  - Other: https://example.org/a\n",
        "nav: [index.md, {Help: help.md}]\nextra:\n  - x\n    - y\n",
        "theme: material\n",
    ],
)
def test_navigation_that_is_written_well_is_not_misread(nav: str) -> None:
    assert list(navigation_mistakes("mkdocs.yml", nav)) == []


def test_own_navigation_is_not_misread() -> None:
    assert list(navigation_mistakes("mkdocs.yml", (ROOT / "mkdocs.yml").read_text("utf-8"))) == []
