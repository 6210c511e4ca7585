"""The navigation, `nav` in mkdocs.yml: its entries with their lines, and mistakes that YAML parsers explain badly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guide.model.problems import Place, Problem

_NAV = re.compile(r"^nav:\s*(#.*)?$")
_ITEM = re.compile(r"^( *)- +(\S.*?)\s*$")
_SECTION = re.compile(r"""^("[^"]*"|'[^']*'|[^"'#][^#]*):\s*(#.*)?$""")
_LABEL_AND_PAGE = re.compile(r"^ *[^\s#][^#:]*:( .*| *)$")
_TWO_COLONS = re.compile(r"""^(?P<label>[^"'#:][^#:]*): +(?P<rest>(?!https?://)[^"'#]*:(\s.*)?)$""")


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation."""

    label: str
    """Its label, or ""."""
    target: str
    """The page or address that it leads to; "" for a section."""
    line: int
    section: bool = False
    """Whether it contains other entries."""


def entries(node: Any) -> Iterator[Entry]:
    """Return every entry below the YAML node of `nav`, in order: a section comes before its entries."""
    if node.id == "scalar":
        yield Entry("", node.value, node.start_mark.line + 1)
    for item in node.value if node.id == "sequence" else []:
        yield from entries(item)
    for key, value in node.value if node.id == "mapping" else []:
        line = key.start_mark.line + 1
        if value.id == "scalar" or not value.value:
            yield Entry(key.value, value.value or "", line)
        else:
            yield Entry(key.value, "", line, section=True)
            yield from entries(value)


def navigation_mistakes(shown: str, text: str) -> Iterator[Problem]:
    """Find lines of `nav` that YAML doesn't read as the entry that was meant.

    A YAML parser would ask for quotes, which doesn't help with a list.

    Args:
        shown: The file's path as messages show it.
        text: Its content.
    """
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines, 1) if _NAV.match(line)), len(lines))
    levels: list[int] = []
    above = ""
    for number, line in enumerate(lines[start:], start + 1):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or line.lstrip().startswith("#") or line.lstrip(" ").startswith("\t"):
            continue
        if not indent and not line.startswith("-"):
            return
        item = _ITEM.match(line)
        if not item:
            if not line.lstrip().startswith(("-", "<<<<<<<", "=======", ">>>>>>>")) and _LABEL_AND_PAGE.match(line):
                remedy = 'Begin it with "- ", at the same indentation as the entries that it belongs with.'
                yield Problem(Place(shown, number), f'no hyphen before "{line.strip()[:60]}"', remedy, "navigation")
            continue
        correct, fault = _indentation(indent, levels, above)
        fault = fault or _two_colons(item[2])
        if fault:
            yield Problem(Place(shown, number), *fault, "navigation")
        if correct not in levels:
            levels.append(correct)
        del levels[levels.index(correct) + 1 :]
        above = item[2]


def _indentation(indent: int, levels: list[int], above: str) -> tuple[int, tuple[str, str] | None]:
    """Return the correct indentation of an entry; and if it has another, what is wrong and what to do.

    Args:
        indent: The number of spaces before its hyphen.
        levels: The indentations of the lists around it, outermost first.
        above: The entry above, without its hyphen.
    """
    if not levels or indent in levels or (indent > levels[-1] and _SECTION.match(above)):
        return indent, None
    spaces = f"{indent} space{'' if indent == 1 else 's'}"
    if indent > levels[-1]:
        return levels[-1], (
            f'this entry begins after {spaces}, further in than "{above[:40]}", a page, which can\'t contain others',
            f"Give it {levels[-1]} spaces before the hyphen. Pages can only go under a section, "
            'a line with a label alone: "- Label:".',
        )
    nearest_level = min(levels, key=lambda level: (abs(level - indent), -level))
    return nearest_level, (
        f"this entry begins after {spaces}, and no list above it does",
        f"Give it {nearest_level} spaces before the hyphen, like the entries that it belongs with.",
    )


def _two_colons(entry: str) -> tuple[str, str] | None:
    if not _TWO_COLONS.match(entry):
        return None
    label, _, page = entry.rpartition(": ")
    remedy = 'An entry is a label, a colon and one page: "- Label: page.md".'
    if page.endswith(".md") and " " not in page:
        remedy = f'If the label has a colon, put the label alone in quotes: - "{label}": {page}'
    return f'two colons in an entry: "{entry[:60]}"', remedy
