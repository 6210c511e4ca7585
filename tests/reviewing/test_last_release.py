"""What a release changes is recorded with old and new words, without git, and nothing else is published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from guide.commands import changes as command
from guide.commands import check_release, move
from guide.model.release import CHANGES, ChangedItem
from guide.rendering.project import read_project
from guide.reviewing import last_release
from guide.reviewing.last_release import LAST_RELEASE, edition
from guide.reviewing.record_diff import paired
from guide.reviewing.usage import where_shown
from guide.versions import version
from tests.factories import GOOD, ROOT, Project

WAYS = "data/comparisons/ways.yaml"
HEAD = "# Changelog\n\n## {version} (2026-03-02)\n\n### Guidance\n\n- More.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The guide about swimming without its own changes, whose release 1.0.0 is recorded; 1.1.0 comes next."""
    made = Project(tmp_path / "swim")
    shutil.copytree(GOOD, made.root)
    shutil.rmtree(made.root / "data/changes")
    release(made, "1.0.0", monkeypatch)
    name(made, "1.1.0", monkeypatch)
    return made


def name(project: Project, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "version", lambda: number)
    project.write("CHANGELOG.md", HEAD.format(version=number))


def release(project: Project, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name(project, number, monkeypatch)
    assert command.main(["--root", str(project.root), "--write"]) == 0


def recorded(project: Project, number: str = "1-1-0") -> dict[str, ChangedItem]:
    """Record the next release, and give what it changed, as the guide reads it back."""
    assert command.main(["--root", str(project.root), "--write"]) == 0
    found = read_project(project.root)
    assert [str(problem) for problem in found.problems] == []
    return {f"{item.kind}/{item.item}": item for item in found.guide.records(CHANGES)[number].items}


def texts(item: ChangedItem) -> list[tuple[str | None, str | None, str | None]]:
    return [(text.where, text.now, text.was) for text in item.texts]


def test_first_release_records_its_words_and_no_change(project: Project) -> None:
    assert "items:" not in project.read("data/changes/1-0-0.yaml")
    assert project.read(LAST_RELEASE).startswith('{"version":"1.0.0"}\n')


def test_nothing_changed_is_no_item(project: Project) -> None:
    assert recorded(project) == {}


def test_phone_number_is_a_matter_of_safety_with_both_numbers_and_all_that_shows_it(project: Project) -> None:
    project.replace("data/helplines.yaml", "1-800-555-0100", "1-800-555-0142")
    item = recorded(project)["helplines/lifeguard"]
    assert item.safety and item.how == "changed"
    assert texts(item) == [("number", "1-800-555-0142", "1-800-555-0100")]
    # The bar has it, so everything does.
    assert item.everywhere and item.embeds == [] and item.page == "help.md"


def test_answer_says_where_it_stands_and_dates_and_sources_are_no_change(project: Project) -> None:
    project.replace(WAYS, "One hour, or *two half hours*.", "Two hours.")
    project.replace(WAYS, "references: [river-2020]\n      camp", "references: [river-2020, sea]\n      camp")
    project.replace("data/levels/camp.yaml", "sources_checked: 2026-01-05", "sources_checked: 2026-02-06")
    found = recorded(project)
    assert list(found) == ["comparisons/ways"]
    item = found["comparisons/ways"]
    assert texts(item) == [
        ("Alone with a teacher, How many hours a week?", "Two hours.", "One hour, or two half hours.")
    ]
    assert not item.safety and "comparison/ways" in item.embeds


def test_page_has_its_sentences_and_one_named_in_the_settings_is_a_matter_of_safety(project: Project) -> None:
    project.replace("docs/index.md", "Grown-ups learn to swim every day.", "Grown-ups learn to swim at any age.")
    project.append("docs/help.md", "\nNever swim alone.\n")
    found = recorded(project)
    assert texts(found["pages/index"]) == [
        (None, "Grown-ups learn to swim at any age.", "Grown-ups learn to swim every day.")
    ]
    assert texts(found["pages/help"]) == [(None, "Never swim alone.", None)]
    assert (found["pages/index"].safety, found["pages/help"].safety) == (False, True)
    assert list(found)[0] == "pages/help", "safety comes first"


def test_record_whose_block_stands_on_such_a_page_is_one_too(project: Project) -> None:
    project.replace("data/site.yaml", "safety_pages: [help.md]", "safety_pages: [calls/top-level.md]")
    project.replace("data/checklists/first-lesson.yaml", "Goggles, if you have some.", "Goggles.")
    assert recorded(project)["checklists/first-lesson"].safety


def test_removed_record_names_what_showed_it(project: Project) -> None:
    (project.root / "data/schedules/evenings.yaml").unlink()
    for path in sorted((project.root / "docs").rglob("*.md")):
        path.write_text(path.read_text("utf-8").replace('{{ schedule("evenings") }}', ""), "utf-8")
    before = last_release.read(project.root)
    assert before
    found = read_project(project.root)
    now = edition(found, "1.1.0", where_shown(found))
    items = {f"{item.kind}/{item.item}": item for item in last_release.changes(before, now, found)}
    assert items["schedules/evenings"].how == "removed"
    assert "schedule/evenings" in items["schedules/evenings"].embeds


def test_hostile_words_come_back_as_they_were_written(project: Project) -> None:
    odd = "- : {x} [y] \\n 'a' \"b\" # no: *yes* & !!python/object"
    line = "Grown-ups learn to swim every day."
    project.replace("docs/index.md", line, f"Swim {odd.replace('{', '').replace('[', '').replace('*', '')} now.")
    (_, now, _), *_ = texts(recorded(project)["pages/index"])
    assert now is not None and "!!python/object" in now and '"b" # no: yes' in now


def test_sentence_is_no_successor_of_one_about_something_else() -> None:
    old = ["Swim in the morning with a friend.", "Bring a towel."]
    new = ["The pool closes at noon.", "Swim in the morning with two friends.", "Bring a towel."]
    assert list(paired(old, new)) == [("", new[0]), (old[0], new[1])]


def test_report_says_what_changed_since(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace("data/helplines.yaml", "1-800-555-0100", "1-800-555-0142")
    capsys.readouterr()
    assert command.main(["--root", str(project.root)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The lifeguard (helplines/lifeguard): changed [safety]",
        '  number: "1-800-555-0142" was "1-800-555-0100"',
    ]


def test_version_is_recorded_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    recorded(project)
    assert command.main(["--root", str(project.root), "--write"]) == 1
    said = capsys.readouterr().err
    assert "data/changes/1-1-0.yaml:1: this version is recorded already. Raise version in pyproject.toml" in said


def test_version_needs_a_day_in_the_changelog(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n")
    assert command.main(["--root", str(project.root), "--write"]) == 1
    assert 'CHANGELOG.md:1: no section has the version "1.1.0" and a day.' in capsys.readouterr().err


@pytest.mark.parametrize("bad", ["{", "[]", '{"kind":"pages"}', '{"kind":1,"x":2,"embeds":[]}', "null"])
def test_broken_file_is_refused_with_its_line(project: Project, capsys: pytest.CaptureFixture[str], bad: str) -> None:
    lines = project.read(LAST_RELEASE).splitlines()
    project.write(LAST_RELEASE, "\n".join([*lines[:3], bad, *lines[3:]]) + "\n")
    assert command.main(["--root", str(project.root)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"{LAST_RELEASE}:4: this line can't be read (")
    assert said.endswith("[last-release]\n") and said.count("\n") == 1


# What is published is what was recorded


def refusal(project: Project, *, needed: bool = True) -> str:
    return command.unrecorded(read_project(project.root), needed=needed)


def test_words_that_changed_after_the_record_keep_a_site_from_being_published(project: Project) -> None:
    assert 'those of version "1.0.0", and this is "1.1.0"' in refusal(project)
    recorded(project)
    assert refusal(project) == ""
    project.replace("data/helplines.yaml", "1-800-555-0100", "1-800-555-0142")
    assert refusal(project).startswith(
        f'{LAST_RELEASE}:1: "helplines/lifeguard" changed after version 1.1.0 was recorded. Raise version'
    )


def test_dates_may_change_after_the_record(project: Project) -> None:
    recorded(project)
    project.replace("data/levels/camp.yaml", "sources_checked: 2026-01-05", "sources_checked: 2026-02-06")
    assert refusal(project) == ""


def test_only_a_release_needs_a_record_and_a_copy_none(project: Project) -> None:
    (project.root / LAST_RELEASE).unlink()
    assert refusal(project, needed=False) == ""
    assert refusal(project).startswith(f"{LAST_RELEASE}:1: no release has been recorded.")
    project.append("data/site.yaml", "copy_of: https://swim.example.org/\n")
    assert refusal(project) == ""


def test_check_release_says_it(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("site/index.html", "x")
    capsys.readouterr()
    assert check_release.main(["--root", str(project.root)]) == 1
    assert "[changes]" in capsys.readouterr().err


def test_record_of_this_guide_is_that_of_its_newest_release() -> None:
    """Until the first release there is none; from then on it's as fresh as `make changes ARGS=--write` makes it."""
    found = last_release.read(ROOT)
    releases = sorted(path.stem for path in (ROOT / "data" / CHANGES).glob("*.yaml"))
    assert bool(found) == bool(releases)
    if found:
        assert found.version.replace(".", "-") in releases
        assert last_release.write(found) == (ROOT / LAST_RELEASE).read_text("utf-8")
        if found.version == version():
            assert command.unrecorded(read_project(ROOT), needed=True) == ""


def test_one_line_is_one_record(project: Project) -> None:
    first, *lines = project.read(LAST_RELEASE).splitlines()
    assert json.loads(first) == {"version": "1.0.0"}
    assert {json.loads(line)["kind"] for line in lines} >= {"pages", "helplines", "care-cards"}
    assert all("sources_checked" not in line and "references" not in json.loads(line)["value"] for line in lines)


def test_page_that_moved_is_neither_new_nor_removed(project: Project) -> None:
    assert move.main(["--root", str(project.root), "docs/help.md", "docs/pool/ask.md"]) == 0
    project.replace("docs/pool/ask.md", "The desk lends swimming trunks.", "The desk lends trunks.")
    found = recorded(project)
    assert set(found) == {"pages/pool--ask"}
    item = found["pages/pool--ask"]
    assert (item.how, item.page, item.safety) == ("changed", "pool/ask.md", True)
    assert set(item.embeds) == {"page/help", "page/pool--ask"}
    assert texts(item) == [(None, "The desk lends trunks.", "The desk lends swimming trunks.")]
