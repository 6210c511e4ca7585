"""Rendered HTML as units: the pieces of text between the edges of blocks, as a reader or a screen reader meets them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urljoin

from guide.model.addresses import page_address, site_path

BLOCK_TAG = "guide-block"
"""The element that a block of a page is put in, to be read here; it's in no finished page."""
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LOWEST = 7
"""The level of a title that isn't a heading."""
_TITLES = {*_LEVELS, "summary", "legend", "caption", "dt"}
"""Elements that are titles; so is a block that its section names as its label."""
_SCOPES = {
    *(BLOCK_TAG, "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "section", "table"),
}
"""Elements at whose end a heading inside them no longer counts."""
_BLOCKS = {
    *_TITLES,
    *_SCOPES,
    *("dd", "figcaption", "footer", "header", "li", "nav", "ol", "option", "p", "pre", "svg", "tbody", "td", "tfoot"),
    *("th", "thead", "tr", "ul", "hr"),
}
_UNREAD = {"script", "style", "template", "button"}
_OWN_LINK = re.compile(r"#(?:word|use|source)-|tel:|sms:")
_CITE = "guide-cite"
"""The class of a citation of several sources: one link to the first, with all their numbers as its text."""
_SURENESS = {"guide-certainty", "guide-basis"}
"""Classes of how sure the guide is, which stands inside a sentence or after it, in no sentence of its own."""
_STEP = re.compile(r"[0-9]+\.")
_WHOLE = (".", "!", "?", ".)", '."', ".”")
"""How a text ends that doesn't lead to the list after it."""

Role = Literal["heading", "name", "passage"]


@dataclass
class Unit:
    """A piece of text between the edges of blocks, with what gives it its meaning: see `Statement`."""

    text: str
    role: Role
    cell: bool
    headings: tuple[str, ...]
    context: tuple[str, ...]
    references: tuple[str, ...]
    links: tuple[str, ...]


@dataclass
class _Element:
    """An open element: the titles that count after it, its level if it is a title, and what ends with it."""

    tag: str
    titles: "_Titles"
    level: int
    ending: str


@dataclass
class _List:
    lead: str
    ordered: bool
    count: int = 0


@dataclass
class _Table:
    columns: dict[int, str] = field(default_factory=dict)
    row: str = ""
    column: int = 0
    at: int = 0
    names_row: bool = False


_Titles = tuple[tuple[tuple[int, str], ...], ...]
"""The level and words of each title that counts, by the elements at whose end they no longer do."""


class _Reader(HTMLParser):
    """Reads HTML into units."""

    def __init__(self, cited: Sequence[str], path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.units: list[Unit] = []
        self._cited, self._path = cited, path
        self._text: list[str] = []
        self._references: dict[str, None] = {}
        self._links: list[str] = []
        self._open: list[_Element] = []
        self._titles: _Titles = ((),)
        self._labels: set[str] = set()
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._unread = 0
        self._cites = False
        self._last = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            if not self._unread and tag == "img":
                self._text.append(f" {given.get('alt', '')} {given.get('src', '').rpartition('/')[2]} ")
            elif tag == "hr":
                self._flush()
            return
        classes = given.get("class", "").split()
        unread = self._unread or tag in _UNREAD or given.get("aria-hidden") == "true" or _CITE in classes
        if tag in _BLOCKS and not unread:
            self._flush()
        labels = tag in _BLOCKS and given.get("id") in self._labels
        level = _LEVELS.get(tag, _LOWEST if tag in _TITLES or labels else 0)
        sureness = not unread and bool(_SURENESS & {*classes})
        self._open.append(_Element(tag, self._titles, level, ")" if sureness else ""))
        if tag == "a":
            self._link(given.get("href", ""))
        self._cites = self._cites or _CITE in classes
        if unread:
            self._unread += 1
            return
        if tag == BLOCK_TAG:
            self._titles = ((),)
        elif tag in _SCOPES:
            self._titles = (*self._titles, ())
            self._labels.update(given.get("aria-labelledby", "").split())
        elif tag in ("ul", "ol"):
            self._lists.append(_List("" if self._last.endswith(_WHOLE) else self._last, tag == "ol"))
        elif tag == "li" and self._lists:
            self._lists[-1].count += 1
        elif tag == "text":
            self._text.append(" ")
        if sureness:
            self._text.append("(")
        if tag == "table":
            self._tables.append(_Table())
        elif self._tables:
            self._in_table(tag, given)

    def _in_table(self, tag: str, given: dict[str, str]) -> None:
        table = self._tables[-1]
        if tag == "tr":
            table.row, table.column = "", 0
        elif tag in ("td", "th"):
            table.at = table.column
            span = given.get("colspan", "1")
            table.column += int(span) if span.isdigit() else 1
            table.names_row = given.get("scope") == "row"

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in [element.tag for element in self._open]:
            return
        if tag in _BLOCKS and not self._unread:
            self._flush(tag)
        while True:
            element = self._open.pop()
            self._text += element.ending
            if self._unread:
                self._unread -= 1
                self._cites = self._cites and bool(self._unread)
            elif element.tag in _SCOPES:
                self._titles = element.titles
            if not self._unread and element.tag in ("ul", "ol") and self._lists:
                self._lists.pop()
                self._last = ""
            if not self._unread and element.tag == "table" and self._tables:
                self._tables.pop()
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._text.append(data)
        elif self._cites:
            for number in re.findall("[0-9]+", data):
                self._references.update({reference: None for reference in self._cited[int(number) - 1 : int(number)]})

    def close(self) -> None:
        super().close()
        self._flush()

    def _link(self, target: str) -> None:
        if target and not self._unread and not _OWN_LINK.match(target):
            self._links.append(self._whole(target))

    def _whole(self, target: str) -> str:
        """Return the path of a link from the root of the site: engine and checker write the same one."""
        if target.startswith("#") or "://" in target or target.startswith("mailto:"):
            return target
        if target.partition("#")[0].endswith(".md"):
            return site_path(urljoin(f"/{self._path}", target).removeprefix("/"))
        return urljoin(f"/{page_address(self._path) if self._path else ''}", target)

    def _flush(self, ending: str = "") -> None:
        cell = next((element.tag for element in reversed(self._open) if element.tag in ("td", "th")), "")
        if cell == "td" and ending != "td":
            # A cell is one statement.
            self._text.append(" ")
            return
        text = " ".join("".join(self._text).split()).replace("( ", "(").replace(" )", ")")
        # Their numbers, and so their order, are those of the page.
        references, links = tuple(sorted(self._references)), tuple(self._links)
        self._text.clear()
        level = next((element.level for element in self._open if element.level), 0)
        role: Role = "heading" if level else "passage"
        if not text or (not cell and _STEP.fullmatch(text)):
            # The sources of a list item may stand after the list inside it.
            return
        self._references.clear()
        self._links.clear()
        if cell == "th":
            role = "name"
            self._name(text)
        elif role == "heading":
            self._titles = (*self._titles[:-1], tuple(title for title in self._titles[-1] if title[0] < level))
        headings = tuple(title for scope in self._titles for _, title in scope)
        self.units.append(Unit(text, role, bool(cell), headings, self._context(), references, links))
        if role == "heading":
            self._titles = (*self._titles[:-1], (*self._titles[-1], (level, text)))
        self._last = text if role == "passage" else ""

    def _name(self, text: str) -> None:
        """Remember the name of a row or a column."""
        table = self._tables[-1] if self._tables else _Table()
        if table.names_row:
            table.row = text
        else:
            table.columns[table.at] = text

    def _context(self) -> tuple[str, ...]:
        context = []
        for each in self._lists:
            context += [each.lead] if each.lead else []
            context += [f"{each.count}."] if each.ordered else []
        for table in self._tables:
            context += [name for name in (table.row, table.columns.get(table.at, "")) if name]
        return tuple(context)


def read_units(html: str, cited: Sequence[str], path: str) -> list[Unit]:
    """Read HTML without marks.

    Args:
        html: Of a page or a block.
        cited: The ids of its sources, in the order of their numbers.
        path: Of the page in docs/; "" for a block.
    """
    reader = _Reader(cited, path)
    reader.feed(html)
    reader.close()
    return reader.units
