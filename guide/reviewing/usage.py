"""Where each record is shown: on which pages, and in which parts that other sites can embed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

from guide.model.kind import Part
from guide.model.registry import parts
from guide.reading.page_html import to_html
from guide.rendering.page import Key, PageRenderer
from guide.rendering.project import FAILS, Book


@dataclass
class Shown:
    """Where one record is shown."""

    pages: list[str] = field(default_factory=list)
    """Paths in docs/."""
    embeds: list[str] = field(default_factory=list)
    """Kind and id, as they stand in addresses; the embeds of whole pages are not among them."""


def where_shown(book: Book) -> dict[Key, Shown]:
    """Render every page and part once, and tell where each record is shown."""
    found: dict[Key, Shown] = {}
    everywhere = {("helplines", line) for line in (book.guide.site.emergency if book.guide.site else ())}
    for page in book.pages.values():
        renderer = PageRenderer(book.guide, page.path, book.language)
        with suppress(*FAILS):
            renderer.page_html(to_html(page.text.text, page.anchors), page.text)
        for key in renderer.records | everywhere:
            found.setdefault(key, Shown()).pages.append(page.path)
    for name, renderer in _parts(book):
        for key in renderer.records | everywhere:
            found.setdefault(key, Shown()).embeds.append(name)
    return found


def _parts(book: Book) -> Iterator[tuple[str, PageRenderer]]:
    """Render each part that can be embedded, with its sources."""
    for key, kind in parts().items():
        for item in sorted(kind.part_items(book.guide, book.language), key=lambda item: item.id):
            renderer = PageRenderer(book.guide, "", book.language)
            with suppress(*FAILS):
                renderer.show(cast(Part, kind.part).macro, *item.arguments)
                renderer.source_list()
            yield f"{key}/{item.id}", renderer
