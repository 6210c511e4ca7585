"""All records by id, and the place where each field was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from guide.model.care import CareCard, Helpline
from guide.model.charts import CertaintyChart, IconChart, LevelChart, PathChart
from guide.model.checklist import Checklist
from guide.model.comparison import Comparison
from guide.model.level import Level
from guide.model.lists import Event, Exemption, Figure, Moved, Question, Synonyms, Term, Withdrawn, Wording
from guide.model.options import Technology, Therapy
from guide.model.problems import Place
from guide.model.reads import Read, Records, recorded_reads
from guide.model.record import Reviewed
from guide.model.reference import Reference
from guide.model.schedule import Schedule
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


@dataclass
class Guide:
    """Every record of one guide.

    `sources` holds what was written, by kind and id, the faulty records too, so that a call for a faulty record is
    not reported a second time as an unknown id. `heads` holds the dates of files that hold a list with a head.
    `pages` holds the heads of pages, by their path in docs/. `unread` names the kinds whose one file cannot be read.
    """

    references: dict[str, Reference] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    therapies: dict[str, Therapy] = field(default_factory=dict)
    technologies: dict[str, Technology] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    care_cards: dict[str, CareCard] = field(default_factory=dict)
    charts: dict[str, LevelChart | CertaintyChart | IconChart | PathChart] = field(default_factory=dict)
    timeline: dict[str, Event] = field(default_factory=dict)
    glossary: dict[str, Term] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    helplines: dict[str, Helpline] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    language: dict[str, Wording] = field(default_factory=dict)
    search: dict[str, Synonyms] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawn] = field(default_factory=dict)
    moved: dict[str, Moved] = field(default_factory=dict)
    exemptions: dict[str, Exemption] = field(default_factory=dict)
    site: dict[str, Site] = field(default_factory=dict)
    labels: dict[str, Labels] = field(default_factory=dict)
    sources: dict[str, dict[str, Source]] = field(default_factory=dict)
    heads: dict[str, Reviewed] = field(default_factory=dict)
    pages: dict[str, PageHead] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    _keys: dict[int, tuple[str, str]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Let all reads of records be recorded."""
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name not in ("sources", "unread", "_keys") and not isinstance(value, Records):
                setattr(self, each.name, Records(each.name.replace("_", "-"), value))

    def _by_kind(self) -> dict[str, dict[str, Any]]:
        """Return all records, and the heads of files and pages as if they were kinds too."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Records)}

    def add(self, part: "Guide") -> None:
        """Take in the records of one file."""
        for name, records in part._by_kind().items():
            if records:
                getattr(self, name).update(records)
        for kind, sources in part.sources.items():
            self.sources.setdefault(kind, {}).update(sources)
        self.unread |= part.unread

    def changes(self, older: "Guide") -> set[Read]:
        """Return what differs from an older state of the guide, as `recorded_reads` tells what was read."""
        changed: set[Read] = set()
        for name, now in self._by_kind().items():
            before = getattr(older, name)
            different = {item for item in {*now, *before} if now.get(item) != before.get(item)}
            if different or list(now) != list(before):
                kind = name.replace("_", "-")
                changed |= {(kind, None), *((kind, item) for item in different)}
        return changed

    @property
    def settings(self) -> Site:
        """What data/site.yaml says.

        Raises:
            LookupError: It says nothing that can be read.
        """
        for site in self.site.values():
            return site
        raise LookupError("data/site.yaml")

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

    def records(self, kind: str) -> dict[str, Any]:
        """Give the valid records of one kind, such as "care-cards", by id."""
        found: dict[str, Any] = getattr(self, kind.replace("-", "_"), {})
        return found

    def names(self, kind: str) -> set[str]:
        """Give every id of one kind, those of faulty records too."""
        return set(self.sources.get(kind, {}))

    def lacks(self, kind: str, record_id: object) -> bool:
        """Tell whether there is no such record; False where a file that cannot be read may hold it."""
        return kind not in self.unread and record_id not in self.names(kind)

    def whole(self, kind: str) -> bool:
        """Tell whether every record of a kind is valid."""
        return kind not in self.unread and all(source.valid for source in self.sources.get(kind, {}).values())

    def written(self) -> Iterator[tuple[str, str, Source]]:
        """Give every record as it was written: kind, id, source."""
        for kind, sources in self.sources.items():
            for record_id, source in sources.items():
                yield kind, record_id, source

    def place(self, kind: str, record_id: str, *path: str | int) -> Place:
        """Find the line of a field, or of the nearest thing around it that was written."""
        source = self.sources[kind][record_id]
        return Place(source.path, line_of(source.node, path))

    def forget_lines(self) -> None:
        """Let go of how records were written, where nobody asks for lines any more: it takes 10 MB."""
        for _, _, source in self.written():
            source.node = source.plain = None

    def label(self, word: str, language: str) -> str:
        """Give the word or phrase that templates print for a label id."""
        return self.labels[language].words[word]

    def shown_name(self, group: str, item: str, language: str) -> str:
        """Give the shown name of a value, such as ("certainty", "very-low")."""
        return self.labels[language].names[group][item]


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
    """Give every text of a plain value with its path."""
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
