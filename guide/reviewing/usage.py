"""Where each record is shown: on which pages and in which embeds."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

from guide.model.kind import Part
from guide.model.registry import parts
from guide.reading.page_html import to_html
from guide.rendering.page import Key, PageRenderer
from guide.rendering.project import FAILS, Project


@dataclass
class Usage:
    """Where one record is shown."""

    pages: list[str] = field(default_factory=list)
    """The pages, by their paths in docs/."""
    embeds: list[str] = field(default_factory=list)
    """The embeds, by kind and id as in addresses, without those of whole pages."""
    blocks: list[str] = field(default_factory=list)
    """The pages on which its block stands, which say all of it."""


def where_shown(project: Project) -> dict[Key, Usage]:
    """Render every page and every embed once, and return where each record is shown."""
    usage: dict[Key, Usage] = {}
    everywhere = {("helplines", line) for line in (project.guide.site.emergency if project.guide.site else ())}
    for page in project.pages.values():
        renderer = PageRenderer(project.guide, page.path, project.language)
        with suppress(*FAILS):
            renderer.page_html(to_html(page.text.text, page.anchors), page.text)
        for key in renderer.records | everywhere:
            usage.setdefault(key, Usage()).pages.append(page.path)
        for key in renderer.places:
            usage.setdefault(key, Usage()).blocks.append(page.path)
    for name, renderer in _embeds(project):
        for key in renderer.records | everywhere:
            usage.setdefault(key, Usage()).embeds.append(name)
    return usage


def _embeds(project: Project) -> Iterator[tuple[str, PageRenderer]]:
    """Render each embed with its sources; return its name and what rendered it."""
    for key, kind in parts().items():
        for item in sorted(kind.part_items(project.guide, project.language), key=lambda item: item.id):
            renderer = PageRenderer(project.guide, "", project.language)
            with suppress(*FAILS):
                renderer.show(cast(Part, kind.part).macro, *item.arguments)
                renderer.source_list()
            yield f"{key}/{item.id}", renderer
