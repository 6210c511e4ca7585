"""`make check-release`: nothing is released that says it is an example, or that has lost an address."""

from __future__ import annotations

import pytest

from guide.checking.code_owners import OWNERS
from guide.commands.check_addresses import HEAD
from guide.commands.check_release import main, miscited
from guide.reading.released_addresses import ADDRESS_LIST
from guide.rendering.project import read_project
from guide.versions import version
from tests.factories import ROOT, Project, plain

OWN = {
    "publisher": "The Pool Society",
    "contact": "pool@swim.test",
    "address": "https://swim.test/guide/",
    "repository": "https://forge.test/swim",
    "disclaimer": "This is general information.",
}


@pytest.fixture
def released(project: Project) -> Project:
    """A project with a publisher of its own, and a site with the addresses of its last release."""
    project.write("data/site.yaml", plain("site", **OWN))
    project.write("site/index.html", "x")
    project.write(ADDRESS_LIST, f"{HEAD}/\n")
    return project


def said(project: Project, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = main(["--root", str(project.root)])
    return code, capsys.readouterr().err.splitlines()


def test_own_site_passes(released: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(released, capsys) == (0, [])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("publisher", "The publisher of this copy (set in data/site.yaml)"),
        ("contact", "editors@example.org"),
        ("address", "https://guide.example.org/"),
        ("repository", "https://forge.example.com/guide"),
        ("disclaimer", "Ask [us](https://pool.example/)."),
    ],
)
def test_example_is_refused_with_its_line(
    released: Project, capsys: pytest.CaptureFixture[str], key: str, value: str
) -> None:
    released.write("data/site.yaml", plain("site", **{**OWN, key: value}))
    line = released.line("data/site.yaml", f"{key}:")
    assert said(released, capsys) == (1, [f'data/site.yaml:{line}: "{value}" is an example. Write your own. [example]'])


CITED = {"title": "Learn to swim", "version": version(), "url": OWN["address"], "repository-code": OWN["repository"]}


def test_citation_file_that_says_what_the_project_says_passes(
    released: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    released.write("CITATION.cff", CITED)
    assert said(released, capsys) == (0, [])


@pytest.mark.parametrize("key", ["version", "url", "repository-code"])
def test_citation_file_that_says_otherwise_is_refused_with_its_line(
    released: Project, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    released.write("CITATION.cff", {**CITED, key: "9"})
    line = released.line("CITATION.cff", f"{key}:")
    wrong = f'CITATION.cff:{line}: {key} is "9", and the project\'s is "{CITED[key]}".'
    assert said(released, capsys) == (1, [f'{wrong} Write {key}: "{CITED[key]}". [citation-file]'])


def test_citation_file_of_this_project_says_what_it_says() -> None:
    assert list(miscited(read_project(ROOT))) == []


def test_owner_that_came_with_the_project_is_refused(released: Project, capsys: pytest.CaptureFixture[str]) -> None:
    released.write(OWNERS, "# @example/no\n/.github/ @example/safety\n/data/ @pool\n")
    assert said(released, capsys) == (1, [f'{OWNERS}:2: "@example/safety" is an example. Write your own. [example]'])


def test_lost_address_is_refused_too(released: Project, capsys: pytest.CaptureFixture[str]) -> None:
    released.append(ADDRESS_LIST, "/gone/\n")
    code, lines = said(released, capsys)
    assert code == 1
    assert "/gone/" in lines[0]


def test_day_of_a_check_that_is_still_to_come_is_refused(released: Project, capsys: pytest.CaptureFixture[str]) -> None:
    line = released.replace("docs/help.md", "sources_checked: 2026-01-05", "sources_checked: 2026-03-05")
    assert main(["--root", str(released.root), "--today", "2026-03-04"]) == 0
    assert main(["--root", str(released.root), "--today", "2026-03-01"]) == 1
    assert f"docs/help.md:{line}: sources_checked 2026-03-05 is in the future." in capsys.readouterr().err


def test_site_that_is_not_built_is_refused(released: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (released.root / "site/index.html").unlink()
    assert said(released, capsys)[0] == 1


def test_the_guide_as_it_comes_must_not_be_released(released: Project, capsys: pytest.CaptureFixture[str]) -> None:
    released.write("data/site.yaml", (ROOT / "data/site.yaml").read_text("utf-8"))
    code, lines = said(released, capsys)
    assert code == 1
    assert len([line for line in lines if "[example]" in line]) == 4
