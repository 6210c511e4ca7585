"""Notes in a file of records that say what each key means, taken from the models."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from guide.model.kind import Kind
from guide.reading.yaml_nodes import compose, plain_value

_WIDTH = 120


def with_notes(kind: Kind, text: str) -> str:
    """Return a valid file of a kind with a note at the first use of each key: beside it, or above it if it's long."""
    lines = text.split("\n")
    top, _ = compose("", text)
    value = kind.adapter.validate_python(plain_value(top))
    noted: set[tuple[type[BaseModel], str]] = set()
    above: dict[int, str] = {}
    for model, key, node, in_flow in _keys(value, top):
        if (model, key.value) in noted:
            continue
        noted.add((model, key.value))
        number = key.start_mark.line
        note = "# " + _meaning(model, key.value)
        beside = f"{lines[number]} {note}"
        if " # " not in lines[number] and len(beside) <= _WIDTH and _ends_there(node, number):
            lines[number] = beside
        elif number not in above and not in_flow:
            above[number] = note
    for number in sorted(above, reverse=True):
        indent = " " * (len(lines[number]) - len(lines[number].lstrip()))
        lines.insert(number, indent + above[number])
    return "\n".join(lines)


def _meaning(model: type[BaseModel], key: str) -> str:
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    means = " ".join(str(fields[key].description).split())
    return means if fields[key].is_required() else f"Optional: {means[0].lower()}{means[1:]}"


def _ends_there(node: Any, number: int) -> bool:
    return bool(node.id != "scalar" or node.end_mark.line == number)


def _keys(value: Any, node: Any) -> Iterator[tuple[type[BaseModel], Any, Any, bool]]:
    """Return each key of a model that is written, the node of its value, and whether it's between braces."""
    if isinstance(value, BaseModel):
        names = {field.alias or name: name for name, field in type(value).model_fields.items()}
        for key, inner in node.value:
            yield type(value), key, inner, bool(node.flow_style)
            yield from _keys(getattr(value, names[key.value]), inner)
    elif isinstance(value, dict):
        for (_, inner), entry in zip(node.value, value.values(), strict=True):
            yield from _keys(entry, inner)
    elif isinstance(value, list):
        for inner, entry in zip(node.value, value, strict=True):
            yield from _keys(entry, inner)
