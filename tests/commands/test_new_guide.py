"""A new guide is whole: it passes every check at once, and while its founder deletes the example page by page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from guide.checking import run_rules
from guide.commands import new_guide
from guide.commands.command import Refused
from guide.commands.ownership import LOCK, files_below, id_of, is_generators, read_lock
from guide.rendering.project import read_project
from tests.conftest import run_build
from tests.factories import ROOT

NAME = 'Stroke care: "plainly", it’s *é* & 中'
KEPT = ("index.md", "help-now.md")
"""The pages that a guide can't do without: a home, and the page of the emergency bar."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside") / "stroke"
    new_guide.write(ROOT, folder, NAME, datetime.now(UTC).date())
    return folder


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in run_rules(read_project(root))]


def test_it_has_no_problems(made: Path) -> None:
    assert problems(made) == []


def test_it_has_its_name_and_its_days_and_nothing_to_fill_in(made: Path) -> None:
    assert yaml.safe_load((made / "mkdocs.yml").read_text("utf-8"))["site_name"] == NAME
    assert (made / "README.md").read_text("utf-8").startswith('# Stroke care: "plainly", it’s \\*é\\* & 中\n')
    assert NAME in (made / "LICENSE-CONTENT").read_text("utf-8")
    today = datetime.now(UTC).date().isoformat()
    assert f"sources_checked: {today}" in (made / "docs/index.md").read_text("utf-8")
    for path in files_below(made):
        if not is_generators(path) and path.endswith((".md", ".yaml", ".yml", "CONTENT")):
            assert re.findall(r"<(?:name|today|in-\d+-months)>", (made / path).read_text("utf-8")) == [], path


@pytest.mark.parametrize(
    ("day", "months", "later"), [("2026-11-30", 3, "2027-02-28"), ("2026-12-15", 12, "2027-12-15")]
)
def test_days_to_come_are_days(day: str, months: int, later: str) -> None:
    assert new_guide._later(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_its_records_say_what_their_keys_mean(made: Path) -> None:
    text = (made / "data/checklists/first-week.yaml").read_text("utf-8")
    assert "when: Use it from the day you bring the pot home. # When to use it.\n" in text
    assert "why: Most herbs need light for half of the day. # Optional: the reason.\n" in text
    assert text.count("# One thing to do or ask.") == 1, "a note stands at the first use"
    for path in (made / "data").rglob("*.yaml"):
        lines = path.read_text("utf-8").splitlines()
        assert any(" # " in line for line in lines[1:]) or lines[-1] == "[]", path
        assert all(len(line) <= 120 or line.lstrip().startswith("#") for line in lines), path


def test_it_is_a_repository_with_every_file_ready_to_commit(made: Path) -> None:
    status = subprocess.run(["git", "status", "--porcelain"], cwd=made, capture_output=True, text=True, check=True)
    assert {line[:2] for line in status.stdout.splitlines()} == {"A "}
    assert not list(made.parent.glob(".stroke-*")), "nothing else is left beside it"


def test_its_lock_names_the_generator_and_each_of_its_files(made: Path) -> None:
    lock = read_lock(made)
    assert lock
    assert "guide/commands/new_guide.py" in lock.files and "data/README.md" in lock.files
    assert not {path for path in lock.files if path.startswith(("docs/", "tests/guide/"))}
    assert [path for path, wanted in lock.files.items() if id_of((made / path).read_bytes()) != wanted] == []
    assert read_lock(made) == lock and (made / LOCK).read_text("utf-8") == lock.text()


def test_nothing_of_another_guide_comes_along(made: Path) -> None:
    pages = {path.relative_to(made / "docs") for path in (made / "docs").rglob("*.md")}
    assert pages == {path.relative_to(ROOT / "starter/docs") for path in (ROOT / "starter/docs").rglob("*.md")}
    assert not (made / "deploy/addresses.txt").exists()
    assert {path.name for path in (made / "tests/guide").iterdir()} == {"README.md"}


def test_scripts_can_be_run(made: Path) -> None:
    assert (made / "scripts/setup.sh").stat().st_mode & 0o111


def founder_deletes(root: Path, page: str) -> None:
    """Delete a page and its line in the navigation, then whatever lines and records the check names."""
    (root / "docs" / page).unlink()
    settings = root / "mkdocs.yml"
    entry = re.compile(rf"^ *- (?:[^:\n]*: )?{re.escape(page)}\n", re.MULTILINE)
    text = re.sub(entry, "", settings.read_text("utf-8"))
    # A section without pages goes too.
    settings.write_text(re.sub(r"^  - [^:\n]+:\n(?!      )", "", text, flags=re.MULTILINE), "utf-8")
    for _ in range(20):
        found = run_rules(read_project(root))
        if not found:
            return
        place = max(problem.place for problem in found)
        path = root / place.path
        if "sheets" in place.path or "no page lists the codes" in str(found[0]):
            shutil.rmtree(root / "data/code-systems") if "codes" in str(found[0]) else path.unlink()
            continue
        lines = path.read_text("utf-8").split("\n")
        start = end = place.line - 1
        if place.path == "data/search.yaml":  # a record that leads nowhere goes whole
            start = max(number for number in range(start + 1) if lines[number].startswith("- "))
            end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("- ")), len(lines) - 1) - 1
        while end + 1 < len(lines) and "codes:" in lines[start] and lines[end + 1].startswith(" "):
            end += 1
        path.write_text("\n".join(lines[:start] + lines[end + 1 :]), "utf-8")
    pytest.fail(f"{page}: {problems(root)}")


def test_a_founder_deletes_the_example_page_by_page(made: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    root.mkdir()
    for name in ("docs", "data", "mkdocs.yml", ".github", "CHANGELOG.md"):
        copy = shutil.copytree if (made / name).is_dir() else shutil.copy
        copy(made / name, root / name)
    pages = sorted(path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md"))
    for page in pages:
        if page not in KEPT:
            founder_deletes(root, page)
    assert sorted(path.name for path in (root / "docs").rglob("*.md")) == sorted(KEPT)
    assert problems(root) == []


@pytest.mark.site
def test_it_builds_by_its_own_code_and_can_be_released(made: Path, tmp_path: Path) -> None:
    root = tmp_path / "stroke"
    shutil.copytree(made, root)
    for path, changes in {
        "data/site.yaml": {
            "The publisher of this guide (set in data/site.yaml)": "The Stroke Team",
            "editors@example.org": "editors@stroke-team.net",
            "https://guide.example.org/": "https://guide.stroke-team.net/",
            "https://forge.example.org/guide": "https://forge.stroke-team.net/guide",
        },
        ".github/CODEOWNERS": {"@example/safety": "@stroke-team/safety"},
    }.items():
        text = (root / path).read_text("utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        (root / path).write_text(text, "utf-8")
    done = run_build(root, root / "site", code=root)
    assert done.returncode == 0, done.stderr
    assert "Stroke care" in (root / "site/index.html").read_text("utf-8")
    command = [sys.executable, "-m", "guide.commands.check_release"]
    released = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert released.returncode == 0, released.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "The guide has no name"),
        ("  ", "The guide has no name"),
        ("x" * 61, "The name has 61 characters. Write at most 60"),
        ("Two\nlines", "a line break or an invisible character"),
        ("Left\u202eright", "a line break or an invisible character"),
        ("{{ lipsum }}", "The name contains { }"),
        ("<b>Stroke</b>", "The name contains < >"),
        ("C:\\guide", "The name contains \\"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused(name: str, message: str) -> None:
    with pytest.raises(Refused, match=re.escape(message)):
        new_guide.checked_name(name)


def test_a_name_is_taken_as_it_is(tmp_path: Path) -> None:
    assert new_guide.checked_name(f"  {NAME} ") == NAME


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("", "There is no folder for the guide"),
        ("my guide", "has a space in its name"),
        ("there", "is there already"),
        ("link", "is there already"),
        ("inside/guide", "is inside this project. Write DIR=../guide"),
        ("nowhere/guide", "There is no folder"),
        ("text/guide", "There is no folder"),
        ("a\u200bb", "an invisible character"),
    ],
)
def test_a_folder_that_cannot_be_made_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("there", "inside"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    (tmp_path / "text").write_text("")
    with pytest.raises(Refused, match=re.escape(message)):
        new_guide.checked_folder(folder, tmp_path / "inside")


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(Refused, match="You can't write to"):
        new_guide.checked_folder(str(tmp_path / "guide"), ROOT)


def test_nothing_half_written_is_left_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_guide, "lock_of", full)
    with pytest.raises(OSError, match="No space"):
        new_guide.write(ROOT, tmp_path / "stroke", "Stroke", date(2026, 11, 30))
    assert list(tmp_path.iterdir()) == []


def test_make_hands_over_quotes_and_dollars(tmp_path: Path) -> None:
    """The names reach the command through the environment, whatever the shell would make of them."""
    for name in ("Makefile",):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/setup.sh").write_text("#!/bin/sh\n")
    (tmp_path / "scripts/setup.sh").chmod(0o755)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / ".venv/bin/python").chmod(0o755)
    command = ["make", "-s", "new-guide", "DIR=../a b", 'NAME=It\'s "x"; touch broken `touch broken`']
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-2:] == ["../a b", 'It\'s "x"; touch broken `touch broken`'], done.stderr
    assert not (tmp_path / "broken").exists()
