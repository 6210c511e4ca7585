"""What people get wrong, through the real command: place, words, rule, exit code, and the old site untouched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from guide.commands import build
from tests.conftest import run_build
from tests.factories import DATES, Project, fingerprint, page, plain, to_yaml

LESSONS = "data/comparisons/lessons.yaml"
CHECKLIST = "data/checklists/first-lesson.yaml"
REFERENCES = "data/references.yaml"
HELPLINES = "data/helplines.yaml"
INDEX = "docs/index.md"
HELP = "docs/help.md"
LINK = "[the ways to learn](index.md#ways-to-learn)"
MESSAGE = re.compile(r"^[\w./-]+:\d+: .*\. \S.*[.?] \[[a-z0-9-]+\]$")
"""path:line: what is wrong. What to do. [rule]"""


@dataclass
class Fault:
    """One thing that people get wrong: how, and what they are told."""

    name: str
    path: str
    make: Callable[[Project], int]
    rule: str
    wrong: str
    remedy: str


def edit(name: str, path: str, old: str, new: str, rule: str, wrong: str, remedy: str, *, lines_down: int = 0) -> Fault:
    """A fault that takes the place of a text."""
    return Fault(name, path, lambda project: project.replace(path, old, new) + lines_down, rule, wrong, remedy)


def file(name: str, path: str, content: str | bytes, rule: str, wrong: str, remedy: str, *, line: int = 1) -> Fault:
    """A fault that is a whole file."""

    def make(project: Project) -> int:
        project.write(path, content)
        return line

    return Fault(name, path, make, rule, wrong, remedy)


def link_out(path: str) -> Callable[[Project], int]:
    def make(project: Project) -> int:
        outside = project.root.parent / "outside"
        outside.mkdir()
        (outside / "secret").write_text(to_yaml(plain("levels", id="secret")))
        (project.root / path).symlink_to(outside / "secret")
        return 1

    return make


def uncited(project: Project) -> int:
    entry = plain("references", id="sea", URL="https://example.org/sea")
    return project.append(REFERENCES, to_yaml([entry]))


def uncalled(project: Project) -> int:
    """A call that is only shown cites nothing; a regular expression would be taken in."""
    call = '{{ cite("lake-2021") }}'
    project.replace(INDEX, call, f"`{call}`\n\n```\n{call}\n```")
    return project.line(REFERENCES, "id: lake-2021")


def repeated_id(project: Project) -> int:
    project.write("data/glossary.yaml", {"terms": [plain("glossary"), plain("glossary", term="Second")], **DATES})
    return 5


def missing_from_navigation(project: Project) -> int:
    return project.write("docs/more.md", page("More about swimming"))


def same_title(project: Project) -> int:
    return project.replace(INDEX, "# Learn to swim\n", "# Ask the pool\n")


def headless(project: Project) -> int:
    text = project.read(HELP)
    return project.write(HELP, text[text.index("# Ask") :])


DATA_FAULTS = [
    edit(
        "unknown key",
        LESSONS,
        "population: Adults",
        "poplation: Adults\npopulation: Adults",
        "unknown-key",
        'key "poplation" is not known',
        'Did you mean "population"?',
    ),
    edit(
        "missing key",
        LESSONS,
        "  question: How many people?\n",
        "",
        "missing-key",
        '"question" is missing',
        "Write question: as a reader would ask it.",
        lines_down=-1,
    ),
    edit(
        "wrong type, a list",
        LESSONS,
        "population: Adults",
        "population: [Adults]",
        "wrong-type",
        "population: what is written here is not a text",
        "Write words here.",
    ),
    edit(
        "wrong type, a number",
        "data/levels/beginner.yaml",
        "step: '1'",
        "step: first",
        "wrong-type",
        'step: "first" is not a whole number',
        "Write digits only.",
    ),
    edit(
        "wrong type, a text",
        CHECKLIST,
        "groups:\n",
        "groups: towel\nx:\n",
        "wrong-type",
        'groups: "towel" is not a list',
        'Begin each entry with "- ", or write them as [first, second].',
    ),
    edit(
        "not one of the values",
        LESSONS,
        "basis: practice",
        "basis: habit",
        "basis",
        'basis "habit" is not allowed',
        "Write rule, consensus or practice.",
    ),
    edit(
        "misspelled id in data",
        LESSONS,
        "- river-2020",
        "- river-2002",
        "unknown-reference",
        'reference "river-2002" is not in data/references.yaml',
        'Did you mean "river-2020"?',
    ),
    edit(
        "misspelled from",
        LESSONS,
        "not_known: Nobody has counted.",
        "from: levels/beginer/cost",
        "unknown-record",
        '"beginer" is not in levels',
        'Did you mean "beginner"?',
    ),
    edit(
        "misspelled helpline",
        "data/site.yaml",
        "- pool-office",
        "- pool-ofice",
        "unknown-record",
        '"pool-ofice" is not in helplines',
        'Did you mean "pool-office"?',
    ),
    Fault(
        "repeated id",
        "data/glossary.yaml",
        repeated_id,
        "repeated-id",
        'id "lane" appears here and on line 2',
        "Ids are unique: rename or remove one.",
    ),
    edit(
        "repeated key",
        LESSONS,
        "population: Adults",
        "population: Adults\npopulation: All",
        "repeated-key",
        'key "population" appears here and on line 3',
        "Keep one of them.",
        lines_down=1,
    ),
    edit(
        "YAML syntax: colon",
        LESSONS,
        "title: Ways to learn",
        "title: Ways: to learn",
        "yaml",
        'a colon inside the text: "Ways: to learn"',
        "Put the whole text in straight double quotes",
    ),
    edit(
        "YAML syntax: quote",
        LESSONS,
        "title: Ways to learn",
        'title: "Ways" to learn',
        "yaml",
        "words after the closing quotation mark",
        "Put the whole text in single quotes",
    ),
    edit(
        "YAML syntax: bracket",
        LESSONS,
        "population: Adults",
        "population: ]",
        "yaml",
        'a text that begins with "]"',
        "Put the whole text in straight double quotes",
    ),
    edit(
        "YAML syntax: brace",
        LESSONS,
        "title: Ways to learn",
        'title: {{ cite("x") }}',
        "yaml",
        "a text that begins with a brace",
        "Put the whole text in straight double quotes",
    ),
    edit(
        "tab indentation",
        LESSONS,
        "  name: In a group",
        "\tname: In a group",
        "tab",
        "a tab at the start of the line",
        "Type 2 spaces in its place, if the line belongs",
    ),
    file(
        "empty file",
        "data/levels/empty.yaml",
        "",
        "empty-file",
        "the file is empty",
        "Write a record, or delete the file.",
    ),
    file(
        "file of comments only",
        "data/levels/empty.yaml",
        "# later\n",
        "empty-file",
        "the file is empty",
        "Write a record, or delete the file.",
    ),
    file(
        "unknown folder",
        "data/levls/x.yaml",
        "id: x\n",
        "file-place",
        'data/ has no place for "levls/x.yaml"',
        'Did you mean "levels"?',
    ),
    file(
        "unknown file",
        "data/glosary.yaml",
        "id: x\n",
        "file-place",
        'data/ has no place for "glosary.yaml"',
        'Did you mean "glossary"?',
    ),
    file(
        "wrong ending",
        "data/levels/x.yml",
        "id: x\n",
        "file-name",
        '"x.yml" is not a data file',
        "Name it with .yaml, or move it.",
    ),
    file(
        "name that is not its id",
        "data/levels/swimmer.yaml",
        to_yaml(plain("levels", id="improver")),
        "file-name",
        'id "improver" is not the name of the file',
        "Name the file improver.yaml, or correct the id.",
    ),
    file(
        "wrong folder",
        "data/levels/ways.yaml",
        to_yaml(plain("checklists", id="ways")),
        "unknown-key",
        'key "audience" is not known',
        "Known keys here:",
        line=3,
    ),
    edit(
        "not UTF-8",
        LESSONS,
        "In a group",
        "In a group",
        "encoding",
        "a letter that is not UTF-8",
        "Save the file as UTF-8.",
    ),
    Fault(
        "reference that nobody cites",
        REFERENCES,
        uncited,
        "uncited-reference",
        'nobody cites "sea"',
        "Cite it where it supports a statement, or delete it.",
    ),
    Fault(
        "reference in a call that is not run",
        REFERENCES,
        uncalled,
        "uncited-reference",
        'nobody cites "lake-2021"',
        "Cite it where it supports a statement, or delete it.",
    ),
    edit(
        "cited and not there",
        CHECKLIST,
        "- river-2020",
        "- zzz",
        "unknown-reference",
        'reference "zzz" is not in data/references.yaml',
        "Add its record, or correct the id.",
    ),
    edit(
        "not a date",
        LESSONS,
        "review_due: '2027-01-05'",
        "review_due: next year",
        "date",
        '"next year" is not a date',
        "Write year-month-day, such as",
    ),
    edit(
        "a day that no month has",
        LESSONS,
        "review_due: '2027-01-05'",
        "review_due: 2027-02-30",
        "date",
        '"2027-02-30" is not a day of the calendar',
        "Write year-month-day, with a day that exists.",
    ),
    edit(
        "due before it was checked",
        LESSONS,
        "review_due: '2027-01-05'",
        "review_due: 2025-01-05",
        "review-order",
        "review_due 2025-01-05 is before sources_checked 2026-01-05",
        "The next review comes after the last check.",
    ),
    edit(
        "not a phone number",
        HELPLINES,
        "number: 1-800-555-0100",
        "number: +1 (800) CALL",
        "phone",
        'number "+1 (800) CALL" is not a phone number',
        "Write digits and hyphens, as it's dialed",
    ),
    edit(
        "http address",
        REFERENCES,
        "https://example.org/lake",
        "http://example.org/lake",
        "https",
        '"http://example.org/lake" is not an https address',
        "Write the full address, beginning with https://.",
    ),
    edit(
        "HTML",
        LESSONS,
        "About six people.",
        "About <b>six</b> people.",
        "markup",
        'HTML in a text: "About <b>six</b> people."',
        "Write words; only",
    ),
    edit(
        "script",
        LESSONS,
        "About six people.",
        "<script>alert(1)</script>.",
        "markup",
        "HTML in a text",
        "Write words; only",
    ),
    edit(
        "HTML in a name",
        LESSONS,
        "title: Ways to learn",
        "title: <i>Ways</i>",
        "markup",
        "HTML in a text",
        "Write plain text; the page adds the markup.",
    ),
    edit(
        "link that runs code",
        LESSONS,
        "About six people.",
        "See [it](javascript:alert).",
        "link",
        'link to "javascript:alert"',
        "Link to https://... or to a page",
    ),
    edit(
        "100,000 characters",
        LESSONS,
        "About six people.",
        "a" * 99_999 + ".",
        "line-length",
        "this line is 100,012 characters long; the limit is 20,000",
        "Break it into several lines.",
    ),
    edit(
        "text of 10,000 characters",
        LESSONS,
        "About six people.",
        "a" * 9_999 + ".",
        "too-long",
        "a text of 10,000 characters",
        "Keep it to 1,200 at most: split or cut it.",
    ),
    edit(
        "name of 10,000 characters",
        LESSONS,
        "title: Ways to learn",
        "title: " + "a" * 10_000,
        "too-long",
        "a name of 10,000 characters",
        "Keep it to 160 characters at most.",
    ),
    Fault(
        "link out of the project, in data",
        "data/levels/secret.yaml",
        link_out("data/levels/secret.yaml"),
        "symbolic-link",
        "this link leads out of the project",
        "Put the file itself here.",
    ),
]
PAGE_FAULTS = [
    edit(
        "misspelled id in a call",
        INDEX,
        '"first-lesson"',
        '"first-leson"',
        "unknown-id",
        'checklist: "first-leson" is not in data/checklists',
        'Did you mean "first-lesson"?',
    ),
    edit(
        "misspelled id in cite",
        INDEX,
        '"lake-2021"',
        '"lake-2021", "lake-2012"',
        "unknown-id",
        'cite: "lake-2012" is not in data/references',
        'Did you mean "lake-2021"?',
    ),
    edit(
        "unknown macro",
        INDEX,
        "checklist(",
        "checklst(",
        "unknown-macro",
        '"checklst" is not a macro',
        'Did you mean "checklist"?',
    ),
    edit(
        "too few arguments",
        INDEX,
        '"first-lesson"',
        "",
        "macro-arguments",
        "checklist: it doesn't say which checklist",
        'Write {{ checklist("...") }}.',
    ),
    edit(
        "too many arguments",
        INDEX,
        '"first-lesson"',
        '"first-lesson", "b"',
        "macro-arguments",
        "checklist: there's more in its parentheses than it can take",
        'Write {{ checklist("...") }}.',
    ),
    edit(
        "call that cannot be read",
        INDEX,
        '"first-lesson") }}',
        '"first-lesson" }}',
        "macro-call",
        "a parenthesis is missing in a call",
        "Write a call as",
    ),
    edit(
        "not UTF-8", HELP, "One line", "One line", "encoding", "a letter that is not UTF-8", "Save the file as UTF-8."
    ),
    edit(
        "HTML",
        HELP,
        LINK,
        "a <b>word</b>",
        "html",
        "HTML in a page",
        "Write plain words with **strong**",
    ),
    edit(
        "script",
        HELP,
        LINK,
        "<script>alert(1)</script>",
        "html",
        "HTML in a page",
        "Write plain words with **strong**",
    ),
    edit(
        "http address",
        HELP,
        LINK,
        "[the site](http://example.org/)",
        "https",
        '"http://example.org/" is not an https address',
        "Write https://, if the site has it.",
    ),
    Fault(
        "link out of the project, in pages",
        "docs/secret.md",
        link_out("docs/secret.md"),
        "symbolic-link",
        "this link leads out of the project",
        "Put the file itself here.",
    ),
    Fault(
        "no front matter",
        HELP,
        headless,
        "front-matter",
        "the page doesn't begin with its description and dates",
        "Begin the page with a line of ---",
    ),
    edit(
        "unknown key in front matter",
        INDEX,
        "review_due: 2027-01-05",
        "review_due: 2027-01-05\ntitel: x",
        "unknown-key",
        'key "titel" is not known',
        "Known keys here:",
        lines_down=1,
    ),
    edit(
        "due before it was checked",
        INDEX,
        "review_due: 2027-01-05",
        "review_due: 2026-01-04",
        "review-order",
        "review_due 2026-01-04 is before sources_checked 2026-01-05",
        "The next review comes after the last check.",
    ),
    Fault(
        "two pages with one title",
        INDEX,
        same_title,
        "unique-title",
        'the title "Ask the pool" is also that of docs/help.md',
        "Give one of them another title.",
    ),
    edit(
        "broken link",
        HELP,
        LINK,
        "[the ways](indx.md)",
        "broken-link",
        'link to "indx.md", which doesn\'t exist',
        'Did you mean "index.md"?',
    ),
    edit(
        "broken anchor",
        HELP,
        "#ways-to-learn",
        "#way-to-learn",
        "broken-anchor",
        'link to "#way-to-learn", which index.md does not have',
        'Did you mean "index.md#ways-to-learn"?',
    ),
    Fault(
        "page missing from the navigation",
        "docs/more.md",
        missing_from_navigation,
        "navigation",
        "the page is not in the navigation",
        "Add more.md to nav in mkdocs.yml.",
    ),
]
FAULTS = DATA_FAULTS + PAGE_FAULTS


def latin_1(project: Project, path: str, text: str) -> int:
    """Put a letter in another encoding behind a text."""
    line = project.line(path, text)
    project.write(path, (project.root / path).read_bytes().replace(text.encode(), text.encode() + b" caf\xe9"))
    return line


for fault in FAULTS:
    if fault.name == "not UTF-8":
        text = "In a group" if fault.path == LESSONS else "One line"
        fault.make = lambda project, path=fault.path, text=text: latin_1(project, path, text)  # type: ignore[misc]


@pytest.fixture
def published(project: Project) -> Project:
    """A project with the site of an earlier build."""
    project.write("site/index.html", "<p>The good site.</p>")
    project.write("site/assets/x.css", ".x {}")
    return project


def assert_refused(
    project: Project, faults: list[tuple[Fault, int]], code: int, errors: str, before: dict[str, str]
) -> None:
    lines = errors.splitlines()
    for fault, line in faults:
        place = f"{fault.path}:{line}: "
        found = [text for text in lines if text.startswith(place) and text.endswith(f"[{fault.rule}]")]
        assert [text for text in found if fault.wrong in text and fault.remedy in text], "\n".join(
            [fault.name, place, *lines]
        )
    assert code == 1
    assert "Traceback" not in errors
    assert [text for text in lines[:-1] if not MESSAGE.match(text)] == []
    count = f"{len(lines) - 1} problem{'' if len(lines) == 2 else 's'}"
    assert lines[-1] == f"{count}; site not written."
    assert fingerprint(project.site) == before
    assert sorted(path.name for path in project.root.iterdir()) == ["data", "docs", "mkdocs.yml", "site"], (
        "nothing is left over"
    )


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.path.split('/')[0]}-{fault.name}")
def test_fault_is_refused(published: Project, fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    before = fingerprint(published.site)
    line = fault.make(published)
    code = build.main(["--root", str(published.root)])
    printed = capsys.readouterr()
    assert printed.out == ""
    assert_refused(published, [(fault, line)], code, printed.err, before)


FEW = {
    "unknown key",
    "not UTF-8",
    "link out of the project, in data",
    "100,000 characters",
    "unknown macro",
    "tab indentation",
}


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault.name in FEW], ids=lambda fault: f"{fault.path}-{fault.name}"
)
def test_fault_is_refused_by_the_command_itself(published: Project, fault: Fault) -> None:
    before = fingerprint(published.site)
    line = fault.make(published)
    done = run_build(published.root, published.site)
    assert done.stdout == ""
    assert_refused(published, [(fault, line)], done.returncode, done.stderr, before)


def named(faults: list[Fault], name: str) -> Fault:
    return next(fault for fault in faults if fault.name == name)


def test_six_faults_are_seen_in_one_run(published: Project) -> None:
    six = [
        named(DATA_FAULTS, "not one of the values"),
        named(DATA_FAULTS, "tab indentation"),
        named(DATA_FAULTS, "http address"),
        named(PAGE_FAULTS, "misspelled id in cite"),
        named(PAGE_FAULTS, "broken link"),
        named(PAGE_FAULTS, "page missing from the navigation"),
    ]
    # Files of their own, so that none hides another.
    six[1] = edit(
        "tab indentation",
        CHECKLIST,
        "  items:",
        "\titems:",
        "tab",
        "a tab at the start of the line",
        "Type 2 spaces in its place, if the line belongs",
    )
    before = fingerprint(published.site)
    made = [(fault, fault.make(published)) for fault in six]
    done = run_build(published.root, published.site)
    assert_refused(published, made, done.returncode, done.stderr, before)
    assert done.stderr.splitlines()[-1] == "6 problems; site not written."


def test_every_fault_at_once_is_seen_in_one_run(published: Project) -> None:
    """Those of the issue that do not stand in each other's way."""
    names = [
        "unknown file",
        "wrong ending",
        "empty file",
        "repeated id",
        "due before it was checked",
        "not a phone number",
        "link out of the project, in data",
    ]
    made = [(fault, fault.make(published)) for fault in (named(DATA_FAULTS, name) for name in names)]
    names = ["misspelled id in cite", "unknown macro", "broken anchor", "page missing from the navigation"]
    made += [(fault, fault.make(published)) for fault in (named(PAGE_FAULTS, name) for name in names)]
    before = fingerprint(published.site)
    done = run_build(published.root, published.site)
    assert_refused(published, made, done.returncode, done.stderr, before)


def test_first_build_that_fails_leaves_no_site(project: Project) -> None:
    project.replace(LESSONS, "basis: practice", "basis: habit")
    done = run_build(project.root, project.site)
    assert done.returncode == 1
    assert not project.site.exists()


def test_problems_come_sorted_by_file_and_line(published: Project, capsys: pytest.CaptureFixture[str]) -> None:
    published.replace(LESSONS, "basis: practice", "basis: habit")
    published.replace(LESSONS, "population: Adults", "population: []")
    published.replace(INDEX, '"first-lesson"', '"x"')
    build.main(["--root", str(published.root)])
    places = [tuple(line.split(":")[:2]) for line in capsys.readouterr().err.splitlines()[:-1]]
    assert [(path, int(line)) for path, line in places] == sorted((path, int(line)) for path, line in places)
    assert len(places) == 3


def test_the_issues_list_is_covered() -> None:
    """One case at least of each thing that the issue names."""
    wanted = {
        "unknown key",
        "missing key",
        "wrong type, a list",
        "misspelled id in data",
        "misspelled id in a call",
        "unknown macro",
        "too few arguments",
        "repeated id",
        "repeated key",
        "YAML syntax: colon",
        "tab indentation",
        "empty file",
        "wrong folder",
        "name that is not its id",
        "not UTF-8",
        "reference that nobody cites",
        "cited and not there",
        "not a date",
        "due before it was checked",
        "not a phone number",
        "http address",
        "HTML",
        "script",
        "100,000 characters",
        "link out of the project, in data",
        "no front matter",
        "two pages with one title",
        "broken link",
        "broken anchor",
        "page missing from the navigation",
    }
    assert wanted <= {fault.name for fault in FAULTS}
