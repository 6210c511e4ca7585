"""The fields of records, read from the models: what contributors look up, and what `make new` writes."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from guide.model.kind import Kind
from guide.model.record import Day, Id, Name, PagePath, Phone, Reviewed, Text, Url
from guide.model.site import Email

_TYPES: dict[str, Any] = {
    "id": Id,
    "name": Name,
    "text": Text,
    "url": Url,
    "day": Day,
    "page": PagePath,
    "phone": Phone,
    "email": Email,
}
_PLAIN: dict[Any, str] = {bool: "yes-no", int: "number", Decimal: "number", date: "day", str: "written"}
TAKES = ("choice", "group", *_TYPES, "yes-no", "number", "written")
"""What a field can take; the labels name each of them, under `takes`."""


@dataclass(frozen=True)
class FieldEntry:
    """One key that may be written.

    `takes` is one of `TAKES`, `many` tells a list of them, and `keyed` a group with keys of its own. `models` are
    what a group is made of: several, if any of them will do.
    """

    key: str
    means: str
    needed: bool
    takes: str
    many: bool
    keyed: bool
    choices: tuple[str, ...]
    models: tuple[type[BaseModel], ...]


@dataclass(frozen=True)
class Part:
    """A group of keys, `under` the key that leads to it; "" for the record itself."""

    under: str
    model: type[BaseModel]
    fields: list[FieldEntry]

    @property
    def means(self) -> str:
        """What it is, in a sentence."""
        return (inspect.getdoc(self.model) or "").split("\n\n")[0].replace("\n", " ").replace("`", "")


@cache
def fields_of(model: type[BaseModel]) -> list[FieldEntry]:
    """Return every key of a model in the order in which to write them: what it is, its content, its dates."""
    hints = get_type_hints(model, include_extras=True)
    entries = []
    for name, field in model.model_fields.items():
        takes, many, keyed, choices, models = _shape(hints[name])
        means = field.description or ""
        needed = field.is_required()
        entries.append(FieldEntry(field.alias or name, means, needed, takes, many, keyed, choices, models))
    dates = set(Reviewed.model_fields)
    return sorted(entries, key=lambda entry: entry.key in dates)


def _shape(hint: Any) -> tuple[str, bool, bool, tuple[str, ...], tuple[type[BaseModel], ...]]:
    many = keyed = False
    while True:
        for name, known in _TYPES.items():
            if _is(hint, known):
                return name, many, keyed, (), ()
        origin, inside = get_origin(hint), [each for each in get_args(hint) if each is not NoneType]
        if origin is Literal:
            return "choice", many, keyed, tuple(map(str, inside)), ()
        models = tuple(_models(hint))
        if origin in (Union, UnionType) and len(inside) > 1 and models:
            return "group", many, keyed, (), models
        if origin is list:
            many = True
        elif origin is dict:
            keyed = True
            inside = inside[1:]
        elif origin is None:
            return ("group" if models else _PLAIN[hint]), many, keyed, (), models
        hint = inside[0]


def _is(hint: Any, known: Any) -> bool:
    marks = getattr(known, "__metadata__", ())
    return get_origin(hint) is Annotated and hint.__metadata__[: len(marks)] == marks


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for inner in get_args(hint):
        yield from _models(inner)


def parts(kind: Kind) -> list[Part]:
    """Return the groups of keys of a kind: the record itself (or each form of it), then what stands inside."""
    return list(_parts([("", model) for model in _models(kind.model)]))


def _parts(waiting: list[tuple[str, type[BaseModel]]]) -> Iterator[Part]:
    seen: set[type[BaseModel]] = set()
    while waiting:
        under, model = waiting.pop(0)
        if model in seen:
            continue
        seen.add(model)
        fields = fields_of(model)
        yield Part(under, model, fields)
        waiting[:0] = [(entry.key, inner) for entry in fields for inner in entry.models]
