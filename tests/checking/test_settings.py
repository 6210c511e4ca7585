"""Every setting that names a page, a file, a folder or a record is checked, with its line and a suggestion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from guide.checking import check_project
from guide.model import fields
from guide.model.site import Site
from tests.factories import Project, page, plain

SITE = "data/site.yaml"
ALL = {"reference/all.md": page("All pages"), "reference/more.md": page("More pages")}


@pytest.fixture
def sections(project: Project) -> Project:
    """A project with a section, whose pages settings can name."""
    for path, text in ALL.items():
        project.write(f"docs/{path}", text.replace("help.md", "../help.md"))
        project.append("mkdocs.yml", f"- {path}: {path}\n")
    assert check_project(project.root) == []
    return project


def problems(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root)]


LEAVE = {"to": "https://weather.example.org/", "name": "the weather", "cards": ["cramp"], "more": "help.md"}
PAGE_SETTINGS: dict[str, Callable[[str], dict[str, Any]]] = {
    "help_page": lambda path: {"help_page": path},
    "glossary_page": lambda path: {"glossary_page": path},
    "questions_page": lambda path: {"questions_page": path},
    "evidence_page": lambda path: {"evidence_page": path},
    "embed_page": lambda path: {"embed_page": path},
    "privacy_page": lambda path: {"privacy_page": path},
    "suggest_page": lambda path: {"suggest_page": path},
    "changes_page": lambda path: {"changes_page": path},
    "handouts": lambda path: {"handouts": ["index.md", path]},
    "safety_pages": lambda path: {"safety_pages": ["index.md", path]},
    "leave.pages": lambda path: {"leave": {**LEAVE, "pages": ["index.md", path]}},
    "leave.more": lambda path: {"leave": {**LEAVE, "more": path}},
}
"""What data/site.yaml holds with each setting that names pages."""


def names_of_page_settings(model: type[BaseModel], under: str = "") -> set[str]:
    entries = fields.fields_of(model)
    inside = [names_of_page_settings(each, f"{entry.key}.") for entry in entries for each in entry.models]
    return {f"{under}{entry.key}" for entry in entries if entry.takes == "page"}.union(*inside)


def test_every_setting_of_the_site_that_names_pages_is_tested_here() -> None:
    assert names_of_page_settings(Site) == set(PAGE_SETTINGS)


@pytest.mark.parametrize("setting", PAGE_SETTINGS)
def test_page_that_is_not_there_is_refused_and_the_nearest_is_offered(sections: Project, setting: str) -> None:
    sections.write("data/care-cards/cramp.yaml", plain("care-cards"))
    sections.write(SITE, plain("site", **PAGE_SETTINGS[setting]("reference/al.md")))
    line = sections.line(SITE, "reference/al.md")
    wrong = 'there is no page "reference/al.md". Did you mean "reference/all.md"? [broken-link]'
    assert f"{SITE}:{line}: {wrong}" in problems(sections)
    sections.write(SITE, plain("site", **PAGE_SETTINGS[setting]("reference/all.md")))
    assert not [problem for problem in problems(sections) if "no page" in problem]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"emergency": ["pool-ofice"]}, '"pool-ofice" is not in helplines. Did you mean "pool-office"?'),
        ({"leave": {**LEAVE, "cards": ["crmp"]}}, '"crmp" is not in care-cards. Did you mean "cramp"?'),
        (
            {"plain_sections": ["referense"]},
            'plain_sections: docs/ has no pages in a folder "referense". Did you mean "reference"?',
        ),
        (
            {"plain_sections": ["help"]},
            'plain_sections: docs/ has no pages in a folder "help". Write the name of a folder of docs/ that has pages',
        ),
    ],
)
def test_record_or_folder_that_is_not_there_is_refused(sections: Project, changes: Any, message: str) -> None:
    sections.write("data/care-cards/cramp.yaml", plain("care-cards"))
    sections.write(SITE, plain("site", **changes))
    name = message.partition('"')[2].partition('"')[0] if message[0] == '"' else changes["plain_sections"][0]
    line = next(n for n, text in enumerate(sections.read(SITE).splitlines(), 1) if text.endswith(f"- {name}"))
    assert any(problem.startswith(f"{SITE}:{line}: {message}") for problem in problems(sections))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("reference/al/", 'there is no page at the address "reference/al/". Did you mean "reference/all/"? [settings]'),
        ("reference/all.md", 'there is no page at the address "reference/all.md". Did you mean "reference/all/"?'),
        ("reference/all", '"reference/all" is not how the address of a page is written. Write "reference/all/".'),
        ("/reference/all/", '"/reference/all/" is not how the address of a page is written.'),
        ("zebra/", 'there is no page at the address "zebra/". Write the address of one that lists all, or nothing.'),
    ],
)
def test_list_for_readers_without_the_search_is_a_page(sections: Project, address: str, message: str) -> None:
    line = sections.replace("mkdocs.yml", "no_script_search: ''", f"no_script_search: {address}")
    assert any(problem.startswith(f"mkdocs.yml:{line}: no_script_search: {message}") for problem in problems(sections))
    sections.replace("mkdocs.yml", f"no_script_search: {address}", "no_script_search: reference/all/")
    assert problems(sections) == []


@pytest.mark.parametrize("under", ["theme", "extra"])
def test_icon_is_a_file(sections: Project, under: str) -> None:
    keys = {"theme": ["logo", "favicon"], "extra": ["touch_icon"]}[under]
    sections.write("mkdocs.yml", sections.read("mkdocs.yml").replace("  touch_icon: ''\n", ""))
    for key in keys:
        before = sections.read("mkdocs.yml")
        line = sections.replace("mkdocs.yml", f"{under}:\n", f"{under}:\n  {key}: assets/favicn.svg\n") + 1
        wrong = f'{key}: there is no file "assets/favicn.svg" in docs/. Did you mean "assets/favicon.svg"? [settings]'
        assert problems(sections) == [f"mkdocs.yml:{line}: {wrong}"]
        sections.write("mkdocs.yml", before)


def test_setting_can_be_left_out(sections: Project) -> None:
    sections.write("mkdocs.yml", sections.read("mkdocs.yml").replace("  no_script_search: ''\n", ""))
    assert problems(sections) == []
