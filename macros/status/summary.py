"""The states of pages and records, summed up by kind and by the month in which checks are due."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guide.model.guide import Guide
from guide.rendering.status import State, shown_kinds, states


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
    """Return the states of every kind that there is something of."""
    found = list(states(guide, language, guide.pages))
    by_kind = [Group(kind, [state for state in found if state.kind == kind]) for kind in shown_kinds()]
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
