"""Where each record is shown: on which pages, in which embeds and in which sentences."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

from guide.model.kind import Part
from guide.model.problems import Place
from guide.model.registry import macros, parts
from guide.reading.page_html import to_html
from guide.reading.passages import CITE, sentence_with
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


def sentences_around(project: Project, key: Key) -> dict[Place, str]:
    """Return the sentences that print something of a record, such as its number: what they say of it may be wrong now.

    A citation isn't one of these.
    """
    kind, record_id = key
    sentences: dict[Place, str] = {}
    for page in project.pages.values():
        for call in page.calls:
            macro = macros().get(call.name)
            inline = macro is not None and not macro.block and macro.kind == kind and call.name != CITE
            if inline and record_id in call.strings():
                line = page.body.split("\n")[call.line - page.body_start]
                sentences[page.place(call.line)] = sentence_with(line, call.written)
    return sentences


def _embeds(project: Project) -> Iterator[tuple[str, PageRenderer]]:
    """Render each embed with its sources; return its name and what rendered it."""
    for key, kind in parts().items():
        for item in sorted(kind.part_items(project.guide, project.language), key=lambda item: item.id):
            renderer = PageRenderer(project.guide, "", project.language)
            with suppress(*FAILS):
                renderer.show(cast(Part, kind.part).macro, *item.arguments)
                renderer.source_list()
            yield f"{key}/{item.id}", renderer
