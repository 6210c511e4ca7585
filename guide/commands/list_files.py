"""Adds records to files that hold many, and takes records out; every other line stays as it is."""

import json
import re
from typing import Any

from guide.commands.command import Refused
from guide.model.kind import Kind
from guide.reading.yaml_nodes import compose, needs_quotes, plain_value


def with_record(text: str, kind: Kind, lines: list[str], note: str = "") -> str:
    """Return a file of many records with a new one at the end of its list.

    Args:
        text: The file; "" for one that isn't there yet.
        kind: The kind of its records.
        lines: The lines of the record.
        note: A comment above it.
    """
    text = text or f"# yaml-language-server: $schema=../schemas/{kind.key}.json\n"
    node = compose(kind.place, text)[0]
    written, key, indent = text.rstrip("\n").split("\n"), kind.list_key, 0
    end = len(written)
    if node is None:
        written += [f"{key}:"] if key else []
        end, indent = len(written), 2 if key else 0
    elif key:
        names = [name.value for name, _ in node.value]
        records = node.value[names.index(key)][1]
        after = node.value[names.index(key) + 1 :]
        end, indent = after[0][0].start_mark.line if after else end, records.start_mark.column
    elif not node.value:
        written[-1:] = []
        end = len(written)
    else:
        indent = node.start_mark.column
    entry = [f"- {line}" if number == 0 else f"  {line}" for number, line in enumerate(lines)]
    between = [""] if end and not written[end - 1].startswith("#") else []
    written[end:end] = [*between, *(f"{' ' * indent}{line}" for line in ([note] if note else []) + entry)]
    return "\n".join(written) + "\n"


def without_record(text: str, kind: Kind, record_id: str) -> str:
    """Return a file of many records without one of them and the comments above it.

    Raises:
        Refused: The list is written in a way that no line can be taken out of.
    """
    node = compose(kind.place, text)[0]
    lines = text.split("\n")
    names = [name.value for name, _ in node.value] if kind.list_key else []
    at = names.index(kind.list_key) if kind.list_key else 0
    records = node.value[at][1] if kind.list_key else node
    after = node.value[at + 1][0].start_mark.line if names[at + 1 :] else _end(lines)
    number = next(number for number, item in enumerate(records.value) if plain_value(item).get("id") == record_id)
    starts = [first_line(lines, item.start_mark.line, first=not n) for n, item in enumerate(records.value)]
    stop = starts[number + 1] if number + 1 < len(starts) else first_line(lines, after, first=False)
    while number == 0 and stop < len(lines) - 1 and not lines[stop].strip():
        stop += 1
    kept = lines[: starts[number]] + lines[stop:]
    if len(starts) == 1:
        indent = " " * records.start_mark.column
        empty = [f"{kind.list_key}: []"] if kind.list_key else [f"{indent}[]"]
        kept = lines[: starts[0] - bool(kind.list_key)] + empty + lines[stop:]
    result = "\n".join(kept)
    if _values(compose(kind.place, result)[0], kind) != [
        value for value in _values(node, kind) if value.get("id") != record_id
    ]:
        wrong = f'{kind.place}:{starts[number] + 1}: a program can\'t take "{record_id}" out of this list'
        raise Refused(wrong, "Write each record on lines of its own, as data/README.md shows.", "list-file")
    return result


def free_id(wanted: str, taken: set[str]) -> str:
    """Return an id like the one wanted that no record has."""
    name = re.sub("-+", "-", wanted)[:70].strip("-")
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbered) if each not in taken)


def yaml_text(text: str) -> str:
    """Return a text as it's written after a key, in quotes if it needs them."""
    node = compose("", f"key: {text}")[0]
    plain = node is not None and plain_value(node) == {"key": text} and not needs_quotes(text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def _values(node: Any, kind: Kind) -> list[Any]:
    value: Any = plain_value(node) if node is not None else {}
    return list(value.get(kind.list_key, ()) if kind.list_key else value)


def first_line(lines: list[str], line: int, *, first: bool) -> int:
    """Return the line on which a record begins, including the comments and empty lines above it."""
    while not first and line and (not lines[line - 1].strip() or lines[line - 1].lstrip().startswith("#")):
        line -= 1
    return line


def _end(lines: list[str]) -> int:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return end
