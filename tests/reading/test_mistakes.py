"""Mistakes that contributors make, made for real in a copy of a guide: what each of them is told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from guide.checking import check_project, run_rules
from guide.reading.unchanged import Unchanged
from guide.reading.yaml_nodes import compose
from guide.rendering.project import read_project
from tests.factories import GOOD, Project, plain_labels, publish_in

LIST = "data/checklists/first-lesson.yaml"
TABLE = "data/comparisons/ways.yaml"
SOURCES = "data/references.yaml"
EVENINGS = "data/schedules/evenings.yaml"
PHONES = "data/helplines.yaml"
SPANISH = "data/labels/es.yaml"
INDEX = "docs/index.md"
HELP = "docs/help.md"

PARSERS_WORDS = re.compile(
    r"\b(scalar|token|mapping|block (end|sequence|collection)|parser|flow|alias|anchor|jinja|pydantic|string|null|"
    r"unexpected|expected|traceback|undefined|unicode|codec|NoneType|int|str|dict|argument|char)\b",
    re.IGNORECASE,
)
"""Words of parsers and programmers, which a nurse has no use for."""


@dataclass
class Mistake:
    """What somebody did, and what they are told: at which line, what is wrong, what to do, by which rule.

    `make` gives the line. `more` tells that other places are named too, because they are wrong now.
    """

    name: str
    path: str
    make: Callable[[Project], int]
    wrong: str
    remedy: str
    rule: str
    more: bool = False


def typed(name: str, path: str, old: str, new: str, wrong: str, remedy: str, rule: str, *, down: int = 0) -> Mistake:
    """A text that stands once in the file, typed otherwise; `down` lines below it is the line of the message."""
    return Mistake(name, path, lambda project: project.replace(path, old, new) + down, wrong, remedy, rule)


def saved_as_latin_1(project: Project) -> int:
    line = project.replace(LIST, "A **dry** towel.", "A caf\xe9 towel.")
    project.write(LIST, project.read(LIST).encode("latin-1"))
    return line


def without_a_label(project: Project) -> int:
    publish_in(project, "es")
    labels = plain_labels(language="es")
    del labels["words"]["report"]
    project.write(SPANISH, labels)
    return project.read(SPANISH).splitlines().index("words:") + 1


def without_preferred_words(project: Project) -> int:
    (project.root / "data/language.yaml").unlink()
    return project.line("docs/contribute.md", "{{ preferred_words() }}")


def renamed(project: Project) -> int:
    (project.root / HELP).rename(project.root / "docs/ask.md")
    return project.line(INDEX, "(help.md)")


def conflict(text: str) -> str:
    return f"<<<<<<< HEAD\n{text}\n=======\n{text} Or so.\n>>>>>>> my-change"


WHEN = "when: Use it on the day before."
TOWEL = "text: A **dry** towel."
WHY = "        why: Wet people get cold."
CALL = '{{ helplines("pools") }}'
DESK = "Call, or ask at the desk."
FIRST_SOURCE = (GOOD / SOURCES).read_text("utf-8").partition("\n\n")[0]
STRAIGHT = 'Put the whole text in straight double quotes: "..."'
USAGE = 'Write a call as {{ name("id") }}.'
KEEP = "Keep the lines that are right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."

MISTAKES = [
    # Indents
    typed(
        "a line too far to the right",
        LIST,
        "title: Before",
        " title: Before",
        "this line begins after 1 space, which doesn't fit the lines above it",
        "Give it 0 spaces",
        "indent",
    ),
    typed(
        "a line too far to the left",
        LIST,
        WHY,
        WHY[2:],
        "this line begins after 6 spaces",
        "Give it 8 spaces",
        "indent",
    ),
    typed(
        "a tab",
        LIST,
        WHY,
        WHY.replace("        ", "\t"),
        "a tab at the start of the line",
        "Type 8 spaces in its place, if the line belongs with those just above.",
        "tab",
    ),
    typed(
        "a space nobody sees",
        LIST,
        WHY,
        "\u00a0" + WHY[1:],
        'an invisible character before "why: Wet',
        "Delete the line and type it again",
        "invisible-character",
    ),
    # Quotes and colons
    typed(
        "smart quotes",
        LIST,
        "title: Before the first lesson",
        "title: “Before the first lesson”",
        "curly quotes around a text: “Before the first lesson”",
        'Type straight ones: "..."',
        "curly-quotes",
    ),
    typed(
        "smart quotes and a colon",
        LIST,
        WHEN,
        "when: “Note: use it early.”",
        "curly quotes around a text: “Note: use it early.”",
        'Type straight ones: "..."',
        "curly-quotes",
    ),
    typed(
        "curly quotes around a long text",
        LIST,
        WHEN,
        "when: “Use it on the day before the first lesson, or in the morning of that day.”",
        "curly quotes around a text: “Use it on the day before the first lesson, or in the...",
        'Type straight ones: "...".',
        "curly-quotes",
    ),
    typed(
        "a colon in a text",
        LIST,
        WHEN,
        "when: Note: use it early.",
        'a colon inside the text: "Note: use it early."',
        STRAIGHT,
        "yaml",
    ),
    typed(
        "no space after the colon",
        LIST,
        WHEN,
        "when:Use it on the day before.",
        'no space after the colon of "when:"',
        "Write when: and a space.",
        "yaml",
    ),
    typed(
        "no space after the hyphen",
        LIST,
        "- id: goggles",
        "-id: goggles",
        'no space after the hyphen: "-id: goggles"',
        'Begin the entry with "- "',
        "yaml",
    ),
    typed(
        "an unclosed quote",
        LIST,
        WHEN,
        'when: "Use it on the day before.',
        "a quotation mark that's never closed",
        "End the text with the same mark that it begins with.",
        "yaml",
    ),
    typed(
        "words after the quote",
        LIST,
        WHEN,
        'when: "Use it" on the day before.',
        "words after the closing quotation mark",
        "Put the whole text in single quotes",
        "yaml",
    ),
    typed(
        "an apostrophe in single quotes",
        LIST,
        WHEN,
        "when: 'It's for the day before.'",
        "an apostrophe in a text between single quotes",
        "Write the apostrophe twice, or put the text in double quotes.",
        "yaml",
    ),
    typed(
        "a text that begins in bold",
        LIST,
        TOWEL,
        "text: **Dry** towel.",
        'a text that begins with "*"',
        STRAIGHT,
        "yaml",
    ),
    typed(
        "a text that begins with a link",
        LIST,
        TOWEL,
        "text: [A towel](help.md) is good.",
        'a text that begins with "["',
        STRAIGHT,
        "yaml",
    ),
    typed(
        "a number sign in a text",
        LIST,
        TOWEL,
        "text: Towel #1 is dry.",
        '"#1 is dry." is left out',
        STRAIGHT,
        "lost-text",
    ),
    typed(
        "a text on two lines",
        LIST,
        WHEN,
        "when: Use it on\nthe day before.",
        'a line that is neither a key nor an entry: "the day before."',
        "put both on one line",
        "yaml",
        down=1,
    ),
    typed(
        "an unclosed bracket",
        LIST,
        "[lake-2021]",
        "[lake-2021",
        "a list that doesn't end: [lake-2021",
        "Close it with ]",
        "yaml",
    ),
    # Keys
    typed(
        "a misspelled key",
        LIST,
        "audience: swimmer",
        "audiance: swimmer",
        'key "audiance" is not known',
        'Did you mean "audience"?',
        "unknown-key",
    ),
    typed(
        "a repeated key",
        LIST,
        WHEN,
        f"{WHEN}\n{WHEN}",
        'key "when" appears here and on line 4',
        "Keep one of them.",
        "repeated-key",
        down=1,
    ),
    typed(
        "an empty key",
        LIST,
        "why: Wet people get cold.",
        "why:",
        '"why" is empty',
        "Write it, or leave the key out",
        "too-short",
    ),
    # Values that fit another key, or are too short
    typed(
        "a basis in place of a certainty",
        TABLE,
        "basis: practice",
        "certainty: practice",
        'certainty "practice" is not allowed',
        "It's a value of basis: write basis: practice instead. For certainty, write high, moderate, low",
        "certainty",
    ),
    typed(
        "a certainty in place of a basis",
        TABLE,
        "certainty: moderate",
        "basis: moderate",
        'basis "moderate" is not allowed',
        "It's a value of certainty: write certainty: moderate instead. For basis, write rule, consensus",
        "basis",
    ),
    typed(
        "a basis in place of a certainty, with a basis",
        TABLE,
        "basis: practice",
        "basis: practice\n        certainty: practice",
        'certainty "practice" is not allowed',
        "Write high, moderate, low",
        "certainty",
        down=1,
    ),
    typed(
        "a description that is too short",
        HELP,
        "description: Whom to ask at the pool, and what to do in danger in the water.",
        "description: Sleep.",
        '"description" is too short: 6 characters',
        "Write 40 to 160 characters.",
        "too-short",
    ),
    typed(
        "an hour in words",
        EVENINGS,
        'start: "18:00", minutes: 90',
        "start: 6 pm, minutes: 90",
        'start "6 pm" isn\'t written correctly',
        'Write it like this: "19:00".',
        "start",
    ),
    typed(
        "a word that two terms have",
        "data/glossary.yaml",
        "term: Lane\n",
        "term: Lane\n    also: [Track, Freestyle]\n",
        'also "Freestyle" appears here and on line 4',
        "Readers would see it twice",
        "repeated-name",
        down=1,
    ),
    # Sources and ids
    typed(
        "an address with a space after it",
        SOURCES,
        "https://example.org/lake",
        '"https://example.org/lake "',
        'a space in the address "https://example.org/lake "',
        "Take out the space.",
        "https",
    ),
    typed(
        "two addresses of one source",
        SOURCES,
        "https://example.org/lake",
        "https://example.org/lake https://example.org/pool",
        'a space in the address "https://example.org/lake https',
        "Write one address, as a browser shows it.",
        "https",
    ),
    typed(
        "two sources between the same quotes",
        HELP,
        DESK,
        'The pool is warm.{{ cite("river-2020, lake-2021") }}',
        'cite: "river-2020, lake-2021" is not in data/references',
        'Put each id in its own quotes: {{ cite("river-2020", "lake-2021") }}.',
        "unknown-id",
    ),
    typed(
        "a missing source",
        TABLE,
        "        references: [river-2020]\n      camp:",
        "      camp:",
        '"references" is missing',
        "Write references: the sources that say it.",
        "missing-key",
        down=-3,
    ),
    typed(
        "a source that is not there",
        LIST,
        "[lake-2021]",
        "[lake-2012]",
        'reference "lake-2012" is not in data/references.yaml',
        'Did you mean "lake-2021"?',
        "unknown-reference",
    ),
    typed(
        "a number without a source",
        HELP,
        DESK,
        "In one town, 300 people learned it.",
        'a number without a source: "300 people"',
        'Add the source that says so with {{ cite("...") }} at the end of the paragraph',
        "uncited-number",
    ),
    typed(
        "an id with a space",
        LIST,
        "id: towel",
        "id: my towel",
        'id "my towel" is not an id',
        "Write my-towel: small letters, digits and hyphens.",
        "id",
    ),
    # Values
    typed(
        "an American date",
        LIST,
        "sources_checked: 2026-01-05",
        "sources_checked: 11/23/2025",
        '"11/23/2025" is not a date',
        "Write year-month-day, such as 2025-11-23.",
        "date",
    ),
    typed(
        "a date in words, on a page",
        HELP,
        "sources_checked: 2026-01-05",
        "sources_checked: January 5, 2026",
        '"January 5, 2026" is not a date',
        "Write year-month-day",
        "date",
    ),
    typed(
        "a digit too few in a phone number",
        PHONES,
        "number: 1-800-555-0102",
        "number: 1-800-555-012",
        'number "1-800-555-012" is not a phone number: it has 10 digits',
        "Write digits and hyphens, as it's dialed",
        "phone",
    ),
    typed(
        "a phone number with parentheses",
        PHONES,
        "number: 1-800-555-0102",
        "number: (800) 555-0102",
        'number "(800) 555-0102" is not a phone number',
        "Write digits and hyphens, as it's dialed",
        "phone",
    ),
    typed(
        "an http address",
        SOURCES,
        "https://example.org/lake",
        "http://example.org/lake",
        '"http://example.org/lake" is not an https address',
        "Write the full address, beginning with https://.",
        "https",
    ),
    typed(
        "HTML in a record",
        LIST,
        TOWEL,
        "text: A <b>dry</b> towel.",
        'HTML in a text: "A <b>dry</b> towel."',
        "only **strong**, *emphasis* and [links](x.md) are kept",
        "markup",
    ),
    typed(
        "an emoji in a record",
        LIST,
        TOWEL,
        "text: A **dry** towel \N{THUMBS UP SIGN}.",
        'the emoji "\N{THUMBS UP SIGN}"',
        "Say it in words, or delete it.",
        "emoji",
    ),
    # Pages
    typed(
        "an emoji on a page",
        HELP,
        DESK,
        f"{DESK} \N{SWIMMER}",
        'the emoji "\N{SWIMMER}"',
        "Say it in words, or delete it.",
        "emoji",
    ),
    typed(
        "HTML on a page",
        HELP,
        DESK,
        "Call,<br>or ask at the desk.",
        'HTML in a page: "<br>"',
        "Write plain words with **strong**",
        "html",
    ),
    typed(
        "a table written by hand",
        HELP,
        DESK,
        "| Day | Time |\n| --- | --- |\n| Monday | 9 |",
        "a table written by hand",
        "Put it in data/comparisons/, and call comparison_table.",
        "hand-made-table",
    ),
    typed(
        "a call without a parenthesis",
        HELP,
        CALL,
        '{{ helplines("pools" }}',
        'a parenthesis is missing in a call: {{ helplines("pools" }}',
        USAGE,
        "macro-call",
    ),
    typed(
        "a call with smart quotes",
        HELP,
        CALL,
        "{{ helplines(“pools”) }}",
        "curly quotes in a call",
        "Type straight ones.",
        "macro-call",
    ),
    typed(
        "a call without quotes",
        HELP,
        CALL,
        "{{ helplines(pools) }}",
        "helplines: what is in its parentheses is not in quotes",
        'Write ids in double quotes: {{ helplines("...") }}.',
        "macro-arguments",
    ),
    typed(
        "a call with one quote",
        HELP,
        CALL,
        '{{ helplines("pools) }}',
        "a quotation mark is missing in a call",
        USAGE,
        "macro-call",
    ),
    typed(
        "a call in single braces",
        HELP,
        CALL,
        '{ helplines("pools") }',
        "is in single braces",
        "Write two on each side",
        "macro-call",
    ),
    typed(
        "a call with one brace at its end",
        HELP,
        CALL,
        '{{ helplines("pools") }',
        "a call that doesn't end with two braces on its line",
        USAGE,
        "macro-call",
    ),
    typed(
        "a call between percent signs",
        HELP,
        CALL,
        '{% helplines("pools") %}',
        "a call between percent signs",
        USAGE,
        "macro-call",
    ),
    typed(
        "a call without an id",
        HELP,
        CALL,
        "{{ helplines() }}",
        "helplines: it doesn't say which group",
        'Write {{ helplines("...") }}.',
        "macro-arguments",
    ),
    typed(
        "a call of a misspelled macro",
        HELP,
        CALL,
        '{{ helpline("pools") }}',
        '"helpline" is not a macro',
        'Did you mean "helplines"?',
        "unknown-macro",
    ),
    typed(
        "a head that does not end",
        HELP,
        "review_due: 2027-01-05\n---",
        "review_due: 2027-01-05",
        "the keys at the top of the page have no end",
        "Put a line of three hyphens, ---, after them.",
        "front-matter",
        down=1,
    ),
    typed(
        "an http link",
        HELP,
        DESK,
        "Read [the rules of the pool](http://example.org/rules).",
        '"http://example.org/rules" is not an https address',
        "Write https://, if the site has it.",
        "https",
    ),
    Mistake(
        "a page that's deleted, and still in the navigation",
        "mkdocs.yml",
        lambda project: project.append("mkdocs.yml", "  - Towels: learn/towels.md\n"),
        'docs/ has no page "learn/towels.md"',
        "or remove the line.",
        "navigation",
    ),
    Mistake(
        "a call that shows every record, and the last one is gone",
        "docs/contribute.md",
        without_preferred_words,
        "preferred_words has nothing to show: there is no record in data/language.yaml",
        "Write one, or delete this call and what introduces it.",
        "unknown-id",
    ),
    typed(
        "a page that a guide can do without, and doesn't have",
        "data/site.yaml",
        "questions_page: calls/top-level.md",
        "questions_page: answers.md",
        'there is no page "answers.md"',
        "If there's no such page, delete this line.",
        "broken-link",
    ),
    typed(
        "the first entry further in than those below it",
        SOURCES,
        FIRST_SOURCE,
        "\n".join(f"   {line}" for line in FIRST_SOURCE.split("\n")),
        "this line begins after 3 spaces, and the entries below it after 0",
        "Take 3 spaces away here, and from each line that belongs to it.",
        "indent",
    ),
    typed(
        "a day that no calendar has",
        LIST,
        "sources_checked: 2026-01-05",
        "sources_checked: 2026-02-30",
        "is not a day of the calendar",
        "Write year-month-day, with a day that exists.",
        "date",
    ),
    typed(
        "an address of another site without its https",
        HELP,
        DESK,
        f"{DESK} See [sleep](nih.gov/sleep).",
        'link to "nih.gov/sleep", which doesn\'t exist',
        "If it's on another site, write all of its address: https://nih.gov/sleep.",
        "broken-link",
    ),
    typed(
        "words right above a call",
        HELP,
        f"{DESK}\n\n{CALL}",
        f"{DESK}\n{CALL}",
        "helplines has no empty line above it",
        "Put one above it",
        "macro-place",
        down=1,
    ),
    typed(
        "words right below a call",
        HELP,
        CALL,
        f"{CALL}\nOr ask.",
        "helplines has no empty line below it",
        "Put one below it",
        "macro-place",
    ),
    typed(
        "words right above and below a call",
        HELP,
        f"{DESK}\n\n{CALL}",
        f"{DESK}\n{CALL}\nOr ask.",
        "helplines has no empty line above or below it",
        "Put one above and below it",
        "macro-place",
        down=1,
    ),
    typed(
        "two calls on two lines",
        HELP,
        CALL,
        f"{CALL}\n{CALL}",
        "helplines has no empty line below it",
        "Put one below it",
        "macro-place",
    ),
    *(
        typed(
            f"a picture that is said to show {text}",
            HELP,
            DESK,
            f"![{text}](assets/favicon.svg)",
            f'"{text}" doesn\'t say what the picture shows',
            "Write in words",
            "picture-text",
        )
        for text in ("favicon.svg", "The pool.JPG", "IMG_0412", "waiting_room", "Picture", "an image.", "Photo 2")
    ),
    typed(
        "a space in the name of a picture",
        HELP,
        DESK,
        "![A pool](assets/my pool.svg)",
        'a space in the address "assets/my pool.svg"',
        "rename the file, with a hyphen there, and write that here",
        "link",
    ),
    typed(
        "a space in the name of a picture, further down in a text",
        HELP,
        DESK,
        f"{DESK}\nThis is the pool:\n![A pool](assets/my pool.svg)",
        'a space in the address "assets/my pool.svg"',
        "If not, delete it.",
        "link",
        down=2,
    ),
    # Files
    Mistake(
        "a file that is not UTF-8",
        LIST,
        saved_as_latin_1,
        "a letter that is not UTF-8",
        "Save the file as UTF-8.",
        "encoding",
    ),
    Mistake(
        "a label that the language of the guide lacks",
        SPANISH,
        without_a_label,
        'the label "report" is missing',
        "Add report: and the words to print.",
        "labels",
    ),
    Mistake(
        "a renamed page",
        INDEX,
        renamed,
        'link to "help.md", which doesn\'t exist',
        'Did you mean "ask.md"?',
        "broken-link",
        more=True,
    ),
    typed(
        "two versions in a record",
        LIST,
        WHEN,
        conflict(WHEN),
        'two versions of the same lines: "<<<<<<< HEAD" marks where they meet',
        KEEP,
        "merge-conflict",
    ),
    typed(
        "two versions on a page", HELP, DESK, conflict(DESK), "two versions of the same lines", KEEP, "merge-conflict"
    ),
    typed(
        "two versions in the navigation",
        "mkdocs.yml",
        "  - Help: help.md",
        conflict("  - Help: help.md"),
        "two versions of the same lines",
        KEEP,
        "merge-conflict",
    ),
]


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    """A copy of the good site, to make mistakes in."""
    return Project(Path(shutil.copytree(GOOD, tmp_path / "guide")))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_contributor_is_told_the_place_the_fault_and_the_remedy(copy: Project, mistake: Mistake) -> None:
    line = mistake.make(copy)
    problems = check_project(copy.root)
    told = [problem for problem in problems if (problem.place.path, problem.place.line) == (mistake.path, line)]
    assert len(told) == 1, problems
    assert mistake.wrong in told[0].wrong
    assert mistake.remedy in told[0].remedy
    assert told[0].rule == mistake.rule
    assert mistake.more or problems == told
    for problem in problems:
        assert not PARSERS_WORDS.search(f"{problem.wrong} {problem.remedy}"), problem


HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "Windows line ends": lambda raw: raw.replace(b"\n", b"\r\n"),
    "a byte-order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "no line end after the last line": lambda raw: raw.rstrip(b"\n"),
    "spaces at the ends of lines": lambda raw: raw.replace(b"\n", b" \n"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_an_editor_does_unasked_changes_nothing(copy: Project, name: str) -> None:
    before = read_project(copy.root)
    for path in (LIST, HELP):
        file = copy.root / path
        file.write_bytes(HARMLESS[name](file.read_bytes()))
    after = read_project(copy.root)
    assert run_rules(after) == []
    assert after.guide.records("checklists") == before.guide.records("checklists")
    assert [passage.text for passage in after.pages["help.md"].passages] == [
        passage.text for passage in before.pages["help.md"].passages
    ]


CALLS = "calls/top-level.md"
BROKEN: dict[str, Callable[[str], str]] = {
    "a colon in a text": lambda text: f"{text}\nlast: a text: with a colon\n",
    "an unknown key": lambda text: re.sub(
        r"^(- |  - )?(?=(id|language|publisher|written|version): )",
        lambda dash: f"{dash[0]}unheard: of\n{' ' * len(dash[0])}",
        text,
        count=1,
        flags=re.MULTILINE,
    ),
}
"""Two ways to break a data file: so that nothing of it can be read, and so that a record isn't valid."""
BROKEN_PAGE: dict[str, Callable[[str], str]] = {
    "a colon in a text": lambda text: text.replace("description: ", "description: a: ", 1),
    "an unknown key": lambda text: text.replace("---\n", "---\nunheard: of\n", 1),
}
"""The same for the head of a page."""


INDENTED = """\
items:
  - name: One
    items:
      - id: towel
        text: A towel.
        references: [lake-2021, river-2020]
{}- id: goggles
{}text: Goggles.
        references: [lake-2021]
"""


@pytest.mark.parametrize(
    ("hyphen", "text", "line", "remedy"),
    [
        (0, 8, 7, "Give it 6 spaces, if it belongs with the lines just above, or 2 if it doesn't."),
        (2, 8, 7, "Give it 6 spaces, if it belongs"),
        (4, 8, 7, "Give it 6 spaces, if it belongs"),
        (5, 8, 7, "Give it 6 spaces, if it belongs"),
        (7, 8, 7, "Give it 6 spaces, if it belongs"),
        (8, 8, 7, "Give it 6 spaces, if it belongs"),
        (6, 2, 8, "Give it 8 spaces, if it belongs with the lines just above, or 4 if it doesn't."),
        (6, 4, 8, "Give it 8 spaces, if it belongs"),
        (6, 6, 8, "Give it 8 spaces, if it belongs"),
        (6, 7, 8, "Give it 8 spaces, if it belongs"),
        (6, 9, 8, "Give it 8 spaces, if it belongs"),
    ],
)
def test_wrong_indentation_is_said_of_the_line_that_has_it(hyphen: int, text: int, line: int, remedy: str) -> None:
    _, (problem,) = compose("data/x.yaml", INDENTED.format(" " * hyphen, " " * text))
    assert problem.place.line == line
    assert remedy in problem.remedy
    assert problem.rule == "indent"


@pytest.mark.parametrize("written", ["[a, b: c]", '[a "b", c]', "[a,, b]"])
def test_list_that_cannot_be_read_by_itself_is_the_mistake(written: str) -> None:
    _, problems = compose("data/x.yaml", f"name: One\nitems: {written}]\nlast: two\n")
    assert [problem.place.line for problem in problems] == [2]


@pytest.fixture
def connected(copy: Project) -> Project:
    """The good site, with more that rests on its records: links to their ids, a list of their words, a short form."""
    # Numbers of sources, and of what stands there twice, change with what else a page shows; nobody links to them.
    ids = [name for name in sorted(read_project(copy.root).anchors(CALLS)) if not name[-1].isdigit()]
    words = ["Big crawl", "Towel", "Drone", "Freestyle", "Goggles", "Evenings", "Lifeguard", "Cramp", "Heated pool"]
    lines = [f"- [All calls]({CALLS}#{name})" for name in ids] + [f"- [{word}]({CALLS})" for word in words]
    copy.replace("data/labels/en.yaml", "\nwords:\n", "\nacronyms: [SWIM]\n\nwords:\n")
    copy.replace(HELP, DESK, "Call SWIM, or ask at the desk.")
    copy.replace("data/questions.yaml", "page: help.md", f"page: {CALLS}#crawl-stroke")
    copy.append("data/search.yaml", "\n- id: size\n  words: [big, small]\n  means: []\n  reviewed: 2026-01-05\n")
    head, _, end = copy.read(HELP).partition("# Ask the pool")
    listed = "# Everything\n\nAll of it.\n\n" + "\n".join(lines) + "\n\n## What to do next"
    head = head.replace("Whom to ask at the pool, and what", "Everything about the pool, and what")
    copy.write("docs/everything.md", head + listed + end.partition("## What to do next")[2])
    copy.replace("mkdocs.yml", 'no_script_search: ""', "no_script_search: everything/")
    copy.append("mkdocs.yml", "  - All: everything.md\n")
    return copy


@pytest.mark.parametrize("title", ['!!! note "Whom to call"', '??? note "Whom to call"'])
def test_call_may_stand_right_below_the_title_of_a_box(copy: Project, title: str) -> None:
    copy.replace(HELP, CALL, f"{title}\n    {CALL}")
    assert check_project(copy.root) == []


def test_what_one_broken_file_brings_is_in_that_file_alone(connected: Project) -> None:
    assert check_project(connected.root) == []
    unchanged = Unchanged()
    files = [*(connected.root / "data").rglob("*.yaml"), *(connected.root / "docs").rglob("*.md")]
    for file in sorted(files):
        path = file.relative_to(connected.root).as_posix()
        text = connected.read(path)
        broken = [breaks(text) for breaks in (BROKEN if file.suffix == ".yaml" else BROKEN_PAGE).values()]
        for written in {*broken} - {text}:
            connected.write(path, written)
            problems = run_rules(read_project(connected.root, unchanged))
            assert {problem.place.path for problem in problems} == {path}, (written, list(map(str, problems)))
        connected.write(path, text)
