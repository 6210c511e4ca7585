"""What is read of a guide is known, so that a page is rendered again when any of it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guide.model.reads import Records, note_read, recorded_reads
from guide.rendering.templates import TEMPLATE, templates

POOLS = {"river": 1, "lake": 2}
READS: list[tuple[str, Callable[[Records], Any]]] = [
    ("a record", lambda pools: pools["river"]),
    ("a record that may be there", lambda pools: pools.get("river")),
    ("whether there is a record", lambda pools: "river" in pools),
]
READS_ALL: list[tuple[str, Callable[[Records], Any]]] = [
    ("all ids", list),
    ("their keys", lambda pools: pools.keys()),
    ("all records", lambda pools: pools.values()),
    ("both", lambda pools: pools.items()),
    ("how many", len),
    ("whether there are any", bool),
    ("a copy", dict),
    ("a copy with others", lambda pools: {**pools}),
    ("the newest", lambda pools: max(pools)),
]


@pytest.mark.parametrize(("what", "read"), READS)
def test_reading_one_record_notes_it(what: str, read: Callable[[Records], Any]) -> None:
    with recorded_reads() as reads:
        read(Records("pools", POOLS))
    assert reads == {("pools", "river")}, what


@pytest.mark.parametrize(("what", "read"), READS_ALL)
def test_reading_several_records_notes_the_kind(what: str, read: Callable[[Records], Any]) -> None:
    with recorded_reads() as reads:
        read(Records("pools", POOLS))
    assert ("pools", None) in reads, what


def test_reads_are_noted_where_they_are_asked_for_and_nowhere_else() -> None:
    pools = Records("pools", POOLS)
    pools["lake"]
    with recorded_reads() as outer:
        pools["river"]
        with recorded_reads() as inner:
            note_read("labels", "en")
    assert (outer, inner) == ({("pools", "river")}, {("labels", "en")})


def test_templates_that_a_template_imports_are_noted_each_time() -> None:
    for _ in range(2):
        with recorded_reads() as reads:
            templates().get_template("sources.html.j2")
        names = {(path or "").rpartition("/")[2] for kind, path in reads if kind == TEMPLATE}
        assert {"sources.html.j2", "_source.html.j2"} <= names
