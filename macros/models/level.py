"""Levels: the steps of care, from the lightest to the most intensive."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag, model_validator

from macros.models.base import Basis, Id, Known, Name, NotKnown, PagePath, Record, References, Reviewed, refuse


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
    """Whole hours a week; no `max` means no upper bound, `min: 0` means fewer than `max` plus one."""

    min: Annotated[int, Field(ge=0, le=168)]
    max: Annotated[int, Field(ge=0, le=168)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Hours":
        if self.max is not None and self.max < self.min:
            raise refuse("hours", f"max {self.max} is less than min {self.min}", "Swap them, or correct one.")
        return self


class HoursPerWeek(Record):
    """Hours of care a week, for adults and for adolescents where a source says so."""

    adults: Hours
    adolescents: Hours | None = None
    basis: Basis
    references: References


class Code(Record):
    """The name of the level in a published system, such as an edition of a set of criteria."""

    system: Name
    code: Name


class Level(Reviewed):
    """One level of care. Charts, ladders and table cells are views of it."""

    id: Id
    name: Name
    short_name: Name
    step: Annotated[int, Field(ge=1, description="Place on the ladder, 1 for the lightest.")]
    page: PagePath | None = None
    codes: list[Code] = []
    overnight: bool
    hours_per_week: Annotated[
        Annotated[HoursPerWeek, Tag("=known")] | Annotated[NotKnown, Tag("=not_known")], Discriminator(known_or_not)
    ]
    setting: Answer
    staff: Answer
    typical_for: Answer
    length: Answer
    work_or_school: Answer
    cost: Answer
