"""What a kind of record is: its model, how it is stored, and what the generator needs to know about it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import TypeAdapter

from guide.model.answers import answer_fields
from guide.model.record import Gap


class Stored(Enum):
    """How the records of a kind are stored in data/."""

    ONE_FILE_EACH = "a folder with one file for each record, named by its id"
    LIST = "one file that holds a list"
    LIST_WITH_HEAD = "one file that holds the dates of the whole, and a list under a key"
    ONE_RECORD = "one file that holds one record"


Gaps = Callable[[Any, Mapping[str, str]], Iterator[Gap]]
"""Return what a record says nobody knows, from the record and the words that templates print."""


def _no_gaps(record: Any, words: Mapping[str, str]) -> Iterator[Gap]:
    yield from ()


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
        shown_to: Whether readers see its records.
        answerable: Whether `from:` in a comparison may name its fields.
        names: Values that every language names: group of names in data/labels/, and the values.
        gaps: What returns the questions that a record leaves open.
    """

    key: str
    model: Any
    stored: Stored = Stored.ONE_FILE_EACH
    list_key: str = ""
    id_key: str = "id"
    order: int = 500
    shown_to: Literal["readers", "editors"] = "readers"
    answerable: bool = False
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gaps: Gaps = _no_gaps

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

    @property
    def answers(self) -> list[str]:
        """The fields that `from:` in a comparison may name."""
        return answer_fields(self.model) if self.answerable else []

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What validates one file of this kind."""
        return TypeAdapter(list[self.model] if self.stored is Stored.LIST else self.model)  # type: ignore[name-defined]
