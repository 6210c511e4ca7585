"""The next version of the generator comes into a guide: its files, and nothing of the guide's own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guide.commands import new_guide, upgrade_generator
from guide.commands.command import Refused
from guide.commands.ownership import LOCK, files_below, is_generators, read_lock
from tests.factories import ROOT

OWN = "macros/checklist/checklist.css"
SHARED = "pyproject.toml"
CLASHING = "CODE_OF_CONDUCT.md"
DROPPED = "guide/theme/embed/embeds-check.py"
CHANGED = "guide/versions.py"


def git(root: Path, *arguments: str) -> str:
    names = ("-c", "user.name=Founder", "-c", "user.email=founder@example.org")
    done = subprocess.run(["git", *names, *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "so far")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide as `make new-guide` writes it, committed."""
    folder = tmp_path_factory.mktemp("begun") / "stroke"
    new_guide.write(ROOT, folder, "Stroke care", date(2026, 11, 30))
    commit(folder)
    return folder


@pytest.fixture
def guide(begun: Path, tmp_path: Path) -> Path:
    """It, a while later: its text is its own, and a programmer has changed some of the generator's files."""
    root = tmp_path / "stroke"
    shutil.copytree(begun, root)
    change(root / "docs/index.md", "Herbs on your windowsill", "Care after a stroke")
    change(root / "data/site.yaml", "Nobody has paid", "A foundation has paid; nobody has paid")
    change(root / "mkdocs.yml", "[replace: one sentence that says what this guide is about]", "Our sentence")
    change(root / SHARED, 'version = "0.0.0"', 'version = "2.1.0"')
    change(root / CLASHING, "Be kind to them.", "Be kind to them, always.")
    (root / OWN).write_text((root / OWN).read_text("utf-8") + "/* ours */\n", "utf-8")
    (root / "macros/exercise").mkdir()
    (root / "macros/exercise/__init__.py").write_text('"""A component of our own."""\n', "utf-8")
    (root / "deploy/nginx.conf").unlink()
    commit(root)
    return root


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next version of the project that the guide comes from."""
    root = tmp_path_factory.mktemp("next") / "project"
    for path in files_below(ROOT):
        if is_generators(path):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, root / path)
    change(root / CHANGED, "The version of the guide.", "The version of a guide.")
    change(root / SHARED, "segno>=", "segno >=")
    change(root / CLASHING, "Be kind to them.", "Be very kind to them.")
    change(root / CLASHING, "say so, and go on", "say that, and go on")
    (root / DROPPED).unlink()
    (root / "guide/theme/new-part.css").write_text("/* new */\n", "utf-8")
    change(root / "starter/mkdocs.yml", "  generator: false\n", "  shiny: true\n")
    schema = json.loads((root / "schemas/site.json").read_text("utf-8"))
    schema["properties"]["motto"] = {"description": "A few words under the name."}
    del schema["properties"]["funding"]
    (root / "schemas/site.json").write_text(json.dumps(schema), "utf-8")
    return root


def run(guide: Path, source: Path | str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "guide.commands.upgrade_generator", "--", str(source)]
    return subprocess.run(command, cwd=guide, capture_output=True, text=True, check=False)


def test_upgrade_changes_the_generator_and_nothing_else(guide: Path, following: Path) -> None:
    before = {path: (guide / path).read_bytes() for path in files_below(guide) if not is_generators(path)}
    done = run(guide, following)
    assert done.returncode == 0, done.stderr
    assert "The version of a guide." in (guide / CHANGED).read_text("utf-8")
    assert (guide / "guide/theme/new-part.css").is_file()
    assert not (guide / DROPPED).exists()
    after = {path: (guide / path).read_bytes() for path in before}
    del before[LOCK], after[LOCK]
    assert after == before, "pages, data, settings and tests of the guide"
    assert (guide / "macros/exercise/__init__.py").is_file(), "a component of the guide's own"
    assert not (guide / "deploy/nginx.conf").exists(), "what it deleted and the new version doesn't change"


def test_lines_of_both_are_kept(guide: Path, following: Path) -> None:
    done = run(guide, following)
    text = (guide / SHARED).read_text("utf-8")
    assert 'version = "2.1.0"' in text and "segno >=" in text
    assert (guide / OWN).read_text("utf-8").endswith("/* ours */\n")
    assert f"Look at them:\n  {CLASHING}\n  {SHARED}\n" in done.stderr
    assert OWN not in done.stderr, "only the guide has changed it"


def test_what_needs_a_hand_is_said(guide: Path, following: Path) -> None:
    done = run(guide, following)
    assert "Be kind to them, always." in (guide / CLASHING).read_text("utf-8")
    text = (guide / CLASHING).read_text("utf-8")
    line = 1 + next(number for number, written in enumerate(text.splitlines()) if "always." in written)
    assert f"  {CLASHING}:{line}: you and the new version have changed this line. Yours stays, and " in done.stderr
    assert re.search(r"\n      \| .* Be very kind to them\.\n", done.stderr), "what the new version has there"
    for line in (
        "mkdocs.yml: `extra.shiny` is new.",
        "mkdocs.yml: `extra.generator` means nothing any more. Delete it.",
        "data/site.yaml: `motto` is new, and optional: A few words under the name.",
        "data/site.yaml: `funding` means nothing any more. Delete it.",
    ):
        assert f"  {line}" in done.stderr


def test_elsewhere_in_a_file_with_a_clash_the_new_version_arrives(guide: Path, following: Path) -> None:
    run(guide, following)
    text = (guide / CLASHING).read_text("utf-8")
    assert "Be kind to them, always." in text and "Be very kind" not in text
    assert "- If you were wrong, say that, and go on." in text
    assert "<<<<" not in text and ">>>>" not in text


def test_it_asks_about_lines_once_and_then_does_nothing(guide: Path, following: Path) -> None:
    run(guide, following)
    commit(guide)
    assert "already; nothing has changed" in run(guide, following).stderr
    assert git(guide, "status", "--porcelain") == ""


def test_a_file_that_was_merged_is_merged_again_by_the_version_after(
    guide: Path, following: Path, tmp_path: Path
) -> None:
    """What the version between had is in the generator's history alone."""
    later = tmp_path / "project"
    shutil.copytree(following, later)
    git(later, "init", "--quiet")
    commit(later)
    run(guide, later)
    commit(guide)
    change(later / SHARED, "segno >=", "segno  >=")
    change(later / CLASHING, "Be very kind to them.", "Be very, very kind to them.")
    change(later / CLASHING, "say that, and go on", "say that")
    commit(later)
    done = run(guide, later)
    assert "segno  >=" in (guide / SHARED).read_text("utf-8")
    assert 'version = "2.1.0"' in (guide / SHARED).read_text("utf-8")
    text = (guide / CLASHING).read_text("utf-8")
    assert "Be kind to them, always." in text and "- If you were wrong, say that.\n" in text
    assert "Be very, very kind to them." in done.stderr


def test_lines_that_the_guide_has_deleted_and_the_new_version_changes_stay_deleted(
    guide: Path, following: Path
) -> None:
    text = (guide / CLASHING).read_text("utf-8")
    (guide / CLASHING).write_text(text.replace("- If you were wrong, say so, and go on.\n", ""), "utf-8")
    commit(guide)
    done = run(guide, following)
    assert "If you were wrong" not in (guide / CLASHING).read_text("utf-8")
    assert re.search(
        rf"{CLASHING}:\d+: you have deleted lines here that the new version changes. That stays, ", done.stderr
    )
    assert "      | - If you were wrong, say that, and go on.\n" in done.stderr


def test_version_of_the_source_is_noted_and_passed_on(guide: Path, following: Path, tmp_path: Path) -> None:
    change(following / SHARED, 'version = "', 'version = "9.')
    try:
        assert "and is now 9." in run(guide, following).stderr
    finally:
        change(following / SHARED, 'version = "9.', 'version = "')
    lock = read_lock(guide)
    assert lock and lock.version.startswith("9.")
    new_guide.write(guide, tmp_path / "another", "Another", date(2026, 11, 30))
    passed_on = read_lock(tmp_path / "another")
    assert passed_on and passed_on.version == lock.version
    assert "macros/exercise/__init__.py" not in passed_on.files


def test_a_file_that_both_have_begun_stays_and_is_asked_about(guide: Path, following: Path) -> None:
    (guide / "guide/theme/new-part.css").write_text("/* mine */\n", "utf-8")
    commit(guide)
    done = run(guide, following)
    assert "guide/theme/new-part.css: the generator now has a file of this name, and so do you." in done.stderr
    assert (guide / "guide/theme/new-part.css").read_text("utf-8") == "/* mine */\n"


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        (lambda root: (root / "docs/index.md").write_text("x"), "Some files have changes that aren't committed"),
        (lambda root: (root / "notes.txt").write_text("x"), "Some files have changes that aren't committed"),
        (lambda root: shutil.rmtree(root / ".git"), "This guide is in no git repository"),
        (lambda root: (root / LOCK).unlink(), "no `make new-guide` has made this project"),
    ],
)
def test_a_guide_that_could_lose_something_is_left_alone(
    guide: Path, following: Path, breaks: Callable[[Path], object], message: str
) -> None:
    breaks(guide)
    done = run(guide, following)
    assert done.returncode == 1
    assert message in done.stderr and "[upgrade]" in done.stderr
    assert "Traceback" not in done.stderr
    assert "The version of the guide." in (guide / CHANGED).read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "message"),
    [("", "no folder to upgrade from"), ("/nowhere", "holds no generator"), (".", "FROM is this guide itself")],
)
def test_a_source_that_is_no_generator_is_refused(guide: Path, source: str, message: str) -> None:
    done = run(guide, source)
    assert done.returncode == 1 and message in done.stderr


def test_without_the_old_content_in_git_nothing_is_merged_blindly(guide: Path, following: Path) -> None:
    text = (guide / LOCK).read_text("utf-8")
    (guide / LOCK).write_text(re.sub(rf"^[0-9a-f]+ {SHARED}$", f"{'0' * 40} {SHARED}", text, flags=re.MULTILINE))
    commit(guide)
    done = run(guide, following)
    assert f"{SHARED}: you have changed it, and git no longer has it as it came. Yours stays" in done.stderr
    assert "segno>=" in (guide / SHARED).read_text("utf-8")


def test_the_project_it_comes_from_is_no_guide_to_upgrade(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no `make new-guide` has made this project"):
        upgrade_generator.check_guide(tmp_path)
