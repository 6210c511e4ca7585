"""All records by id, and the place where each field was written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from guide.model.exemption import Exemption
from guide.model.moved import Moved, Withdrawn
from guide.model.problems import Place
from guide.model.reads import Read, Records, recorded_reads
from guide.model.record import Reviewed
from guide.model.reference import Reference
from guide.model.review import ClinicalReview
from guide.model.search import Synonyms
from guide.model.site import Labels, Site


@dataclass
class Source:
    """One record as it was written: its file, its YAML node, and its plain value (texts, lists, dicts)."""

    path: str
    node: Any
    plain: Any
    valid: bool = True


@dataclass(frozen=True)
class PageHead:
    """What the head of a page says of it."""

    title: str
    front: Reviewed
    page: Any = field(default=None, repr=False)
    """The page itself (`guide.reading.pages.Page`), for what is worked out only where it is shown."""


@dataclass
class Guide:
    """Every record of one guide.

    `by_kind` holds the valid records, by kind and id; the generator's own kinds have properties, and `records` returns
    those of any kind. `sources` holds what was written, by kind and id, the faulty records too, so that a call for a
    faulty record is not reported a second time as an unknown id. `heads` holds the dates of files that hold a list with
    a head. `pages` holds the heads of pages, by their path in docs/. `unread` names the kinds whose one file cannot be
    read.
    """

    by_kind: dict[str, Records] = field(default_factory=dict)
    sources: dict[str, dict[str, Source]] = field(default_factory=dict)
    heads: Records = field(default_factory=lambda: Records("heads"))
    pages: Records = field(default_factory=lambda: Records("pages"))
    unread: set[str] = field(default_factory=set)
    _keys: dict[int, tuple[str, str]] = field(default_factory=dict, init=False, repr=False)

    def add(self, part: "Guide") -> None:
        """Take in the records of one file."""
        for kind, records in part.by_kind.items():
            self.records(kind).update(records)
        for kind, sources in part.sources.items():
            self.sources.setdefault(kind, {}).update(sources)
        self.heads.update(part.heads)
        self.unread |= part.unread

    def changes(self, older: "Guide") -> set[Read]:
        """Return what differs from an older state of the guide, as `recorded_reads` tells what was read."""
        changed: set[Read] = set()
        pairs = [(self.records(kind), older.records(kind)) for kind in {*self.by_kind, *older.by_kind}]
        for now, before in (*pairs, (self.heads, older.heads), (self.pages, older.pages)):
            different = {item for item in {*now, *before} if now.get(item) != before.get(item)}
            if different or list(now) != list(before):
                changed |= {(now.kind, None), *((now.kind, item) for item in different)}
        return changed

    def records(self, kind: str) -> Records:
        """Return the valid records of one kind, such as "care-cards", by id."""
        if kind not in self.by_kind:
            self.by_kind[kind] = Records(kind)
        return self.by_kind[kind]

    def with_records(self, kind: str, records: Mapping[str, Any]) -> Self:
        """Return this guide with other records of one kind."""
        return replace(self, by_kind={**self.by_kind, kind: Records(kind, records)})

    @property
    def references(self) -> dict[str, Reference]:
        """The sources, by id."""
        return self.records("references")

    @property
    def search(self) -> dict[str, Synonyms]:
        """Words that readers type, by id."""
        return self.records("search")

    @property
    def withdrawn(self) -> dict[str, Withdrawn]:
        """What the guide no longer has, by id."""
        return self.records("withdrawn")

    @property
    def moved(self) -> dict[str, Moved]:
        """Pages that have a new address, by id."""
        return self.records("moved")

    @property
    def reviews(self) -> dict[str, ClinicalReview]:
        """What clinicians have read and signed, by id."""
        return self.records("reviews")

    @property
    def exemptions(self) -> dict[str, Exemption]:
        """Rules that don't apply at one place, by id."""
        return self.records("exemptions")

    @property
    def labels(self) -> dict[str, Labels]:
        """The words that templates print, by language."""
        return self.records("labels")

    @property
    def site(self) -> Site | None:
        """What data/site.yaml says, if that can be read."""
        site: Site | None = self.records("site").get("site")
        return site

    @property
    def settings(self) -> Site:
        """What data/site.yaml says.

        Raises:
            LookupError: It says nothing that can be read.
        """
        if self.site is None:
            raise LookupError("data/site.yaml")
        return self.site

    def key_of(self, record: object) -> tuple[str, str] | None:
        """Return the kind and id of a record; None for what is only a part of one."""
        if not self._keys:
            # To look a record up says nothing about what is shown of the others.
            with recorded_reads():
                self._keys = {
                    id(each): (kind, record_id)
                    for kind in self.sources
                    for record_id, each in self.records(kind).items()
                }
        return self._keys.get(id(record))

    def names(self, kind: str) -> set[str]:
        """Return every id of one kind, those of faulty records too."""
        return set(self.sources.get(kind, {}))

    def lacks(self, kind: str, record_id: object) -> bool:
        """Return whether there is no such record; False where a file that cannot be read may hold it."""
        return kind not in self.unread and record_id not in self.names(kind)

    def whole(self, kind: str) -> bool:
        """Return whether every record of a kind is valid."""
        return kind not in self.unread and all(source.valid for source in self.sources.get(kind, {}).values())

    def written(self) -> Iterator[tuple[str, str, Source]]:
        """Return every record as it was written: kind, id, source."""
        for kind, sources in self.sources.items():
            for record_id, source in sources.items():
                yield kind, record_id, source

    def place(self, kind: str, record_id: str, *path: str | int) -> Place:
        """Find the line of a field, or of the nearest thing around it that was written."""
        source = self.sources[kind][record_id]
        return Place(source.path, line_of(source.node, path))


def line_of(node: Any, path: tuple[str | int, ...]) -> int:
    """Walk a YAML node along keys and indexes; steps that were not written are passed over."""
    line: int = node.start_mark.line + 1
    for step in path:
        if node.id == "mapping":
            for key, value in node.value:
                if key.value == step:
                    node, line = value, key.start_mark.line + 1
                    break
        elif node.id == "sequence" and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def walk(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Return every text of a plain value with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, (*path, index))


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    """Return what stands at a path of a plain value, as `walk` yields paths."""
    for step in path:
        value = value[step]
    return value
