"""What a kind of record is: its model, how it is stored, and what the generator needs to know about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import BaseModel, TypeAdapter

from guide.model.answers import answer_fields
from guide.model.inline import plain_text
from guide.model.record import Gap

if TYPE_CHECKING:
    from guide.model.guide import Guide


class Stored(Enum):
    """How the records of a kind are stored in data/."""

    ONE_FILE_EACH = "a folder with one file for each record, named by its id"
    LIST = "one file that holds a list"
    LIST_WITH_HEAD = "one file that holds the dates of the whole, and a list under a key"
    ONE_RECORD = "one file that holds one record"


Row = dict[str, Any]
Rows = Callable[[dict[str, Any]], Iterable[Row]]
"""Returns the rows of a table from a record as the data files hold it."""

Short = Callable[[Any, list[Any], list[str]], Any]
"""Shows records in short, on one sheet of paper: from the renderer, the records, and the ids of the parts wanted, or
none for all of them."""

Gaps = Callable[[Any, Mapping[str, str]], Iterator[Gap]]
"""Return what a record says nobody knows, from the record and the words that templates print."""


def _plain(records: Mapping[str, Any]) -> dict[str, Any]:
    return {record_id: vars(record) for record_id, record in records.items()}


def _no_gaps(record: Any, words: Mapping[str, str]) -> Iterator[Gap]:
    yield from ()


@dataclass(frozen=True)
class PartItem:
    """One thing that other sites can show of a kind: a record, or a group of records.

    Attributes:
        id: Never reused.
        title: As readers see it.
        anchor: The id of its block on a page.
        record: What has its dates, its page and its language; None if nothing has.
        arguments: What the macro takes.
    """

    id: str
    title: str
    anchor: str
    record: Any
    arguments: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Part:
    """How other sites show the records of a kind in a frame.

    Attributes:
        key: Its name in addresses, such as "checklist".
        macro: The name of the macro that shows it.
        titled: Whether what it shows begins with its title.
        handout: Whether each is printed as a handout too.
        ids: Returns the id of each, in order, from records as they are written, by id, and the shown names of values.
        item: Returns one of them, from the guide, the language and the id; left out, each record is one.
    """

    key: str
    macro: str
    titled: bool = True
    handout: bool = False
    ids: Callable[[Mapping[str, Any], Mapping[str, Mapping[str, str]]], list[str]] = lambda records, names: list(
        records
    )
    item: Callable[[Guide, str, str], PartItem] | None = None


@dataclass(frozen=True)
class Published:
    """What the data files say of a record, where that isn't the record itself.

    Attributes:
        model: Its shape.
        written_out: Returns it, from the renderer of the block and the record.
    """

    model: type[BaseModel]
    written_out: Callable[[Any, Any], BaseModel]


@dataclass(frozen=True)
class Publication:
    """What a form made from a record says of its publication.

    Attributes:
        address: Of the form, absolute.
        version: Of the guide.
        publisher: Who publishes the guide.
        disclaimer: What the guide can't do for a reader, as plain text.
        license: What others may do with it: name and address, or "".
    """

    address: str
    version: str
    publisher: str
    disclaimer: str
    license: str


Form = Callable[[Any, Any, Publication], dict[str, Any]]
"""Returns a record in a format of other programs, as JSON: from a renderer, the record, and its publication."""


@dataclass(frozen=True, eq=False)
class OnePage:
    """How the records of a kind are printed as one-page handouts: their `page` has the sources of what they say.

    Attributes:
        key: Its name in addresses, such as "sheet".
        show: Shows one of them, from the renderer and the record.
    """

    key: str
    show: Callable[[Any, Any], Any]


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of record.

    Attributes:
        key: Its name: of its folder or file in data/, in addresses and in schemas/.
        model: What validates one record, or, for a list with a head, the whole file.
        stored: How its records are stored.
        list_key: The key of the list, for a list with a head.
        id_key: The key that holds a record's id.
        order: Its place wherever kinds are listed; those with the same number come in the order of their names.
        shown_to: Whether readers see its records: then they have data files, and a place on the status page.
        title: The field that says what readers call a record.
        summary: The field that says in a sentence or two what it is about, or what returns that from the renderer and
            the record.
        block: What shows one record by itself, from the renderer and the record; left out, the macro of `part`.
        anchor: How the id of a record's block begins on a page; None if pages show no block of it.
        anchor_holds_text: Whether the element with that id holds the record's text.
        part: How other sites show it.
        published: What data files say in place of the record.
        csv: The columns of its table, or what returns its rows; None if it has no table.
        csv_each: Whether each record is a table of its own too.
        forms: Formats of other programs in which each record is published too: how the name of the file ends, such as
            "fhir", and what returns it.
        chosen: Fields that hold one of the names in data/labels/: field, and group of names.
        refers: Fields that hold ids of other records: field, and kind.
        sorted_by: What a list is sorted by, from a record as it is written; None if its order is the author's.
        home: The field with the only page that shows a record in full; where `helps`, the help page does too.
        brief: The macro that other pages show in place of the whole.
        searched: Whether the search leads to each record by its title, where a page shows it.
        kept: Whether a reader's browser can keep what is filled in, as `guide-<key of its part>-<id>`.
        helps: Whether its records say what to do in danger: their words ask for no care card, and each is a matter of
            safety as a whole.
        safety: Returns what else of a record, as it's written, is a matter of safety; None for nothing.
        quotes: Fields with words of others, which the guide itself may avoid.
        unsourced: Fields that state nothing that needs a source.
        unseen: Fields that readers never see, so that no release tells of their changes.
        answerable: Whether `from:` in a comparison may name its fields.
        names: Values that every language names: group of names in data/labels/, and the values.
        gaps: What returns the questions that a record leaves open.
        short: What shows records in short, on a one-page handout; None if none can stand there.
        one_page: How one record is printed as a one-page handout.
    """

    key: str
    model: Any
    stored: Stored = Stored.ONE_FILE_EACH
    list_key: str = ""
    id_key: str = "id"
    order: int = 500
    shown_to: Literal["readers", "editors"] = "readers"
    title: str = "title"
    summary: str | Callable[[Any, Any], str] = ""
    block: Callable[[Any, Any], Any] | None = None
    anchor: str | None = None
    anchor_holds_text: bool = True
    part: Part | None = None
    published: Published | None = None
    csv: tuple[str, ...] | Rows | None = None
    csv_each: bool = False
    forms: Mapping[str, Form] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    refers: Mapping[str, str] = field(default_factory=dict)
    sorted_by: Callable[[Mapping[str, str]], Any] | None = None
    home: str = ""
    brief: str = ""
    searched: bool = False
    kept: bool = False
    helps: bool = False
    safety: Callable[[Mapping[str, Any]], Any] | None = None
    quotes: tuple[str, ...] = ()
    unsourced: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    answerable: bool = False
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gaps: Gaps = _no_gaps
    short: Short | None = None
    one_page: OnePage | None = None

    @property
    def folder(self) -> bool:
        """Whether each record has a file of its own."""
        return self.stored is Stored.ONE_FILE_EACH

    @property
    def listed(self) -> bool:
        """Whether one file holds many records."""
        return self.stored in (Stored.LIST, Stored.LIST_WITH_HEAD)

    @property
    def place(self) -> str:
        """The file in which records are written, as an author names it."""
        return f"data/{self.key}/<{self.id_key}>.yaml" if self.folder else f"data/{self.key}.yaml"

    @property
    def record(self) -> Any:
        """The model of one record."""
        if not self.list_key:
            return self.model
        return get_args(self.model.model_fields[self.list_key].annotation)[0]

    def summary_of(self, page: Any, record: Any) -> str:
        """Return what a record is about, as plain text."""
        return (
            plain_text(getattr(record, self.summary)) if isinstance(self.summary, str) else self.summary(page, record)
        )

    def rows(self, record: dict[str, Any]) -> Iterable[Row]:
        """Return the rows of a record, as the data files hold it, in the table of its kind."""
        if self.csv is None:
            return []
        return self.csv(record) if callable(self.csv) else [{name: record[name] for name in self.csv}]

    def part_items(self, guide: Guide, language: str) -> Iterator[PartItem]:
        """Return everything of this kind that other sites can show."""
        records = guide.records(self.key)
        for item_id in self.part.ids(_plain(records), guide.labels[language].names) if self.part else ():
            if self.part and self.part.item:
                yield self.part.item(guide, language, item_id)
            else:
                record = records[item_id]
                yield PartItem(item_id, getattr(record, self.title), f"{self.anchor}{item_id}", record, (item_id,))

    @property
    def answers(self) -> list[str]:
        """The fields that `from:` in a comparison may name."""
        return answer_fields(self.model) if self.answerable else []

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What validates one file of this kind."""
        return TypeAdapter(list[self.model] if self.stored is Stored.LIST else self.model)  # type: ignore[name-defined]
