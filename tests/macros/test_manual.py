"""What contributors look up: every macro with an example, every key of every kind, how pages and records stand."""

from __future__ import annotations

import pytest

from guide.model import fields
from guide.model.guide import walk
from guide.model.kind import Kind
from guide.model.record import Gap, NotKnown
from guide.model.registry import kinds, macros
from guide.rendering.page import PageRenderer
from guide.rendering.project import Project, read_project
from guide.rendering.status import shown_kinds, states
from macros.manual import examples
from macros.status.summary import due_months, groups
from tests.factories import EXAMPLES, GOOD
from tests.trees import Node, parse


@pytest.fixture(scope="module")
def book() -> Project:
    """A whole guide about swimming."""
    return read_project(GOOD)


@pytest.fixture
def shown(book: Project) -> PageRenderer:
    return PageRenderer(book.guide, "index.md")


def entry(tree: Node, name: str) -> Node:
    entries = tree.find_all("section", class_="guide-manual__entry")
    return next(each for each in entries if each.find("h3", class_="guide-manual__name").text == name)


def test_every_macro_is_there_with_what_it_shows_and_how_to_write_it(shown: PageRenderer) -> None:
    tree = parse(str(shown.show("macro_reference")))
    assert [each.text for each in tree.find_all("h3", class_="guide-manual__name")] == list(macros())
    text = entry(tree, "checklist").text
    assert "Show a checklist with boxes to tick, on screen and on paper: on its own page." in text
    assert "data/checklists/<id>.yaml" in text
    assert '{{ checklist("first-lesson") }}' in text


def test_every_argument_is_explained(shown: PageRenderer) -> None:
    tree = parse(str(shown.show("macro_reference")))
    for macro in macros().values():
        taken = [term.text for term in entry(tree, macro.name).find_all("dt")][: len(macro.signature.parameters)]
        assert taken == list(macro.signature.parameters), macro.name


def test_example_is_the_macro_itself(shown: PageRenderer) -> None:
    tree = parse(str(shown.show("macro_reference")))
    assert entry(tree, "checklist").find_all("input")
    # Of what has no id, only the beginning.
    assert len(entry(tree, "timeline").find_all("time")) <= 3
    assert not entry(tree, "status").find_all("details")


def test_readers_are_not_led_to_examples(shown: PageRenderer) -> None:
    shown.show("macro_reference")
    assert "care-cramp" in shown.ids
    assert shown.places == {}


def test_example_of_a_group_is_of_one_that_has_something(shown: PageRenderer) -> None:
    assert examples.rarest({"pools", "rescue", "ships"}, shown.guide.records("helplines")) == "pools"
    assert examples.rarest({"ships"}, shown.guide.records("helplines")) is None


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_every_key_of_every_kind_is_explained(kind: Kind) -> None:
    for part in fields.parts(kind):
        assert part.means.endswith("."), part.model
        for field in part.fields:
            assert field.means, f"{part.model.__name__}.{field.key}"
            assert field.takes in fields.TAKES


def test_fields_say_what_is_needed_and_what_they_take(shown: PageRenderer) -> None:
    card = next(part for part in fields.parts(kinds()["care-cards"]) if not part.under)
    found = {field.key: field for field in card.fields}
    assert (found["urgency"].takes, found["urgency"].choices) == ("choice", ("emergency", "urgent", "soon"))
    assert (found["steps"].takes, found["steps"].many, found["steps"].needed) == ("text", True, True)
    assert not found["signs"].needed
    text = parse(str(shown.show("field_reference"))).text
    assert "steps needed, a list: whole sentences" in text
    assert "care-cards/<id>.yaml" in text


def test_each_form_of_a_kind_has_a_heading(shown: PageRenderer) -> None:
    headings = [each.text for each in parse(str(shown.show("field_reference"))).find_all("h3")]
    forms = [part.means for part in fields.parts(kinds()["charts"]) if not part.under]
    assert len(forms) > 1
    assert set(forms) <= set(headings)


def test_keys_that_several_kinds_share_are_explained_once(shown: PageRenderer) -> None:
    assert parse(str(shown.show("field_reference"))).text.count("A statement, and what it rests on") == 1


def test_words_to_write_stand_beside_those_to_avoid(shown: PageRenderer) -> None:
    row = parse(str(shown.show("preferred_words"))).find("tbody").find("tr")
    assert [cell.text for cell in row.find_all("td")] == ["beginner", "novice"]


def test_a_guide_without_records_has_its_manual_too() -> None:
    guide = read_project(GOOD).guide
    for kind in ("technologies", "questions", "timeline", "schedules", "worksheets"):
        guide.records(kind).clear()
    tree = parse(str(PageRenderer(guide, "index.md").show("macro_reference")))
    assert not entry(tree, "schedule").find_all("details")
    assert entry(tree, "checklist").find_all("details")


def test_state_of_pages_and_records_is_what_they_say(book: Project) -> None:
    found = {(state.kind, state.id): state for state in states(book.guide, "en", book.guide.pages)}
    assert {kind for kind, _ in found} == set(shown_kinds()) - set(EXAMPLES)
    index = found["pages", "index.md"]
    assert (str(index.checked), str(index.due), index.title) == ("2026-01-05", "2027-01-05", "Learn to swim")
    ways = found["comparisons", "ways"]
    gap = Gap("Do people learn to swim?", "Alone with a teacher", "Nobody has counted.")
    assert (ways.certainty, ways.gaps) == (("moderate",), (gap,))
    # Where a kind has days of its own, those; where a file has a head, its days.
    assert str(found["figures", "ticket"].due) == str(book.guide.records("figures")["ticket"].check_due)
    term = next(iter(book.guide.records("glossary")))
    assert str(found["glossary", term].due) == str(book.guide.heads["glossary"].review_due)


def test_summary_has_the_oldest_check_and_the_next_day(book: Project) -> None:
    for group in groups(book.guide, "en"):
        checked = [state.checked for state in group.states if state.checked]
        assert group.oldest == (min(checked) if checked else None)


def test_no_gap_of_a_record_is_left_out(book: Project) -> None:
    for state in states(book.guide, "en", {}):
        plain = book.guide.records(state.kind)[state.id].model_dump(mode="json", by_alias=True)
        assert len(state.gaps) == sum(path[-1] == "not_known" for path, _ in walk(plain)), state.id


def test_gap_of_a_record_with_keys_of_its_own_names_the_key(book: Project) -> None:
    level = next(iter(book.guide.records("levels").values()))
    unknown = level.model_copy(update={"cost": NotKnown(not_known="Prices differ.")})
    guide = book.guide.with_records("levels", {level.id: unknown})
    state = next(each for each in states(guide, "en", {}) if each.kind == "levels")
    assert Gap("Cost", "", "Prices differ.") in state.gaps


def test_checks_are_counted_by_the_month_in_which_they_are_due(shown: PageRenderer) -> None:
    found = groups(shown.guide, "en")
    due = due_months(found)
    assert [each.month for each in due] == sorted({each.month for each in due})
    assert sum(each.count for each in due) == sum(bool(state.due) for group in found for state in group.states)
    rows = parse(str(shown.show("status"))).find("table", class_="guide-status__due").find_all("tr")[1:]
    assert [row.find("td").text.strip() for row in rows] == [str(each.count) for each in due]


def test_example_is_nothing_that_needs_a_way_off_the_page_unless_there_is_no_other() -> None:
    assert list(examples.telling({"cramp": 1, "sunburn": 2}, {"cramp"}, {})) == ["sunburn"]
    assert list(examples.telling({"cramp": 1}, {"cramp"}, {})) == ["cramp"]


def test_example_of_a_card_is_the_least_urgent(book: Project) -> None:
    card = next(iter(book.guide.records("care-cards").values()))
    cards = {each: card.model_copy(update={"urgency": each}) for each in ("emergency", "soon", "urgent")}
    assert list(examples.telling(cards, set(), {})) == ["soon"]


def test_example_of_a_number_shows_its_unit(book: Project) -> None:
    figure = next(iter(book.guide.records("figures").values()))
    bare = figure.model_copy(update={"id": "a", "name": "A", "unit": "items"})
    guide = book.guide.with_records("figures", {"a": bare, figure.id: figure})
    tree = entry(parse(str(PageRenderer(guide, "index.md").show("macro_reference"))), "figure")
    assert f'figure("{figure.id}")' in tree.text


def test_state_begins_with_a_table_of_the_kinds(shown: PageRenderer) -> None:
    rows = parse(str(shown.show("status"))).find("table", class_="guide-table--counts").find("tbody").find_all("tr")
    counts = [(group.states, group.gaps) for group in groups(shown.guide, "en")]
    cells = [[cell.text for cell in row.find_all("td")] for row in rows]
    assert [(row[0], row[-1]) for row in cells] == [(str(len(states)), str(gaps)) for states, gaps in counts]
    assert "Languages: English." in parse(str(shown.show("status"))).text


def test_page_of_the_state_names_every_page_and_record(shown: PageRenderer) -> None:
    tree = parse(str(shown.show("status")))
    text = tree.text
    for state in states(shown.guide, "en", shown.guide.pages):
        assert state.kind == "references" or state.title in text
        for gap in state.gaps:
            asked = f"{gap.question} ({gap.option})" if gap.option else gap.question
            assert f"{asked} Not known: {gap.why}" in text
    assert [link.attrs["href"] for link in tree.find_all("a")][-1] == "api/v1/status.json"
