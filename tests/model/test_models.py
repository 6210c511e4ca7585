"""Rules that a record keeps by itself."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from guide.model.registry import kinds
from guide.model.site import FrontMatter
from tests.factories import CITED, DATES, PLAIN, known, make, make_chart, make_schedule, plain, plain_labels

KINDS_MADE = [kind for kind in kinds() if kind != "labels"]


def refusals(kind: str, **changes: Any) -> list[str]:
    """Make a record that must be refused; give the types and texts of what is wrong."""
    with pytest.raises(ValidationError) as raised:
        make(kind, **changes)
    return [f"{fault['type']}: {fault['msg']}" for fault in raised.value.errors()]


@pytest.mark.parametrize("kind", KINDS_MADE)
def test_made_up_record_is_valid(kind: str) -> None:
    assert make(kind)


def test_every_kind_has_a_made_up_record() -> None:
    assert set(PLAIN) == set(KINDS_MADE)


@pytest.mark.parametrize("kind", KINDS_MADE)
def test_unknown_key_is_refused(kind: str) -> None:
    assert any(text.startswith("extra_forbidden") for text in refusals(kind, colour="blue"))


@pytest.mark.parametrize("kind", KINDS_MADE)
def test_record_cannot_be_changed(kind: str) -> None:
    record = make(kind)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, next(iter(type(record).model_fields)), "x")


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind in KINDS_MADE for key in PLAIN[kind]])
def test_missing_key_is_refused_or_has_a_default(kind: str, key: str) -> None:
    try:
        make(kind, **{key: None})
    except ValidationError as error:
        assert error.errors()


@pytest.mark.parametrize("kind", [kind for kind in KINDS_MADE if "sources_checked" in PLAIN[kind]])
@pytest.mark.parametrize("key", ["sources_checked", "review_due"])
def test_health_facts_have_dates(kind: str, key: str) -> None:
    assert refusals(kind, **{key: None})


@pytest.mark.parametrize("kind", [kind for kind in KINDS_MADE if "review_due" in PLAIN[kind]])
def test_review_is_due_after_the_check(kind: str) -> None:
    [refusal] = refusals(kind, review_due="2026-01-04")
    assert refusal.startswith("review-order: review_due 2026-01-04 is before sources_checked 2026-01-05")
    assert make(kind, review_due="2026-01-05"), "the same day is allowed"


def test_figure_is_checked_again_after_its_day() -> None:
    assert refusals("figures", check_due="2025-01-05") == [
        "review-order: check_due 2025-01-05 is before as_of 2026-01-05"
    ]


@pytest.mark.parametrize(
    "day", ["2026-02-29", "05.01.2026", "2026-1-5", "20260105", "tomorrow", "", "2026-01-05T00:00"]
)
def test_date_that_is_none(day: str) -> None:
    assert refusals("levels", sources_checked=day)


@pytest.mark.parametrize(
    "address", ["http://example.org/", "example.org", "https://nodot", "https://a b.org", "ftp://example.org", ""]
)
def test_address_that_is_not_https(address: str) -> None:
    assert refusals("references", URL=address)


@pytest.mark.parametrize(
    "number",
    [
        "call us",
        "123",
        "12345",
        "1-800-555-0100",
        "800-555-0100",
        "555123",
        "",
        "+18005550100",
        "1 800 555 0100",
        "1-800-555-01000",
    ],
)
def test_phone_number(number: str) -> None:
    if number in ("123", "12345", "1-800-555-0100", "800-555-0100", "555123"):
        assert make("helplines", number=number).number == number
    else:
        assert refusals("helplines", number=number)


def test_helpline_can_be_reached() -> None:
    assert refusals("helplines", number=None) == ["helpline: a helpline that nobody can reach"]
    assert make("helplines", number=None, url="https://example.org/")


@pytest.mark.parametrize("value", ["Lane", "lane one", "-lane", "lane-", "lane_1", "läne", "a" * 81, ""])
def test_id_that_is_none(value: str) -> None:
    assert refusals("glossary", id=value)


MARKUP = [
    "<script>alert(1)</script>.",
    "A <b>word</b>.",
    "A < b>word.",
    "An <!-- comment -->.",
    "&lt;b&gt;.",
    "&#60;b&#62;.",
    "# A heading.",
    "- A list.",
    "1. A list.",
    "> A quote.",
    "`Code`.",
    "![An image](x.png).",
    "A | table.\n|---|---|.",
    "Two\nlines.",
    "[A page](/help/).",
    "[A page](../help.md).",
    "[A page](http://example.org/).",
    "[A page](javascript:alert).",
    "[A page](https://example.org/ 'title').",
    '[A page](https://example.org/ "title").',
    "[A [page]](http://example.org/).",
    "[A page]( http://example.org/ ).",
    "[A page]().",
    "a" * 1200 + ".",
    "a" * 100_000 + ".",
    "No period",
    "",
    ".",
]


@pytest.mark.parametrize("text", MARKUP)
def test_text_that_is_refused(text: str) -> None:
    assert refusals("glossary", definition=text)


@pytest.mark.parametrize(
    "text",
    [
        "A sentence.",
        "Is it? Yes!",
        "He said “yes.”",
        "**Strong.**",
        "A *word* and a [page](care/help.md#phones).",
        "See [it](https://example.org/a_(b)?c=d).",
        "5 < 6 and 7 > 6.",
        "Fish & chips.",
        "a" * 1199 + ".",
    ],
)
def test_text_that_is_allowed(text: str) -> None:
    assert make("glossary", definition=text).definition == text


@pytest.mark.parametrize("name", ["<b>Lane</b>", "Lane\ntwo", "a" * 161, ""])
def test_name_that_is_refused(name: str) -> None:
    assert refusals("glossary", term=name)


def test_name_may_lack_a_period_and_hold_an_ampersand() -> None:
    assert make("glossary", term="Lanes & pools").term == "Lanes & pools"


def test_statement_rests_on_one_ground() -> None:
    for ground, wrong in (({"basis": None}, "needs one of"), ({"certainty": "low"}, "has both")):
        setting = {key: value for key, value in known("A pool.", **ground).items() if value}
        assert refusals("levels", setting=setting) == [f"certainty: a statement {wrong} certainty and basis"]


def test_statement_has_references() -> None:
    assert refusals("levels", setting=known("A pool.", references=[]))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"publisher": None}, "a source without author and publisher"),
        ({"issued": None}, "a source needs one of issued and undated"),
        ({"undated": "true"}, "a source has both issued and undated"),
        ({"read": "not-read"}, "read and accessed do not agree"),
        ({"accessed": None}, "read and accessed do not agree"),
        ({"read": "not-read", "accessed": None, "place": "Page 3"}, "place of a source that was not read"),
    ],
)
def test_reference_is_complete(changes: dict[str, Any], wrong: str) -> None:
    assert refusals("references", **changes) == [f"reference: {wrong}"]


def test_quote_holds_any_signs_on_one_line() -> None:
    assert make("references", quote="Speed rose (p < 0.05) by 12% & *more* [sic]", place="Results, table 2")
    assert refusals("references", quote="Speed rose.\nIt fell.") == ["quote: a line break in a quote"]


@pytest.mark.parametrize("issued", ["2020-3", "March 2020", "20", "2020-03-1"])
def test_reference_is_issued_on_a_day_month_or_year(issued: str) -> None:
    assert refusals("references", issued=issued)


def test_hours_are_in_order() -> None:
    hours = {"adults": {"min": "5", "max": "2"}, "basis": "rule", "references": CITED}
    assert refusals("levels", hours_per_week=hours) == ["hours: max 2 is less than min 5"]


@pytest.mark.parametrize("hours", ["169", "-1", "2.5", "two"])
def test_hours_fit_into_a_week(hours: str) -> None:
    assert refusals("levels", hours_per_week={"adults": {"min": hours}, "basis": "rule", "references": CITED})


def test_sessions_do_not_overlap() -> None:
    first = {"day": "monday", "start": "18:00", "minutes": "60", "activity": "Lesson"}
    sessions = [{**first, "start": "18:59"}, first]
    assert refusals("schedules", sessions=sessions) == ["schedule: sessions overlap on monday at 18:59"]
    assert make_schedule(sessions=[first, {**first, "start": "19:00"}])
    assert make_schedule(sessions=[first, {**first, "day": "tuesday"}])


@pytest.mark.parametrize("start", ["24:00", "6:00", "18:60", "18.00", "evening"])
def test_session_starts_on_the_clock(start: str) -> None:
    assert refusals("schedules", sessions=[{"day": "monday", "start": start, "minutes": "60", "activity": "Lesson"}])


def test_only_what_counts_is_program_time() -> None:
    assert make_schedule().program_minutes == 90


def test_no_more_people_than_there_are() -> None:
    group = {"label": "x", "events": "11", "out_of": "10"}
    assert refusals("charts", groups=[group]) == ["people: 11 of 10 people"]


def test_kind_of_picture_decides_what_it_holds() -> None:
    assert make_chart(kind="ladder", levels=["a", "b"]).levels == ["a", "b"]
    assert make_chart(kind="certainty", therapies=["a"]).therapies == ["a"]
    with pytest.raises(ValidationError):
        make_chart(kind="ladder", therapies=["a"])
    with pytest.raises(ValidationError, match="no known kind"):
        make_chart(kind="pie")


def test_question_asks() -> None:
    assert refusals("questions", question="Goggles.") == ['question: "Goggles." is not a question']


def test_figure_is_a_number() -> None:
    assert str(make("figures", value="1,736.50").value) == "1736.50"
    assert refusals("figures", value="about 5")


@pytest.mark.parametrize("address", ["levels/beginner", "levels/Beginner/setting", "levels/beginner/setting/text", "x"])
def test_from_names_kind_record_and_field(address: str) -> None:
    rows = plain("comparisons")["rows"]
    rows[0]["cells"]["group"] = {"from": address}
    assert refusals("comparisons", rows=rows)


def test_cells_are_told_with_their_path() -> None:
    paths = [path for path, _ in make("comparisons").cells()]
    assert paths == [("rows", 0, "cells", "group"), ("rows", 0, "cells", "alone")]


def speaking(*speaks: dict[str, Any]) -> dict[str, Any]:
    """Give what makes a comparison speak for a value."""
    rows = plain("comparisons")["rows"]
    values = [{"id": "quiet", "name": "Quiet", "ask": "I want it quiet."}]
    return {"values": values, "rows": [{**rows[0], "speaks": list(speaks)}]}


FOR = {"value": "quiet", "way": "for", "options": ["alone"], "why": "Nobody else is there."}


def test_answers_speak_for_values() -> None:
    row = make("comparisons", **speaking(FOR, {**FOR, "way": "against", "options": ["group"]})).rows[0]
    assert [(speaks.way, speaks.options) for speaks in row.speaks] == [("for", ["alone"]), ("against", ["group"])]


@pytest.mark.parametrize(
    ("speaks", "wrong"),
    [
        ([{**FOR, "value": "quite"}], 'row "people" speaks for "quite", which is not one of the values'),
        ([{**FOR, "options": ["pair"]}], 'row "people" speaks of "pair", which is not one of the options'),
        ([FOR, {**FOR, "way": "against"}], 'row "people" says twice which way "alone" speaks for "quiet"'),
        ([{**FOR, "options": ["alone", "alone"]}], 'row "people" says twice which way "alone" speaks for "quiet"'),
    ],
)
def test_answers_speak_one_way_for_what_there_is(speaks: list[dict[str, Any]], wrong: str) -> None:
    assert refusals("comparisons", **speaking(*speaks)) == [f"speaks: {wrong}"]


@pytest.mark.parametrize("contact", ["pool", "pool@example", "a b@example.org", "@example.org"])
def test_site_has_a_contact(contact: str) -> None:
    assert refusals("site", contact=contact)


@pytest.mark.parametrize("language", ["english", "EN", "en_US", ""])
def test_labels_have_a_language(language: str) -> None:
    with pytest.raises(ValidationError):
        kinds()["labels"].model.model_validate({**plain_labels(), "language": language})


def front(**changes: Any) -> FrontMatter:
    description = "What to know about swimming before the first lesson."
    return FrontMatter.model_validate({"description": description, **DATES, **changes})


def test_no_page_signs_itself() -> None:
    assert front()
    with pytest.raises(ValidationError):
        front(clinical_review={"by": "A. Coach", "on": "2026-01-06"})


@pytest.mark.parametrize(
    "changes",
    [
        {"verified": None},
        {"verified": {**plain("reviews")["verified"], "by": "a. coach, RN"}},
        {"verified": {**plain("reviews")["verified"], "on": "2026-01-05"}},
        {"verified": {**plain("reviews")["verified"], "register_page": "a register"}},
        {"verified": {"by": "The editor", "on": "2026-01-07"}},
        {"license": None},
        {"state": None},
        {"conflicts": None},
        {"by": "<b>A. Coach</b>"},
        {"file": "0" * 63},
        {"signed": []},
        {"signed": ["all of it"]},
        {"open": ["0" * 32]},
    ],
)
def test_a_review_without_who_or_who_vouches_is_refused(changes: dict[str, Any]) -> None:
    assert make("reviews")
    assert refusals("reviews", **changes)


@pytest.mark.parametrize(
    "description", ["Too short.", "a" * 171, "<b>Bold</b> words that are long enough to be a description."]
)
def test_description_fits_a_list_of_results(description: str) -> None:
    with pytest.raises(ValidationError):
        front(description=description)
