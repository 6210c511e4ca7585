"""Worksheets: tools to fill in, each described by one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field as Limits
from pydantic import model_validator

from guide.model.kind import Row
from guide.model.problems import nearest
from guide.model.record import Distinct, Id, Name, PagePath, Record, Reviewed, Text, refuse
from macros.worksheet.formulas import Formula, Operand, compile_formula

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SCALE = 5
"""The highest step of a rating; the lowest is 1."""
REPEATS = 24

FieldType = Literal[
    "text",
    "lines",
    "number",
    "money",
    "percent",
    "date",
    "time",
    "phone",
    "choice",
    "many",
    "scale",
    "tick",
    "person",
]
_UNITS: dict[str, str] = {
    "number": "number",
    "money": "money",
    "percent": "percent",
    "date": "date",
    "time": "time",
    "scale": "number",
    "tick": "truth",
    "choice": "option",
    "many": "options",
}
"""The unit that a formula sees, by type of field; the others are text, which formulas can't use."""
_MEASURES = ("number", "money", "percent")
_FROM = r"^(checklists|worksheets)/[a-z0-9-]+/[a-z0-9-]+$"
_DECIMALS = {"money": 2, "percent": 2}


class Choice(Record):
    """One answer to choose."""

    id: Id
    """What formulas, and a saved file, call it."""
    name: Annotated[Name, Distinct]
    """As readers see it."""


class Field(Record):
    """One thing to fill in."""

    id: Id
    """Unique in this worksheet, and never reused: formulas and saved files name it."""
    type: FieldType
    """What can be filled in, one of: text (a line), lines (several lines of text), number, money (an amount of
    dollars), percent, date, time, phone (a phone number), choice (one of the options), many (any of the options),
    scale (a rating from 1 to 5), tick (a box to check) or person (somebody's name and phone number)."""
    ask: Name | None = None
    """The question or the name of the field. Every field has this or from."""
    source: Annotated[
        Annotated[str, Limits(pattern=_FROM, examples=["checklists/first-day/bring-a-list"])] | None,
        Limits(alias="from"),
    ] = None
    """In place of ask: the item of a checklist, or the field of another worksheet, whose words, reason or hint, and
    sources it shows, such as checklists/first-day/bring-a-list."""
    hint: Text | None = None
    """Help with the answer."""
    unit: Name | None = None
    """What is counted, shown after the field: hours a week."""
    options: list[Choice] = []
    """The answers of a choice, or of many."""
    low: Name | None = None
    """What 1 means on a scale."""
    high: Name | None = None
    """What 5 means on a scale."""
    minimum: Annotated[int, Limits(ge=0, le=1_000_000)] | None = None
    """The lowest number, amount of dollars or percentage that makes sense; 0 if left out."""
    maximum: Annotated[int, Limits(ge=1, le=1_000_000)] | None = None
    """The highest one; a million if left out, and 100 for a percentage."""
    decimals: Annotated[int, Limits(ge=0, le=2)] = 0
    """How many digits a number may have after its point."""
    references: list[Id] = []
    """Needed where ask or hint states a fact."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Field:
        if (self.ask is None) == (self.source is None):
            wrong = f'the field "{self.id}" needs one of ask and from'
            raise refuse("worksheet-field", wrong, "Write ask: with its words, or from: with where they stand.")
        for key, fits in (
            ("options", self.type in ("choice", "many")),
            ("low", self.type == "scale"),
            ("high", self.type == "scale"),
        ):
            if bool(getattr(self, key)) != fits:
                lacks = "has no" if fits else "can't have"
                wrong = f'the field "{self.id}" of the type {self.type} {lacks} {key}'
                remedy = f"Write {key}:." if fits else f"Delete {key}, or choose another type."
                raise refuse("worksheet-field", wrong, remedy, key)
        for key in ("unit", "minimum", "maximum"):
            if getattr(self, key) is not None and self.type not in _MEASURES:
                wrong = f'the field "{self.id}" of the type {self.type} can\'t have {key}'
                raise refuse("worksheet-field", wrong, f"Delete {key}, or make the type number.", key)
        if self.decimals and self.type != "number":
            wrong = f'the field "{self.id}" of the type {self.type} can\'t have decimals'
            raise refuse("worksheet-field", wrong, "Delete decimals, or make the type number.", "decimals")
        if self.type in _MEASURES and self.least > self.most:
            wrong = f'the field "{self.id}" has a minimum above its maximum'
            raise refuse("worksheet-field", wrong, "Exchange the two.", "minimum")
        return self

    @property
    def least(self) -> int:
        """The lowest value of a number, an amount of dollars, or a percentage."""
        return self.minimum or 0

    @property
    def most(self) -> int:
        """The highest one."""
        return self.maximum if self.maximum is not None else 100 if self.type == "percent" else 1_000_000

    @property
    def digits(self) -> int:
        """How many digits an answer may have after its point."""
        return _DECIMALS.get(self.type, self.decimals)

    def operand(self, *, repeated: bool) -> Operand:
        """Return what formulas know of this field.

        Args:
            repeated: Whether it stands in another part that repeats.
        """
        minimum = self.least if self.type in _MEASURES else 1 if self.type == "scale" else None
        options = tuple(option.id for option in self.options)
        return Operand(_UNITS.get(self.type, "text"), self.digits, minimum, options, repeated)


class Repeat(Record):
    """Fields that are there several times."""

    name: Name
    """What each is called, before its number, such as Call."""
    count: Annotated[int, Limits(ge=2, le=REPEATS)]
    """How many there can be."""
    shown: Annotated[int, Limits(ge=1, le=REPEATS)] = 1
    """How many are open at the beginning."""
    by: Literal["question", "entry"] = "entry"
    """Whether the answers to one question stand together, to compare them, or all that belongs to one entry does."""
    named_by: Id | None = None
    """The text field whose answer names it, once there is one."""


class Result(Record):
    """What is worked out from answers. It is shown when every answer that it needs is there."""

    id: Id
    """Unique in this worksheet."""
    name: Name
    """What it is."""
    formula: Annotated[str, Limits(min_length=1, max_length=300)]
    """Ids of fields, with + - * / min max round sum and brackets; a space on both sides of a minus."""
    unit: Name | None = None
    """What is counted, shown after a number: hours a week."""
    decimals: Annotated[int, Limits(ge=0, le=2)] = 0
    """How many digits a number has after its point."""
    note: Text | None = None
    """What a reader must know about it."""
    references: list[Id] = []
    """Needed where the formula or the note follows a rule."""


class Note(Record):
    """What is said when answers make it true. It states a fact, and never tells anybody what to do."""

    when: Annotated[str, Limits(min_length=1, max_length=300)]
    """A condition: hours < 9, or level = day, or signs has fever; joined by and, or, not."""
    text: Text
    """What is said."""
    card: Id | None = None
    """In danger: the care card that takes the place of all that follows."""
    references: list[Id] = []
    """The sources that say so. A note needs them, unless it shows a card."""

    @model_validator(mode="after")
    def _is_sourced(self) -> Note:
        if not self.references and not self.card:
            raise refuse("worksheet-note", "this note has no source", "Write references: with the source that says so.")
        return self


class Week(Record):
    """Shows the entries of a part as a week, and where two of them overlap."""

    days: Id
    """The field of the type many whose options are monday to sunday."""
    starts: Id
    """The field of the type time with the beginning."""
    ends: Id
    """The field of the type time with the end."""
    name: Id
    """The field that says what it is."""
    begin_with: list[Id] = []
    """Sample schedules that a reader can begin with."""


class Part(Record):
    """Fields under one heading, and what follows from them."""

    id: Id
    """Unique in this worksheet."""
    title: Annotated[Name, Distinct]
    """The heading."""
    text: Text | None = None
    """What to know before filling it in."""
    references: list[Id] = []
    """Needed where the text states a fact."""
    repeat: Repeat | None = None
    """Left out, each field is there once."""
    fields: list[Field] = []
    """What to fill in, in order."""
    weigh: Id | None = None
    """In place of fields: a comparison whose values readers rate, and whose answers are then sorted by them."""
    results: list[Result] = []
    """What is worked out, below the fields; for each repeat, if they repeat."""
    notes: list[Note] = []
    """What is said when it's true."""
    week: Week | None = None
    """Shows the entries as a week."""
    after: Text | None = None
    """What to do with it, below all that."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Part:
        fields = {field.id: field for field in self.fields}
        if not (self.fields or self.weigh or self.results or self.text or self.after):
            raise refuse("worksheet-part", f'"{self.id}" has nothing but a title', "Write fields:.", "id")
        if self.repeat and not self.fields:
            raise refuse("worksheet-part", f'"{self.id}" repeats and has no fields', "Add fields, or delete repeat.")
        if self.repeat and self.repeat.shown > self.repeat.count:
            raise refuse("worksheet-part", "more are shown than there can be", "Raise count.", "repeat")
        name = self.repeat.named_by if self.repeat else None
        if name and (name not in fields or fields[name].type != "text"):
            remedy = _offer(name, fields, ["text"])
            raise refuse("worksheet-part", f'named_by "{name}" is no text field here', remedy, "repeat")
        if self.week:
            self._week_fits(fields, self.week)
        return self

    def _week_fits(self, fields: dict[str, Field], week: Week) -> None:
        if not self.repeat:
            raise refuse("worksheet-part", "a week needs entries", "Write repeat: with a name and a count.", "week")
        for key, types in (("days", ["many"]), ("starts", ["time"]), ("ends", ["time"]), ("name", ["text", "choice"])):
            field = fields.get(getattr(week, key))
            if not field or field.type not in types:
                wrong = f'{key} "{getattr(week, key)}" is no field of the type {" or ".join(types)} here'
                raise refuse("worksheet-part", wrong, _offer(getattr(week, key), fields, types), "week")
        if [option.id for option in fields[week.days].options] != list(WEEKDAYS):
            remedy = f"Write options with the ids {', '.join(WEEKDAYS)}."
            raise refuse("worksheet-part", f'the options of "{week.days}" aren\'t the days of a week', remedy, "week")


class Example(Record):
    """A made-up case, printed below the worksheet, with what its formulas make of it."""

    id: Id
    """Unique in this worksheet."""
    title: Annotated[Name, Distinct]
    """Says that it is an example."""
    text: Text
    """Who it is about, and what is known."""
    answers: dict[Id, Annotated[str, Limits(min_length=1, max_length=400)]]
    """What is filled in, by field: as typed, or the id of an option; with " | " between repeats and ", " between the
    options of many. A person is a name and a phone number with ", " between."""
    results: dict[Id, Annotated[str, Limits(min_length=1, max_length=400)]] = {}
    """What must come out, by result: $1,250.00 or 12; with " | " between repeats. A build that works out something
    else is refused."""


class Worksheet(Reviewed):
    """A tool to fill in, on screen or on paper."""

    id: Id
    """Also the name of the file."""
    title: Name
    """What it is for."""
    audience: Id
    """Who fills it in: one of the names that data/labels/ lists under names, audiences."""
    when: Text
    """When to use it."""
    page: PagePath | None = None
    """Its own page, the only one that shows it in full. Other pages show its card."""
    danger: list[Id] = []
    """Care cards whose first step stands above it; keeping it then says who else could see it."""
    helplines: list[Id] = []
    """Lines to call, below every part."""
    parts: Annotated[list[Part], Limits(min_length=1)]
    """What to fill in, in order."""
    wallet: list[Id] = []
    """Fields of the small card that can be printed from it."""
    examples: list[Example] = []
    """Worked examples. A worksheet with results has at least one."""
    not_counted: list[Text] = []
    """What its results leave out."""
    references: list[Id] = []
    """Sources of the method."""

    @property
    def fields(self) -> dict[str, Field]:
        """Every field, by id."""
        return {field.id: field for part in self.parts for field in part.fields}

    def operands(self, part: Part) -> dict[str, Operand]:
        """Return what the formulas of a part can use, by id: its own fields as they are, those of repeats as lists."""
        return {
            field.id: field.operand(repeated=other.repeat is not None and other is not part)
            for other in self.parts
            for field in other.fields
        }

    def formula(self, part: Part, result: Result) -> Formula:
        """Return the compiled formula of a result."""
        return compile_formula(result.formula, self.operands(part))

    def condition(self, part: Part, note: Note) -> Formula:
        """Return the compiled condition of a note."""
        return compile_formula(note.when, self.operands(part))


def _offer(name: str, fields: dict[str, Field], types: list[str]) -> str:
    fitting = [field.id for field in fields.values() if field.type in types]
    return nearest(name, fitting) or (f"Known here: {', '.join(fitting)}." if fitting else "Add one.")


def rows(worksheet: dict[str, Any]) -> Iterator[Row]:
    """Return a row for each field."""
    for part in worksheet["parts"]:
        for field in part["fields"]:
            named = {"worksheet": worksheet["id"], "title": worksheet["title"], "part": part["title"]}
            yield named | {key: field[key] for key in ("id", "type", "ask", "from", "unit", "references")}
