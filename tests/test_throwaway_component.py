"""A component is a folder: a new one is in every output at once, and nothing else is edited."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import ROOT, Project, plain, to_yaml, write_project
from tests.trees import parse

pytestmark = pytest.mark.site

DATES = {"sources_checked": "2026-01-05", "review_due": "2027-01-05"}
FOLDER = {
    "__init__.py": '''"""Exercises: what to practice."""

from guide.model.kind import Kind, Part
from macros.exercise.macro import exercise
from macros.exercise.record import Exercise

KIND = Kind(
    "exercises",
    Exercise,
    title="name",
    summary="goal",
    answerable=True,
    anchor="exercise-",
    part=Part("exercise", "exercise", handout=True),
    csv=("id", "name", "goal", "references"),
    shown_to="readers",
)
MACROS = (exercise,)
''',
    "record.py": '''"""What an exercise is."""

from guide.model.record import Id, Name, References, Reviewed, Text


class Exercise(Reviewed):
    """Something to practice."""

    id: Id
    """Also the name of the file."""
    name: Name
    """What it is called."""
    goal: Text
    """What it is good for."""
    references: References
    """The sources that say it."""
''',
    "macro.py": '''"""One exercise."""

from guide.model.macro import macro


@macro("exercises")
def exercise(page, exercise_id):
    """Show an exercise.

    Args:
        exercise_id: A record of data/exercises/.
    """
    record = page.record("exercises", exercise_id)
    return page.render("exercise.html.j2", "exercises", exercise_id, exercise=record)
''',
    "exercise.html.j2": """{% from "_parts.html.j2" import cites, embed_link with context %}
{% set id = page.place('exercises', exercise.id) %}
<section class="guide-exercise" id="{{ id }}">
<p class="guide-exercise__name">{{ words['practice'] }} {{ exercise.name }}</p>
<p>{{ page.text(exercise.goal) }}{{ cites(exercise.references) }}</p>
{{ embed_link('exercise/' ~ exercise.id, words['embed-page'], exercise.name) }}</section>
""",
    "exercise.css": ".guide-exercise { border: 1px solid; }\n",
    "labels.en.yaml": """words:
  practice: "Practice:"
names:
  kinds:
    exercises: Exercises
  embeds:
    exercise: Exercises
""",
}
RECORD = {
    "id": "bubbles",
    "name": "Blowing bubbles",
    "goal": "It unhurriedly calms breathing.",
    "references": ["river-2020"],
    **DATES,
}
PAGE = """---
description: An exercise to do in shallow water, and where it comes from, for the first lessons.
sources_checked: 2026-01-05
review_due: 2027-01-05
---

# Practice

Do this in shallow water.

{{ exercise("bubbles") }}

## What to do next

1. Go [home](index.md).
"""
LOOKED_UP = (
    PAGE.replace("An exercise to do", "What to look up")
    .replace("# Practice", "# Look it up")
    .replace('{{ exercise("bubbles") }}', "{{ status() }}\n\n{{ field_reference() }}\n\n{{ macro_reference() }}")
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the generator with a small guide in it, a new folder, a record, and a page that calls it."""
    code = tmp_path_factory.mktemp("copy")
    pages = {"practice.md": PAGE, "look-it-up.md": LOOKED_UP}
    comparison = plain("comparisons")
    cells = comparison["rows"][0]["cells"]
    cells[next(iter(cells))] = {"from": "exercises/bubbles/goal"}
    data = {"exercises/bubbles": RECORD, "comparisons/lessons": comparison}
    project = write_project(code, pages=pages, data=data)
    for name in ("macros", "guide"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", code)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[0] + "\n"
    nav = [{"Home": "index.md"}, {"Help": "help.md"}, {"Practice": "practice.md"}, {"Look it up": "look-it-up.md"}]
    project.write("mkdocs.yml", settings.replace("reference/a-to-z/", "") + to_yaml({"nav": nav}))
    for name, text in FOLDER.items():
        project.write(f"macros/exercise/{name}", text)
    done = run(project, "handouts")
    assert done.returncode == 0, done.stderr
    return project


def run(project: Project, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", f"guide.commands.{command}", "--root", str(project.root), *arguments]
    return subprocess.run(line, cwd=project.root, capture_output=True, text=True, check=False, timeout=300)


def read(project: Project, path: str) -> str:
    return (project.site / path).read_text("utf-8")


def test_it_is_on_its_page_with_its_style_and_its_words(copy: Project) -> None:
    page = read(copy, "practice/index.html")
    block = parse(page.replace("<!doctype html>", ""), whole=False).find("section", id="exercise-bubbles")
    assert "Practice: Blowing bubbles" in block.text
    assert ".guide-exercise{border:1px solid}" in page


def test_it_is_in_data_files_and_tables(copy: Project) -> None:
    record = json.loads(read(copy, "api/v1/exercises/bubbles.json"))
    assert (record["title"], record["summary"]) == ("Blowing bubbles", "It unhurriedly calms breathing.")
    assert record["address"].endswith("/practice/#exercise-bubbles")
    assert record["embed"].endswith("/embed/v1/exercise/bubbles/")
    assert json.loads(read(copy, "api/v1/schemas/exercises.json"))["$schema"]
    index = json.loads(read(copy, "api/v1/index.json"))
    assert "exercises" in {entry["kind"] for entry in index["entries"]} & set(index["schemas"])
    rows = list(csv.DictReader(read(copy, "api/v1/exercises.csv").removeprefix("\ufeff").splitlines()))
    assert [row["name"] for row in rows] == ["Blowing bubbles"]


def test_other_sites_can_show_it(copy: Project) -> None:
    embed = read(copy, "embed/v1/dark/exercise/bubbles/index.html")
    assert "Blowing bubbles" in embed
    style = next((copy.site / "embed/v1/assets").glob("embed.*.css")).read_text("utf-8")
    assert ".guide-exercise{" in style
    assert json.loads(read(copy, "oembed/v1/exercise/bubbles.json"))["title"] == "Blowing bubbles"


def test_search_finds_the_words_of_its_page(copy: Project) -> None:
    script = next((copy.site / "assets").glob("search.*.js")).read_text("utf-8")
    index = json.loads(script[script.index("=") + 1 : script.index(";\n")])
    assert "unhurriedly" in index["body"].split()


def test_status_and_references_for_contributors_list_it(copy: Project) -> None:
    status = {(entry["kind"], entry["id"]) for entry in json.loads(read(copy, "api/v1/status.json"))["entries"]}
    assert ("exercises", "bubbles") in status
    text = parse(read(copy, "look-it-up/index.html").replace("<!doctype html>", ""), whole=False).text
    assert "data/exercises/<id>.yaml" in text
    assert "What it is good for." in text
    assert '{{ exercise("bubbles") }}' in text


def test_it_is_printed(copy: Project) -> None:
    assert (copy.site / "handouts/exercise/bubbles.pdf").read_bytes().startswith(b"%PDF")


def test_check_knows_its_fields_and_where_it_is_meant(copy: Project) -> None:
    original = copy.read("data/exercises/bubbles.yaml")
    copy.write("data/exercises/bubbles.yaml", original.replace("goal:", "gaol:"))
    copy.write("docs/practice.md", PAGE.replace('"bubbles"', '"bubble"'))
    done = run(copy, "check", "data/exercises/bubbles.yaml", "docs/practice.md")
    assert 'data/exercises/bubbles.yaml:3: key "gaol" is not known. Did you mean "goal"? [unknown-key]' in done.stderr
    assert '"bubble" is not' in done.stderr
    copy.write("data/exercises/bubbles.yaml", original)
    copy.write("docs/practice.md", PAGE)


def test_cells_of_comparisons_can_show_its_answers(copy: Project) -> None:
    assert "It unhurriedly calms breathing." in read(copy, "index.html")
    path = "data/comparisons/lessons.yaml"
    line = copy.replace(path, "exercises/bubbles/goal", "exercises/bubbles/gaol")
    done = run(copy, "check", path)
    copy.replace(path, "exercises/bubbles/gaol", "exercises/bubbles/goal")
    wrong = '"gaol" is not a field of exercises that a cell can show. Did you mean "goal"? [unknown-record]'
    assert f"{path}:{line}: {wrong}" in done.stderr


def test_a_new_one_can_be_begun_and_its_schema_written(copy: Project) -> None:
    done = run(copy, "new", "exercises", "floating")
    assert done.returncode == 0, done.stderr
    begun = copy.read("data/exercises/floating.yaml")
    assert "id: floating" in begun
    assert "goal: # What it is good for" in begun
    (copy.root / "data/exercises/floating.yaml").unlink()
    subprocess.run([sys.executable, "-m", "guide.commands.schemas"], cwd=copy.root, check=True, capture_output=True)
    assert "goal" in (copy.root / "schemas/exercises.json").read_text("utf-8")


def test_diff_says_what_changed(copy: Project) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "before"]):
        subprocess.run([*git, *arguments], cwd=copy.root, check=True, capture_output=True)
    original = copy.read("data/exercises/bubbles.yaml")
    copy.write("data/exercises/bubbles.yaml", original.replace("calms", "slows"))
    done = run(copy, "diff", "--base", "HEAD")
    copy.write("data/exercises/bubbles.yaml", original)
    assert done.returncode == 0, done.stderr
    assert (
        "**Blowing bubbles** (`data/exercises/bubbles.yaml`), shown on 3 pages (Learn to swim; Look it up; Practice)"
        in done.stdout
    )
    assert '"It unhurriedly slows breathing." was "It unhurriedly calms breathing."' in done.stdout


def test_nothing_else_was_edited(copy: Project) -> None:
    for name in ("guide", "macros"):
        ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / name).rglob("*") if path.suffix != ".pyc"}
        theirs = {
            path.relative_to(copy.root).as_posix() for path in (copy.root / name).rglob("*") if path.suffix != ".pyc"
        }
        own = {path for path in theirs - ours if "__pycache__" not in path}
        assert all(path.startswith("macros/exercise") for path in own), own
        for path in ours & theirs:
            if Path(ROOT / path).is_file():
                assert (ROOT / path).read_bytes() == (copy.root / path).read_bytes(), path
