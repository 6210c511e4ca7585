"""`make new` writes something to fill in, and refuses what cannot be."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from guide.checking import check_project
from guide.commands.new import PAGE, addable, main
from guide.model.registry import kinds
from guide.reading.yaml_nodes import compose
from tests.factories import GOOD, Project, publish_in
from tests.reviewing.test_diff import commit, git

LISTED = addable()


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(GOOD, tmp_path / "guide")))


def run(project: Project, kind: str, item: str) -> int:
    return main(["--root", str(project.root), kind, item])


@pytest.mark.parametrize("kind", LISTED)
def test_each_needed_key_is_there_to_fill_in_and_missing_until_then(copy: Project, kind: str) -> None:
    assert run(copy, kind, "brand-new") == 0
    path = f"data/{kind}/brand-new.yaml" if kinds()[kind].folder else f"data/{kind}.yaml"
    assert compose(path, copy.read(path))[1] == []
    told = [problem for problem in check_project(copy.root) if problem.place.path == path]
    assert told
    # Nothing is unknown, nothing needed is left out, and nothing that stood there before is wrong now.
    assert {problem.rule for problem in told}.isdisjoint({"unknown-key", "missing-key", "repeated-key", "repeated-id"})
    first = copy.line(path, "id: brand-new")
    assert all(problem.place.line >= first for problem in told if problem.rule not in ("too-short", "unfinished"))


@pytest.mark.parametrize("kind", ["glossary", "references", "questions"])
def test_entry_goes_to_the_end_of_its_list_and_changes_nothing_else(copy: Project, kind: str) -> None:
    before = copy.read(f"data/{kind}.yaml").splitlines()
    assert run(copy, kind, "brand-new") == 0
    after = copy.read(f"data/{kind}.yaml").splitlines()
    added = [line for line in after if line not in before]
    assert [line for line in after if line in before and line] == [line for line in before if line]
    assert any(line.strip() == "- id: brand-new" for line in added)


def test_filled_in_record_passes(copy: Project) -> None:
    assert run(copy, "checklists", "last-lesson") == 0
    path = "data/checklists/last-lesson.yaml"
    values = {"title": "After it", "audience": "swimmer", "when": "Use it after.", "text": "A towel.", "id": "towel"}
    values |= {"sources_checked": "2026-01-05", "review_due": "2027-01-05"}
    filled = re.sub(r"(?m)^([ -]*)(\w+): # .*$", lambda m: f"{m[1]}{m[2]}: {values.get(m[2], '')}", copy.read(path))
    copy.write(path, filled)
    assert [str(problem) for problem in check_project(copy.root)] == [
        f"{path}:2: notes from make new are still here, on lines 2, 7, 13-14. Delete each from its # to the "
        "end of the line, and the whole line if it begins with the #. [unfinished]"
    ]
    copy.write(path, re.sub(r"(?m)^ *# [^y].*\n", "", filled))
    assert [str(problem) for problem in check_project(copy.root)] == []


def test_filled_in_worksheet_passes(copy: Project) -> None:
    assert run(copy, "worksheets", "brand-new") == 0
    path = "data/worksheets/brand-new.yaml"
    before, fields, after = re.split(r"(?m)^    # (?=fields:|weigh:)", copy.read(path))
    fields = re.sub(r"(?m)^    #   - ", "      - ", fields)
    fields = re.sub(r"(?m)^    #     (# (?=ask:))?", "        ", fields)
    written = re.sub(r"(?m)^ *# [^y].*\n", "", f"{before}    {fields}    # {after}")
    values = {"title": "Tickets", "audience": "swimmer", "when": "Use it before.", "type": "money", "ask": "A price?"}
    values |= {"sources_checked": "2026-01-05", "review_due": "2027-01-05", "id": "costs"}
    copy.write(path, re.sub(r"(?m)^([ -]*)(\w+): # .*$", lambda m: f"{m[1]}{m[2]}: {values.get(m[2], '')}", written))
    assert [str(problem) for problem in check_project(copy.root)] == [], copy.read(path)


def test_note_beside_a_value_is_left_over_too(copy: Project) -> None:
    path = "data/checklists/first-lesson.yaml"
    line = copy.replace(path, "why: Wet people get cold.", "why: Wet people get cold. # The reason")
    [problem] = check_project(copy.root)
    assert (problem.place.line, problem.rule) == (line, "unfinished")
    copy.replace(path, "# The reason", "# Asked for by two pools")
    assert check_project(copy.root) == []


HEAD = """description: What to know about a dive, before you try one at a pool.
sources_checked: 2026-01-05
review_due: 2027-01-05
"""


def test_page_with_nothing_but_its_head_filled_in_is_refused_at_each_text(copy: Project) -> None:
    assert run(copy, PAGE, "diving") == 0
    path = "docs/diving.md"
    copy.append("mkdocs.yml", "  - Diving: diving.md\n")
    written = copy.read(path)
    copy.write(path, re.sub(r"(?s)\A---\n.*?---\n", f"---\n{HEAD}---\n", written))
    told = check_project(copy.root)
    assert {problem.rule for problem in told} == {"unfinished"}
    lines = copy.read(path).split("\n")
    assert [problem.place.line for problem in told] == [n for n, line in enumerate(lines, 1) if "[fill in:" in line]
    assert len(told) == 5


def test_page_that_is_filled_in_passes(copy: Project) -> None:
    assert run(copy, PAGE, "diving") == 0
    copy.append("mkdocs.yml", "  - Diving: diving.md\n")
    text = re.sub(r"(?s)\A---\n.*?---\n", f"---\n{HEAD}---\n", copy.read("docs/diving.md"))
    texts = iter(["Diving", "You go under water.", "Is it cold?", "It often is.", "Ask at the desk."])
    copy.write("docs/diving.md", re.sub(r"\[fill in:.*", lambda _: next(texts), text))
    assert [str(problem) for problem in check_project(copy.root)] == []


def test_notes_in_the_head_of_a_page_are_left_over(copy: Project) -> None:
    line = (
        copy.replace(
            "docs/help.md",
            "review_due: 2027-01-05",
            "review_due: 2027-01-05\n# reading_grade: # The hardest grade the page may have, if it is not 8",
        )
        + 1
    )
    [problem] = check_project(copy.root)
    assert (problem.place.path, problem.place.line, problem.rule) == ("docs/help.md", line, "unfinished")


def test_page_is_written_with_its_head(copy: Project) -> None:
    assert run(copy, PAGE, "more/diving") == 0
    text = copy.read("docs/more/diving.md")
    assert text.startswith("---\ndescription: #")
    assert "## What to do next" in text
    assert run(copy, PAGE, "docs/more/rowing.md") == 0
    assert (copy.root / "docs/more/rowing.md").is_file()


def test_git_takes_a_new_file_along_and_never_empties_it(copy: Project) -> None:
    git(copy, "init", "--quiet", "--initial-branch=main")
    commit(copy)
    assert run(copy, PAGE, "more/diving") == 0
    written = copy.read("docs/more/diving.md")
    git(copy, "restore", ".")
    assert copy.read("docs/more/diving.md") == written
    git(copy, "commit", "--quiet", "--all", "--message", "Diving")
    git(copy, "ls-files", "--error-unmatch", "docs/more/diving.md")


@pytest.mark.parametrize(
    ("kind", "item", "told"),
    [
        ("checklist", "x", 'There is no kind "checklist" to add to. Did you mean "checklists"?'),
        ("site", "x", 'There is no kind "site" to add to.'),
        (
            "checklists",
            "Big Lane",
            '"Big Lane" is not an id. Write small letters, digits and hyphens: big-lane.',
        ),
        ("checklists", "first-lesson", 'The id "first-lesson" is taken: data/checklists/first-lesson.yaml:1.'),
        ("references", "lake-2021", 'The id "lake-2021" is taken: data/references.yaml:'),
        (PAGE, "help", "The page docs/help.md is there already."),
        (
            PAGE,
            "during/swim_better",
            '"swim_better" is not an id. Write small letters, digits and hyphens: swim-better.',
        ),
        (PAGE, "../out", '".." is not an id.'),
        ("labels", "Spanish", '"Spanish" is not a language tag. Write one such as es, or es-US.'),
        ("labels", "../es", '"../es" is not a language tag.'),
        ("labels", "en", "data/labels/en.yaml is there already. make check says which labels it lacks."),
        ("label", "es", 'There is no kind "label" to add to. Did you mean "labels"?'),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    copy: Project, capsys: pytest.CaptureFixture[str], kind: str, item: str, told: str
) -> None:
    before = {path: path.read_bytes() for path in copy.root.rglob("*") if path.is_file()}
    assert run(copy, kind, item) == 1
    assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in copy.root.rglob("*") if path.is_file()} == before


def test_withdrawn_id_is_never_used_again(copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    gone = {
        "id": "old",
        "address": "checklist/old-list",
        "title": "Old",
        "withdrawn": "2026-01-05",
        "why": "It was long.",
        "instead": "index.md",
    }
    copy.write("data/withdrawn.yaml", [gone])
    assert run(copy, "checklists", "old-list") == 1
    assert "was withdrawn, and is never used again" in capsys.readouterr().err


def test_another_language_has_every_label_to_write_and_passes_then(copy: Project) -> None:
    assert run(copy, "labels", "es") == 0
    path = "data/labels/es.yaml"
    assert [str(problem) for problem in check_project(copy.root)] == []
    written = copy.read(path)
    homes = [line.strip() for line in written.splitlines() if line.startswith("  # ")]
    topic, generators = "# Of this guide's topic", "# As in guide/theme/labels.en.yaml"
    assert homes[:2] == [topic, generators] and homes.count(topic) == homes.count(generators) == 2
    assert "# As in macros/checklist/labels.en.yaml" in homes
    assert topic in written.partition("    swimmer: # ")[0].partition("names:")[2]
    words = re.sub(r"(?m)^( +.*): # (.*)$", lambda m: f"{m[1]}: {json.dumps(m[2])}", written)
    copy.write(path, words)
    publish_in(copy, "es")
    assert [str(problem) for problem in check_project(copy.root)] == []


def test_note_lists_the_choices_that_the_labels_have_and_does_not_stay(copy: Project) -> None:
    assert run(copy, "checklists", "cold-water") == 0
    line = next(each for each in copy.read("data/checklists/cold-water.yaml").splitlines() if "audience:" in each)
    assert line.endswith(". Here: swimmer")
    copy.write("data/checklists/cold-water.yaml", f"id: cold-water\n{line}\n")
    told = [str(problem) for problem in check_project(copy.root) if problem.rule == "unfinished"]
    assert any("notes from make new are still here, on line 2" in problem for problem in told)
