"""A change that somebody suggested in a form, read from an issue or a letter: untrusted text.

What the form filled in stands below five headings, each once. Nothing of it is used as a path or run: a file, a record
and a place in it are only compared with those that there are (`guide.commands.suggestion`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from guide.model.characters import describe, hidden_characters
from guide.model.problems import Place, Problem

LONGEST = 20_000
"""Characters of an issue or a letter; a form can't make one that long."""
PARTS = ("file", "record", "field", "was", "now")
"""What a suggestion says, in the order of its headings; the labels name each, as `suggest-issue-<part>`."""
RULE = "suggestion"
HEADINGS = frozenset(f"suggest-issue-{part}" for part in PARTS)
"""The labels that a language needs before a form can be in it."""
_FENCES = ("```text", "```")


@dataclass(frozen=True)
class Suggestion:
    """One text of a record, and what it should be."""

    file: str
    record: str
    field: str
    was: str
    now: str


def headings(words: Mapping[str, str]) -> dict[str, str]:
    """Return the heading above each part of a suggestion.

    Args:
        words: Label id to text.
    """
    return {
        "file": words["suggest-issue-file"],
        "record": words["suggest-issue-record"],
        "field": words["suggest-issue-field"],
        "was": words["suggest-issue-was"],
        "now": words["suggest-issue-now"],
    }


def one_line(text: str) -> str:
    """Return a text with single spaces in place of spaces of any kind."""
    return " ".join(text.split())


def read_suggestion(shown: str, text: str, words: Mapping[str, str]) -> tuple[Suggestion | None, list[Problem]]:
    """Read a suggestion.

    Args:
        shown: What messages call the text.
        text: The whole of an issue or a letter.
        words: Label id to text.

    Returns:
        The suggestion, or None; and the problems.
    """
    if len(text) > LONGEST:
        wrong = f"this is {len(text):,} characters long; a form makes {LONGEST:,} at most"
        return None, [Problem(Place(shown, 1), wrong, "Ask for a shorter one.", RULE)]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts: dict[str, str] = {}
    problems = []
    for part, heading in headings(words).items():
        value, fault = _part(shown, lines, heading)
        problems += [fault] if fault else []
        parts[part] = value
    return (None, problems) if problems else (Suggestion(**parts), [])


def _part(shown: str, lines: Sequence[str], heading: str) -> tuple[str, Problem | None]:
    """Return the one line below a heading, or what is wrong with it."""
    starts = [number for number, line in enumerate(lines) if line.strip() == f"### {heading}"]
    if len(starts) != 1:
        wrong = f'the heading "{heading}" appears {len(starts)} times'
        remedy = "The form writes each heading once. Ask for the suggestion to be made again with the form."
        return "", Problem(Place(shown, starts[1] + 1 if starts else 1), wrong, remedy, RULE)
    below = list(_until_heading(lines[starts[0] + 1 :]))
    filled = [(number, line.strip()) for number, line in enumerate(below, starts[0] + 2) if line.strip()]
    if filled and filled[0][1] == _FENCES[0]:
        filled = list(takewhile(lambda numbered: numbered[1] != _FENCES[1], filled[1:]))
    place = Place(shown, filled[0][0] if filled else starts[0] + 1)
    if not filled:
        wrong = f'nothing stands below the heading "{heading}"'
        return "", Problem(place, wrong, "Ask for the whole text of the form.", RULE)
    # A form writes one line; a program for mail may have broken it.
    value = one_line(" ".join(line for _, line in filled))
    hidden = hidden_characters(value)
    if hidden:
        wrong = f'a character that nobody can see below the heading "{heading}": {describe(min(hidden))}'
        return "", Problem(place, wrong, "Ask for it to be typed again.", RULE)
    return value, None


def _until_heading(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("### "):
            return
        yield line
