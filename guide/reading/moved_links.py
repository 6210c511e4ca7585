"""Rewrites what names a page that moves: links on pages, and paths in data and settings.

Only the path changes; every other character stays, comments and quotes included. What is written is read again, and has
to mean what was meant, so that a link in a form that isn't known here is refused and never broken.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from guide.reading.pages import Page
from guide.reading.yaml_nodes import compose, plain_value

_IN_BRACKETS = re.compile(r"(?:\]\(\s*<?|^[ \t]*\[[^\]\n]+\]:\s*<?)(?P<target>[^\s()<>]+)", re.MULTILINE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_PROBE = "moved-link-{}.md"
"""An address that no page has: what became a link shows which of the texts that look like links are links."""


class NotRewritten(Exception):
    """A file can't be rewritten safely.

    Attributes:
        line: The line, from 1.
        wrong: What stands in the way, without a period.
        remedy: What to do.
    """

    def __init__(self, line: int, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.line, self.wrong, self.remedy = line, wrong, remedy


@dataclass(frozen=True)
class PageMove:
    """A page that gets another path.

    Attributes:
        was: Its path in docs/, such as "care/visits.md".
        now: Its new path in docs/.
    """

    was: str
    now: str

    def path(self, written: str) -> str:
        """Return a path in docs/, or one from the project's folder, as it is after the move; an anchor stays."""
        for folder in ("", "docs/"):
            if written.partition("#")[0] == folder + self.was:
                return folder + self.now + written[len(folder + self.was) :]
        return written

    def text(self, written: str) -> str:
        """Return a text of a record as it is after the move: a path, or a text with links."""
        links = re.compile(rf"(?<=\]\(){re.escape(self.was)}(?=[#)\s])")
        return links.sub(self.now, written) if "](" in written else self.path(written)

    def setting(self, written: str) -> str:
        """Return a setting as it is after the move: a path, or an address in the site, such as "care/visits/"."""
        if "/" in written and written.strip("/") == self.was.removesuffix(".md"):
            return written.replace(self.was.removesuffix(".md"), self.now.removesuffix(".md"))
        return self.path(written)

    def value(self, value: Any) -> Any:
        """Return the plain value of a record as it is after the move."""
        if isinstance(value, dict):
            return {key: self.value(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.value(inner) for inner in value]
        return self.text(value) if isinstance(value, str) else value


# Data and settings


def moved_in_yaml(text: str, moved: Callable[[str], str], *, records: bool = True) -> str:
    """Return a YAML file with other values.

    Args:
        text: Its content.
        moved: Returns what stands in place of a value; only a part without spaces may differ.
        records: False for a settings file.

    Raises:
        NotRewritten: The file can't be read, or a value is written in a way that hides the part.
    """
    node, _ = compose("", text, records=records)
    if node is None:
        raise NotRewritten(1, "this file can't be read", "Run make check, and fix what it says about this file.")
    pieces, end = [], 0
    start = int(text.startswith("\ufeff"))
    for scalar in _scalars(node):
        wanted = moved(scalar.value)
        if wanted != scalar.value:
            first, last = scalar.start_mark.index + start, scalar.end_mark.index + start
            written = text[first:last]
            pieces += [text[end:first], _replaced(written, scalar.value, wanted)]
            end = last
    result = "".join([*pieces, text[end:]])
    again, _ = compose("", result, records=records)
    for before, after in zip(_scalars(node), _scalars(again) if again is not None else (), strict=False):
        if after.value != moved(before.value):
            wrong = f'a program can\'t change the path in "{before.value[:60]}"'
            raise NotRewritten(before.start_mark.line + 1, wrong, "Write the text on one line, without backslashes.")
    if again is None or plain_value(again) != _mapped(plain_value(node), moved):
        raise NotRewritten(1, "a program can't change the paths in this file", "Change them by hand.")
    return result


def _replaced(written: str, before: str, after: str) -> str:
    """Return the written form of a value with the words replaced that differ between two values."""
    for old, new in zip(before.split(), after.split(), strict=True):
        if old != new:
            written = written.replace(old, new)
    return written


def _scalars(node: Any) -> Iterator[Any]:
    """Return the nodes of all texts, in their order; keys are none."""
    if node.id == "scalar":
        yield node
    for inner in node.value if node.id != "scalar" else ():
        yield from _scalars(inner[1] if node.id == "mapping" else inner)


def _mapped(value: Any, moved: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: _mapped(inner, moved) for key, inner in value.items()}
    return [_mapped(inner, moved) for inner in value] if isinstance(value, list) else moved(value)


# Pages


def moved_on_page(page: Page, move: PageMove, meant: Callable[[str], str]) -> str:
    """Return the body of a page after the move, at its new path if it's the page that moves.

    Args:
        page: A page, as it is before the move.
        move: The move.
        meant: Returns the path in docs/ that a link from this page leads to, before the move; "" to leave it alone.

    Raises:
        NotRewritten: A link is written in a way that isn't known here.
    """
    source = move.path(page.path)
    stays = posixpath.dirname(source) == posixpath.dirname(page.path)

    def moved(target: str) -> str:
        """Return what is to stand in place of the address of a link or picture."""
        written, hash_, anchor = unquote(target).partition("#")
        if not written or _SCHEME.match(target):
            return target
        leads_to = meant(written)
        if not leads_to or (leads_to != move.was and stays):
            return target
        return posixpath.relpath(move.path(leads_to), posixpath.dirname(source) or ".") + hash_ + anchor

    matches = [match for match in _IN_BRACKETS.finditer(page.body) if moved(match["target"]) != match["target"]]
    wanted = [moved(target) for target in _targets(page)]
    if not matches and wanted == _targets(page):
        return page.body
    probes = {_PROBE.format(number): match for number, match in enumerate(matches)}
    probed = _targets(replace(page, body=_written(page.body, {match: probe for probe, match in probes.items()})))
    links = {match: moved(match["target"]) for probe, match in probes.items() if probe in probed}
    result = _written(page.body, links)
    for now, right, (target, line) in zip(_targets(replace(page, body=result)), wanted, _links(page), strict=False):
        if now != right:
            wrong = f'a link to "{target}" that a program can\'t change'
            raise NotRewritten(line, wrong, f"Write it as [words]({unquote(target)}), all on one line.")
    if _targets(replace(page, body=result)) != wanted:
        raise NotRewritten(page.body_start, "a program can't change the links of this page", "Change them by hand.")
    return result


def moved_in_markdown(text: str, moved: Callable[[str], str]) -> str:
    """Return a Markdown file that is no page of the guide with other targets of links."""
    matches = _IN_BRACKETS.finditer(text)
    return _written(text, {match: moved(match["target"]) for match in matches})


def _written(text: str, targets: dict[re.Match[str], str]) -> str:
    for match, target in reversed(targets.items()):
        text = text[: match.start("target")] + target + text[match.end("target") :]
    return text


def _links(page: Page) -> list[tuple[str, int]]:
    """Return the address and the line of every link and picture of a page: links first."""
    return [(target, line) for target, _, line in [*page.content.links, *page.content.pictures]]


def _targets(page: Page) -> list[str]:
    return [target for target, _ in _links(page)]
