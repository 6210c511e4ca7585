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
    """A project with publisher and sources of its own, and a site with the addresses of its last release."""
    for path in (project.root / "data").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("example.org", "coast.test"), "utf-8")
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


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# Pool\n\n{mark}\n"),
        ("mkdocs.yml", '# Settings\nsite_name: Pool\nsite_description: "{mark}"\n'),
        ("data/charts/new.yaml", "# yaml-language-server\n# {mark}\nid: new\n"),
        ("docs/assets/notes.txt", "one\ntwo {mark} three\n"),
    ],
)
def test_what_is_marked_for_replacing_is_refused_with_its_line(
    released: Project, capsys: pytest.CaptureFixture[str], path: str, text: str
) -> None:
    mark = "[replace: one sentence]"
    released.write(path, text.replace("{mark}", mark))
    line = released.line(path, mark)
    code, lines = said(released, capsys)
    wanted = f'{path}:{line}: this is still to be replaced: "{mark}". Do that, and delete the brackets. [example]'
    assert code == 1 and wanted in lines


def test_words_about_the_mark_are_no_mark(released: Project, capsys: pytest.CaptureFixture[str]) -> None:
    released.write("README.md", "`make check-release` names every `[replace: ...]`. We replace: nothing.\n")
    released.write("tests/guide/test_x.py", '"[replace: one sentence]"\n')
    released.write("guide/x.py", '"[replace: one sentence]"\n')
    assert said(released, capsys) == (0, [])


def test_picture_of_the_example_is_refused(released: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("docs/assets/icon.svg", "starter/docs/assets/icon.svg"):
        released.write(path, "<svg/>")
    code, lines = said(released, capsys)
    assert code == 1
    assert lines[0].startswith("docs/assets/icon.svg:1: this picture is the one of the example. ")
    released.write("docs/assets/icon.svg", "<svg></svg>")
    assert said(released, capsys) == (0, [])


def test_source_at_an_address_for_examples_is_refused_with_its_line(
    released: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    line = released.replace("data/references.yaml", "https://coast.test/lake", "https://www.example.net/lake")
    address = '"https://www.example.net/lake"'
    wanted = f"data/references.yaml:{line}: {address} is an example. Name a real one, or delete what it's in. [example]"
    assert said(released, capsys) == (1, [wanted])


@pytest.mark.parametrize(
    "address", ["https://example.orgs.test/", "https://my-example.org/", "https://examples.test/a"]
)
def test_address_that_only_looks_like_an_example_passes(
    released: Project, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    released.replace("data/references.yaml", "https://coast.test/lake", address)
    assert said(released, capsys) == (0, [])


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
