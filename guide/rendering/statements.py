"""Statements: what a clinician reads and signs one by one, each a heading, a sentence or a cell, as readers see it.

They are read from rendered HTML, because only that is what readers see: numbers worked out, words of templates and
labels included. A statement's hash covers its words; what gives them their meaning (headings above, the sentences
before it in its paragraph, what leads to a list, the names of row and column, the number of a step); where its links
lead; its sources, with all that is recorded of them but the day on which they were read; and the data beside its text
in the record it comes from, such as its certainty. Nothing else: a change elsewhere on the page leaves it signed.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from guide.model.guide import Guide, walk
from guide.model.inline import plain_text
from guide.model.record import Basis, Certainty, Record
from guide.model.registry import reader_kinds
from guide.reading import marks
from guide.reading.page_html import to_html
from guide.reading.pages import Page
from guide.reading.passages import Passage, inner_records, text_roles
from guide.rendering.page import BLOCK, PageRenderer
from guide.rendering.statement_units import BLOCK_TAG, Role, Unit, read_units

OTHER_PARTS = ("aids", "site", "screen", "sources", "words")
"""Parts that say nothing of their own: controls and keys of tables, what only our pages show, what says a thing twice,
and the lists at the end."""

_BOOKKEEPING = {"sources_checked", "review_due", "check_due", "accessed"}
"""Days of editors' checks: they say nothing that a reader relies on."""
_SHORTEST = 12
"""Characters of a text below which it may stand in another record's text by chance."""


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
            html = html.replace(str(marks.begin(BLOCK)), f"<{BLOCK_TAG}>")
            html = html.replace(str(marks.end(BLOCK)), f"</{BLOCK_TAG}>")
        units = read_units(str(marks.written(html, marks.plain, without=OTHER_PARTS)), cited, path)
        return [statement for unit in units for statement in self._statements(unit)]

    def _statements(self, unit: Unit) -> Iterator[Statement]:
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
