"""What a form can change of a record follows from its schema."""

from __future__ import annotations

import re

import pytest

from guide.model.editable import Editable, editable_values
from guide.model.record import SENTENCE_END
from guide.model.registry import kinds, reader_kinds
from guide.reading.records import load_guide
from tests.factories import GOOD, PLAIN, plain

NAMES = {"certainty": {"high": "High", "moderate": "M", "low": "Low", "very-low": "V", "not-rated": "N"}}


def values(kind: str, **changes: object) -> dict[str, Editable]:
    found = editable_values(kinds()[kind], plain(kind, **changes), NAMES)
    return {value.name: value for value in found}


def test_sentences_names_phones_and_addresses_are_offered_with_what_the_schema_asks() -> None:
    found = values("helplines", url="https://pool.example.org/")
    assert [found[name].takes for name in ("name", "cost", "number", "url")] == ["name", "text", "phone", "url"]
    assert (found["cost"].least, found["cost"].most, found["cost"].pattern) == (2, 1200, SENTENCE_END)
    assert found["hours"].most == 160
    assert found["hours"].label == "Hours" and found["hours"].help


def test_ids_dates_references_and_pages_are_not_offered() -> None:
    found = values("helplines")
    assert {"name", "for_whom", "number", "hours", "languages", "cost"} == set(found)


def test_values_inside_lists_and_groups_say_what_they_are_part_of() -> None:
    found = values("checklists")["groups.1.items.1.text"]
    assert (found.path, found.within, found.label) == (("groups", 0, "items", 0, "text"), ("To pack",), "Text")
    known = values("levels")["setting.text"]
    assert (known.within, known.label) == (("Setting",), "Text")
    cell = values("comparisons")["rows.1.cells.group.text"]
    assert cell.within == ("How many people?", "In a group")


def test_a_choice_is_offered_by_the_names_that_readers_know() -> None:
    choice = values("therapies")["evidence.1.certainty"]
    assert choice.takes == "choice"
    assert choice.choices[0] == ("high", "High")
    assert "rows.1.cells.group.basis" not in values("comparisons"), "nobody has given its values a name"


@pytest.mark.parametrize("kind", [key for key, kind in kinds().items() if kind.shown_to == "editors" and key in PLAIN])
def test_nothing_of_what_editors_alone_see_is_offered(kind: str) -> None:
    assert values(kind) == {}


@pytest.mark.parametrize("record", [None, [], "x", {}, {"id": 3, "name": ["x"], "more": {"text": None}}])
def test_a_record_that_is_none_offers_nothing(record: object) -> None:
    assert editable_values(kinds()["helplines"], record, {}) == []


def test_every_value_of_a_guide_passes_what_its_form_asks() -> None:
    guide = load_guide(GOOD / "data")
    names = guide.labels["en"].names
    seen = set()
    for key, kind in reader_kinds().items():
        for source in guide.sources.get(key, {}).values():
            for value in editable_values(kind, source.plain, names):
                seen.add(key)
                assert value.least <= len(value.value) <= value.most, value
                assert re.search(value.pattern, value.value), value
                assert not value.choices or value.value in dict(value.choices), value
    assert seen >= {"checklists", "comparisons", "helplines", "glossary", "charts", "care-cards", "references"}
