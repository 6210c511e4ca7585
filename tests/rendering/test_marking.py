"""Emergency numbers in running text are links, and names in another language say which it is."""

import pytest

from guide.reading.calls import CallText
from guide.rendering.page import PageRenderer
from tests.factories import make_care_card, make_guide, make_helpline, make_site
from tests.trees import Node, parse


def renderer() -> PageRenderer:
    """A page of a guide with two emergency lines: one takes calls, the other calls and texts."""
    lines = [
        make_helpline(number="123"),
        make_helpline(id="lifeguard", name="Lifeguard", number="456", text_to={"number": "456"}),
        make_helpline(id="lessons", name="Lessons", number="789"),
    ]
    site = make_site(emergency=["pool-office", "lifeguard"])
    card = make_care_card(id="calambre", title="Ayuda en el agua", lang="es")
    return PageRenderer(make_guide(helplines=lines, site=site, care_cards=card), "index.md")


def links(tree: Node) -> list[tuple[str, str, str]]:
    """Return the words, the name and the address of each link."""
    return [
        (link.text, link.attrs.get("aria-label", link.text), link.attrs["href"])
        for link in tree.find_all("a")
        if ":" in link.attrs["href"]
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 123 now.", [("Call 123", "Call 123", "tel:123")]),
        ("**If it hurts, call 123** or shout.", [("call 123", "call 123", "tel:123")]),
        ("Text 456, day or night.", [("Text 456", "Text 456", "sms:456")]),
        ("You can call or text 456.", [("call", "call 456", "tel:456"), ("text 456", "text 456", "sms:456")]),
        ("Call 123 or call 456.", [("Call 123", "Call 123", "tel:123"), ("call 456", "call 456", "tel:456")]),
    ],
)
def test_emergency_number_after_its_verb_is_a_link_in_records_and_pages(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    made = renderer()
    shown = parse(f"<div>{made.text(text)}</div>")
    assert links(shown) == found
    page = made.page_html(f"<p>{made.text('A.')} {text.replace('**', '')}</p>", CallText(""))
    assert links(parse(page)) == found


@pytest.mark.parametrize(
    "text",
    [
        "In 2024, 456 answered more calls.",
        "Call 1234.",
        "Call 123-4.",
        "Recall 123 lanes.",
        "Call 789.",
        "[Call 123](help.md)",
    ],
)
def test_other_numbers_and_words_are_left_alone(text: str) -> None:
    made = renderer()
    assert links(parse(f"<div>{made.text(text)}</div>")) == []


def test_number_that_takes_no_texts_gets_no_link_to_text_it() -> None:
    shown = parse(f"<div>{renderer().text('Call or text 123.')}</div>")
    assert links(shown) == [("Call", "Call 123", "tel:123")]
    assert shown.text == "Call or text 123."


@pytest.mark.parametrize(
    "html", ["Call 123", "<h2>Call 123</h2>", '<p><a href="#x">Call 123</a></p>', "<p><code>Call 123</code></p>"]
)
def test_headings_links_and_code_of_a_page_stay_as_they_are(html: str) -> None:
    made = renderer()
    assert made.html(made.page_html(html, CallText(""))) == html


def test_name_in_another_language_is_marked_in_links_and_headings() -> None:
    page = parse(
        renderer().page_html('<h2>Ayuda en el agua</h2><p><a href="#x">Ayuda en el agua: Spanish</a></p>', CallText(""))
    )
    marked = page.find_all("span", lang="es")
    assert [mark.text for mark in marked] == ["Ayuda en el agua", "Ayuda en el agua"]
    assert page.find("a").text == "Ayuda en el agua: Spanish"
