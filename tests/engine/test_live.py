"""What `make serve` shows after an edit is what a whole build writes, byte by byte."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from guide.commands.preview_process import RENDERS, PreviewProcess
from tests.factories import GOOD, ROOT, write_copy

pytestmark = pytest.mark.site

SENTENCES = ["The water is calm.", "Ask at the desk.", "It is quiet here.", "*Rest* as you like."]
WRITTEN = re.compile(
    r"^( *(?:- )?(?:title|name|text|term|definition|answer|question|caption|what_it_is|short_name|for_whom): )"
    r"([^>|\n\"\[{#][^#\n]*|\"[^\"\n]+\")$(?!\n +(?! )(?![\w-]+: |- ))",
    re.MULTILINE,
)
"""A text of a record that stands on one line."""
SETTINGS = ("site.yaml", "exemptions.yaml")
"""Files under data/ that hold no record."""


class Editing:
    """A project that is edited, and what shows it meanwhile."""

    def __init__(self, source: Path, folder: Path, random: Random) -> None:
        self.project = write_copy(source, folder / "code")
        self.folder, self.random, self.started = folder, random, 0
        self.shown = self._start()

    def _start(self) -> PreviewProcess:
        self.started += 1
        folder = self.folder / f"process-{self.started}"
        shown = PreviewProcess(RENDERS, self.project.root, folder, self.project.root)
        assert shown.ask("update") == []
        return shown

    def choose(self, pattern: str) -> str:
        """Choose a file, and return its path."""
        files = sorted(path.relative_to(self.project.root).as_posix() for path in self.project.root.glob(pattern))
        return self.random.choice([path for path in files if not path.endswith(SETTINGS)])

    def word(self) -> str:
        """Return a word that stands nowhere yet."""
        return "".join(self.random.choices("bdfglmnprst", k=7))

    def built(self) -> Path:
        """Build everything anew, in another process."""
        site = self.folder / f"site-{self.word()}"
        command = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "-d", str(site)]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(
            command, cwd=self.project.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return site

    def compare(self, edit: str, wanted: Callable[[list[str]], list[str]]) -> None:
        """Compare what is shown of some files with a build of all of them."""
        site = self.built()
        paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
        assert self.shown.ask("paths") == set(paths), edit
        for path in wanted(paths):
            answer = self.shown.ask("answer", path)
            assert answer.problems == (), f"{edit}: {path}"
            assert answer.content == (site / path).read_bytes(), f"{path} is stale after {edit}"


Edit = Callable[[Editing], str]


def add_a_sentence(editing: Editing) -> str:
    path = editing.choose("docs/**/*.md")
    editing.project.append(path, f"\n{editing.random.choice(SENTENCES)}\n")
    return f"a sentence in {path}"


def change_a_heading(editing: Editing) -> str:
    path = editing.choose("docs/**/*.md")
    text = editing.project.read(path)
    heading = editing.random.choice(re.findall(r"^#+ .+$", text, re.MULTILINE))
    editing.project.write(path, text.replace(heading, f"{heading} {editing.word()}", 1))
    return f"the heading {heading!r} in {path}"


def change_a_description(editing: Editing) -> str:
    path = editing.choose("docs/**/*.md")
    text = editing.project.read(path)
    editing.project.write(path, re.sub(r"^(description: .+)$", rf"\1 {editing.word()}.", text, count=1, flags=re.M))
    return f"the description of {path}"


def change_a_record(editing: Editing) -> str:
    files = sorted(editing.project.root.glob("data/**/*.yaml"))
    kept = [path for path in files if path.parent.name != "labels" and path.name not in SETTINGS]
    path = editing.random.choice([path for path in kept if WRITTEN.search(path.read_text("utf-8"))])
    path = path.relative_to(editing.project.root).as_posix()
    text = editing.project.read(path)
    match = editing.random.choice(list(WRITTEN.finditer(text)))
    words = match[2].strip('"').split(" ")
    words.insert(editing.random.randrange(len(words)), editing.word())
    new = f'{match[1]}"{" ".join(words)}"'
    editing.project.write(path, text[: match.start()] + new + text[match.end() :])
    return f"{match[0].strip()!r} in {path}"


def add_a_term(editing: Editing) -> str:
    path, word = "data/glossary.yaml", editing.word()
    entry = f"terms:\n  - id: {word}\n    term: Water {word}\n    definition: Water like other water.\n"
    editing.project.replace(path, "terms:\n", entry)
    return "a new term"


def change_a_label(editing: Editing) -> str:
    places = ["data/labels/en.yaml", "guide/theme/labels.en.yaml", "macros/*/labels.en.yaml"]
    lines: list[str] = []
    while not lines:
        path = editing.choose(editing.random.choice(places))
        text = editing.project.read(path)
        lines = re.findall(r"^ +[a-z-]+: [A-Z][^{}\":\n]+$", text, re.MULTILINE)
    line = editing.random.choice(lines)
    editing.project.write(path, text.replace(line, f"{line} {editing.word()}", 1))
    return f"the label {line.strip()!r} in {path}"


def change_the_navigation(editing: Editing) -> str:
    text = editing.project.read("mkdocs.yml")
    entry = editing.random.choice(re.findall(r"^ +- \w[^:\n]*: \S+\.md$", text, re.MULTILINE))
    label = entry.partition(":")[0]
    editing.project.write("mkdocs.yml", text.replace(entry, entry.replace(label, f"{label} {editing.word()}"), 1))
    editing.shown.stop()
    editing.shown = editing._start()
    return f"the label of {entry.strip()!r}"


def change_a_template(editing: Editing) -> str:
    path = editing.choose(editing.random.choice(["macros/*/*.j2", "guide/theme/parts/*.j2", "guide/theme/**/*.html"]))
    text = editing.project.read(path)
    # A class that stands in no other place: in every element of a kind that the template writes.
    tag = editing.random.choice(re.findall(r"<(?:p|li|ul|div|section|span|a|h2|h3|th|td)(?= class=)", text) or ["<"])
    editing.project.write(path, text.replace(tag, f'{tag} data-{editing.word()}=""') if tag != "<" else f"{text} ")
    return f"{tag!r} in {path}"


def change_a_style(editing: Editing) -> str:
    path = editing.choose(editing.random.choice(["macros/*/*.css", "guide/theme/css/*.css", "guide/theme/js/*.js"]))
    editing.project.append(
        path, f"/* {editing.word()} */\n.{editing.word()}{{color:red}}\n" if "css" in path else "\n;\n"
    )
    return f"{path}"


EVERYWHERE: list[Edit] = [
    *(add_a_sentence, change_a_heading, change_a_description, add_a_term),
    *(change_a_record, change_a_record, change_a_record, change_a_label, change_a_template, change_a_template),
    *(change_a_style, change_the_navigation),
]


@pytest.fixture
def editing(tmp_path: Path) -> Iterator[Callable[[Path, int], Editing]]:
    started: list[Editing] = []

    def start(source: Path, seed: int) -> Editing:
        started.append(Editing(source, tmp_path, Random(seed)))
        return started[-1]

    yield start
    for each in started:
        each.shown.stop()


@pytest.mark.parametrize("seed", range(2))
def test_after_random_edits_of_a_small_guide_every_file_is_that_of_a_build(
    editing: Callable[[Path, int], Editing], seed: int
) -> None:
    now = editing(GOOD, seed)
    edits = now.random.sample(EVERYWHERE, 8)
    for pair in zip(edits[::2], edits[1::2], strict=True):
        told = []
        for edit in pair:
            told.append(edit(now))
            assert now.shown.ask("update") == [], told
        now.compare(" and ".join(told), lambda paths: paths)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("guide/theme/labels.en.yaml", "menu: Menu\n", "menu: Contents\n"),
        ("macros/checklist/labels.en.yaml", '{all} checked"\n', '{all} ticked"\n'),
        ("data/site.yaml", "help_page: help.md\n", 'help_page: help.md\nbrand: "#5b2a86"\n'),
    ],
)
def test_default_labels_and_the_color_are_followed(
    editing: Callable[[Path, int], Editing], path: str, old: str, new: str
) -> None:
    now = editing(GOOD, 1)
    now.project.replace(path, old, new)
    assert now.shown.ask("update") == []
    now.compare(path, lambda paths: paths)


# A template that changes has every page written anew, which would hide what the other two leave stale.
@pytest.mark.parametrize("edits", [(change_a_heading, change_a_record), (change_a_template,)])
def test_after_edits_of_the_guide_its_pages_are_those_of_a_build(
    editing: Callable[[Path, int], Editing], edits: tuple[Edit, ...]
) -> None:
    now = editing(ROOT, 1)
    told = " and ".join(edit(now) for edit in edits)
    assert now.shown.ask("update") == [], told

    def some(paths: list[str]) -> list[str]:
        machines = ("api/", "embed/", "oembed/", "assets/")
        others = [path for path in paths if path.startswith(machines)]
        pages = [path for path in paths if path.endswith(".html") and not path.startswith(machines)]
        return [*pages, *now.random.sample(others, 40), *(path for path in paths if path.startswith("assets/search"))]

    now.compare(told, some)


def test_a_page_that_cannot_be_read_shows_why_and_leaves_the_others_alone(
    editing: Callable[[Path, int], Editing],
) -> None:
    now = editing(GOOD, 0)
    before: Any = now.shown.ask("answer", "")
    line = now.project.append("docs/help.md", "\n<b>Bold</b>\n") + 1
    assert now.shown.ask("update") == []
    (problem,) = now.shown.ask("answer", "help/").problems
    assert problem.startswith(f"docs/help.md:{line}: HTML in a page")
    assert now.shown.ask("answer", "").content == before.content
    now.project.replace("docs/help.md", "\n<b>Bold</b>\n", "")
    assert now.shown.ask("update") == []
    now.compare("a fault that is fixed", lambda paths: paths)


def test_a_record_that_cannot_be_read_is_said_at_every_address(editing: Callable[[Path, int], Editing]) -> None:
    now = editing(GOOD, 0)
    now.project.replace("data/charts/finish.yaml", "kind: icons", "kind: icon")
    (problem,) = now.shown.ask("update")
    assert problem.startswith("data/charts/finish.yaml:")
    for address in ("", "help/", "nowhere/"):
        assert now.shown.ask("answer", address).problems == (problem,)
    now.project.replace("data/charts/finish.yaml", "kind: icon\n", "kind: icons\n")
    assert now.shown.ask("update") == []
    now.compare("a fault that is fixed", lambda paths: paths)
