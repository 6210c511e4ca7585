"""Finds the lines of a project that name a page or a record: in texts, examples, tests and code."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from guide.commands.edits import git
from guide.model.addresses import page_id
from guide.model.problems import Place
from guide.reading.released_addresses import ADDRESS_LIST

_HISTORY = (ADDRESS_LIST, "deploy/last-release.jsonl", "CHANGELOG.md", "data/moved.yaml", "data/withdrawn.yaml")
"""Files that name things as they were."""
_SHOWN = 12
"""How many lines are listed."""
_LARGEST = 1_000_000
_WIDTH = 100
"""Characters of an excerpt."""


def page_pattern(page: str) -> re.Pattern[str]:
    """Return what finds the name of a page: as a path in docs/, an address or an embed."""
    stem = page.removesuffix(".md")
    forms = [re.escape(stem)] if "/" in stem else [rf"{re.escape(stem)}\.md", rf"(?<=/){re.escape(stem)}/"]
    return _whole([*forms, rf"page/{re.escape(page_id(page))}"])


def record_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds a record by what it has in addresses, such as "checklist/first-visit", or by its id."""
    return _whole(map(re.escape, names))


def _whole(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")


def text_files(root: Path) -> Iterator[str]:
    """Return the text files of a project, by path; without git, those in no hidden folder and not in site/."""
    listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        paths = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
        names = [path.as_posix() for path in paths if path.parts[0] != "site" and not any(map(_hidden, path.parts))]
    else:
        names = [name for name in listed.split("\0") if name]
    for name in sorted(set(names)):
        file = root / name
        small = file.is_file() and not file.is_symlink() and file.stat().st_size < _LARGEST
        if small and b"\0" not in file.read_bytes():
            yield name


def _hidden(name: str) -> bool:
    return name.startswith(".") and name != ".github"


def mentions(path: str, text: str, pattern: re.Pattern[str]) -> list[Place]:
    """Return the lines of a file that name something; none of a file that names things as they were."""
    if path in _HISTORY or path.startswith("data/changes/") or not pattern.search(text):
        return []
    return [Place(path, number) for number, line in enumerate(text.split("\n"), 1) if pattern.search(line)]


def excerpt(line: str, name: str) -> str:
    """Return the part of a long line around the first of its words that name something."""
    text = " ".join(line.split())
    if len(text) <= _WIDTH:
        return text
    middle = max(text.find(name), 0) + len(name) // 2
    start = min(max(middle - _WIDTH // 2, 0), len(text) - _WIDTH)
    # From the beginning of a word to the end of one, if there are words.
    space = text.find(" ", start - 1, middle) if start else -1
    start = space + 1 if space >= 0 else start
    end = min(start + _WIDTH, len(text))
    space = text.rfind(" ", middle, end + 1) if end < len(text) else -1
    end = space if space >= 0 else end
    return f"{'... ' if start else ''}{text[start:end]}{' ...' if end < len(text) else ''}"


def told(places: list[Place], instead: str = "") -> Iterator[str]:
    """Return lines that list places, those of pages and data first.

    Args:
        places: The lines that name something.
        instead: The page that readers go to now, by its path in docs/; "" if the page only moved.
    """
    if places:
        yield "These lines still name it. See whether they should:"
        ordered = sorted(places, key=lambda place: not place.path.startswith(("docs/", "data/")))
        yield from (f"  {place.path}:{place.line}" for place in ordered[:_SHOWN])
        if len(places) > _SHOWN:
            yield f"  and {len(places) - _SHOWN} more"
        if instead and any(place.path.endswith(".tsv") for place in places):
            page = instead.partition("#")[0].removesuffix(".md")
            yield (
                "A line of a .tsv file is a request and the page that must answer it. Write the page that answers it "
                f"now, such as {page}, or delete the line."
            )
