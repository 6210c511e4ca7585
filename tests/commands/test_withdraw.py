"""`make withdraw` takes a page or a record out with all that says so, and names every line that still uses it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from guide.checking import check_project
from guide.commands import diff, overdue, status
from guide.commands.check_addresses import addresses, lost
from guide.commands.mentions import excerpt
from guide.commands.withdraw import main
from guide.rendering.project import read_project
from tests.commands.test_move import commit, files, git
from tests.conftest import run_build
from tests.factories import GOOD, Project, write_copy

WITHDRAWN = "data/withdrawn.yaml"
WHY = "The page says the same."
ONLY_HERE = """
- id: only-here
  type: report
  title: "Counted: who finishes"
  publisher: The Pool Society
  issued: 2020-04
  URL: https://example.org/only
  kind: guideline
  read: whole
  accessed: 2026-01-04
"""
MOVED = "- id: old\n  was: calls/old.md\n  moved: 2026-01-05\n  instead: calls/in-a-tab.md\n"
CALLS = ("top-level", "in-a-list", "in-a-tab", "in-an-admonition")


@pytest.fixture
def swim(tmp_path: Path) -> Project:
    """The guide about swimming, in a repository of its own."""
    project = Project(Path(shutil.copytree(GOOD, tmp_path / "swim")))
    git(project.root, "init", "--quiet", "--initial-branch=main")
    commit(project.root)
    return project


def withdraw(project: Project, what: str, instead: str = "docs/help.md", why: str = WHY, shows: str = "") -> int:
    given = {"what": what, "instead": instead, "why": why, "shows": shows}
    return main(["--root", str(project.root), *(f"--{name}={value}" for name, value in given.items())])


def take_out(project: Project, call: str) -> None:
    """Take a call out of all pages, with the empty line after it."""
    for path in (project.root / "docs").rglob("*.md"):
        lines = path.read_text("utf-8").split("\n")
        kept = [n for n, line in enumerate(lines) if line.strip() != call and (n == 0 or lines[n - 1].strip() != call)]
        path.write_text("\n".join(lines[n] for n in kept), "utf-8")
    commit(project.root)


def problems(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root)]


def test_record_with_a_file_of_its_own_goes(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    take_out(swim, '{{ chart("finish") }}')
    swim.write("notes.txt", "The frame at /embed/v1/chart/finish/ is ours.\n")
    assert withdraw(swim, "charts/finish", why="It says: the same") == 0
    assert problems(swim) == []
    assert not (swim.root / "data/charts/finish.yaml").exists()
    (gone,) = read_project(swim.root).guide.withdrawn.values()
    assert (gone.address, gone.title, gone.why) == ("chart/finish", "How many finish", "It says: the same.")
    assert gone.instead == "help.md"
    said = capsys.readouterr().err
    assert "Withdrew charts/finish. Its old addresses say so and lead to docs/help.md" in said
    assert "  notes.txt:1\n" in said


def test_record_of_a_list_goes_and_no_other_line_changes(swim: Project) -> None:
    terms = swim.read("data/glossary.yaml")
    guide = read_project(swim.root).guide
    term = next(each for each in guide.names("glossary") if not _is_linked(swim, each))
    assert withdraw(swim, f"glossary/{term}") == 0
    before, after = terms.split("\n"), swim.read("data/glossary.yaml").split("\n")
    assert [line for line in after if line not in before] == []
    assert len(before) > len(after)
    assert read_project(swim.root).guide.names("glossary") == guide.names("glossary") - {term}
    assert problems(swim) == []


def _is_linked(project: Project, term: str) -> bool:
    return any(f"term-{term}" in path.read_text("utf-8") for path in (project.root / "docs").rglob("*.md"))


def test_sources_that_only_it_cited_go_with_it(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    swim.append("data/references.yaml", ONLY_HERE)
    swim.replace("data/charts/finish.yaml", "references: [", "references: [only-here, ")
    take_out(swim, '{{ chart("finish") }}')
    assert problems(swim) == []
    assert withdraw(swim, "charts/finish") == 0
    assert "Nothing else cited these sources, so they went too: only-here." in capsys.readouterr().err
    withdrawn = {gone.address: gone.why for gone in read_project(swim.root).guide.withdrawn.values()}
    assert withdrawn["references/only-here"] == "Nothing in the guide rests on it anymore."
    assert problems(swim) == []


def test_page_goes_with_its_line_in_the_menu_and_what_led_to_it(swim: Project) -> None:
    swim.write("data/moved.yaml", MOVED)
    swim.write(".github/CODEOWNERS", "/docs/calls/in-a-tab.md @safety\n* @all\n")
    swim.replace("docs/index.md", "- [In a tab](calls/in-a-tab.md)\n", "")
    commit(swim.root)
    assert withdraw(swim, "docs/calls/in-a-tab.md") == 0
    assert problems(swim) == []
    assert not (swim.root / "docs/calls/in-a-tab.md").exists()
    assert "in-a-tab" not in swim.read("mkdocs.yml")
    assert "in-a-tab" not in swim.read(".github/CODEOWNERS")
    guide = read_project(swim.root).guide
    assert guide.moved["old"].instead == "help.md"
    assert [gone.address for gone in guide.withdrawn.values()] == ["page/calls--in-a-tab"]


def write_list_with_its_page(project: Project) -> None:
    text = project.read("data/checklists/first-lesson.yaml")
    text = text.replace("first-lesson", "last-lesson").replace("calls/top-level.md", "pool/last.md")
    project.write("data/checklists/last-lesson.yaml", text.replace("Before the first", "After the last"))
    page = project.read("docs/help.md").replace("# Ask the pool", "# The last lesson").replace("Whom", "What")
    page = page.replace("index.md", "../index.md").replace("The desk", '{{ checklist("last-lesson") }}\n\nThe desk')
    project.write("docs/pool/last.md", page)
    project.append("mkdocs.yml", "  - pool/last.md\n")
    commit(project.root)
    assert problems(project) == []


def test_page_of_a_list_takes_the_list_along(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write_list_with_its_page(swim)
    before = files(swim)
    assert withdraw(swim, "checklists/last-lesson") == 1
    assert "docs/pool/last.md is its own page. To withdraw both at once, write WHAT=docs/pool/last.md.\n" in (
        capsys.readouterr().err
    )
    assert files(swim) == before
    assert withdraw(swim, "docs/pool/last.md", shows="checklist/last-lesson") == 1
    assert "could take its place" in capsys.readouterr().err
    assert withdraw(swim, "docs/pool/last.md", shows="checklist/first-lesson") == 0
    assert "It was the page of these, so they went too: checklists/last-lesson.\n" in capsys.readouterr().err
    gone = read_project(swim.root).guide.withdrawn.values()
    shows = {record.address: record.shows for record in gone}
    assert shows == {"page/pool--last": None, "checklist/last-lesson": "checklist/first-lesson"}
    assert not (swim.root / "data/checklists/last-lesson.yaml").exists()
    assert problems(swim) == []


def test_list_that_another_page_shows_keeps_its_page(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write_list_with_its_page(swim)
    call = '{{ checklist_card("last-lesson") }}'
    swim.replace("docs/help.md", "The desk", f"{call}\n\nThe desk")
    commit(swim.root)
    before = files(swim)
    assert withdraw(swim, "docs/pool/last.md") == 1
    assert f"docs/help.md:{swim.line('docs/help.md', call)}: {call}\n" in capsys.readouterr().err
    assert files(swim) == before


def test_tables_of_requests_are_told_with_what_to_write(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write_list_with_its_page(swim)
    swim.write("tests/queries.tsv", "the end\tpool/last\n")
    commit(swim.root)
    assert withdraw(swim, "docs/pool/last.md") == 0
    said = capsys.readouterr().err
    assert "  tests/queries.tsv:1\n" in said
    assert "Write the page that answers it now, such as help, or delete the line." in said


def test_excerpt_of_a_long_line_shows_what_it_names() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    assert excerpt("  a short one ", "one") == "a short one"
    for place in (0, 30, 59):
        shown = excerpt(words.replace(f"word{place} ", f"[x](visits.md)word{place} "), f"word{place}")
        assert f"word{place}" in shown and len(shown) < 112
        assert shown.startswith("... ") == (place > 0) and shown.endswith(" ...") == (place < 59)
    assert excerpt("a" * 300, "none") == "a" * 100 + " ..."


KINDS_OF_FILES = sorted(
    {
        path.parent if path.parent.name != "data" else path: path.relative_to(GOOD).as_posix()
        for path in (GOOD / "data").rglob("*.yaml")
    }.values()
)


@pytest.mark.parametrize("path", [*KINDS_OF_FILES, "docs/help.md"])
def test_file_that_cannot_be_read_ends_no_command(swim: Project, capsys: pytest.CaptureFixture[str], path: str) -> None:
    root = ["--root", str(swim.root)]
    text = swim.read(path)
    wrong = "bad: [a: b: c\n"
    swim.write(path, text.replace("---\n", f"---\n{wrong}", 1) if path.endswith(".md") else f"{text}{wrong}")
    with diff.compared(swim.root, "main") as review:
        assert path in str(review)
        assert path in [problem.place.path for problem in review.matters_of_safety()] or path.endswith(".md")
    for command in (overdue, status):
        command.main(root)
    assert f"{path}:" in capsys.readouterr().err
    before = files(swim)
    assert withdraw(swim, "charts/finsh") == 1
    assert files(swim) == before


def test_section_without_pages_leaves_the_menu(swim: Project) -> None:
    swim.append("mkdocs.yml", "  - Pools:\n      - Near:\n          - pool/near.md # the only one\n")
    text = swim.read("docs/help.md").replace("# Ask the pool", "# Near pools").replace("Whom to ask", "Where to swim")
    swim.write("docs/pool/near.md", text.replace("index.md", "../index.md"))
    commit(swim.root)
    assert problems(swim) == []
    assert withdraw(swim, "docs/pool/near.md") == 0
    assert "Pools" not in swim.read("mkdocs.yml")
    assert "in-a-tab.md" in swim.read("mkdocs.yml")


def test_lines_that_still_use_it_are_named_and_nothing_changes(
    swim: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(swim)
    assert withdraw(swim, "charts/finish") == 1
    said = capsys.readouterr().err
    for name in CALLS:
        path = f"docs/calls/{name}.md"
        call = '{{ chart("finish") }}'
        assert f"{path}:{swim.line(path, call)}: {call}\n" in said
    assert said.splitlines()[4].startswith("4 lines still use charts/finish. Take it out there, or name something else")
    assert said.endswith("Nothing was changed.\n")
    swim.append("docs/connect.md", "\n[All](calls/top-level.md)\n")
    before = files(swim)
    assert withdraw(swim, "docs/calls/top-level.md", "docs/index.md") == 1
    said = capsys.readouterr().err
    assert f"data/site.yaml:{swim.line('data/site.yaml', 'questions_page:')}: questions_page: calls/" in said
    assert f"docs/connect.md:{swim.line('docs/connect.md', '[All](')}: [All](calls/top-level.md)\n" in said
    assert files(swim) == before


def test_what_took_its_place_is_shown_in_frames(swim: Project) -> None:
    take_out(swim, '{{ chart("finish") }}')
    assert withdraw(swim, "chart/finish", shows="charts/hours") == 0
    (gone,) = read_project(swim.root).guide.withdrawn.values()
    assert gone.shows == "chart/hours"
    assert problems(swim) == []


@pytest.mark.site
def test_no_address_is_lost(tmp_path: Path) -> None:
    swim = write_copy(GOOD, tmp_path / "swim")
    assert run_build(swim.root, tmp_path / "one").returncode == 0
    git(swim.root, "init", "--quiet", "--initial-branch=main")
    commit(swim.root)
    swim.replace("docs/index.md", "- [In a tab](calls/in-a-tab.md)\n", "")
    take_out(swim, '{{ chart("finish") }}')
    for what in ("charts/finish", "docs/calls/in-a-tab.md"):
        assert withdraw(swim, what) == 0
    done = run_build(swim.root, tmp_path / "two")
    assert done.returncode == 0, done.stderr
    assert lost(tmp_path / "two", addresses(tmp_path / "one")) == []
    gone = json.loads((tmp_path / "two/api/v1/charts/finish.json").read_text("utf-8"))
    assert gone["why"] == WHY


@pytest.mark.parametrize(
    ("what", "instead", "why", "shows", "said"),
    [
        ("", "", "", "", "WHAT, INSTEAD, WHY are missing. Write them like this: make withdraw WHAT="),
        ("charts/finish", "docs/help.md", " ", "", "WHY is missing"),
        ("charts/finsh", "docs/help.md", WHY, "", 'Did you mean "finish"?'),
        ("chart/nothing-like-it", "docs/help.md", WHY, "", "Write WHAT=charts/ and its id."),
        ("data/charts/finsh.yaml", "docs/help.md", WHY, "", 'Did you mean "finish"?'),
        ("data/chrats/finish.yaml", "docs/help.md", WHY, "", 'Did you mean "charts"?'),
        ("data/glossary.yaml", "docs/help.md", WHY, "", "data/glossary.yaml holds many records. Write WHAT=glossary/"),
        ("data/site.yaml", "docs/help.md", WHY, "", "No reader sees data/site.yaml. Change that file itself."),
        ("docs/hlep.md", "docs/index.md", WHY, "", "Did you mean WHAT=docs/help.md?"),
        ("docs/index.md", "docs/help.md", WHY, "", "docs/index.md is the start page"),
        ("charts/finish", "docs/hlep.md", WHY, "", "Did you mean INSTEAD=docs/help.md?"),
        ("docs/help.md", "docs/index.md", WHY, "", "docs/help.md can't go: every page leads to it in an emergency"),
        ("docs/calls/in-a-tab.md", "docs/calls/in-a-tab.md", WHY, "", "in-a-tab.md can't take its own place"),
        ("charts/finish", "docs/help.md", WHY, "chart/finish", "Write the id of another one."),
        ("charts/finish", "docs/help.md", WHY, "chart/hour", 'Did you mean "hours"?'),
        ("charts/finish", "docs/help.md", WHY, "levels/camp", 'Nothing that a frame can show is called "levels"'),
        ("levels/camp", "docs/help.md", WHY, "chart/hours", "Leave SHOWS out."),
        ("charts/finish", "docs/help.md", "An <b>old</b> one", "", "WHY can't say this: HTML in a text: "),
        ("charts/finish", "docs/help.md", "See [it](x.html)", "", "Link to https://... or to a page by its path"),
    ],
)
def test_slip_is_told_in_plain_words_and_changes_nothing(
    swim: Project, capsys: pytest.CaptureFixture[str], what: str, instead: str, why: str, shows: str, said: str
) -> None:
    before = files(swim)
    assert withdraw(swim, what, instead, why, shows) == 1
    assert said in capsys.readouterr().err
    assert files(swim) == before


def test_changes_that_no_commit_holds_are_not_thrown_away(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    take_out(swim, '{{ chart("finish") }}')
    swim.replace("data/charts/finish.yaml", "title: How many finish", "title: How many do")
    before = files(swim)
    assert withdraw(swim, "charts/finish") == 1
    assert "charts/finish has changes that aren't committed, and would be lost." in capsys.readouterr().err
    assert files(swim) == before
