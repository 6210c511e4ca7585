"""Walks folders and reads text files, within limits that are checked before anything parses a file."""

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
    """The limits of a text file."""

    size: int
    """Bytes of the file."""
    line: int
    """Characters of a line."""
    lines: int
    """Lines of the file."""


PAGE = Limits(size=100_000, line=2_000, lines=2_000)
RECORDS = Limits(size=1_000_000, line=20_000, lines=40_000)

DEPTH = 30
"""How deep lists and mappings of a data file may be nested."""
NODES = 100_000
"""How many texts, lists and mappings a data file may contain."""
ENTRIES = 5_000
"""How many entries a list may have."""
KEYS = 1_000
"""How many keys a mapping may have."""

_LEFTOVERS = (
    *(".ds_store", "._*", ".localized", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory"),
    *("*~", ".#*", "#*#", ".*.swp", ".*.swo", "*.swp", ".~lock.*#", "~$*"),
)
_NOT_IN_NAMES = re.compile(r"""[\\"'`%?#<>{}|*:^\n\t]""")


def is_leftover(name: str) -> bool:
    """Return whether editors or systems leave files of this name behind, such as .DS_Store, Thumbs.db or x.yaml~."""
    return any(fnmatchcase(name.lower(), pattern) for pattern in _LEFTOVERS)


def bad_name(path: str) -> Problem | None:
    """Return a problem for a path that can't be an address, or that looks different from what it is.

    Args:
        path: Relative to the project.
    """
    refused = hidden_characters(path) | set(_NOT_IN_NAMES.findall(path))
    if not refused:
        return None
    first = next(character for character in path if character in refused)
    shown = f"the character {first}" if first.isprintable() else f"an invisible character ({describe(first)})"
    remedy = "Rename it with small letters, digits and hyphens."
    return _problem(path, 1, f"the name of this file holds {shown}", remedy, "file-name")


def bad_link(path: Path, project: Path) -> Problem | None:
    """Return a problem for a symbolic link that leads out of the project, nowhere, or to a folder."""
    if not path.is_symlink():
        return None
    place, rule = Place(path.relative_to(project).as_posix(), 1), "symbolic-link"
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(project)):
        return Problem(place, "this link leads out of the project", "Put the file itself here.", rule)
    if not path.exists():
        return Problem(place, "this link leads nowhere", "Put the file itself here, or remove the link.", rule)
    if path.is_dir():
        return Problem(place, "this link leads to a folder", "Put the files themselves here.", rule)
    return None


def walk_folder(folder: Path, project: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Return a folder and everything below it, in order, without what editors and systems leave behind.

    Symbolic links are returned and not followed.

    Args:
        folder: Where to begin.
        project: The folder that paths in messages are relative to.

    Returns:
        Each path, with a problem if it can't be used: a bad name, or a folder that can't be read.
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
    """Read a text file within limits.

    Args:
        path: The file.
        shown: Its path as messages show it.
        limits: The limits.

    Returns:
        The text, with line feeds as line ends and without a byte order mark; or None, and why it can't be read.
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
        number = raw[: error.start].count(b"\n") + 1
        return None, [_problem(shown, number, "a letter that is not UTF-8", "Save the file as UTF-8.", "encoding")]
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
