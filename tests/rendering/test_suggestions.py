"""What a message suggests works when it is written as it stands: nothing is left to say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from guide.checking import check_project
from guide.commands.check_addresses import HEAD
from guide.model.problems import Problem
from guide.reading.renamed_pages import renamed_pages
from tests.factories import Project, page, plain, write_project


def in_folder(title: str, body: str) -> str:
    return page(title, body).replace("[Ask the pool](help.md)", "Ask the pool")


CARE = {
    "care/index.md": in_folder("Care", "See [the lane](lane.md#what-to-do-next) and [help](../help.md)."),
    "care/lane.md": in_folder("Lanes", "Go to [care](index.md), or [back to the start](../index.md#ways-to-learn)."),
    "care/diving/deep.md": in_folder("Deep water", "First [the lane](../lane.md), then [help](../../help.md)."),
}
RELEASED = ["/", "/help/", "/care/", "/care/lane/", "/care/diving/deep/"]


@pytest.fixture
def care(tmp_path: Path) -> Project:
    """A project with pages in folders, a record that links to one of them, and a release."""
    linked = plain("glossary", page="care/lane.md#what-to-do-next", definition="See [lanes](care/lane.md).")
    glossary = {"terms": [linked], "sources_checked": "2026-01-05", "review_due": "2027-01-05"}
    project = write_project(tmp_path / "project", pages=CARE, data={"glossary": glossary})
    project.write("data/moved.yaml", "[]\n")
    project.write("deploy/addresses.txt", HEAD + "".join(f"{address}\n" for address in RELEASED))
    assert check_project(project.root) == []
    return project


def obey(project: Project, problem: Problem) -> None:
    """Do what a message says."""
    old = re.findall(r'"([^"]+)"', problem.wrong)[0]
    path, lines = problem.place.path, project.read(problem.place.path).split("\n")
    added = re.search(
        r"(?:add|(in place of \[\], write)) this record, with the day of the move: (- .*)$", problem.remedy
    )
    if added:
        text = project.read(path).removesuffix("[]\n" if added[1] else "")
        project.write(path, text + added[2].replace("YYYY-MM-DD", "2026-01-06") + "\n")
        return
    new = re.fullmatch(r'Did you mean "([^"]+)"\?|Write the path of the page: "([^"]+)"\.', problem.remedy)
    assert new, problem
    if problem.rule == "broken-anchor":
        old = re.findall(rf"\(([^)]*{re.escape(old)})\)", lines[problem.place.line - 1])[0]
    line = lines[problem.place.line - 1]
    assert old in line, problem
    before = "(" if f"({old}" in line else ""
    lines[problem.place.line - 1] = line.replace(before + old, before + (new[1] or new[2]), 1)
    project.write(path, "\n".join(lines))


def obey_all(project: Project) -> list[Problem]:
    """Do what all messages say, each once, and return them."""
    told = check_project(project.root)
    for problem in told:
        obey(project, problem)
    assert check_project(project.root) == []
    return told


def move(project: Project, old: str, new: str) -> None:
    (project.root / "docs" / new).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(project.root / "docs" / old, project.root / "docs" / new)


@pytest.mark.parametrize(
    "new", ["care/lanes.md", "care/where-to-swim.md", "care/diving/lane.md", "lane.md", "swim/x.md"]
)
@pytest.mark.parametrize("moved", ["[]\n", "# Moved\n- {id: a, was: a.md, moved: 2026-01-05, instead: help.md}\n"])
def test_every_message_after_a_page_was_renamed_is_right(care: Project, new: str, moved: str) -> None:
    care.write("data/moved.yaml", moved)
    move(care, "care/lane.md", new)
    text = care.read(f"docs/{new}")
    up = "../" * new.count("/")
    care.write(
        f"docs/{new}", text.replace("(index.md)", f"({up}care/index.md)").replace("../index.md#", f"{up}index.md#")
    )
    told = obey_all(care)
    assert {problem.rule for problem in told} == {"broken-link", "navigation", "lost-address"}
    assert len(told) == 6, told


def test_page_that_moved_with_its_links_is_told_each_new_path(care: Project) -> None:
    move(care, "care/lane.md", "care/diving/far/lane.md")
    told = obey_all(care)
    assert {problem.remedy for problem in told if "far" in problem.place.path} == {
        'Did you mean "../../index.md"?',
        'Did you mean "../../../index.md#ways-to-learn"?',
    }


def test_several_pages_renamed_at_once(care: Project) -> None:
    move(care, "care/lane.md", "care/lanes.md")
    move(care, "care/diving/deep.md", "care/deep.md")
    text = care.read("docs/care/deep.md")
    care.write("docs/care/deep.md", text.replace("../lane.md", "lane.md").replace("../../help.md", "../help.md"))
    obey_all(care)


def test_page_renamed_with_its_record_and_its_entry_in_the_navigation(care: Project) -> None:
    move(care, "care/lane.md", "care/where.md")
    care.replace("mkdocs.yml", "care/lane: care/lane.md", "care/lane: care/where.md")
    care.write("data/moved.yaml", [plain("moved", was="care/lane.md", instead="care/where.md")])
    told = obey_all(care)
    assert {problem.rule for problem in told} == {"broken-link"}


SLIPS = {
    "from the root of docs/": ("lane.md#what-to-do-next", "care/lane.md#what-to-do-next"),
    "with docs/ before it": ("../help.md", "docs/help.md"),
    "as an address": ("lane.md#what-to-do-next", "/care/lane/#what-to-do-next"),
    "as an address from the page": ("../help.md", "../help/"),
    "as the address of the site": ("../help.md", "https://swim.example.org/help/"),
    "with a question mark": ("../help.md", "../help.md?from=care"),
    "without its ending": ("../help.md", "../help"),
    "with another ending": ("../help.md", "../help.html"),
    "in capitals": ("lane.md#what-to-do-next", "Lane.md#what-to-do-next"),
    "misspelled": ("../help.md", "../hepl.md"),
    "from another folder": ("../help.md", "help.md"),
    "with an anchor that is misspelled": ("lane.md#what-to-do-next", "lane.md#what-to-do-nxt"),
    "with both misspelled": ("lane.md#what-to-do-next", "lanes.md#what-to-do-nxt"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_path_that_is_slightly_wrong_gets_one_suggestion_that_works(care: Project, slip: str) -> None:
    right, wrong = SLIPS[slip]
    line = care.replace("docs/care/index.md", f"({right})", f"({wrong})")
    [problem] = obey_all(care)
    assert (problem.place.path, problem.place.line) == ("docs/care/index.md", line)
    assert f"({right})" in care.read("docs/care/index.md")


def test_path_that_is_like_no_other_gets_no_suggestion(care: Project) -> None:
    care.replace("docs/care/index.md", "(lane.md#what-to-do-next)", "(bath.md)")
    [problem] = check_project(care.root)
    assert "Did you mean" not in problem.remedy


def test_new_page_that_has_nothing_of_an_old_one_is_not_taken_for_it() -> None:
    pages, listed = ["index.md", "care/bath.md", "swim/sea.md"], {"index.md", "care/bath.md", "swim/sea.md"}
    assert renamed_pages(pages, listed, {"", "people/rural/"}, set()) == {}
    assert renamed_pages(pages, listed, {"", "people/sea/"}, set()) == {"people/sea/": "swim/sea.md"}


# Pages and parts that have left: checks/lost_addresses.py


def lost(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root) if problem.rule == "lost-address"]


def test_page_that_has_left_without_a_record_is_reported(care: Project) -> None:
    gone = plain("withdrawn", id="a", address="checklist/a-list")
    care.write("data/withdrawn.yaml", [gone])
    (care.root / "docs/care/diving/deep.md").unlink()
    assert lost(care) == [
        'data/withdrawn.yaml:6: the page "care/diving/deep.md" is gone, and its address leads nowhere. '
        "If it was renamed, run make move FROM=docs/care/diving/deep.md TO= and its new path. If it was deleted, bring "
        "it back and run make withdraw WHAT=docs/care/diving/deep.md. Or by hand: add a record with "
        "address: page/care--diving--deep, as in data/README.md. [lost-address]"
    ]
    care.write("data/withdrawn.yaml", [gone, plain("withdrawn", id="b", address="page/care--diving--deep")])
    assert lost(care) == []


@pytest.mark.parametrize("name", ["deep.MD", "deep.markdown"])
def test_page_with_another_ending_is_told_its_name_and_not_lost(care: Project, name: str) -> None:
    (care.root / "docs/care/diving/deep.md").rename(care.root / "docs/care/diving" / name)
    [told] = [str(problem) for problem in check_project(care.root) if problem.rule == "file-name"]
    assert "digits and hyphens: deep.md [file-name]" in told
    assert lost(care) == []


def test_record_with_another_ending_is_not_lost(care: Project) -> None:
    care.append("deploy/addresses.txt", "/embed/v1/checklist/first-lesson/\n")
    (care.root / "data/checklists/first-lesson.yaml").rename(care.root / "data/checklists/first-lesson.yml")
    assert lost(care) == []


def test_page_that_cannot_be_read_is_not_lost(care: Project) -> None:
    care.write("docs/care/diving/deep.md", b"caf\xe9")
    assert lost(care) == []


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("checklist/last-lesson", None),
        ("helplines/boats", None),
        ("helplines/pools", ("data/helplines.yaml", "- pools", "- boats")),
        ("comparison/lessons", ("data/comparisons/lessons.yaml", "", "")),
    ],
)
def test_part_that_has_left_without_a_record_is_reported(
    care: Project, part: str, change: tuple[str, str, str] | None
) -> None:
    care.append("deploy/addresses.txt", f"/embed/v1/{part}/\n/embed/v1/dark/{part}/\n/embed/v1/page/help/\n")
    if change and change[1]:
        care.replace(*change)
    elif change:
        (care.root / change[0]).unlink()
    assert [text for text in lost(care) if f'"{part}" is gone, and other sites may show it' in text], lost(care)
    care.write("data/withdrawn.yaml", [plain("withdrawn", address=part)])
    assert lost(care) == []


@pytest.mark.parametrize("part", ["checklist/first-lesson", "comparison/lessons", "helplines/pools"])
def test_part_that_is_there_is_not_reported(care: Project, part: str) -> None:
    care.append("deploy/addresses.txt", f"/embed/v1/{part}/\n")
    assert lost(care) == []
