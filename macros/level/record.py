"""Levels: the steps of care, from the lightest to the most intensive."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from guide.model.answers import HoursPerWeek
from guide.model.code import Coded
from guide.model.kind import Row
from guide.model.record import Gap, Id, Known, Name, NotKnown, PagePath, Record, Reviewed
from guide.model.rows import cited_in


def known_or_not(value: object) -> str:
    """Distinguish a statement from a gap by its key, so that one fault gives one problem.

    Tags of unions begin with "=", so that no path in a record is taken for one.
    """
    keys = value if isinstance(value, dict) else vars(value) if isinstance(value, Record) else {}
    return "=not_known" if "not_known" in keys else "=known"


Answer = Annotated[
    Annotated[Known, Tag("=known")] | Annotated[NotKnown, Tag("=not_known")],
    Discriminator(known_or_not),
]


class Designation(Record):
    """The name of the level in a published system, such as an edition of a set of criteria."""

    system: Name
    """The system, and its edition."""
    code: Name
    """As that system writes it."""


class Level(Reviewed):
    """One level, from the lightest to the most demanding. Charts, ladders and table cells are views of it."""

    id: Id
    """Also the name of the file."""
    name: Name
    """In full."""
    short_name: Name
    """For pictures."""
    in_plain_words: Name
    """What it is, in a few everyday words, for the ladder."""
    step: Annotated[int, Field(ge=1)]
    """Place on the ladder: 1 is the lightest."""
    page: PagePath | None = None
    """The page that explains it."""
    designations: list[Designation] = []
    """What published criteria call it."""
    codes: list[Coded] = []
    """Codes of published systems that it answers."""
    overnight: bool
    """True if a person sleeps there."""
    hours_per_week: Annotated[
        Annotated[HoursPerWeek, Tag("=known")] | Annotated[NotKnown, Tag("=not_known")], Discriminator(known_or_not)
    ]
    """Hours of care a week, or not_known: why."""
    setting: Answer
    """Where it is given: a statement, or not_known."""
    staff: Answer
    """Who gives it: a statement, or not_known."""
    typical_for: Answer
    """Whom it usually fits: a statement, or not_known."""
    length: Answer
    """How long it lasts: a statement, or not_known."""
    work_or_school: Answer
    """Whether it leaves room for them: a statement, or not_known."""
    cost: Answer
    """What it costs: a statement, or not_known."""


_ASKED = {
    "hours_per_week": "hours-a-week",
    "setting": "level-setting",
    "staff": "level-staff",
    "typical_for": "level-typical-for",
    "length": "level-length",
    "work_or_school": "level-work-or-school",
    "cost": "level-cost",
}
"""The label of each key that holds an answer."""


def gaps(level: Level, words: Mapping[str, str]) -> Iterator[Gap]:
    """Return what nobody knows of a level."""
    for key, value in level:
        if isinstance(value, NotKnown):
            yield Gap(words[_ASKED[key]], "", value.not_known)


def rows(level: dict[str, Any]) -> Iterator[Row]:
    """Return one row."""
    hours = level["hours_per_week"]
    row = {name: level[name] for name in ("id", "name", "short_name", "in_plain_words", "step", "overnight")}
    row["designations"] = [f"{each['system']}: {each['code']}" for each in level["designations"]]
    for people in ("adults", "adolescents"):
        bounds = hours.get(people) or {}
        row |= {f"hours_{people}_{bound}": bounds.get(bound) for bound in ("min", "max")}
    for name in ("setting", "staff", "typical_for", "length", "work_or_school", "cost"):
        row[name] = level[name].get("text") or level[name].get("not_known")
    yield row | {"references": cited_in(level)}
