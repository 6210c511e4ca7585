"""Matters of safety: `make diff` tells them first, and `make safety` names them for a second reviewer."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType

import pytest

from guide.commands import diff, safety
from guide.model.safety import pages_of_safety, safety_part
from tests.factories import GOOD, Project
from tests.reviewing.test_diff import commit, git

SECOND = "Ask a second person to review it before it is merged. [second-reviewer]"


@pytest.fixture
def repository(tmp_path: Path) -> Project:
    """The guide about swimming, with a page of safety that shows a comparison, on a branch beside `main`."""
    project = Project(tmp_path / "swim")
    shutil.copytree(GOOD, project.root)
    project.replace("data/site.yaml", "safety_pages: [help.md]", "safety_pages: [help.md, calls/in-a-list.md]")
    git(project, "init", "--quiet", "--initial-branch=main")
    commit(project)
    git(project, "switch", "--quiet", "--create", "mine")
    return project


def named(project: Project, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Give what the command names."""
    assert safety.main(["--root", str(project.root), "--base", "main"]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("path", "old", "new", "wrong"),
    [
        ("data/care-cards/cramp.yaml", "steps:", "steps:", None),
        ("data/care-cards/cramp.yaml", "urgency: ", "urgency: x", "is a matter"),
        ("data/search.yaml", "words: [my leg hurts, cramp]", "words: [cramp]", '"cramp" is a matter'),
        ("data/search.yaml", "care_card: cramp\n  unless: [iron]", "means: [iron]", '"cramp" is a matter'),
        ("data/search.yaml", "words: [bathers, swimming trunks]", "words: [bathers]", None),
        ("data/site.yaml", "emergency: [lifeguard, pool-office]", "emergency: [pool-office]", '"Site" is a matter'),
        ("data/site.yaml", "[help.md, calls/in-a-list.md]", "[help.md]", '"Site" is a matter'),
        ("data/site.yaml", "The Pool Society", "The Lake Society", None),
        ("data/comparisons/ways.yaml", "One hour, or", "Two hours, or", '"Ways to learn" is a matter'),
        ("data/levels/camp.yaml", "short_name: Camp", "short_name: Camps", None),
        ("docs/help.md", "# ", "# New: ", "is a matter"),
        ("docs/index.md", "# ", "# New: ", None),
        ("docs/index.md", "## What to do next", "Call 555-0142 now.\n\n## What to do next", None),
        ("docs/index.md", "## What to do next", "Call 1-555-555-0142 now.\n\n## What to do next", "is a matter"),
        ("docs/index.md", "## What to do next", "In danger, text 55501.\n\n## What to do next", "is a matter"),
        ("data/checklists/first-lesson.yaml", "A **dry** towel.", "Text 55501.", "is a matter"),
    ],
)
def test_matter_of_safety_is_named_with_its_file_and_nothing_else_is(
    repository: Project, capsys: pytest.CaptureFixture[str], path: str, old: str, new: str, wrong: str | None
) -> None:
    text = repository.read(path)
    assert old in text
    repository.write(path, text.replace(old, new, 1))
    lines = named(repository, capsys)
    assert len(lines) == (wrong is not None)
    for line in lines:
        assert line.startswith(f"{path}:1: ") and line.endswith(f"has changed. {SECOND}")
        assert wrong and wrong in line


def test_page_that_a_proposal_takes_off_the_list_still_counts(
    repository: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.replace("data/site.yaml", "[help.md, calls/in-a-list.md]", "[calls/in-a-list.md]")
    repository.replace("docs/help.md", 'care_card("cramp")', 'care_strip("cramp")')
    assert [line.split(":")[0] for line in named(repository, capsys)] == ["data/site.yaml", "docs/help.md"]


def test_what_is_new_gone_or_cannot_be_read_counts(repository: Project, capsys: pytest.CaptureFixture[str]) -> None:
    card = repository.read("data/care-cards/cramp.yaml")
    (repository.root / "data/care-cards/cramp.yaml").unlink()
    repository.write("data/care-cards/wave.yaml", card.replace("id: cramp", "id: wave"))
    repository.write("data/helplines.yaml", "- id: [\n")
    lines = named(repository, capsys)
    assert [(line.split(":")[0], line.split(". ")[0].split(", ")[-1]) for line in lines] == [
        ("data/care-cards/cramp.yaml", "and is removed"),
        ("data/care-cards/wave.yaml", "and is new"),
        ("data/helplines.yaml", "so it may be a matter of safety"),
    ]


def test_diff_tells_them_first_and_once(repository: Project, capsys: pytest.CaptureFixture[str]) -> None:
    repository.replace("data/levels/camp.yaml", "short_name: Camp", "short_name: Camps")
    repository.replace("data/search.yaml", "words: [my leg hurts, cramp]", "words: [cramp]")
    assert diff.main(["--root", str(repository.root), "--base", "main"]) == 0
    told = capsys.readouterr().out
    headings = [line for line in told.splitlines() if line.startswith("###")]
    assert headings[:2] == ["### Safety first: a second person must review this", "### Records"]
    first, others = told.split("### Records")
    assert first.count("`data/search.yaml`") == 1 and '"my leg hurts"' in first
    assert "`data/search.yaml`" not in others and "`data/levels/camp.yaml`" in others


@pytest.mark.parametrize("command", [diff, safety])
def test_labels_that_cannot_be_read_end_no_report(
    repository: Project, capsys: pytest.CaptureFixture[str], command: ModuleType
) -> None:
    repository.write("data/labels/en.yaml", "names: [\n")
    command.main(["--root", str(repository.root), "--base", "main"])
    assert "data/labels/en.yaml" in capsys.readouterr().out


def test_unknown_base_is_said(repository: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert safety.main(["--root", str(repository.root), "--base", "nowhere"]) == 1
    assert '"nowhere" is not a commit here' in capsys.readouterr().err


def test_odd_records_are_no_fault() -> None:
    assert pages_of_safety(None, [], {"safety_pages": 3}, {"safety_pages": ["a.md#x", 3]}) == {"a.md", "3"}
    assert safety_part("labels", {"names": "x"}) is None
    assert safety_part("search", ["x"]) is None
    assert safety_part("no-such-kind", {}) is None
