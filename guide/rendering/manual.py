"""What contributors look up, read from code so that it is never stale: every macro, and every field of every record."""

import inspect
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from markupsafe import Markup
from pydantic import BaseModel

from guide.model.care import CareCard, Phone
from guide.model.kinds import KINDS, Kind
from guide.model.record import Day, Id, Name, PagePath, Reviewed, Text, Url
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
_URGENCY = get_args(CareCard.model_fields["urgency"].annotation)
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
    """Give every key of a model in the order in which to write them: what it is, its content, its dates."""
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
    """Give the groups of keys of a kind: the record itself (or each form of it), then what stands inside."""
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


def place(kind: Kind) -> str:
    """Give the file in which records of a kind are written, as an author names it."""
    name = "<language>" if kind.key == "labels" else "<id>"
    return f"data/{kind.key}/{name}.yaml" if kind.folder else f"data/{kind.key}.yaml"


def field_reference() -> dict[str, Any]:
    """Give what the reference of fields shows: parts that several kinds share, and each kind with its own."""
    every = {key: parts(kind) for key, kind in KINDS.items()}
    counted = Counter(part.model for found in every.values() for part in found)
    shared = {part.model: part for found in every.values() for part in found if counted[part.model] > 1}
    kinds = [
        (key.replace("-", " ").capitalize(), place(KINDS[key]), [part for part in found if part.model not in shared])
        for key, found in every.items()
    ]
    return {"shared": list(shared.values()), "kinds": kinds}


@dataclass(frozen=True)
class MacroEntry:
    """One macro for authors: what it shows, what stands in its parentheses, and an example."""

    name: str
    shows: str
    takes: list[tuple[str, str]]
    call: str
    html: Markup
    place: str


def described(function: Any) -> tuple[str, list[tuple[str, str]]]:
    """Read the docstring of a macro: its first sentence, and what it says of each argument."""
    text = inspect.getdoc(function) or ""
    arguments = re.search(r"^Args:\n(.*?)(?=^\S|\Z)", text, re.DOTALL | re.MULTILINE)
    lines = re.findall(r"^    (\w+): (.*(?:\n {6,}.*)*)", arguments[1] if arguments else "", re.MULTILINE)
    return text.split("\n")[0], [(name, " ".join(what.split())) for name, what in lines]


def written_call(name: str, arguments: tuple[str, ...]) -> str:
    """Give a call as an author writes it."""
    inside = ", ".join(f'"{argument}"' for argument in arguments)
    return f"{{{{ {name}({inside}) }}}}"


def telling(records: dict[str, Any], guarded: set[str], words: Mapping[str, str]) -> dict[str, Any]:
    """Give the records that make a good example: a calm card that needs no way off the page, a number with its unit.

    Args:
        records: Records of one kind, by id.
        guarded: Ids of those that no page shows without a way off it.
        words: The labels, which name the units.

    Returns:
        Some of the records; all of them, if none is left.
    """
    bare = {each for each, one in records.items() if words.get(f"unit-{getattr(one, 'unit', '')}") == "{number}"}
    left = {each: one for each, one in records.items() if each not in guarded | bare} or records
    calm = max((_urgency(one) for one in left.values()), default=0)
    return {each: one for each, one in left.items() if _urgency(one) == calm}


def _urgency(record: Any) -> int:
    return _URGENCY.index(record.urgency) if isinstance(record, CareCard) else 0


def smallest(records: dict[str, Any]) -> str | None:
    """Give the id of the record that is shortest to show, or None if there is none."""
    return min(records, key=lambda each: len(cast(BaseModel, records[each]).model_dump_json()), default=None)


def rarest(values: set[str], records: dict[str, Any]) -> str | None:
    """Give the value that fewest records have, or None if none has any of them."""
    held = [each for record in records.values() for each in vars(record).values()]
    counted = Counter(
        each for value in held for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)
    )
    return min((value for value in sorted(values) if counted[value]), key=lambda value: counted[value], default=None)
