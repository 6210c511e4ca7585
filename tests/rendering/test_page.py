"""Records to HTML: what a page means to its readers, and each component as a golden file."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any, get_args

import pytest

from guide.model.problems import UnknownId
from guide.model.registry import macros
from guide.reading import marks
from guide.reading.calls import TOKEN, read_calls
from guide.reading.page_html import to_html
from guide.reading.pages import read_pages
from guide.reading.records import load_guide
from guide.rendering.page import PageRenderer
from macros.chart.record import Icon
from tests.factories import (
    CITED,
    EXAMPLES,
    GOOD,
    OWN_MACROS,
    ROOT,
    data_path,
    every_field,
    known,
    make,
    make_care_card,
    make_chart,
    make_checklist,
    make_comparison,
    make_event,
    make_figure,
    make_guide,
    make_helpline,
    make_level,
    make_question,
    make_reference,
    make_schedule,
    make_site,
    make_technology,
    make_term,
    make_therapy,
    make_worksheet,
    plain,
    renderer,
)
from tests.trees import Node, parse


def show(call: str, page: str = "index.md", **records: Any) -> Node:
    """Run one call on a page of its own, and give its HTML as a tree."""
    return parse(html(call, page, **records))


def html(call: str, page: str = "index.md", **records: Any) -> str:
    made = renderer(page, **records)
    return str(made.html(filled(made, f"{{{{ {call} }}}}"))).partition('\n<h2 id="sources"')[0]


def filled(made: PageRenderer, markdown: str) -> str:
    """Render the calls of a text that Markdown leaves as it is."""
    text = read_calls(markdown)
    return made.page_html(text.text, text)


def in_paragraphs(*calls: str) -> str:
    """Write calls in a paragraph each."""
    return "\n".join(f"<p>A {{{{ {call} }}}}</p>" for call in calls)


def table(tree: Node) -> list[list[str]]:
    """Give the words of each cell of the one table."""
    rows = tree.find("table").find_all("tr")
    return [[cell.text for cell in row.children if cell.tag in ("th", "td")] for row in rows]


def three_options() -> Any:
    options = [{"id": name, "name": name.title()} for name in ("group", "alone", "camp")]
    rows = [
        {
            "id": "people",
            "question": "How many people?",
            "cells": {name: known(f"In {name}.") for name in ("group", "alone", "camp")},
        },
        {
            "id": "price",
            "question": "What is the price?",
            "cells": {name: {"not_known": "It varies."} for name in ("group", "alone", "camp")},
        },
    ]
    return make_comparison(options=options, rows=rows)


# Comparisons


def test_options_are_column_headers_and_questions_row_headers() -> None:
    tree = show('comparison_table("lessons")', comparisons=three_options())
    assert [th.text for th in tree.find_all("th", scope="col")][1:] == ["Group", "Alone", "Camp"]
    assert [th.text for th in tree.find_all("th", scope="row")] == ["How many people?", "What is the price?"]


def test_table_has_a_name() -> None:
    tree = show('comparison_table("lessons")', comparisons=make_comparison())
    assert tree.find("table").find("caption").text == "Ways to learn Adults"


def test_table_keeps_its_meaning_when_a_style_sheet_takes_it_apart() -> None:
    """A table that is shown as blocks loses its roles in some browsers, unless they are written."""
    tree = show('comparison_table("lessons")', comparisons=make_comparison())
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for tag, role in roles.items():
        assert {node.attrs.get("role") for node in tree.find_all(tag)} == {role}
    assert {th.attrs["role"] for th in tree.find_all("th")} == {"columnheader", "rowheader"}


def test_gap_is_said_in_words() -> None:
    cells = table(show('comparison_table("lessons")', comparisons=make_comparison()))
    assert "Not known: Nobody has counted." in cells[1][2]


def test_each_cell_names_its_option_for_narrow_screens() -> None:
    cells = table(show('comparison_table("lessons")', comparisons=three_options()))
    assert [cell.split()[0] for cell in cells[1][1:]] == ["Group", "Alone", "Camp"]


def test_how_options_were_chosen_comes_before_them() -> None:
    text = show('comparison_table("lessons")', comparisons=make_comparison()).text
    assert text.index("the ways that most pools offer") < text.index("In a group")


def test_chosen_options_are_shown_in_the_order_of_the_record() -> None:
    cells = table(show('comparison_table("lessons", options=["camp", "group"])', comparisons=three_options()))
    assert cells[0][1:] == ["Group", "Camp"]
    assert {len(row) for row in cells} == {3}


def test_chosen_rows_are_shown_in_the_order_of_the_record() -> None:
    tree = show('comparison_table("lessons", rows=["price"])', comparisons=three_options())
    assert [th.text for th in tree.find_all("th", scope="row")] == ["What is the price?"]


def test_each_box_of_the_picker_has_a_label_and_two_are_ticked() -> None:
    tree = show('comparison_table("lessons")', comparisons=three_options())
    picker = tree.find("fieldset")
    assert "of these 3" in picker.find("legend").text
    labels = picker.find_all("label")
    assert [label.text for label in labels] == ["Group", "Alone", "Camp"]
    assert ["checked" in label.find("input").attrs for label in labels] == [True, True, False]


def test_two_options_need_no_picker() -> None:
    assert show('comparison_table("lessons")', comparisons=make_comparison()).find_all("fieldset") == []


def from_cell(source: str) -> Any:
    rows = [{"id": "x", "question": "What?", "cells": {"group": {"from": source}, "alone": known("Other.")}}]
    return make_comparison(rows=rows)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("levels/beginner/setting", "In a group A shallow pool.1 Common practice"),
        ("levels/beginner/cost", "In a group Not known: Every pool sets its own price."),
        ("levels/beginner/hours_per_week", "In a group Adults: 1 to 2 hours.1 Common practice"),
        ("levels/beginner/name", "In a group Beginners' lessons"),
        ("therapies/crawl/evidence", "In a group Speed Low certainty It is fast.1"),
        ("therapies/crawl/what_it_is", "In a group A stroke on the front."),
    ],
)
def test_cell_shows_a_field_of_another_record(source: str, words: str) -> None:
    records = {"comparisons": from_cell(source), "levels": make_level(), "therapies": make_therapy()}
    assert table(show('comparison_table("lessons")', **records))[1][1] == words


def key(**records: Any) -> list[str]:
    return [item.text for item in show('comparison_table("lessons")', **records).find_all("li")]


def test_key_explains_what_the_answers_rest_on_and_nothing_else() -> None:
    effect = {"text": "It is fast.", "certainty": "low", "references": CITED}
    rule = {**known("You pay."), "basis": "rule"}
    rows = [{"id": "x", "question": "What?", "cells": {"group": rule, "alone": effect}}]
    site = make_site(evidence_page="help.md")
    assert key(comparisons=make_comparison(rows=rows), site=site) == [
        "High to very low certainty: how sure we can be that something works or does harm. How we rate evidence.",
        "Rule: a law, a regulation or the written rule of an insurer.",
    ]


def test_key_knows_what_a_cell_takes_from_another_record() -> None:
    records = {"comparisons": from_cell("therapies/crawl/evidence"), "therapies": make_therapy()}
    assert [item.split(":")[0] for item in key(**records)][0] == "Speed Low certainty It is fast.1"
    assert "High to very low certainty" in [item.split(":")[0] for item in key(**records)]


def test_answers_that_rest_on_nothing_have_no_key() -> None:
    rows = [
        {"id": "x", "question": "What?", "cells": {name: {"not_known": "It varies."} for name in ("group", "alone")}}
    ]
    assert key(comparisons=make_comparison(rows=rows)) == []


# Certainty, sources and text


NOT_RATED = [{"outcome": "Speed", "text": "It is fast.", "certainty": "not-rated", "references": CITED}]


@pytest.mark.parametrize(("level", "dots"), [("high", 4), ("moderate", 3), ("low", 2), ("very-low", 1)])
def test_certainty_is_words_first(level: str, dots: int) -> None:
    evidence = [{"outcome": "Speed", "text": "It is fast.", "certainty": level, "references": CITED}]
    tree = show('therapy("crawl")', therapies=make_therapy(evidence=evidence))
    badge = tree.find(class_="guide-certainty")
    assert badge.text == f"{level.replace('-', ' ').capitalize()} certainty"
    assert badge.find("svg").attrs["aria-hidden"] == "true"
    assert len(badge.find_all(class_="guide-certainty__dot--filled")) == dots


NOT_RATED_CALLS = {
    "therapy": ('therapy("crawl")', {}),
    "therapies": ("therapies()", {}),
    "technologies": ("technologies()", {"technologies": make_technology(evidence=NOT_RATED)}),
    "chart": ('chart("x")', {"charts": make_chart(id="x", kind="certainty", therapies=["crawl"])}),
    "icons": ('chart("x")', {"charts": make_chart(id="x", certainty="not-rated")}),
    "comparison": ('comparison_table("lessons")', {"comparisons": from_cell("therapies/crawl/evidence")}),
}


@pytest.mark.parametrize("name", NOT_RATED_CALLS)
def test_not_rated_has_no_dots_and_leads_to_why(name: str) -> None:
    call, records = NOT_RATED_CALLS[name]
    site = make_site(evidence_page="help.md")
    badge = show(call, therapies=make_therapy(evidence=NOT_RATED), site=site, **records).find(
        class_="guide-certainty--not-rated"
    )
    assert badge.text == "Not rated"
    assert badge.find_all("svg") == []
    assert badge.find("a").attrs["href"] == "help/"


def test_not_rated_links_nowhere_without_a_page_that_says_why() -> None:
    badge = show('therapy("crawl")', therapies=make_therapy(evidence=NOT_RATED)).find(class_="guide-certainty")
    assert badge.text == "Not rated"
    assert badge.find_all("a") == []


def test_key_tells_not_rated_from_a_level() -> None:
    records = {"comparisons": from_cell("therapies/crawl/evidence"), "therapies": make_therapy(evidence=NOT_RATED)}
    heads = [item.split(":")[0] for item in key(**records)]
    assert "Not rated" in heads
    assert "High to very low certainty" not in heads


def test_sources_are_numbered_in_order_of_first_use() -> None:
    made = renderer()
    text = filled(made, in_paragraphs('cite("lake-2021")', 'cite("river-2020", "lake-2021")', 'cite("river-2020")'))
    assert [link.text for link in parse(text).find_all("a", class_="guide-cite__link")] == ["1", "1, 2", "2"]
    assert made.cited == ["lake-2021", "river-2020"]


def test_number_leads_to_its_source_in_the_list() -> None:
    made = renderer()
    tree = parse(filled(made, in_paragraphs('cite("lake-2021")', 'cite("river-2020")')))
    for link, title in zip(
        tree.find_all("a", class_="guide-cite__link"), ["Lakes", "Swimming lessons for adults"], strict=True
    ):
        assert link.attrs["aria-label"] == f"Source {link.text}"
        assert title in tree.find(id=link.attrs["href"].removeprefix("#")).text


def test_group_of_sources_is_one_link_to_the_first_and_names_all() -> None:
    made = renderer()
    tree = parse(filled(made, in_paragraphs('cite("lake-2021")', 'cite("river-2020", "lake-2021")')))
    link = tree.find_all("a", class_="guide-cite__link")[1]
    assert (link.text, link.attrs["aria-label"]) == ("1, 2", "Sources 1 and 2")
    assert link.attrs["href"] == "#source-1"


def test_page_that_cites_nothing_has_no_list() -> None:
    assert filled(renderer(), "<h1>Title</h1>") == "<h1>Title</h1>"


def test_sources_of_two_calls_share_one_list() -> None:
    made = renderer(comparisons=make_comparison(), checklists=make_checklist())
    text = filled(made, '{{ comparison_table("lessons") }}\n\n{{ checklist("first-lesson") }}')
    assert text.count(">Sources</h2>") == 1
    assert made.cited == ["river-2020"]


def test_source_says_who_when_and_how_much_was_read() -> None:
    made = renderer(
        references=[
            make_reference(),
            make_reference(
                id="lake-2021",
                author=["Shore B.", "Lake A"],
                publisher=None,
                **{"container-title": "Journal of Water"},
                issued="2021",
                read="excerpt",
                note="Only the summary.",
            ),
        ]
    )
    filled(made, '{{ cite("river-2020", "lake-2021") }}')
    [river, lake] = parse(str(made.source_list())).find_all("li")
    assert (
        river.text == "Swimming lessons for adults. The Pool Society. 2020‑03. Guideline. Read whole, January 4, 2026."
    )
    assert lake.text.startswith(
        "Swimming lessons for adults. Shore B., Lake A. Journal of Water. 2021. Guideline. Read in part,"
    )
    assert lake.text.endswith("Only the summary.")
    assert river.find("a").attrs["href"] == "https://example.org/river"


def test_passage_of_a_source_is_not_for_readers() -> None:
    plainly, quoted = (
        renderer(references=make_reference(**more))
        for more in ({}, {"quote": "Lessons help adults.", "place": "Page 3"})
    )
    for made in (plainly, quoted):
        filled(made, '{{ cite("river-2020") }}')
    assert quoted.source_list() == plainly.source_list()


def test_source_without_a_date_says_so() -> None:
    made = renderer(references=make_reference(issued=None, undated="true", read="not-read", accessed=None))
    filled(made, '{{ cite("river-2020") }}')
    assert parse(str(made.source_list())).text.endswith("No date given. Guideline. Not read by our editors.")


def test_data_cannot_bring_markup_into_a_page() -> None:
    """The models refuse it; the templates would escape it."""
    term = make_term().model_copy(update={"term": "<script>alert(1)</script>", "definition": '<img src=x onerror="x">'})
    tree = show("glossary()", glossary=term)
    assert tree.find_all("script") == tree.find_all("img") == []
    assert "<script>alert(1)</script>" in tree.text


def test_links_of_texts_are_relative_to_the_page() -> None:
    term = make_term(definition="See [help](help.md#phones) and [it](https://example.org/).")
    for page, address in {"index.md": "help/#phones", "a/b.md": "../../help/#phones"}.items():
        links = [link.attrs["href"] for link in show("glossary()", page, glossary=term).find("p").find_all("a")]
        assert links == [address, "https://example.org/"]


def test_page_is_not_linked_from_itself() -> None:
    therapy = make_therapy(page="care/crawl.md")
    assert show("therapies()", "care/crawl.md", therapies=therapy).find("th", scope="row").find_all("a") == []
    link = show("therapies()", "index.md", therapies=therapy).find("th", scope="row").find("a")
    assert link.attrs["href"] == "care/crawl/"


# Checklists and care


def test_each_box_has_its_label_and_its_reason() -> None:
    groups = [
        {
            "title": "To pack",
            "items": [
                {"id": "towel", "text": "A **dry** towel.", "why": "Wet people get cold."},
                {"id": "cap", "text": "A cap."},
            ],
        }
    ]
    tree = show('checklist("first-lesson")', checklists=make_checklist(groups=groups))
    towel, cap = tree.find_all("input", type="checkbox")
    for box, words in ((towel, "A dry towel."), (cap, "A cap.")):
        assert [label.text for label in tree.find_all("label") if label.attrs["for"] == box.attrs["id"]] == [words]
    assert tree.find(id=towel.attrs["aria-describedby"]).text == "Wet people get cold."
    assert "aria-describedby" not in cap.attrs
    group = tree.find(role="group")
    assert tree.find(id=group.attrs["aria-labelledby"]).text == "To pack"


def test_same_checklist_twice_has_ids_of_its_own() -> None:
    made = renderer(checklists=make_checklist())
    tree = parse(
        filled(made, '{{ checklist("first-lesson") }}\n\n{{ checklist("first-lesson") }}').partition(
            '\n<h2 id="sources"'
        )[0]
    )
    ids = [node.attrs["id"] for node in tree.walk() if "id" in node.attrs]
    assert len(ids) == len(set(ids)) > 4
    for node in tree.walk():
        for key in ("for", "aria-labelledby", "aria-describedby"):
            assert node.attrs.get(key, ids[0]) in ids


def test_care_card_gives_its_steps_in_order() -> None:
    tree = show('care_card("cramp")', care_cards=make_care_card())
    assert [item.text for item in tree.find("ol").find_all("li")] == ["Hold on to the edge.", "Ask for help.1"]
    section = tree.find("section")
    assert tree.find(id=section.attrs["aria-labelledby"]).text == "Urgent A cramp in the water"
    assert tree.find("a", href="tel:18005550100").text == "Call 1-800-555-0100"


def test_care_card_gives_an_emergency_number_once() -> None:
    """A step that says to call it has the link already."""
    card = make_care_card(steps=["Call 1-800-555-0100 now.", "Hold on."])
    tree = show('care_card("cramp")', care_cards=card)
    assert len(tree.find_all("a", href="tel:18005550100")) == 1
    assert tree.find_all("ul", class_="guide-care__lines") == []


def test_care_card_of_another_language_says_so() -> None:
    section = show('care_card("cramp")', care_cards=make_care_card(lang="es")).find("section")
    assert section.attrs["lang"] == "es"
    assert "Urgent" not in section.text


def test_helpline_can_be_called_written_to_and_opened() -> None:
    line = make_helpline(
        text_to={"number": "55501", "message": "HELP"},
        tty="1-800-555-0101",
        chat_url="https://example.org/chat",
        url="https://example.org/",
    )
    tree = show('helplines("pools")', helplines=line)
    ways = {link.attrs["href"]: link.text for link in tree.find_all("a") if not link.attrs["href"].startswith("#")}
    assert ways == {
        "tel:18005550100": "Call 1-800-555-0100",
        "sms:55501": "Text HELP to 55501",
        "tel:18005550101": "TTY: 1-800-555-0101",
        "https://example.org/chat": "Chat with Pool office",
        "https://example.org/": "Website of Pool office",
    }
    assert "Details last compared with our sources on January 5, 2026." in tree.text


def test_helpline_that_only_others_name_says_so() -> None:
    text = show('helplines("pools")', helplines=make_helpline(secondhand=True)).text
    assert "only on other organizations' pages, last on January 5, 2026" in text
    assert "compared with our sources" not in text


def test_helplines_of_another_group_are_left_out() -> None:
    lines = [make_helpline(), make_helpline(id="lifeguard", name="Lifeguard", groups=["rescue"])]
    assert [
        item.text for item in show('helplines("rescue")', helplines=lines).find_all(class_="guide-helpline__name")
    ] == ["Lifeguard"]


# Lists


def test_therapies_are_grouped_by_family_in_the_order_of_the_labels() -> None:
    therapies = [
        make_therapy(id="kicks", name="Kicks", family="strength"),
        make_therapy(id="z", name="Zigzag"),
        make_therapy(),
    ]
    tree = show("therapies()", therapies=therapies)
    assert [caption.text for caption in tree.find_all("caption")] == ["Strokes, one by one", "Strength, one by one"]
    assert [th.text for th in tree.find_all("th", scope="row")] == ["Front crawl", "Zigzag", "Kicks"]


def test_therapies_of_one_family() -> None:
    therapies = [make_therapy(id="kicks", name="Kicks", family="strength"), make_therapy()]
    assert [th.text for th in show('therapies("strength")', therapies=therapies).find_all("th", scope="row")] == [
        "Kicks"
    ]


def test_technologies_are_shown_ripest_first() -> None:
    technologies = [
        make_technology(id="a", name="A", maturity="research"),
        make_technology(id="b", name="B", maturity="routine"),
    ]
    titles = show("technologies()", technologies=technologies).find_all(class_="guide-facts__title")
    assert [title.text for title in titles] == ["B In routine use", "A Research only"]
    assert len(show('technologies("research")', technologies=technologies).find_all("section")) == 1


def test_the_status_of_a_technology_names_no_basis_but_keeps_a_certainty() -> None:
    status = {"text": "Not in use.", "references": CITED}
    shown = [
        show("technologies()", technologies=[make_technology(status={**status, **ground})]).find_all("dd")[0].text
        for ground in ({"basis": "practice"}, {"certainty": "low"})
    ]
    assert "Common practice" not in shown[0]
    assert "Low certainty" in shown[1]


def test_glossary_goes_by_letter_and_each_letter_is_linked() -> None:
    terms = [
        make_term(id="lane", term="lane"),
        make_term(id="butterfly", term="Butterfly", also=["fly"]),
        make_term(id="back", term="backstroke"),
    ]
    tree = show("glossary()", glossary=terms)
    assert [heading.text for heading in tree.find_all("h3")] == ["backstroke", "Butterfly", "lane"]
    assert [link.attrs["href"] for link in tree.find("nav").find_all("a")] == ["#letter-b", "#letter-f", "#letter-l"]
    for link in tree.find("nav").find_all("a"):
        assert tree.find(id=link.attrs["href"][1:]).tag == "h2"
    assert "Also called: fly." in tree.text
    # What people say leads to the term.
    (other,) = tree.find("ul", class_="guide-term__others").find_all("a")
    assert (other.text, other.attrs["href"]) == ("Butterfly", "#butterfly")


def test_term_that_begins_with_a_digit() -> None:
    tree = show("glossary()", glossary=[make_term(term="50-meter pool")])
    [link] = tree.find("nav").find_all("a")
    assert tree.find(id=link.attrs["href"][1:]).text == link.text


def test_questions_of_a_topic() -> None:
    questions = [
        make_question(page="help.md"),
        make_question(id="fear", topic="feelings", question="What if I am afraid?"),
    ]
    assert [h.text for h in show('questions("feelings")', questions=questions).find_all("h3")] == [
        "What if I am afraid?"
    ]
    links = show("questions()", questions=questions).find_all("a")
    assert [(link.text, link.attrs["href"]) for link in links] == [("More on: Do I need goggles?", "help/")]


def test_timeline_is_a_list_in_written_order() -> None:
    events = [make_event(when="Summer 1901"), make_event(id="warm", year="1960", title="Warm water")]
    items = show("timeline()", timeline=events).find("ol").find_all("li")
    assert [item.find(class_="guide-timeline__when").text for item in items] == ["Summer 1901", "1960"]


def test_figure_stands_inside_its_sentence() -> None:
    made = renderer(figures=make_figure())
    text = filled(made, 'It costs {{ figure("ticket") }} a year.').split("\n")[0]
    assert parse(text).text == "It costs $1,250 a year.1"


def test_number_of_a_helpline_stands_inside_its_sentence() -> None:
    made = renderer(helplines=make_helpline(id="lifeguard", number="1-800-555-0100"))
    text = filled(made, 'Call {{ phone("lifeguard") }} now.')
    assert parse(text).text == "Call 1-800-555-0100 now."


def test_helpline_without_a_number_is_its_site() -> None:
    made = renderer(helplines=make_helpline(id="lifeguard", number=None, text_to=None, url="https://pool.example.org/"))
    link = parse(filled(made, 'See {{ phone("lifeguard") }}.')).find("a")
    assert link.attrs["href"] == "https://pool.example.org/"


def test_all_sources_are_listed_by_title() -> None:
    titles = [cite.text for cite in show("sources()").find_all("cite")]
    assert titles == ["Lakes", "Swimming lessons for adults"]


def test_sources_of_some_letters() -> None:
    assert [cite.text for cite in show('sources("m-z")').find_all("cite")] == ["Swimming lessons for adults"]
    with pytest.raises(UnknownId, match='"z-m" is not in the ranges of letters'):
        show('sources("z-m")')


# Pictures


def test_week_is_a_table_whose_days_are_headers() -> None:
    rows = table(show('schedule("evenings")', schedules=make_schedule()))
    assert rows == [
        ["Day", "Time", "What happens"],
        ["Monday", "6:00 p.m. to 6:30 p.m.", "Rest Break, not program time"],
        ["6:30 p.m. to 7:00 p.m.", "Talk"],
        ["Tuesday", "6:00 p.m. to 7:00 p.m.", "Lesson"],
    ]


def test_week_says_that_it_is_a_sample_and_counts_its_hours() -> None:
    text = show('schedule("evenings")', schedules=make_schedule()).text
    assert "Sample week" in text
    assert "1 hour 30 minutes in this week" in text


def levels() -> list[Any]:
    unknown = {"not_known": "Clubs differ."}
    camp = {"adults": {"min": "20"}, "basis": "rule", "references": CITED}
    return [
        make_level(
            id="camp",
            name="Camp",
            short_name="Camp",
            in_plain_words="A week by the lake",
            step="3",
            overnight="true",
            hours_per_week=camp,
        ),
        make_level(),
        make_level(
            id="club",
            name="Club",
            short_name="Club",
            in_plain_words="Training with others",
            step="2",
            hours_per_week=unknown,
        ),
    ]


def test_ladder_goes_from_the_lightest_level_up() -> None:
    chart = make_chart(id="ladder", kind="ladder", levels=["camp", "beginner", "club"])
    steps = show('chart("ladder")', charts=chart, levels=levels()).find("ol").find_all("li")
    assert [step.text for step in steps] == [
        "Beginners' lessons Lessons in shallow water 1 to 2 hours a week1 You sleep at home",
        "Club Training with others You sleep at home",
        "Camp A week by the lake 20 or more hours a week1 You sleep there",
    ]


def test_hours_on_the_ladder_begin_with_a_capital_letter() -> None:
    fewer = {"adults": {"min": "0", "max": "8"}, "basis": "rule", "references": CITED}
    chart = make_chart(id="ladder", kind="ladder", levels=["beginner", "club"])
    levels = [make_level(hours_per_week=fewer), make_level(id="club", step="2")]
    steps = show('chart("ladder")', charts=chart, levels=levels).find("ol").find_all("li")
    assert "Fewer than 9 hours a week" in steps[0].text


def test_hours_stand_in_a_table_beside_their_picture() -> None:
    chart = make_chart(id="hours", kind="hours", levels=["camp", "beginner", "club"])
    tree = show('chart("hours")', charts=chart, levels=levels())
    assert table(tree)[1:] == [
        ["Beginners' lessons", "Adults: 1 to 2 hours.1"],
        ["Club", "Not known: Clubs differ."],
        ["Camp", "Adults: 20 or more hours.1"],
    ]
    picture = tree.find("svg")
    assert picture.attrs["aria-hidden"] == "true"
    assert len(picture.find_all(class_="guide-chart__bar")) == 2


def test_one_figure_a_person() -> None:
    groups = [{"label": "finish", "events": "7", "out_of": "10"}, {"label": "stay", "events": "0", "out_of": "100"}]
    tree = show('chart("finish")', charts=make_chart(groups=groups))
    pictures = tree.find_all("svg")
    assert [len(p.find_all(class_="guide-icons__person")) for p in pictures] == [10, 100]
    assert [len(p.find_all(class_="guide-icons__person--counted")) for p in pictures] == [7, 0]
    assert [p.text for p in tree.find_all(class_="guide-icons__text")] == ["7 of 10 finish", "0 of 100 stay"]


PICTURE_ENDINGS = {
    "ladder": {"charts": make_chart(id="x", kind="ladder", levels=["camp", "beginner"]), "levels": levels()},
    "hours": {"charts": make_chart(id="x", kind="hours", levels=["camp", "beginner"]), "levels": levels()},
    "icons": {"charts": make_chart(id="x")},
    "certainty": {"charts": make_chart(id="x", kind="certainty", therapies=["crawl"]), "therapies": make_therapy()},
    "path": {
        "charts": make_chart(
            id="x",
            kind="path",
            stages=[
                {"title": "Ask", "icon": "question", "text": "Ask the pool.", "page": "help.md"},
                {"title": "Try", "icon": "wave", "text": "Try it."},
            ],
        )
    },
    "drawing": {
        "charts": make_chart(
            id="x", kind="drawing", drawing="lying-on-side", steps=["Lie on one side."], references=CITED
        )
    },
}


@pytest.mark.parametrize("kind", PICTURE_ENDINGS)
def test_picture_has_a_name_and_a_caption_and_hides_its_drawing(kind: str) -> None:
    tree = show('chart("x")', **PICTURE_ENDINGS[kind])
    figure = tree.find("figure")
    assert tree.find(id=figure.attrs["aria-labelledby"]).text == "How many finish"
    assert "Counted once." in tree.find("figcaption").text
    assert all(svg.attrs.get("aria-hidden") == "true" for svg in tree.find_all("svg"))


@pytest.mark.parametrize("kind", PICTURE_ENDINGS)
def test_sources_of_a_picture_stand_behind_its_caption(kind: str) -> None:
    record = PICTURE_ENDINGS[kind]["charts"].model_copy(update={"references": ["lake-2021"]})
    tree = show('chart("x")', **{**PICTURE_ENDINGS[kind], "charts": record})
    [cited] = tree.find("figcaption").find_all(class_="guide-cite")
    assert "Counted once." + cited.text in tree.find("figcaption").text


def test_every_step_of_a_path_has_a_drawing_of_its_own() -> None:
    stages = show('chart("x")', **PICTURE_ENDINGS["path"]).find_all(class_="guide-path__stage")
    drawn = [stage.find("path").attrs["d"] for stage in stages]
    assert len(set(drawn)) == len(stages) == 2


def test_every_icon_that_a_record_may_name_is_drawn_and_no_other() -> None:
    template = (ROOT / "macros" / "chart" / "_icons.html.j2").read_text("utf-8")
    assert sorted(re.findall(r'^  "(\w+)": "M', template, re.MULTILINE)) == sorted(get_args(Icon))


# What all components keep


RECORDS: dict[str, Any] = {
    "comparisons": three_options(),
    "checklists": make_checklist(),
    "therapies": [make_therapy(), make_therapy(id="kicks", name="Kicks", family="strength", evidence=NOT_RATED)],
    "technologies": make_technology(),
    "timeline": make_event(),
    "schedules": make_schedule(),
    "worksheets": [make_worksheet(), every_field()],
    "sheets": make("sheets"),
    "charts": [
        make_chart(id="icons", certainty="low"),
        make_chart(id="ladder", kind="ladder", levels=["camp", "beginner", "club"]),
        make_chart(id="hours", kind="hours", levels=["camp", "beginner", "club"]),
        make_chart(id="certainty", kind="certainty", therapies=["crawl", "kicks"]),
        PICTURE_ENDINGS["path"]["charts"].model_copy(update={"id": "path"}),
        PICTURE_ENDINGS["drawing"]["charts"].model_copy(update={"id": "drawing"}),
    ],
    "levels": levels(),
    "care_cards": [
        make_care_card(signs=["A hard muscle."], signs_title="You may feel"),
        make_care_card(id="calambre", lang="es", title="Un calambre"),
    ],
    "glossary": [make_term(also=["track"], page="help.md"), make_term(id="crawl", term="Crawl", references=CITED)],
    "questions": [
        make_question(page="help.md"),
        make_question(id="fear", topic="feelings", question="What if I am afraid?"),
    ],
    "code_systems": make("code-systems"),
    "figures": make_figure(),
    "language": make("language"),
}
VARIANTS = {
    "comparison": 'comparison_table("lessons")',
    "comparison-two-options": 'comparison_table("lessons", options=["group", "camp"])',
    "checklist": 'checklist("first-lesson")',
    "therapy": 'therapy("crawl")',
    "therapies": "therapies()",
    "therapies-one-family": 'therapies("strength")',
    "technologies": "technologies()",
    "technologies-one-maturity": 'technologies("available")',
    "timeline": "timeline()",
    "schedule": 'schedule("evenings")',
    "worksheet": 'worksheet("ticket-costs")',
    "worksheet-every-field": 'worksheet("swim-plan")',
    "worksheet-card": 'worksheet_card("ticket-costs")',
    "sheets": "sheets()",
    "chart-ladder": 'chart("ladder")',
    "chart-hours": 'chart("hours")',
    "chart-certainty": 'chart("certainty")',
    "chart-icons": 'chart("icons")',
    "chart-path": 'chart("path")',
    "chart-drawing": 'chart("drawing")',
    "helplines": 'helplines("pools")',
    "care-card": 'care_card("cramp")',
    "care-card-other-language": 'care_card("calambre")',
    "care-strip": 'care_strip("cramp")',
    "checklist-card": 'checklist_card("first-lesson")',
    "glossary": "glossary()",
    "questions": "questions()",
    "questions-one-topic": 'questions("feelings")',
    "question-list": "question_list()",
    "code-list": "code_list()",
    "preferred-words": "preferred_words()",
    "figure": 'figure("ticket")',
    "phone": 'phone("pool-office")',
    "cite": 'cite("lake-2021", "river-2020")',
    "all-sources": "sources()",
}
OWN = {
    name: f'{name}("{plain(macros()[name].of)["id"]}")'
    for name in sorted(OWN_MACROS)
    if macros()[name].kind in EXAMPLES
}
"""Of the components that a guide has added, with the records of their folders; their tests are beside this one's."""
RECORDS |= {kind.replace("-", "_"): make(kind) for kind in EXAMPLES}
EVERY = VARIANTS | OWN
DATA_FILES = {
    **{name: data_path(macros()[name].of, plain(macros()[name].of)["id"]) for name in OWN},
    "comparison": "data/comparisons/lessons.yaml",
    "comparison-two-options": "data/comparisons/lessons.yaml",
    "checklist": "data/checklists/first-lesson.yaml",
    "therapy": "data/therapies/crawl.yaml",
    "therapies": "data/therapies/crawl.yaml",
    "therapies-one-family": "data/therapies/kicks.yaml",
    "technologies": "data/technologies/watch.yaml",
    "technologies-one-maturity": "data/technologies/watch.yaml",
    "timeline": "data/timeline.yaml",
    "schedule": "data/schedules/evenings.yaml",
    "worksheet": "data/worksheets/ticket-costs.yaml",
    "worksheet-every-field": "data/worksheets/swim-plan.yaml",
    "worksheet-card": "data/worksheets/ticket-costs.yaml",
    "sheets": data_path("sheets", plain("sheets")["id"]),
    "chart-ladder": "data/charts/ladder.yaml",
    "chart-hours": "data/charts/hours.yaml",
    "chart-certainty": "data/charts/certainty.yaml",
    "chart-icons": "data/charts/icons.yaml",
    "chart-path": "data/charts/path.yaml",
    "chart-drawing": "data/charts/drawing.yaml",
    "helplines": "data/helplines.yaml",
    "care-card": "data/care-cards/cramp.yaml",
    "care-card-other-language": "data/care-cards/calambre.yaml",
    "care-strip": "data/care-cards/cramp.yaml",
    "checklist-card": "data/checklists/first-lesson.yaml",
    "glossary": "data/glossary.yaml",
    "questions": "data/questions.yaml",
    "questions-one-topic": "data/questions.yaml",
    "question-list": "data/questions.yaml",
    "code-list": "data/code-systems/strokes-9.yaml",
    "preferred-words": "data/language.yaml",
    "all-sources": "data/references.yaml",
}


@pytest.mark.parametrize("name", VARIANTS)
def test_golden(golden: Callable[[str, str], None], name: str) -> None:
    golden(f"{name}.html", html(VARIANTS[name], **RECORDS))


def test_golden_source_list(golden: Callable[[str, str], None]) -> None:
    made = renderer()
    made.show("cite", "lake-2021", "river-2020")
    golden("sources.html", str(made.source_list()))


def test_golden_files_are_all_used() -> None:
    seen = {path.stem for path in (ROOT / "tests" / "golden").glob("*")}
    assert seen == {*VARIANTS, "sources", "emergency-bar", "page-foot"}


def test_every_macro_has_a_golden_file() -> None:
    # These show all of a project, and have tests of their own.
    looked_up = {"macro_reference", "field_reference", "status", "what_changed", "accessibility_report"}
    assert {call.split("(")[0] for call in VARIANTS.values()} == set(macros()) - looked_up - OWN_MACROS


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ("figure", "phone", "cite")])
def test_block_ends_in_a_comment_that_names_its_data_file(name: str) -> None:
    tree = show(EVERY[name], **RECORDS)
    assert tree.children[-1].tag == "#comment"
    assert tree.comments[-1].split(",")[0].strip() == DATA_FILES[name]


@pytest.mark.parametrize("name", EVERY)
def test_component_has_no_style_no_script_and_no_heading_above_its_place(name: str) -> None:
    tree = show(EVERY[name], **RECORDS)
    for node in tree.walk():
        assert "style" not in node.attrs
        assert node.tag not in ("script", "style", "h1", "iframe", "img")
        assert not [key for key in node.attrs if key.startswith("on")]


@pytest.mark.parametrize("name", EVERY)
def test_component_is_whole_and_every_name_it_points_to_is_there(name: str) -> None:
    tree = show(EVERY[name], **RECORDS)
    ids = [node.attrs["id"] for node in tree.walk() if "id" in node.attrs]
    assert len(ids) == len(set(ids))
    for node in tree.walk():
        for key in ("for", "aria-labelledby", "aria-describedby"):
            assert set(node.attrs.get(key, "").split()) <= set(ids)
    for element in tree.find_all("input"):
        assert [
            n for n in tree.find_all("label") if n.attrs.get("for") == element.attrs.get("id") or element in n.walk()
        ]


# Calls that fail


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('checklist("first-leson")', '"first-leson" is not in checklists. Did you mean "first-lesson"?'),
        ('cite("river-2021")', '"river-2021" is not in references. Did you mean "river-2020"?'),
        ('therapies("stroks")', '"stroks" is not in the families of therapies. Did you mean "strokes"?'),
        ('technologies("availble")', "Did you mean"),
        ('helplines("pool")', "Did you mean"),
        ('questions("thing")', "Did you mean"),
        (
            'comparison_table("lessons", options=["alon"])',
            '"alon" is not in the options of lessons. Did you mean "alone"?',
        ),
        (
            'comparison_table("lessons", rows=["peple"])',
            '"peple" is not in the rows of lessons. Did you mean "people"?',
        ),
    ],
)
def test_unknown_id_names_the_nearest(call: str, message: str) -> None:
    with pytest.raises(UnknownId) as raised:
        html(call, **RECORDS)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<p>It is so. {{ cite("river-2020") }}</p>', "<p>It is so.<sup"),
        ('<p>It is so.{{ cite("river-2020") }} And on.</p>', "<p>It is so. And on.<sup"),
        ('<p>It is {{ figure("ticket") }} a swim.\n</p>', " a swim.<sup"),
        ('<li>It is so.\n{{ cite("river-2020") }}\n<ul>', "<li>It is so.<sup"),
        ('It is so. {{ cite("river-2020") }}', "It is so.<sup"),
    ],
)
def test_sources_of_a_paragraph_stand_at_its_end(written: str, shown: str) -> None:
    assert shown in filled(renderer(figures=make_figure()), written)


def test_a_paragraph_has_one_group_of_sources() -> None:
    text = '<p>So {{ figure("ticket") }}.{{ cite("lake-2021") }} And {{ cite("river-2020") }}.</p><p>On.</p>'
    tree = parse(filled(renderer(figures=make_figure(references=["river-2020"])), text))
    assert [link.text for link in tree.find_all("a", class_="guide-cite__link")] == ["1, 2"]
    assert "guide-cite" in str(tree.find_all("p")[0].children[-1].attrs)


def test_cite_needs_a_source() -> None:
    with pytest.raises(TypeError, match="needs the id of a source"):
        html("cite()")


def test_from_cell_that_leads_nowhere() -> None:
    with pytest.raises(UnknownId, match='"begginer" is not in levels'):
        html('comparison_table("lessons")', comparisons=from_cell("levels/begginer/cost"), levels=make_level())
    with pytest.raises(
        UnknownId, match='"coast" is not in the fields of levels that a cell can show. Did you mean "cost"'
    ):
        html('comparison_table("lessons")', comparisons=from_cell("levels/beginner/coast"), levels=make_level())
    with pytest.raises(UnknownId, match='"x" is not in level'):
        html('comparison_table("lessons")', comparisons=from_cell("level/x/cost"))


# The page around


def test_block_takes_the_place_of_its_paragraph() -> None:
    made = PageRenderer(make_guide(checklists=make_checklist(references=None)), "index.md")
    text = read_calls('{{ checklist("first-lesson") }}')

    def shown(html: str) -> str:
        return str(marks.written(made.page_html(html, text), marks.plain))

    assert shown(f"<p>{text.text}</p>").startswith("<section")
    assert shown(f"<li>{text.text}</li>").startswith("<li><section")


def test_many_calls_are_not_mixed_up() -> None:
    made = PageRenderer(make_guide(checklists=make_checklist(references=None)), "index.md")
    tree = parse(filled(made, '{{ checklist("first-lesson") }}\n' * 12))
    assert len(tree.find_all("section")) == 12
    assert not TOKEN.search(tree.text)


def test_call_in_code_is_shown_and_not_run() -> None:
    made = renderer()
    text = read_calls('{{ cite("river-2020") }} {{ x }}')
    shown = made.page_html(f"<p><code>{text.text}</code></p>", text)
    assert shown == "<p><code>{{ cite(&#34;river-2020&#34;) }} {{ x }}</code></p>"
    assert not made.cited


def test_list_of_sources_has_an_id_that_the_page_does_not_have_yet() -> None:
    made = renderer()
    text = read_calls('A{{ cite("river-2020") }}')
    tree = parse(made.page_html(f'<h2 id="sources">Sources</h2><p>{text.text}</p>', text, ["sources"]))
    assert [heading.attrs["id"] for heading in tree.find_all("h2")] == ["sources", "sources_1"]
    assert made.sources_heading == ("sources_1", "Sources")


def test_page_is_rendered_without_the_sites_engine() -> None:
    """A second engine needs a new border and nothing else."""
    program = f"""
import sys
from pathlib import Path
from guide.reading.calls import TOKEN
from guide.reading.records import load_guide
from guide.reading.page_html import to_html
from guide.reading.pages import read_pages
from guide.rendering.page import PageRenderer
guide = load_guide(Path({str(GOOD / "data")!r}))
pages, problems = read_pages(Path({str(GOOD / "docs")!r}))
assert not problems, problems
renderer = PageRenderer(guide, "calls/top-level.md")
page = pages["calls/top-level.md"]
html = renderer.page_html(to_html(page.text.text), page.text)
assert "guide-comparison" in html and not TOKEN.search(html)
foreign = sorted(name for name in sys.modules if name.partition(".")[0] in ("mkdocs", "mkdocs_macros", "material"))
assert not foreign, foreign
print(len(html))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10_000


def test_good_site_renders_in_process() -> None:
    guide = load_guide(GOOD / "data")
    pages, problems = read_pages(GOOD / "docs")
    assert not problems
    for name, page in pages.items():
        made = PageRenderer(guide, name)
        parse(made.page_html(to_html(page.text.text), page.text), whole=False)
