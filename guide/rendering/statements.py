"""Statements: what a clinician reads and signs one by one, each a heading, a sentence or a cell, as readers see it.

They are read from rendered HTML, because only that is what readers see: numbers worked out, words of templates and
labels included. A statement's hash covers its words; what gives them their meaning (headings above, the sentences
before it in its paragraph, what leads to a list, the names of row and column, the number of a step); where its links
lead; its sources, with all that is recorded of them but the day on which they were read; and the data beside its text
in the record it comes from, such as its certainty. Nothing else: a change elsewhere on the page leaves it signed.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urljoin

from guide.model.addresses import page_address, site_path
from guide.model.guide import Guide, walk
from guide.model.inline import plain_text
from guide.model.record import Basis, Certainty, Record
from guide.model.registry import reader_kinds
from guide.reading import marks
from guide.reading.page_html import to_html
from guide.reading.pages import Page
from guide.reading.passages import Passage, inner_records, text_roles
from guide.rendering.page import BLOCK, PageRenderer

OTHER_PARTS = ("aids", "site", "screen", "sources", "words")
"""Parts that say nothing of their own: controls and keys of tables, what only our pages show, what says a thing twice,
and the lists at the end."""

_BLOCK_TAG = "guide-block"
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LOWEST = 7
"""The level of a title that isn't a heading."""
_TITLES = {*_LEVELS, "summary", "legend", "caption", "dt"}
"""Elements that are titles; so is a block that its section names as its label."""
_SCOPES = {
    *(_BLOCK_TAG, "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "section", "table"),
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
_BOOKKEEPING = {"sources_checked", "review_due", "check_due", "accessed"}
"""Days of editors' checks: they say nothing that a reader relies on."""
_SHORTEST = 12
"""Characters of a text below which it may stand in another record's text by chance."""


Role = Literal["heading", "name", "passage"]


@dataclass(frozen=True)
class Ground:
    """A text or a name of a record, the data beside it, and the sources of the record."""

    text: str
    name: bool
    data: str
    references: tuple[str, ...]
    certainty: Certainty | None
    basis: Basis | None


@dataclass(frozen=True)
class Statement:
    """One heading, sentence or cell.

    Attributes:
        text: Its words.
        role: "passage"; or "heading" or "name" (of a row or column), which are read with what they name.
        headings: Those that it stands below, from the outside in.
        context: What else gives it its meaning: the text that leads to its list, its row and column.
        references: The ids of its sources: those cited after it, or else those of the record that it comes from.
        links: Where its links lead.
        grounds: The texts of records in it.
        hash: Names all of this.
    """

    text: str
    role: Role
    headings: tuple[str, ...]
    context: tuple[str, ...]
    references: tuple[str, ...]
    links: tuple[str, ...]
    grounds: tuple[Ground, ...]
    hash: str


@dataclass
class _Unit:
    """A piece of text between the edges of blocks."""

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
        self.units: list[_Unit] = []
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
        if tag == _BLOCK_TAG:
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
        self.units.append(_Unit(text, role, bool(cell), headings, self._context(), references, links))
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


class Statements:
    """Reads statements from what a guide shows."""

    def __init__(self, guide: Guide, language: str) -> None:
        self._guide = guide
        self._language = language

    @cached_property
    def _grounds(self) -> dict[str, list[Ground]]:
        """The texts and names of all records, by how they begin."""
        found: dict[str, list[Ground]] = {}
        for kind, record_id, _ in self._guide.written():
            record = self._guide.records(kind).get(record_id)
            shown = record is not None and kind in reader_kinds() and kind != "references"
            for ground in _grounds_of(record) if shown else ():
                found.setdefault(ground.text[:_SHORTEST], []).append(ground)
        return found

    def _grounds_in(self, shown: str) -> tuple[Ground, ...]:
        """Return what stands in a unit: texts anywhere, and names at its beginning, short ones only by themselves."""
        found: dict[Ground, None] = {}
        for start in range(max(1, len(shown) - _SHORTEST + 1)):
            for ground in self._grounds.get(shown[start : start + _SHORTEST], ()):
                alone = shown == ground.text or len(ground.text) >= _SHORTEST
                if shown.startswith(ground.text, start) and (not ground.name or (start == 0 and alone)):
                    found[ground] = None
        return tuple(found)

    def of_page(self, page: Page) -> list[Statement]:
        """Render a page as the engine does, and return its statements."""
        content, cited = rendered(self._guide, page, self._language)
        return self.of(content, cited, page.path)

    def of(self, content: str, cited: Sequence[str], path: str = "") -> list[Statement]:
        """Return the statements of what was rendered, in the order of reading.

        Args:
            content: HTML with marks, of a page or a block.
            cited: The ids of its sources, in the order of their numbers.
            path: Of the page in docs/; "" for a block.
        """
        html = str(content)
        if path:
            html = html.replace(str(marks.begin(BLOCK)), f"<{_BLOCK_TAG}>")
            html = html.replace(str(marks.end(BLOCK)), f"</{_BLOCK_TAG}>")
        reader = _Reader(cited, path)
        reader.feed(str(marks.written(html, marks.plain, without=OTHER_PARTS)))
        reader.close()
        return [statement for unit in reader.units for statement in self._statements(unit)]

    def _statements(self, unit: _Unit) -> Iterator[Statement]:
        grounds = self._grounds_in(unit.text)
        undivided = unit.role != "passage" or unit.cell or len(unit.text) < _SHORTEST
        divided = [unit.text] if undivided else sentences(unit.text)
        theirs = {each for ground in grounds if not ground.name for each in ground.references}
        references = unit.references or tuple(sorted(theirs & self._guide.references.keys()))
        beside = [
            [self._guide.references[each].model_dump(mode="json", exclude=_BOOKKEEPING) for each in references],
            unit.links,
            sorted({ground.data for ground in grounds}),
        ]
        before: list[str] = []
        for text in divided:
            whole = [text, unit.role, unit.headings, unit.context, before, *beside]
            written = json.dumps(whole, ensure_ascii=False, sort_keys=True)
            digest = hashlib.sha256(written.encode("utf-8")).hexdigest()[:32]
            yield Statement(text, unit.role, unit.headings, unit.context, references, unit.links, grounds, digest)
            before.append(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each question together with its answer; at least one."""
    found, asked = [], ""
    for sentence in Passage(text, "", 0, "text").sentences:
        whole = f"{asked} {sentence.text}".lstrip()
        asked = whole if whole.endswith("?") else ""
        if not asked:
            found.append(whole)
    return [*found, asked] if asked else found or [text]


def _grounds_of(record: Record, around: tuple[str, ...] = ()) -> Iterator[Ground]:
    """Return the texts and names of a record and of those in it.

    Args:
        record: The record.
        around: The sources of the record that it is in, which are its own if it names none.
    """
    roles = text_roles(type(record))
    inside = {name: list(inner_records(getattr(record, name), ())) for name in roles if roles[name] != "text"}
    plain = {name for name, records in inside.items() if not records} - _BOOKKEEPING
    data = json.dumps(record.model_dump(mode="json", include=plain), ensure_ascii=False, sort_keys=True)
    certainty, basis = getattr(record, "certainty", None), getattr(record, "basis", None)
    references = tuple(getattr(record, "references", None) or around)
    for name, role in roles.items():
        for _, text in walk(getattr(record, name), ()) if role else ():
            shown = " ".join(plain_text(text).split())
            if role == "name" or len(shown) >= _SHORTEST:
                yield Ground(shown, role == "name", data, references, certainty, basis)
    for records in inside.values():
        for _, inner in records:
            yield from _grounds_of(inner, references)


def rendered(guide: Guide, page: Page, language: str) -> tuple[str, tuple[str, ...]]:
    """Return the HTML of a page with marks, and its sources in the order of their numbers; without the engine.

    Raises:
        TemplateError, LookupError, TypeError, ValueError: A call is wrong; the checker says which.
    """
    renderer = PageRenderer(guide, page.path, language)
    content = renderer.page_html(to_html(page.text.text, page.anchors), page.text, page.content.ids)
    return content, tuple(renderer.cited)
