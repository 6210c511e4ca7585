"""Pieces of the rows that records become in tables: what an answer says, and which sources it rests on."""

from collections.abc import Iterator
from typing import Any


def evidence_lines(entries: list[dict[str, Any]]) -> list[str]:
    """Return evidence as lines of text: the outcome, what is known, and how sure that is."""
    return [f"{entry['outcome']}: {entry['text']} ({entry['certainty']})" for entry in entries]


def cited_in(record: dict[str, Any]) -> list[str]:
    """Return every source that a record cites, once, in the order in which it does."""
    return list(dict.fromkeys(_references(record)))


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key == "references" else _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
