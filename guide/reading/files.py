"""Limits on the files a guide is made of, checked before anything parses them."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from guide.model.characters import describe, hidden_characters
from guide.model.problems import Place, Problem


@dataclass(frozen=True)
class Limits:
    """The largest file, in bytes; the longest line, in characters; and the most lines that a reader accepts."""

    size: int
    line: int
    lines: int


PAGE = Limits(size=100_000, line=2_000, lines=2_000)
RECORDS = Limits(size=1_000_000, line=20_000, lines=40_000)

DEPTH = 30
"""How many lists and groups of a data file may stand in one another."""
NODES = 100_000
"""How many texts, lists and groups a data file may hold."""
ENTRIES = 5_000
"""How many entries a list may have."""
KEYS = 1_000
"""How many keys a group may have."""

_LEFTOVERS = (
    *(".ds_store", "._*", ".localized", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory"),
    *("*~", ".#*", "#*#", ".*.swp", ".*.swo", "*.swp", ".~lock.*#", "~$*"),
)
_NOT_IN_NAMES = re.compile(r"""[\\"'`%?#<>{}|*:^\n\t]""")


def is_leftover(name: str) -> bool:
    """Tell whether a file is one that an editor or a system leaves behind, such as .DS_Store, Thumbs.db or x.yaml~."""
    return any(fnmatchcase(name.lower(), pattern) for pattern in _LEFTOVERS)


def bad_name(path: str) -> Problem | None:
    """Refuse a path that can't be an address, or that doesn't read as what it is.

    Args:
        path: Relative to the project.
    """
    wrong = hidden_characters(path) | set(_NOT_IN_NAMES.findall(path))
    if not wrong:
        return None
    first = next(character for character in path if character in wrong)
    shown = f"the character {first}" if first.isprintable() else f"an invisible character ({describe(first)})"
    remedy = "Rename it with small letters, digits and hyphens."
    return _problem(path, 1, f"the name of this file holds {shown}", remedy, "file-name")


def walk_folder(folder: Path, project: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Return a folder and all that is below it, in order, but for what editors and systems leave behind.

    Links are returned and not followed.

    Args:
        folder: Where to begin.
        project: What paths in messages are relative to.

    Returns:
        Each path, with what keeps it from being used: a bad name, or a folder that can't be read.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        shown = path.relative_to(project).as_posix()
        problem = bad_name(shown)
        if not problem and path.is_dir() and not path.is_symlink():
            try:
                names = sorted((name for name in os.listdir(path) if not is_leftover(name)), reverse=True)
                waiting.extend(path / name for name in names)
            except OSError as error:
                wrong = f"the folder can't be read: {error.strerror}"
                problem = _problem(shown, 1, wrong, "Check its permissions.", "file")
        yield path, problem


def read_text(path: Path, shown: str, limits: Limits) -> tuple[str | None, list[Problem]]:
    """Read a text file that keeps to the limits.

    Args:
        path: The file.
        shown: Its path as messages name it.
        limits: What it must keep to.

    Returns:
        The text with line feeds as line ends and without a byte order mark, or None with the problems that keep it from
        being read.
    """
    try:
        status = path.stat()
    except OSError as error:
        return None, [_problem(shown, 1, f"the file can't be read: {error.strerror}", "Check its permissions.", "file")]
    if not stat.S_ISREG(status.st_mode):
        return None, [_problem(shown, 1, "this isn't a regular file", "Put a text file here, or remove it.", "file")]
    if status.st_size > limits.size:
        wrong = f"the file is {status.st_size:,} bytes long; the limit is {limits.size:,}"
        return None, [_problem(shown, 1, wrong, "Split it, or shorten it.", "file-size")]
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [_problem(shown, 1, f"the file can't be read: {error.strerror}", "Check its permissions.", "file")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = raw[: error.start].count(b"\n") + 1
        return None, [_problem(shown, at, "a letter that is not UTF-8", "Save the file as UTF-8.", "encoding")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(lines) > limits.lines:
        wrong = f"the file has {len(lines):,} lines; the limit is {limits.lines:,}"
        return None, [_problem(shown, limits.lines + 1, wrong, "Split it, or shorten it.", "file-size")]
    for number, line in enumerate(lines, 1):
        if len(line) > limits.line:
            wrong = f"this line is {len(line):,} characters long; the limit is {limits.line:,}"
            return None, [_problem(shown, number, wrong, "Break it into several lines.", "line-length")]
    return text, []


def _problem(shown: str, line: int, wrong: str, remedy: str, rule: str) -> Problem:
    return Problem(Place(shown, line), wrong, remedy, rule)
