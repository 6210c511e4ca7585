"""A whole project as it was written: records, pages, navigation. What checks look at."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from markdown.extensions.toc import slugify, unique

from macros.guide import Guide, walk
from macros.loading import compose, read_guide
from macros.pages import Page, read_pages
from macros.problems import Place, Problem, UnknownId
from macros.rendering import MACROS, PageRenderer

_ID = re.compile(r'\sid="([^"]+)"')


@dataclass
class Book:
    """Everything a build reads."""

    root: Path
    guide: Guide
    pages: dict[str, Page]
    navigation: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    language: str = "en"

    def references_in_records(self) -> Iterator[tuple[str, Place]]:
        """Give each reference that a record cites, with its place."""
        for kind, record_id, source in self.guide.written():
            if kind != "references":
                for path, value in walk(source.plain):
                    if "references" in path:
                        yield value, self.guide.place(kind, record_id, *path)

    def references_in_pages(self) -> Iterator[tuple[str, Place]]:
        """Give each reference that a page cites by a call, with its place."""
        for page in self.pages.values():
            for call in page.calls:
                macro = MACROS.get(call.name)
                if macro and macro.kind == "references":
                    for value in call.strings():
                        yield value, page.place(call.line)

    @cached_property
    def _anchors(self) -> dict[str, set[str] | None]:
        return {}

    def anchors(self, path: str) -> set[str] | None:
        """Give the ids of a page: those of its headings and of what its calls show; None if a call cannot be shown."""
        if path not in self._anchors:
            page = self.pages[path]
            taken: set[str] = set()
            for _, text, _ in page.headings:
                unique(slugify(text, "-"), taken)
            renderer = PageRenderer(self.guide, path, self.language)
            try:
                renderer.body(page.body)
            except (TemplateError, UnknownId, TypeError, KeyError):
                # Another check says what is wrong with the call.
                self._anchors[path] = None
                return None
            if renderer.cited:
                unique(slugify(renderer.words["sources"], "-"), taken)
            for block in renderer.blocks.values():
                taken.update(_ID.findall(block))
            self._anchors[path] = taken
        return self._anchors[path]


def read_book(root: Path) -> Book:
    """Read a project: mkdocs.yml, data/ and docs/."""
    guide, problems = read_guide(root / "data")
    pages, page_problems = read_pages(root / "docs")
    book = Book(root, guide, pages, problems=[*problems, *page_problems])
    _read_configuration(book)
    return book


def _read_configuration(book: Book) -> None:
    path = book.root / "mkdocs.yml"
    if not path.is_file():
        remedy = "Run the command in the folder of the guide, or name that folder with --root."
        book.problems.append(Problem(Place(path.name, 1), "there is no such file", remedy, "needed-file"))
        return
    try:
        node, problems = compose(path.name, path.read_text("utf-8"))
    except UnicodeDecodeError:
        node, problems = (
            None,
            [Problem(Place(path.name, 1), "a letter that is not UTF-8", "Save the file as UTF-8.", "encoding")],
        )
    book.problems.extend(problems)
    if node is None:
        return
    top: dict[str, Any] = {key.value: value for key, value in node.value} if node.id == "mapping" else {}
    if "nav" in top:
        for entry in _leaves(top["nav"]):
            book.navigation[entry.value] = entry.start_mark.line + 1


def _leaves(node: Any) -> Iterator[Any]:
    if node.id == "scalar":
        yield node
    elif node.id == "sequence":
        for item in node.value:
            yield from _leaves(item)
    else:
        for _, value in node.value:
            yield from _leaves(value)


def grouped(values: Iterator[tuple[str, Place]]) -> dict[str, list[Place]]:
    """Gather places by value."""
    found: dict[str, list[Place]] = defaultdict(list)
    for value, place in values:
        found[value].append(place)
    return found
