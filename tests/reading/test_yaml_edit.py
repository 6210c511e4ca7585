"""One text of a data file changes, and nothing else."""

import difflib

import pytest

from guide.reading.yaml_edit import CannotChange, with_text
from guide.reading.yaml_nodes import compose, plain_value

FILE = """\
# A file of the pool
- id: crawl
  name: Front crawl   # short
  text: You swim on your front.
  quoted: 'It''s fast.'
  double: "Say \\"go\\"."

# About the back
- id: back
  tags: [slow, "calm, too"]
  text: >-
    You lie on your back and kick, and look at the ceiling of the hall the whole
    time, which is restful.
  # Before the last
  lanes: 6
"""
HARD = [
    "It's \"so\": #1 - {x} [y] & *z* !t %a @b `c` \\n 'q'.",
    "- another item",
    "? a key",
    "null",
    "1:30",
    "a: b",
    "# no comment",
    "words #and words",
    "'",
    '"',
    "'''",
    "key: |",
    "---",
    "...",
    "%YAML 1.1",
    "${{ secrets.TOKEN }}.",
    "{{ checklist('x') }}",
    "a backslash \\",
    "> folded",
    "&anchor",
    "*alias",
    "!!python/object/apply:os.system ['true']",
    "é ñ 日本 “quoted”.",
    "x\\u202e",
    "long " * 60 + "text.",
]
PLACES = [(0, "name"), (0, "text"), (0, "quoted"), (0, "double"), (1, "tags", 1), (1, "tags", 0), (1, "text")]


def value(source: str, path: tuple[str | int, ...]) -> object:
    node, problems = compose("x.yaml", source)
    assert not problems
    found = plain_value(node)
    for step in path:
        found = found[step]
    return found


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


@pytest.mark.parametrize("path", PLACES, ids=str)
@pytest.mark.parametrize("text", HARD)
def test_any_text_is_written_so_that_it_is_read_as_that_text(path: tuple[str | int, ...], text: str) -> None:
    after = with_text(FILE, path, text)
    assert value(after, path) == text
    for other in PLACES:
        assert other == path or value(after, other) == value(FILE, other)
    for comment in ("# A file of the pool\n", "   # short\n", "\n\n# About the back\n", "\n  # Before the last\n"):
        assert after.count(comment) == 1


@pytest.mark.parametrize("path", [*PLACES, (1, "lanes")], ids=str)
def test_the_same_text_changes_nothing(path: tuple[str | int, ...]) -> None:
    assert with_text(FILE, path, str(value(FILE, path))) == FILE


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ((0, "name"), "Crawl", "+  name: Crawl   # short"),
        ((0, "text"), "You look down.", "+  text: You look down."),
        ((0, "text"), "Note: look down.", '+  text: "Note: look down."'),
        ((0, "quoted"), "It's quick.", "+  quoted: 'It''s quick.'"),
        ((0, "double"), 'Say "now".', '+  double: "Say \\"now\\"."'),
        ((1, "tags", 0), "quick", '+  tags: [quick, "calm, too"]'),
        ((1, "lanes"), "8", "+  lanes: 8"),
    ],
)
def test_a_text_stays_written_as_it_was(path: tuple[str | int, ...], text: str, line: str) -> None:
    assert changed_lines(FILE, with_text(FILE, path, text))[1:] == [line]


def test_a_folded_text_keeps_the_lines_that_it_begins_with() -> None:
    text = str(value(FILE, (1, "text"))).replace("restful", "calm")
    assert changed_lines(FILE, with_text(FILE, (1, "text"), text)) == [
        "-    time, which is restful.",
        "+    time, which is calm.",
    ]


def test_other_line_ends_and_a_byte_order_mark_stay() -> None:
    source = "\ufeff" + FILE.replace("\n", "\r\n")
    after = with_text(source, (0, "text"), "You look down.")
    assert after == source.replace("You swim on your front.", "You look down.")


@pytest.mark.parametrize("path", [(5, "text"), (0,), (0, "none"), ("x",), (0, "text", 0)], ids=str)
def test_what_is_no_text_is_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(CannotChange):
        with_text(FILE, path, "x")


@pytest.mark.parametrize("text", ["two\nlines", "a\u202eb", "a\u200bb", "nul\0"])
def test_what_a_data_file_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(CannotChange):
        with_text(FILE, (0, "text"), text)
