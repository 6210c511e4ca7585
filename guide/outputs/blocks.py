"""Blocks by themselves: each record rendered once, for embeds, data files and handouts alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from guide.model.kind import Kind, Part
from guide.model.registry import macros
from guide.outputs.site import Site
from guide.rendering.page import PageRenderer


@dataclass(frozen=True)
class Block:
    """A record, or a list of some, as it is shown outside of any page: HTML with marks."""

    content: str
    cited: tuple[str, ...]
    """The ids of its sources, in the order of their numbers."""
    sources: str
    """The list of them; "" if there are none."""
    ids: frozenset[str]
    """Every id in both that links may lead to."""
    components: frozenset[str] = frozenset()
    """Folders of the components that it shows."""


class Blocks:
    """Renders blocks, each once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._made: dict[tuple[str, ...], Block] = {}

    def record(self, kind: Kind, record: Any) -> Block:
        """Return what a record by itself is shown as."""
        block = kind.block
        if block is None:
            return self.call(cast(Part, kind.part).macro, record.id)
        return self.render((kind.key, record.id), lambda page: str(block(page, record)))

    def call(self, name: str, *arguments: str) -> Block:
        """Return what a macro shows."""
        return self.render((name, *arguments), lambda page: str(macros()[name](page, *arguments)))

    def render(self, key: tuple[str, ...], show: Callable[[PageRenderer], str]) -> Block:
        """Return what a function shows; of two calls with one key, the first one's."""
        if key not in self._made:
            page = PageRenderer(self._site.guide, "", self._site.language)
            content = show(page)
            cited = tuple(page.cited)
            sources = str(page.source_list()) if cited else ""
            self._made[key] = Block(content, cited, sources, frozenset(page.ids), frozenset(page.components))
        return self._made[key]
