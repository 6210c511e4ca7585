"""How things stand: of each page and record, when its sources were checked, how sure it is, and what nobody knows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from guide.model.comparison import Comparison
from guide.model.guide import Guide, PageHead, walk
from guide.model.kinds import KINDS
from guide.model.record import Certainty, NotKnown, Signature

PAGES = "pages"
# What readers never see.
_INTERNAL = {"language", "search", "withdrawn", "moved", "exemptions", "site", "labels"}
SHOWN = (PAGES, *(kind for kind in KINDS if kind not in _INTERNAL))
"""The kinds, pages first; the labels name each of them, under `kinds`."""


# Where a record has answers under keys of its own: the label of each such key.
_ASKED = {
    "hours_per_week": "hours-a-week",
    "setting": "level-setting",
    "staff": "level-staff",
    "typical_for": "level-typical-for",
    "length": "level-length",
    "work_or_school": "level-work-or-school",
    "cost": "level-cost",
}


@dataclass(frozen=True)
class Gap:
    """One answer that nobody has: the question, what it was asked of ("" for the record itself), and why."""

    question: str
    option: str
    why: str


@dataclass(frozen=True)
class State:
    """One page or record.

    `file` is where it is written, `page` its path in docs/ if it is a page. `certainty` holds each level that it
    claims, the surest first; `gaps` what it says that nobody knows; `languages` those in which it can be read.
    """

    kind: str
    id: str
    title: str
    file: str
    page: str
    checked: date | None
    due: date | None
    signed: Signature | None
    certainty: tuple[Certainty, ...]
    gaps: tuple[Gap, ...]
    languages: tuple[str, ...]


def states(guide: Guide, language: str, pages: Mapping[str, PageHead]) -> Iterator[State]:
    """Give the state of every page, then of every record by kind."""
    for path, page in pages.items():
        front = page.front
        dates = (front.sources_checked, front.review_due, front.clinical_review)
        yield State(PAGES, path, page.title, f"docs/{path}", path, *dates, (), (), (language,))
    for kind in SHOWN[1:]:
        for record_id, record in guide.records(kind).items():
            yield _state(guide, kind, record_id, record, language)


def _state(guide: Guide, kind: str, record_id: str, record: Any, language: str) -> State:
    head = guide.heads.get(kind)

    def first(*names: str) -> Any:
        own = (getattr(record, name, None) for name in names)
        return next((value for value in own if value), getattr(head, names[-1], None))

    plain = record.model_dump(mode="json", by_alias=True)
    claimed = {value for path, value in walk(plain) if path[-1] == "certainty"}
    return State(
        kind,
        record_id,
        first("title", "name", "term", "question"),
        guide.sources[kind][record_id].path,
        "",
        first("as_of", "accessed", "sources_checked"),
        first("check_due", "review_due"),
        first("clinical_review"),
        tuple(level for level in get_args(Certainty) if level in claimed),
        tuple(_gaps(record, guide.labels[language].words)),
        (getattr(record, "lang", None) or language,),
    )


def _gaps(record: Any, words: Mapping[str, str]) -> Iterator[Gap]:
    if isinstance(record, Comparison):
        names = {option.id: option.name for option in record.options}
        for row in record.rows:
            for option, cell in row.cells.items():
                if isinstance(cell, NotKnown):
                    yield Gap(row.question, names.get(option, option), cell.not_known)
        return
    for key, value in record:
        if isinstance(value, NotKnown):
            yield Gap(words[_ASKED[key]], "", value.not_known)


@dataclass(frozen=True)
class Group:
    """What is said of one kind as a whole."""

    kind: str
    states: list[State]

    @property
    def oldest(self) -> date | None:
        """The day of the check that lies back furthest."""
        return min((state.checked for state in self.states if state.checked), default=None)

    @property
    def next_due(self) -> date | None:
        """The first day on which something is due."""
        return min((state.due for state in self.states if state.due), default=None)

    @property
    def gaps(self) -> int:
        """How many answers nobody has."""
        return sum(len(state.gaps) for state in self.states)

    @property
    def signed(self) -> int:
        """How many a clinician has signed."""
        return sum(bool(state.signed) for state in self.states)


def groups(guide: Guide, language: str) -> list[Group]:
    """Give the states of every kind that there is something of."""
    found = list(states(guide, language, guide.pages))
    by_kind = [Group(kind, [state for state in found if state.kind == kind]) for kind in SHOWN]
    return [group for group in by_kind if group.states]


@dataclass(frozen=True)
class Due:
    """One month in which checks are due: any day of it, and how many."""

    month: date
    count: int


def due_months(found: Iterable[Group]) -> list[Due]:
    """Count the checks that are due, by month; months without any are left out."""
    days = (state.due for group in found for state in group.states if state.due)
    return [Due(month, count) for month, count in sorted(Counter(day.replace(day=1) for day in days).items())]
