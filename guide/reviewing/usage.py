"""Where each record is shown: on which pages, and in which parts that other sites can embed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from guide.model.record import Record
from guide.model.registry import macros
from guide.outputs.embeds import PARTS
from guide.reading.page_html import to_html
from guide.rendering.page import PageRenderer
from guide.rendering.project import FAILS, Book

Key = tuple[str, str]
"""Kind and id of a record."""


@dataclass
class Shown:
    """Where one record is shown."""

    pages: list[str] = field(default_factory=list)
    """Paths in docs/."""
    embeds: list[str] = field(default_factory=list)
    """Kind and id, as they stand in addresses; the embeds of whole pages are not among them."""


@dataclass
class _Recorder(PageRenderer):
    """Renders, and remembers every record that a template was handed or asked for."""

    known: dict[int, Key] = field(default_factory=dict)
    seen: set[Key] = field(default_factory=set)

    def render(self, template: str, kind: str | None, record_id: str | None, **values: Any) -> Markup:
        self._note(values)
        return super().render(template, kind, record_id, **values)

    def _note(self, value: Any) -> None:
        if isinstance(value, Record):
            if id(value) in self.known:
                self.seen.add(self.known[id(value)])
        elif isinstance(value, dict | list | tuple):
            for inner in value.values() if isinstance(value, dict) else value:
                self._note(inner)

    def record(self, kind: str, record_id: str) -> Any:
        record = super().record(kind, record_id)
        self.seen.add((kind, record_id))
        return record


def where_shown(book: Book) -> dict[Key, Shown]:
    """Render every page and part once, and tell where each record is shown."""
    found: dict[Key, Shown] = {}
    known = {
        id(record): (kind, record_id)
        for kind in book.guide.sources
        for record_id, record in book.guide.records(kind).items()
    }
    everywhere = {("helplines", line) for line in (book.guide.site.emergency if book.guide.site else ())}
    for page in book.pages.values():
        recorder = _Recorder(book.guide, page.path, book.language, known=known)
        with suppress(*FAILS):
            recorder.page_html(to_html(page.text.text, page.anchors), page.text)
        for key in recorder.seen | everywhere:
            found.setdefault(key, Shown()).pages.append(page.path)
    for name, recorder in _parts(book, known):
        for key in recorder.seen | everywhere:
            found.setdefault(key, Shown()).embeds.append(name)
    return found


def _parts(book: Book, known: dict[int, Key]) -> Iterator[tuple[str, _Recorder]]:
    """Render each part that can be embedded, with its sources."""
    for part in PARTS.values():
        macro = macros()[part.call]
        choices = macro.choices(book.guide) if macro.choices else {"all"}
        for item in sorted(book.guide.records(macro.kind) if macro.kind else choices):
            recorder = _Recorder(book.guide, "", book.language, known=known)
            with suppress(*FAILS):
                macro(recorder, *([item] if macro.kind or macro.choices else []))
                recorder.source_list()
            yield f"{part.key}/{item}", recorder
