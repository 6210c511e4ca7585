"""The texts of a record that somebody can change in a form, one at a time, read from its JSON Schema.

A form offers what readers see and can judge: words, sentences, addresses, phone numbers, numbers, and choices that have
a name. It offers no id, no date of a check and no new part; those need the file. Its pages (`guide/outputs/suggest.py`)
and the command that makes a change of what was sent (`guide/commands/suggestion.py`) ask here, so they agree.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from guide.model.inline import plain_text
from guide.model.kind import Kind
from guide.model.record import HTTPS_START, NAME_LIMIT, PHONE, SENTENCE_END

Path = tuple[str | int, ...]
"""Keys, and places in lists from 0."""
Names = Mapping[str, Mapping[str, str]]
"""The shown names of values, by group and value."""

_BY_PATTERN = {SENTENCE_END: "text", HTTPS_START: "url", PHONE: "phone"}
_NUMBERS = {"integer", "number"}
_NUMBER = "^-?[0-9][0-9.,]*$"
_LONGEST_NUMBER = 24
_FOR_PROGRAMS = ("codes",)
"""Keys of what only programs ask for."""
_TITLES = ("title", "name", "term", "question", "label", "outcome", "ask")
"""Keys that name what they are in, the best first."""
_LONGEST_TITLE = 60


@dataclass(frozen=True)
class Editable:
    """One value of a record that a form can change.

    Attributes:
        path: Where it is in the record.
        value: As it's written.
        label: Its key, in words.
        help: What it holds, in a sentence.
        within: What it is part of, the outermost first.
        takes: "text" (sentences), "name" (words), "url", "phone", "number" or "choice".
        least: Characters at least.
        most: Characters at most.
        pattern: What it must match; a regular expression that Python and browsers read alike.
        choices: What can be chosen: value, and name.
    """

    path: Path
    value: str
    label: str
    help: str
    within: tuple[str, ...]
    takes: str
    least: int = 1
    most: int = NAME_LIMIT
    pattern: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Its path as people and issues write it, such as "evidence.2.text"; lists count from 1."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)


def editable_values(kind: Kind, record: Any, names: Names) -> list[Editable]:
    """Return what a form can change of a record, in the order in which it's written.

    Args:
        kind: The record's kind.
        record: As it's written: texts, lists and mappings.
        names: The shown names of values.
    """
    if kind.shown_to != "readers" or not isinstance(record, Mapping):
        return []
    schema = _schema(kind)
    walker = _Walker(schema.get("$defs", {}), names, _titles_by_id(record))
    return list(walker.values(schema, record, (), (), {}))


@cache
def _schema(kind: Kind) -> dict[str, Any]:
    return TypeAdapter(kind.record).json_schema(by_alias=True)


def _titles_by_id(value: Any) -> dict[str, str]:
    """Return the titles of the parts of a record that have an id: other parts name them by it."""
    found: dict[str, str] = {}
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        found.update(_titles_by_id(inner))
        if isinstance(inner, Mapping) and isinstance(inner.get("id"), str) and _title(inner):
            found[inner["id"]] = _title(inner)
    return found


def _title(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    titles = (value[key] for key in _TITLES if isinstance(value.get(key), str))
    return _short(next(titles, ""))


def _short(text: str) -> str:
    title = plain_text(text)
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"


def _by_id(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of the values of a mapping whose keys are ids; nothing for any other."""
    values: Any = schema.get("additionalProperties") or next(iter(schema.get("patternProperties", {}).values()), {})
    return values if isinstance(values, dict) else {}


@dataclass(frozen=True)
class _Walker:
    """Walks a value and its schema together."""

    models: Mapping[str, Any]
    names: Names
    titles: Mapping[str, str]

    def values(
        self, schema: dict[str, Any], value: Any, path: Path, within: tuple[str, ...], about: Mapping[str, str]
    ) -> Iterator[Editable]:
        """Return the values that can be changed in a part of a record.

        Args:
            schema: Of the part.
            value: The part.
            path: Where it is.
            within: What it is part of.
            about: The label and help of the field that it is the value of.
        """
        schema = self._fitting(schema, value)
        if isinstance(value, Mapping):
            fields, others = schema.get("properties", {}), _by_id(schema)
            for key, inner in value.items():
                if key in _FOR_PROGRAMS:
                    continue
                if key in fields:
                    field = fields[key]
                    label = re.sub(r"\burl\b", "web address", re.sub("[_-]", " ", key)).capitalize()
                    grouped = isinstance(inner, Mapping) and "properties" in self._fitting(field, inner)
                    named = (*within, label) if grouped else within
                    told = {"label": label, "help": field.get("description", "")}
                    yield from self.values(field, inner, (*path, key), named, told)
                elif others:
                    named = (*within, self.titles.get(key, key))
                    yield from self.values(others, inner, (*path, key), named, about)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                title = _title(inner)
                named = (*within, title) if title else within
                yield from self.values(schema.get("items", {}), inner, (*path, index), named, about)
        elif isinstance(value, str):
            itself = within and within[-1] == _short(value)
            yield from self._value(schema, value, path, within[:-1] if itself else within, about)

    def _fitting(self, schema: dict[str, Any], value: Any) -> dict[str, Any]:
        """Return a schema without references, and of several forms the one that a value has."""
        while "$ref" in schema:
            schema = self.models[schema["$ref"].rpartition("/")[2]]
        forms = schema.get("anyOf") or schema.get("oneOf")
        if not forms:
            return schema
        fitting = [form for form in (self._fitting(form, value) for form in forms) if self._fits(form, value)]
        return fitting[0] if fitting else {}

    def _fits(self, schema: dict[str, Any], value: Any) -> bool:
        if isinstance(value, Mapping):
            fields = schema.get("properties", {})
            known = set(value) <= set(fields) or bool(_by_id(schema))
            alike = all(value.get(key) == fields[key]["const"] for key in fields if "const" in fields[key])
            return schema.get("type") == "object" and known and alike and set(schema.get("required", ())) <= set(value)
        if isinstance(value, list):
            return schema.get("type") == "array"
        return schema.get("type") in {"string", *_NUMBERS}

    def _value(
        self, schema: dict[str, Any], value: str, path: Path, within: tuple[str, ...], about: Mapping[str, str]
    ) -> Iterator[Editable]:
        choices = self._choices(schema.get("enum", ()), value)
        pattern, most = schema.get("pattern", ""), schema.get("maxLength", NAME_LIMIT)
        takes = "choice" if choices else _BY_PATTERN.get(pattern, "")
        if schema.get("type") in _NUMBERS:
            takes, pattern, most = "number", _NUMBER, _LONGEST_NUMBER
        elif not takes and not pattern and schema.get("maxLength") == NAME_LIMIT:
            takes = "name"
        if takes:
            yield Editable(
                path,
                value,
                about["label"],
                about["help"],
                within,
                takes,
                schema.get("minLength", 1),
                most,
                pattern,
                choices,
            )

    def _choices(self, values: Any, value: str) -> tuple[tuple[str, str], ...]:
        """Return the values of an enumeration with the names that readers know; nothing if they see none of them."""
        named = (group for group in self.names.values() if values and set(values) <= set(group))
        group = next(named, {})
        return tuple((each, group[each]) for each in values) if group and value in values else ()
