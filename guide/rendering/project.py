"""A whole project as it was written: records, pages, navigation. What checks look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from sys import intern
from typing import Any

from jinja2 import TemplateError

from guide.model.addresses import page_address
from guide.model.guide import Guide, walk
from guide.model.problems import Place, Problem, UnknownId
from guide.model.reads import Read, recorded_reads
from guide.model.record import ID_PATTERN
from guide.model.registry import macros
from guide.reading.calls import Call
from guide.reading.files import RECORDS, read_text
from guide.reading.navigation import Entry, entries, navigation_mistakes
from guide.reading.pages import Page, page_heads, read_pages
from guide.reading.passages import Passage, record_passages
from guide.reading.records import read_guide
from guide.reading.released_addresses import released_pages, retired_pages
from guide.reading.renamed_pages import renamed_pages
from guide.reading.unchanged import Unchanged
from guide.reading.yaml_nodes import compose
from guide.rendering.page import PageRenderer

FAILS = (TemplateError, LookupError, TypeError, ValueError)
"""What rendering raises for a wrong call or a faulty record."""


@dataclass(frozen=True)
class Failure:
    """Something that cannot be shown: where it was asked for, what was raised, and the kinds of records involved."""

    place: Place
    error: Exception
    kinds: frozenset[str]


@dataclass(frozen=True)
class _Rendered:
    """A page's calls, run: the ids there, the calls that fail or show less than they will, and what they read."""

    ids: set[str]
    failing: list[tuple[Call, Exception | None]]
    files: list[str]
    reads: set[Read]


@dataclass
class Project:
    """Everything a build reads."""

    root: Path
    guide: Guide
    pages: dict[str, Page]
    navigation: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    language: str = "en"
    settings: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Settings of the theme, and others of mkdocs.yml under `extra`, by names such as "theme.logo": value and line."""

    @property
    def index_page(self) -> str:
        """The page that lists everything, for readers whose search doesn't run, by its path in docs/; "" for none."""
        address = self.settings.get("extra.no_script_search", ("", 0))[0].strip("/")
        pages = {page_address(path).strip("/"): path for path in self.pages}
        return (pages.get(address) or f"{address}.md") if address else ""

    @property
    def whole(self) -> bool:
        """Return whether all was read without a problem.

        Where something was not, it may hold a use of anything: no rule may say then that nobody uses a thing.
        """
        return not self.problems and not any(page.content.problems for page in self.pages.values())

    def references_in_records(self) -> Iterator[tuple[str, Place]]:
        """Return each reference that a record cites, with its place."""
        for kind, record_id, source in self.guide.written():
            if kind != "references":
                for path, value in walk(source.plain):
                    # What is no id is refused by the model.
                    if "references" in path and re.match(ID_PATTERN, value):
                        yield value, self.guide.place(kind, record_id, *path)

    def references_in_pages(self) -> Iterator[tuple[str, Place]]:
        """Return each reference that a page cites by a call, with its place."""
        for page in self.pages.values():
            for call in page.calls:
                macro = macros().get(call.name)
                if macro and macro.kind == "references":
                    for value in call.strings():
                        yield value, page.place(call.line)

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Pages that were renamed: old address, new path."""
        listed = {entry.target for entry in self.navigation}
        return renamed_pages(self.pages, listed, released_pages(self.root), retired_pages(self.guide))

    @cached_property
    def record_passages(self) -> list[Passage]:
        """The texts and names of all valid records."""
        return list(record_passages(self.guide))

    def passages(self, *roles: str) -> Iterator[Passage]:
        """Return what readers read, of pages and then of records: the passages that have one of these roles."""
        for page in self.pages.values():
            yield from (passage for passage in page.passages if passage.role in roles)
        yield from (passage for passage in self.record_passages if passage.role in roles)

    @cached_property
    def _anchors(self) -> dict[str, _Rendered]:
        return {}

    def anchors(self, path: str) -> set[str]:
        """Return the ids of a page: those of its headings and of what its calls show."""
        return self._found_anchors(path).ids

    def lacks_anchor(self, path: str, anchor: str) -> bool:
        """Return whether a page has no such id; False where a call that fails for now may be to show it.

        A call of a record that isn't valid, or isn't there, may be to show ids with the name of that record only.
        """
        found = self._found_anchors(path)
        return anchor not in found.ids and not any(self._may_show(call, anchor) for call, _ in found.failing)

    def _may_show(self, call: Call, anchor: str) -> bool:
        kind, names = macros()[call.name].kind, list(call.strings())
        valid = kind is None or all(name in self.guide.records(kind) for name in names)
        return valid or any(name in anchor for name in names)

    def render_all(self, older: "Project | None") -> None:
        """Run the calls of every page, and remember what they show, for the next state of the project too.

        Args:
            older: The state before: what it remembers of a page holds if nothing has changed that its calls read.
        """
        changed = self.guide.changes(older.guide) if older else set()
        for path, page in self.pages.items():
            before = older._anchors.get(path) if older and older.pages.get(path) is page else None
            self._anchors[path] = before if before and not before.reads & changed else self._rendered(path)

    def _found_anchors(self, path: str) -> _Rendered:
        if path not in self._anchors:
            self._anchors[path] = self._rendered(path)
        return self._anchors[path]

    def _rendered(self, path: str) -> _Rendered:
        page = self.pages[path]
        renderer = PageRenderer(self.guide, path, self.language)
        renderer.ids.update(page.content.ids)
        failing: list[tuple[Call, Exception | None]] = []
        with recorded_reads() as reads:
            for call in page.calls:
                macro = macros().get(call.name)
                if macro and macro.kind is None and not self.guide.whole(macro.of):
                    failing.append((call, None))
                try:
                    if macro:
                        macro(renderer, *call.args, **call.kwargs)
                except FAILS as error:
                    # `failures` reports it, unless a rule says why.
                    failing.append((call, error))
        # Many pages have the same ones.
        found = set(map(intern, renderer.ids))
        if renderer.cited and self.language in self.guide.labels:
            found.add(renderer.sources_id())
            found.update(intern(f"source-{number}") for number in range(1, len(renderer.cited) + 1))
        return _Rendered(found, failing, renderer.data_files, reads)

    def failures(self) -> Iterator[Failure]:
        """Render every call of every page, and every record that no page shows; return what cannot be shown."""
        called: set[tuple[str, str]] = set()
        for path, page in self.pages.items():
            called.update((call.name, value) for call in page.calls for value in call.strings())
            # What only this asks for is not kept: the ids of 1,000 pages take memory.
            found = self._anchors.get(path) or self._rendered(path)
            for call, error in found.failing:
                if error:
                    yield Failure(page.place(call.line), error, _involved(call.name, error, found.files))
        for macro in macros().values():
            for record_id in self.guide.records(macro.kind) if macro.kind and macro.block else ():
                if (macro.name, record_id) not in called:
                    renderer = PageRenderer(self.guide, "index.md", self.language)
                    try:
                        macro(renderer, record_id)
                    except FAILS as error:
                        place = self.guide.place(str(macro.kind), record_id)
                        yield Failure(place, error, _involved(macro.name, error, renderer.data_files))


def read_project(root: Path, unchanged: Unchanged | None = None) -> Project:
    """Read a project: mkdocs.yml, data/ and docs/.

    Args:
        root: The folder of the project.
        unchanged: Remembers what was read the time before, so that only what has changed is read again.
    """
    guide, problems = read_guide(root / "data", unchanged)
    pages, page_problems = read_pages(root / "docs", unchanged)
    guide.pages.update(page_heads(pages))
    project = Project(root, guide, pages, problems=[*problems, *page_problems])
    _read_configuration(project)
    return project


def _read_configuration(project: Project) -> None:
    path = project.root / "mkdocs.yml"
    if not path.exists():
        remedy = "Run the command in the folder of the guide, or name that folder with --root."
        project.problems.append(Problem(Place(path.name, 1), "there is no such file", remedy, "needed-file"))
        return
    text, problems = read_text(path, path.name, RECORDS)
    if text is None:
        project.problems.extend(problems)
        return
    node, problems = compose(path.name, text, records=False)
    mistakes = list(navigation_mistakes(path.name, text))
    # A YAML parser's message about a mistake in the navigation doesn't help.
    project.problems.extend(mistakes or problems)
    if node is None:
        return
    top: dict[str, Any] = {key.value: value for key, value in node.value} if node.id == "mapping" else {}
    for name in ("theme", "extra"):
        if name in top and top[name].id == "mapping":
            for key, value in top[name].value:
                if value.id == "scalar":
                    project.settings[f"{name}.{key.value}"] = (value.value, key.start_mark.line + 1)
    project.language = project.settings.get("theme.language", (project.language, 0))[0]
    if "nav" in top and not mistakes:
        project.navigation = list(entries(top["nav"]))


def _involved(name: str, error: Exception, files: list[str]) -> frozenset[str]:
    """Return the kinds of records that a call of a macro shows, and the one that it asked for in vain."""
    kinds = {name, macros()[name].of, "labels", "site"}
    kinds |= {re.split(r"[/.]", path)[1] for path in files}
    return frozenset(kinds | ({error.kind} if isinstance(error, UnknownId) else set()))
