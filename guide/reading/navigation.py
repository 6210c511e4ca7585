"""The navigation, as `nav` in mkdocs.yml has it: its entries with their lines, and slips in how they are indented."""

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
    """One entry: its label ("" without one), where it leads, its line, and whether it is a section with entries."""

    label: str
    target: str
    line: int
    section: bool = False


def entries(node: Any) -> Iterator[Entry]:
    """Return every entry of `nav` in the order of its YAML node, sections before what they hold."""
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


def misread(shown: str, text: str) -> Iterator[Problem]:
    """Find lines of `nav` that YAML would read as something else than an entry, or not at all.

    A parser words these as texts that need quotes, which is no help with a list.
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
        right, fault = _indentation(indent, levels, above)
        fault = fault or _colons(item[2])
        if fault:
            yield Problem(Place(shown, number), *fault, "navigation")
        if right not in levels:
            levels.append(right)
        del levels[levels.index(right) + 1 :]
        above = item[2]


def _indentation(indent: int, levels: list[int], above: str) -> tuple[int, tuple[str, str] | None]:
    """Return the spaces that belong before an entry; if it has others, what is wrong and what to do.

    Args:
        indent: Spaces before its hyphen.
        levels: Those of the lists that are open, outermost first.
        above: The entry above, without its hyphen.
    """
    if not levels or indent in levels or (indent > levels[-1] and _SECTION.match(above)):
        return indent, None
    spaces = f"{indent} space{'' if indent == 1 else 's'}"
    if indent > levels[-1]:
        return levels[-1], (
            f'this entry begins after {spaces}, further in than "{above[:40]}", which is a page and can hold none',
            f"Give it {levels[-1]} spaces before the hyphen. Pages can only stand under a section, "
            'a line with a label alone: "- Label:".',
        )
    near = min(levels, key=lambda level: (abs(level - indent), -level))
    return near, (
        f"this entry begins after {spaces}, and no list above it does",
        f"Give it {near} spaces before the hyphen, like the entries that it belongs with.",
    )


def _colons(written: str) -> tuple[str, str] | None:
    found = _TWO_COLONS.match(written)
    if not found:
        return None
    label, _, page = written.rpartition(": ")
    remedy = 'An entry is a label, a colon and one page: "- Label: page.md".'
    if page.endswith(".md") and " " not in page:
        remedy = f'If the label has a colon, put the label alone in quotes: - "{label}": {page}'
    return f'two colons in an entry: "{written[:60]}"', remedy
