"""Where each record is shown: on which pages, and in which parts that other sites can embed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from guide.outputs.embeds import PARTS
from guide.reading.page_html import to_html
from guide.rendering.page import MACROS, Key, PageRenderer
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
    everywhere = {("helplines", line) for site in book.guide.site.values() for line in site.emergency}
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
    for part in PARTS.values():
        macro = MACROS[part.call]
        choices = macro.choices(book.guide) if macro.choices else {"all"}
        for item in sorted(book.guide.records(macro.kind) if macro.kind else choices):
            renderer = PageRenderer(book.guide, "", book.language)
            with suppress(*FAILS):
                macro.function(renderer, *([item] if macro.kind or macro.choices else []))
                renderer.source_list()
            yield f"{part.key}/{item}", renderer
