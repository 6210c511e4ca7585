"""Words of the glossary in the text of a page."""

from guide.rendering.terms import mark_terms
from macros.glossary.record import Term
from tests.trees import finished


def term(name: str) -> Term:
    return Term(id=name.partition(" (")[0].lower().replace(" ", "-"), term=name, definition="A meaning.")


def test_first_use_of_a_term_leads_to_its_meaning() -> None:
    html, found = mark_terms("<p>A Kick board helps.</p><p>A kick board floats.</p>", [term("Kick board")])
    assert finished(html) == (
        '<p>A <a class="guide-define" href="#word-kick-board" id="use-kick-board">Kick board</a> helps.</p>'
        "<p>A kick board floats.</p>"
    )
    assert [each.id for each in found] == ["kick-board"]


def test_a_paragraph_has_one_link_at_most() -> None:
    html, found = mark_terms("<p>Lane and wall.</p>\n<ul><li>The wall.</li></ul>", [term("Lane"), term("Wall")])
    assert html.count("guide-define") == 2
    assert '<li>The <a class="guide-define" href="#word-wall"' in finished(html)
    assert [each.id for each in found] == ["lane", "wall"]


def test_the_longest_term_wins() -> None:
    _, found = mark_terms("<p>The deep end of the pool.</p>", [term("Deep"), term("Deep end")])
    assert [each.id for each in found] == ["deep-end"]


def test_headings_links_and_code_are_left_alone() -> None:
    html = '<h2>Lane</h2><p><a href="x">lane</a> <code>lane</code> planes</p>'
    assert mark_terms(html, [term("Lane")]) == (html, [])


def test_text_outside_of_paragraphs_is_left_alone() -> None:
    assert mark_terms("The lane", [term("Lane")]) == ("The lane", [])


def test_short_forms_are_found_in_capitals_only() -> None:
    html = "<p>Go fast and far.</p>"
    assert mark_terms(html, [term("FAST")]) == (html, [])
    assert mark_terms("<p>The FAST test.</p>", [term("FAST")])[1]


def test_short_form_in_brackets_is_not_part_of_the_words() -> None:
    assert mark_terms("<p>A learn to swim class.</p>", [term("Learn to swim (LTS)")])[1]


def test_without_terms_nothing_changes() -> None:
    assert mark_terms("<p>Text.</p>", []) == ("<p>Text.</p>", [])
