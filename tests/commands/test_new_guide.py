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
from guide.commands.check_release import example_addresses, left_of_the_example
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
    assert yaml.safe_load((made / "CITATION.cff").read_text("utf-8"))["title"] == NAME
    assert NAME in (made / "LICENSE-CONTENT").read_text("utf-8")
    today = datetime.now(UTC).date().isoformat()
    assert f"sources_checked: {today}" in (made / "docs/index.md").read_text("utf-8")
    for path in files_below(made):
        if not is_generators(path) and path.endswith((".md", ".yaml", ".yml", ".cff", "CONTENT")):
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


EXAMPLE = re.compile(r"\b(herb|pot|plant|seed|garden)s?\b", re.IGNORECASE)


def test_whatever_is_about_the_example_is_marked_for_replacing(made: Path) -> None:
    """So that `make check-release` names it. What a guide may keep as it is says nothing of the example."""
    paths = [path for path in files_below(made) if path.startswith(("docs/", "data/")) and not is_generators(path)]
    texts = {path: (made / path).read_text("utf-8") for path in paths if path.endswith((".md", ".yaml"))}
    about = {path for path, text in texts.items() if EXAMPLE.search(text)}
    assert len(about) > 30
    assert sorted(path for path in about if "[replace: " not in texts[path]) == []


def test_release_is_refused_for_all_of_the_example_at_once(made: Path) -> None:
    found = left_of_the_example(made)
    refused = {problem.place.path for problem in found}
    assert {
        "README.md",
        "CITATION.cff",
        "mkdocs.yml",
        "docs/assets/favicon.svg",
        "docs/assets/touch-icon.png",
    } < refused
    assert {"docs/index.md", "docs/about/privacy.md", "data/care-cards/ate-a-plant.yaml"} < refused
    kept = (
        "docs/contribute/",
        "docs/about/license.md",
        "docs/reference/sources.md",
        "data/accessibility.yaml",
        "LICENSE",
    )
    assert [path for path in refused if path.startswith(kept)] == []
    sources = [str(problem) for problem in example_addresses(read_project(made).guide)]
    assert len(sources) == 2 and all(line.startswith("data/references.yaml:") for line in sources)


LINK = re.compile(r"\]\(([^)\s#:]+)(?:#[^)\s]*)?\)")
NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+|[\w-]+\.\w+)/?`")
FENCE = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
OF_ONE_GUIDE = ("tests/guide/", "deploy/addresses.txt", "data/changes", "data/reviews")
"""What comes to a guide later, if at all: the texts say so."""


def test_its_texts_link_to_and_name_only_what_is_there(made: Path) -> None:
    """A file that this project has and a new guide doesn't isn't named there either."""
    absent = []
    pages = [
        path for path in files_below(made) if path.endswith(".md") and not path.startswith(("starter/", "tests/sites/"))
    ]
    assert len(pages) > 30
    for path in pages:
        text = FENCE.sub("", (made / path).read_text("utf-8"))
        folder = Path(path).parent
        links = LINK.findall(re.sub(r"`[^`\n]*`", "", text))
        absent += [f"{path}: {link}" for link in links if not (made / folder / link).exists()]
        for name in NAMED.findall(text):
            places = [base / name for base in (Path(), folder, Path("docs"))]
            here = any((ROOT / place).exists() for place in places)
            if here and not name.startswith(OF_ONE_GUIDE) and not any((made / place).exists() for place in places):
                absent.append(f"{path}: {name}")
    assert absent == []


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


NEEDED_DATA = ("site.yaml", "labels", "helplines.yaml", "references.yaml")
"""README.md of a new guide says so."""


def test_a_guide_can_do_without_all_that_its_readme_lets_it_delete(made: Path, tmp_path: Path) -> None:
    readme = (made / "README.md").read_text("utf-8")
    assert "except `site.yaml`, `labels/`, `helplines.yaml` and `references.yaml`, with" in readme
    assert "except `docs/index.md` and `docs/help-now.md`, with" in readme
    root = tmp_path / "small"
    shutil.copytree(made, root, ignore=shutil.ignore_patterns("guide", "macros", "tests"))
    for path in (root / "docs").rglob("*.md"):
        if path.relative_to(root / "docs").as_posix() not in KEPT:
            path.unlink()
    for path in (root / "data").iterdir():
        if path.name not in (*NEEDED_DATA, "README.md"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for page, shown in {"index.md": "", "help-now.md": '{{ helplines("urgent") }}\n\n'}.items():
        path = root / "docs" / page
        head = path.read_text("utf-8").partition("\n\n# ")[0] + "\n"
        end = "## What to do next\n\n1. Call someone who can help you.\n"
        title = f"# What {page[:4]} is for"
        text = f'{head}\n{title}\n\n**It helps.** {{{{ cite("herb-handbook") }}}}\n\n{shown}{end}'
        path.write_text(text, "utf-8")
    settings = (root / "mkdocs.yml").read_text("utf-8").replace("  no_script_search: reference/a-to-z/\n", "")
    menu = "nav:\n  - Home: index.md\n  - Help now: help-now.md\n"
    (root / "mkdocs.yml").write_text(settings.partition("nav:\n  - ")[0] + menu, "utf-8")
    site = (root / "data/site.yaml").read_text("utf-8")
    gone = re.compile(r"^(?!help_page)(?:\w+_page|plain_sections): .*\n", re.MULTILINE)
    (root / "data/site.yaml").write_text(gone.sub("", site), "utf-8")
    sources = (root / "data/references.yaml").read_text("utf-8").partition("- id: herb-study")[0]
    (root / "data/references.yaml").write_text(sources, "utf-8")
    assert problems(root) == []
    for name in NEEDED_DATA:
        aside = (root / "data" / name).rename(tmp_path / name)
        assert problems(root), name
        aside.rename(root / "data" / name)


def founder_replaces(root: Path) -> None:
    """Write over all that is marked, as a founder does with words of their own."""
    for old, new in {
        "The publisher of this guide (set in data/site.yaml)": "The Stroke Team",
        "[replace: who publishes this guide]": "The Stroke Team",
        "example.org": "stroke-team.net",
        "@example/safety": "@stroke-team/safety",
    }.items():
        for path in ("data/site.yaml", "data/references.yaml", "CITATION.cff", ".github/CODEOWNERS"):
            (root / path).write_text((root / path).read_text("utf-8").replace(old, new), "utf-8")
    for problem in left_of_the_example(root):
        path = root / problem.place.path
        if path.suffix == ".png":
            path.write_bytes((ROOT / "docs/assets/touch-icon.png").read_bytes() + b"\n")
        elif path.suffix == ".svg":
            path.write_text(path.read_text("utf-8").replace("#1f4e79", "#204020"), "utf-8")
        else:
            text = re.sub(r"^ *# \[replace: .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
            text = re.sub(r"\[replace: [^\]]*\]", "Our own words about the care that follows a stroke.", text)
            path.write_text(text, "utf-8")


@pytest.mark.site
def test_it_builds_by_its_own_code_and_can_be_released(made: Path, tmp_path: Path) -> None:
    root = tmp_path / "stroke"
    shutil.copytree(made, root)
    founder_replaces(root)
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
