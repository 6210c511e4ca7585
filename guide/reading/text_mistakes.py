"""Mistakes that pages and data files share: unresolved merge conflicts, and characters that nobody can see."""

import re
from collections.abc import Iterator

from guide.model.characters import describe, hidden_characters
from guide.model.problems import Fault, Place, Problem

_CONFLICT_MARKER = re.compile(r"^(?:(?:<{7}|>{7})(?: |$)|={7}$)")
_WIDE_SPACE = re.compile("^[ \\-]*([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE)


def merge_conflict(shown: str, text: str) -> Problem | None:
    """Return a problem for the first line that git has left where two people changed the same place."""
    for number, line in enumerate(text.split("\n"), 1):
        # A row of equals signs alone may underline a heading.
        if _CONFLICT_MARKER.match(line) and not line.startswith("="):
            return Problem(
                Place(shown, number),
                f'two versions of the same lines: "{line.strip()[:40]}" marks where they meet',
                "Keep the lines that are right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
                "merge-conflict",
            )
    return None


def first_version(text: str) -> str:
    """Blank the conflict markers and the second of two versions, line for line, so that the rest can be parsed."""
    lines, part = [], ""
    for line in text.split("\n"):
        marker = _CONFLICT_MARKER.match(line)
        if marker and (part or marker[0][0] != "="):
            part = line[0]
        lines.append("" if marker or part == "=" else line)
        part = "" if part == ">" else part
    return "\n".join(lines)


def invisible_characters(shown: str, text: str) -> Iterator[Problem]:
    """Find characters that nobody can see or that change how others are read: one problem a line."""
    text = text.removeprefix("\ufeff")
    hidden = hidden_characters(text)
    if not hidden and not _WIDE_SPACE.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        position = next((index for index, character in enumerate(line) if character in hidden), None)
        if position is None:
            space = _WIDE_SPACE.match(line)
            position = space.start(1) if space else None
        if position is not None:
            yield Problem(Place(shown, number), *invisible_character(line, position))


def invisible_character(text: str, position: int) -> Fault:
    """Return what is wrong with the character at a position."""
    after = text[position + 1 : position + 21].strip()
    before = f' before "{after}"' if after else ""
    return (
        f"an invisible character{before} ({describe(text[position])})",
        "Delete the line and type it again, with plain spaces.",
        "invisible-character",
    )
