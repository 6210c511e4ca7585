"""A suggestion becomes a change of one text, or nothing changes; whatever an issue says."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.commands import suggestion
from guide.reading.suggestion import headings
from tests.factories import Project, write_project
from tests.reading.test_suggestion import WORDS

HOURS = {
    "file": "data/helplines.yaml",
    "record": "pool-office",
    "field": "hours",
    "was": "Every day",
    "now": "Every day but Monday",
}
TOWEL = {
    "file": "data/checklists/first-lesson.yaml",
    "record": "first-lesson",
    "field": "groups.1.items.1.text",
    "was": "A towel.",
    "now": "A large towel.",
}


def issue(**parts: str) -> str:
    """Give the text that the form writes."""
    parts = {**HOURS, **parts}
    return "\n".join(f"### {heading}\n\n```text\n{parts[part]}\n```\n" for part, heading in headings(WORDS).items())


def suggest(project: Project, text: str) -> int:
    """Run the command on a letter."""
    letter = project.root / "letter.txt"
    letter.write_text(text, "utf-8", newline="")
    status = suggestion.main(["--root", str(project.root), str(letter)])
    letter.unlink()
    return status


def state(project: Project) -> dict[str, bytes]:
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for path in project.root.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("parts", [HOURS, TOWEL], ids=["in a list of records", "in a file of its own"])
def test_one_text_changes_and_its_line_is_said(
    project: Project, capsys: pytest.CaptureFixture[str], parts: dict[str, str]
) -> None:
    before = state(project)

    assert suggest(project, issue(**parts)) == 0

    after = state(project)
    assert {name for name in after if after[name] != before.get(name)} == {parts["file"]}
    old, new = (each[parts["file"]].decode().splitlines() for each in (before, after))
    (line,) = [number for number, pair in enumerate(zip(old, new, strict=True), 1) if pair[0] != pair[1]]
    assert new[line - 1].strip().endswith(f": {parts['now']}")
    assert f"Changed {parts['file']}:{line}." in capsys.readouterr().err


HOSTILE = {
    "another file": ({"file": "data/site.yaml"}, "no record"),
    "the file of another record": ({"file": "data/glossary.yaml"}, "no record"),
    "path traversal": ({"file": "data/../data/helplines.yaml"}, "no record"),
    "out of the project": ({"file": "../../../etc/passwd", "record": "root"}, "no record"),
    "a record that is a path": ({"record": "../site"}, "no record"),
    "a kind for editors": ({"file": "data/site.yaml", "record": "site", "field": "publisher"}, "no record"),
    "labels": ({"file": "data/labels/en.yaml", "record": "en", "field": "words.call"}, "no record"),
    "an id": ({"field": "id", "was": "pool-office", "now": "other"}, "no text"),
    "a date": ({"field": "sources_checked", "was": "2026-01-05", "now": "2026-11-30"}, "no text"),
    "a reference": ({"field": "references.1", "was": "river-2020", "now": "x"}, "no text"),
    "a field that isn't there": ({"field": "__class__"}, "no text"),
    "a list as a whole": ({"field": "groups", "was": "pools"}, "no text"),
    "words of before": ({"was": "Some days"}, "no longer says"),
    "no change": ({"now": "Every day"}, "changes nothing"),
    "only spaces": ({"now": "Every   day"}, "changes nothing"),
    "a script": ({"now": "<script>alert(1)</script>"}, "HTML in a text"),
    "markup": ({"now": "![x](https://evil.example.org/x.png)"}, "markup"),
    "a link in a name": ({"now": "[Every](https://evil.example.org/) day"}, "markup"),
    "an unsafe link": ({"field": "cost", "was": "Free.", "now": "[Free](javascript:alert(1))."}, "link"),
    "letters as a number": ({"field": "number", "was": "1-800-555-0100", "now": "call me"}, "call me"),
    "digits of another script": ({"field": "number", "was": "1-800-555-0100", "now": "１-800-555-0100"}, "number"),
    "a new line by YAML": ({"now": "x\\n  number: 1-900-555-0100"}, None),
    "a key": ({"now": "x, number: 1-900-555-0100"}, None),
    "the end of a quote": ({"now": "x'\" number: 911 #"}, None),
    "a document": ({"now": "--- !!python/object/apply:os.system [touch pwned]"}, None),
    "an anchor": ({"now": "&a *a !!int << {{ x }} {% raw %}"}, None),
    "shell": ({"now": "$(touch pwned); `touch pwned` && touch pwned | cat > pwned"}, None),
    "an expression of the forge": ({"now": "${{ secrets.GITHUB_TOKEN }} ${{ github.token }}"}, None),
    "a command to the forge": ({"now": "::set-output name=x::y ##[add-path]/tmp"}, None),
    "a patch": ({"now": "diff --git a/Makefile b/Makefile --- a/Makefile +++ b/Makefile @@ -1 +1 @@"}, None),
    "a merge conflict": ({"now": "<<<<<<< HEAD"}, None),
    "front matter": ({"now": "--- title: x ---"}, None),
    "another alphabet": ({"now": "Еvеry dау"}, None),
}
"""What an issue says in place of something harmless, and why it's refused; None where it is only a text."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_issue_changes_nothing_or_that_text_alone(
    project: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    parts, why = HOSTILE[name]
    before = state(project)

    status = suggest(project, issue(**parts))

    said = capsys.readouterr().err
    after = state(project)
    assert "Traceback" not in said
    if status:
        assert after == before
        assert why is None or why in said
        assert all(line.split(":")[1].isdigit() and line.endswith("]") for line in said.splitlines())
    else:
        assert why is None
        assert {each for each in after if after[each] != before.get(each)} == {"data/helplines.yaml"}
        old, new = (each["data/helplines.yaml"].decode().splitlines() for each in (before, after))
        assert [number for number, pair in enumerate(zip(old, new, strict=True), 1) if pair[0] != pair[1]] == [7]
        assert new[6].startswith("  hours: ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0" * 100,
        "### File\n" * 2_000,
        "a" * 3_000_000,
        issue() + "### File\n\ndata/site.yaml\n",
        issue().replace("### Record", "### Record\u200b"),
        issue(now="Every\u202e yadnoM"),
        issue(now="Every\u200bday"),
        issue(now="\ud7ff\ufffe"),
        "---\nfile: data/site.yaml\n---\n",
        "```\n" + issue() + "```\n" + issue(),
    ],
    ids=[
        *("empty", "nul", "many headings", "enormous", "a second file", "a hidden heading", "bidi", "zero width"),
        *("no character", "front matter", "fake fences"),
    ],
)
def test_what_is_no_suggestion_is_refused(project: Project, capsys: pytest.CaptureFixture[str], text: str) -> None:
    before = state(project)
    assert suggest(project, text) == 1
    assert state(project) == before
    said = capsys.readouterr().err
    assert said.startswith("letter.txt:")
    assert len(said) < 3_000


@pytest.mark.parametrize(
    "event", ["[]", "{", '{"issue": 1}', '{"issue": {"body": null}}', '{"issue":{}}', "[" * 100_000]
)
def test_event_without_a_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], event: str) -> None:
    project = write_project(tmp_path / "project")
    (tmp_path / "event.json").write_text(event)
    assert suggestion.main(["--root", str(project.root), str(tmp_path / "event.json")]) == 1
    assert capsys.readouterr().err.startswith("event.json:1: ")


def test_problems_that_were_there_before_do_not_count(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace("docs/help.md", 'helplines("pools")', 'helplines("pool")')
    assert suggest(project, issue()) == 0
    assert '"pool"' not in capsys.readouterr().err


def test_new_problems_are_told_with_their_line_and_nothing_changes(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(project)
    assert suggest(project, issue(field="cost", was="Free.", now="Free")) == 1
    assert "data/helplines.yaml:9: text does not end a sentence" in capsys.readouterr().err
    assert state(project) == before


def test_file_with_a_comment_keeps_it(project: Project) -> None:
    text = project.read("data/helplines.yaml").replace("hours: Every day", "hours: Every day  # asked on Monday")
    project.write("data/helplines.yaml", f"# The pool\n{text}")
    assert suggest(project, issue()) == 0
    after = project.read("data/helplines.yaml")
    assert after.startswith("# The pool\n") and "hours: Every day but Monday  # asked on Monday\n" in after


def test_no_letter_named_says_how_to_name_one(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert suggestion.main(["--root", str(project.root), ""]) == 1
    assert "no letter is named. Write FROM=letter.txt." in capsys.readouterr().err
