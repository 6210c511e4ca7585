"""What every page shows around its text: the bar, the foot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
from jinja2 import Environment

from guide.engine.theme import Theme
from guide.reading import marks
from guide.reading.calls import read_calls
from guide.rendering.page import PageRenderer
from guide.rendering.statements import Statements
from tests.factories import full_page, make, make_care_card, make_checklist, make_guide, make_helpline, make_site
from tests.trees import Node, parse


def theme(**records: Any) -> Theme:
    return Theme(make_guide(**records), "en", script="")


def bar(base: str, **records: Any) -> str:
    """Render the bar as a template of the theme does."""
    template = Environment(autoescape=True).from_string("{{ guide.emergency_bar() }}")
    return template.render(guide=theme(**records), base_url=base)


def page(**changes: Any) -> SimpleNamespace:
    """A page as the engine hands it over."""
    meta = {
        "description": "What to know about swimming before the first lesson.",
        "sources_checked": "2026-01-05",
        "review_due": "2027-01-05",
    }
    file = SimpleNamespace(src_uri="care/first-day.md")
    return SimpleNamespace(
        meta={**meta, **changes},
        file=file,
        title="First & last",
        canonical_url="https://swim.example.org/care/first-day/",
    )


def foot(**changes: Any) -> Node:
    return parse(str(theme().page_foot(page(**changes))))


@pytest.mark.parametrize(
    ("base", "address"), [(".", "./help/"), ("..", "../help/"), ("../..", "../../help/"), ("/", "/help/")]
)
def test_bar_leads_to_the_help_page_from_everywhere(base: str, address: str) -> None:
    assert parse(bar(base)).find(class_="guide-bar__more").attrs["href"] == address


def test_bar_holds_numbers_to_call_in_the_order_of_the_site() -> None:
    lines = [
        make_helpline(),
        make_helpline(id="lifeguard", name="Lifeguard", number="911", text_to={"number": "911"}),
    ]
    tree = parse(bar(".", helplines=lines, site=make_site(emergency=["lifeguard", "pool-office"])))
    links = tree.find(class_="guide-bar__numbers").find_all("a")
    assert [(link.text, link.attrs["href"]) for link in links] == [
        ("Call 911", "tel:911"),
        ("Text 911", "sms:911"),
        ("Call 1-800-555-0100", "tel:18005550100"),
    ]
    assert tree.find("aside").attrs["aria-label"]
    assert tree.find("aside").find_all("a")[:3] == links, "numbers come before anything else"


def test_foot_says_who_when_and_how_sure() -> None:
    text = foot().text
    for words in (
        "Sources last checked on January 5, 2026.",
        "Next check due by January 5, 2027.",
        "Not yet reviewed by a coach.",
        "Published by The Pool Society. Tickets pay for it.",
        "Ask your pool.",
        "https://swim.example.org/care/first-day/",
    ):
        assert words in text


def test_foot_names_the_clinician_who_signed_and_says_what_has_changed_since() -> None:
    content = "<h1>First</h1><p>Bring a towel.</p><p>Bring water.</p>"
    hashes = [statement.hash for statement in Statements(make_guide(), "en").of(content, (), "care/first-day.md")]

    def text(**changes: Any) -> str:
        review = make("reviews", page="care/first-day.md", signed=hashes, **changes)
        shown = {"care/first-day.md": full_page(content, "care/first-day.md")}
        return parse(str(Theme(make_guide(reviews=review), "en", "", pages=shown).page_foot(page()))).text

    assert (
        "Read and signed by A. Coach, RN (license W-1234, Lakeland) on January 6, 2026. "
        "All 2 passages stand as signed. Conflicts of interest: None."
    ) in text()
    assert "Not yet reviewed" not in text()
    content = content.replace("a towel", "no towel")
    assert "1 of 2 passages stand as signed. 1 has changed since." in text()


def links(made: Theme, shown: Any) -> dict[str, str]:
    """Give where the disclosure at the foot leads, by its words."""
    tree = parse(str(made.page_foot(shown))).find(class_="guide-foot__fold")
    return {link.text: link.attrs["href"] for link in tree.find_all("a")}


def test_error_is_reported_on_the_forge_with_the_page_it_is_on() -> None:
    form = links(theme(), page())["Report a mistake on a public form"]
    assert form == (
        "https://forge.example.org/swim/issues/new?template=wrong-fact.yml"
        "&page=https%3A%2F%2Fswim.example.org%2Fcare%2Ffirst-day%2F"
    )


def test_foot_leads_to_the_text_and_to_each_data_file_that_the_page_shows() -> None:
    shown = PageRenderer(make_guide(checklists=make_checklist(), care_cards=make_care_card()), "care/first-day.md")
    for call in read_calls('{{ care_card("cramp") }} {{ checklist("first-lesson") }}').calls:
        shown.call(call)
    shown.source_list()
    made = Theme(shown.guide, "en", "", {"care/first-day.md": shown})
    found = links(made, page())
    forge = "https://forge.example.org/swim/edit/main/"
    assert found["Change the text of this page"] == f"{forge}docs/care/first-day.md"
    files = ["data/care-cards/cramp.yaml", "data/helplines.yaml", "data/references.yaml"]
    files.append("data/checklists/first-lesson.yaml")
    assert {words: address for words, address in found.items() if words.startswith("data/")} == {
        file: f"{forge}{file}" for file in files
    }


def test_page_that_has_no_text_of_its_own_can_be_reported_only() -> None:
    assert list(links(theme(), None)) == [
        "Report a mistake on a public form",
        "Write to the editors, in private",
    ]


def test_without_a_forge_an_error_is_reported_by_a_letter() -> None:
    made = theme(site=make_site(repository=None))
    (link,) = parse(str(made.page_foot(page()))).find_all("a", class_="guide-foot__link")
    address, _, query = link.attrs["href"].partition("?")
    assert address == "mailto:pool@example.org"
    fields = dict(field.split("=", 1) for field in query.split("&"))
    assert unquote(fields["subject"]) == "First & last"
    assert "care/first-day" in unquote(fields["body"])


def test_front_matter_of_the_engine_may_hold_more() -> None:
    assert "January 5, 2026" in foot(tags=["bathers"]).text


def test_golden(golden: Callable[[str, str], None]) -> None:
    golden("emergency-bar.html", bar(".."))
    golden("page-foot.html", str(theme().page_foot(page())))


@pytest.mark.parametrize(("path", "marked"), [("index.md", ["help/", "help/#numbers"]), ("care/first-day.md", [])])
def test_links_of_the_start_page_say_that_they_lead_to_help(path: str, marked: list[str]) -> None:
    targets = ["help/", "help/#numbers", "help/more/", "https://other.example.org/help/", "care/"]
    section = marks.begin("section") + marks.end("section")
    shown = full_page("".join(f'<a href="{target}">x</a>' for target in targets), path)
    shown = replace(shown, content=f"{section}{shown.content}")
    start = SimpleNamespace(file=SimpleNamespace(src_uri=path), is_homepage=path == "index.md")
    _, rest = Theme(make_guide(), "en", "", pages={path: shown}).lead_and_rest(start)
    links = parse(str(rest), whole=False).find_all("a")
    assert [link.attrs["href"] for link in links if "data-guide-help" in link.attrs] == marked
    assert [link.attrs["href"] for link in links] == targets
