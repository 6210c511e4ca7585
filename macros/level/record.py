"""Levels: the steps of care, from the lightest to the most intensive."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag, model_validator

from guide.model.record import Basis, Id, Known, Name, NotKnown, PagePath, Record, References, Reviewed, refuse


def known_or_not(value: object) -> str:
    """Tell a statement from a gap by its key, so that one fault gives one problem.

    Tags of unions begin with "=", so that no path in a record is taken for one.
    """
    keys = value if isinstance(value, dict) else vars(value) if isinstance(value, Record) else {}
    return "=not_known" if "not_known" in keys else "=known"


Answer = Annotated[
    Annotated[Known, Tag("=known")] | Annotated[NotKnown, Tag("=not_known")],
    Discriminator(known_or_not),
]


class Hours(Record):
    """Whole hours a week: for "9 or more", `min: 9` and no `max`; for "fewer than 9", `min: 0` and `max: 8`."""

    min: Annotated[int, Field(ge=0, le=168)]
    """Least hours; 0 for "fewer than"."""
    max: Annotated[int, Field(ge=0, le=168)] | None = None
    """Most hours; leave it out if there is no upper bound."""

    @model_validator(mode="after")
    def _in_order(self) -> "Hours":
        if self.max is not None and self.max < self.min:
            raise refuse("hours", f"max {self.max} is less than min {self.min}", "Swap them, or correct one.")
        return self


class HoursPerWeek(Record):
    """Hours of care a week, for adults and for adolescents where a source says so."""

    adults: Hours
    """Whole hours."""
    adolescents: Hours | None = None
    """Only where a source says so; min and max as for adults."""
    basis: Basis
    """What it rests on."""
    references: References
    """The sources that say it."""


class Code(Record):
    """The name of the level in a published system, such as an edition of a set of criteria."""

    system: Name
    """The system, and its edition."""
    code: Name
    """As that system writes it."""


class Level(Reviewed):
    """One level of care. Charts, ladders and table cells are views of it."""

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
    codes: list[Code] = []
    """What published systems call it."""
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
