"""What the search is given: pages, questions, terms and care cards, and the words that lead to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from guide.checking import check_book
from guide.model.problems import DataError
from guide.outputs.search_index import SearchPage, answers_script, results_script, search_index, search_page
from guide.outputs.site import Section
from guide.reading import marks
from guide.reading.records import load_guide
from guide.rendering.project import read_book
from tests.factories import GOOD, ROOT, Project, full_page


def page(path: str, title: str, content: str, *headings: tuple[str, str], **fields: Any) -> SearchPage:
    sections = tuple(Section(words, anchor) for anchor, words in headings)
    known = {"title": title, "description": f"All about {title}.", "sections": sections, **fields}
    return search_page(full_page(content, path, **known))


def part(name: str, html: str) -> str:
    """Mark HTML as a part that only some outputs show."""
    return f"{marks.begin(name)}{html}{marks.end(name)}"


PAGES = [
    page("index.md", "Home", "<h1>Learn to swim</h1><p>Water holds you.</p>"),
    page(
        "help.md",
        "Help",
        "<h1>Help</h1><p>Water, and a whistle &amp; rope.</p>"
        + part("entry", '<h3 class="guide-term" id="stroke">Stroke</h3><p>Never counted.</p>')
        + part("unfound", "<ul><li>Example</li></ul>")
        + part("site", "<p>Embed</p>")
        + part("sources", '<ol class="guide-sources"><li>Some journal</li></ol>'),
        ("rope", "Throw a rope"),
        ("whistle-twice", "Whistle (twice)"),
    ),
    *(page(f"more/{name}.md", name, f"<h1>{name}</h1><p>Water {name}.</p>") for name in "ABCDE"),
    page("calls/top-level.md", "Crawl", "<h1>Crawl</h1><p>Water, arms.</p>"),
]


def held(index: dict[str, Any]) -> dict[str, list[str]]:
    """Give the addresses of the pages that hold each word, read as the script reads them."""
    found = {}
    for word, signs in zip(index["body"].split(), index["holders"].split(" "), strict=True):
        number, far = -1, 0
        numbers = []
        for sign in signs:
            digit = ord(sign) - 35 - (sign > "\\")
            if digit == 90:
                far += 90
                continue
            number, far = number + far + digit + 1, 0
            numbers.append(number)
        found[word] = [index["pages"][each][0] for each in numbers]
    return found


@pytest.fixture(scope="module")
def index() -> dict[str, Any]:
    return search_index(load_guide(GOOD / "data"), PAGES, "en")


def test_a_page_has_its_address_names_description_and_own_headings(index: dict[str, Any]) -> None:
    assert index["pages"][0] == ["", "Learn to swim", "Home", "All about Home.", []]
    assert index["pages"][1] == ["help/", "Help", "", "All about Help.", [["rope", "Throw a rope"], "Whistle (twice)"]]


def test_words_of_a_text_lead_to_its_pages_and_common_ones_nowhere(index: dict[str, Any]) -> None:
    words = held(index)
    assert words["whistle"] == ["help/"]
    assert words["arms"] == ["calls/top-level/"]
    assert "water" not in words


def test_sources_and_terms_are_not_words_of_the_text(index: dict[str, Any]) -> None:
    assert {"journal", "counted", "example", "embed"} & set(held(index)) == set()
    assert {"whistle", "rope"} <= set(held(index))


def test_far_pages_are_found_too() -> None:
    many = [page(f"p{number}.md", f"P{number}", "<h1>P</h1>") for number in range(400)]
    many[150] = page("p150.md", "P150", "<h1>P</h1><p>needle</p>")
    many[399] = page("p399.md", "P399", "<h1>P</h1><p>needle thread</p>")
    many[:2] = [page(path, "P", "<h1>P</h1>") for path in ("help.md", "calls/top-level.md")]
    words = held(search_index(load_guide(GOOD / "data"), many, "en"))
    assert words["needle"] == ["p150/", "p399/"]
    assert words["thread"] == ["p399/"]


def test_questions_terms_and_cards_are_found_where_they_stand() -> None:
    guide = load_guide(GOOD / "data")
    question, term, card = (next(iter(guide.records(kind))) for kind in ("questions", "glossary", "care-cards"))
    places = {
        ("questions", question): f"question-{question}",
        ("glossary", term): term,
        ("care-cards", card): f"care-{card}",
    }
    found = search_index(guide, [*PAGES, page("more.md", "More", "<h1>More</h1>", places=places)], "en")
    assert found["questions"][0][0] == f"more/#question-{question}"
    assert found["terms"][0][0] == f"more/#{term}"
    assert found["cards"][0][0] == f"more/#care-{card}"
    assert 'href="tel:' in found["cards"][0][2]


def test_the_name_of_the_script_changes_with_what_it_finds() -> None:
    guide = load_guide(GOOD / "data")
    one, two = (answers_script(guide, PAGES[count:], "en") for count in (0, 1))
    assert one.name != two.name
    assert re.fullmatch(r"assets/search\.[0-9a-f]{8}\.js", one.name)
    assert one.content.startswith("var INDEX={")


@pytest.mark.parametrize("name", ["answers", "results"])
def test_the_scripts_can_run_under_a_strict_policy(name: str) -> None:
    code = (ROOT / f"guide/theme/search/{name}.js").read_text("utf-8")
    assert not re.search(r"\beval\b|new Function|importScripts|fetch\(|XMLHttpRequest|\bblob:|createObjectURL", code)


def test_the_scripts_keep_nothing_that_only_people_read() -> None:
    code = answers_script(load_guide(GOOD / "data"), PAGES, "en").content.partition("\n")[2]
    assert not re.search(r"^\s*/\*", code + results_script().content, re.MULTILINE)


def test_words_that_too_many_pages_hold_are_known_for_their_spelling(index: dict[str, Any]) -> None:
    assert "water" in index["common"].split()
    assert "whistle" not in index["common"].split()


def test_words_of_a_card_say_where_they_mean_something_else() -> None:
    assert search_index(load_guide(GOOD / "data"), PAGES, "en")["crisis"] == [
        [["my leg hurts", "cramp"], 0, ["iron"], 0, 0],
        [["stuck"], 0, [], 1, 1],
    ]


@pytest.mark.parametrize("narrower", [{"unless": ["iron"]}, {"alone": True}, {"exact": True}])
def test_only_words_of_a_card_can_be_narrowed(project: Project, narrower: dict[str, Any]) -> None:
    entry = {"id": "costume", "words": ["trunks"], "page": "index.md", "reviewed": "2026-01-05"}
    project.write("data/search.yaml", [{**entry, "id": "first"}, {**entry, **narrower}])
    (key,) = narrower
    with pytest.raises(DataError, match=rf"data/search\.yaml:\d+: {key} is for words with a care_card"):
        load_guide(project.root / "data")


@pytest.mark.parametrize("use", [{}, {"page": "index.md", "means": ["swim"]}])
def test_words_have_one_use(project: Project, use: dict[str, Any]) -> None:
    entry = {"id": "costume", "words": ["trunks"], "reviewed": "2026-01-05"}
    project.write("data/search.yaml", [{**entry, "id": "first", "page": "index.md"}, {**entry, **use}])
    with pytest.raises(DataError, match=r"data/search\.yaml:\d+: .*one of page, care_card and means"):
        load_guide(project.root / "data")


def test_an_unknown_care_card_is_reported(project: Project) -> None:
    entry = {"id": "drowning", "words": ["sinking"], "care_card": "nowhere", "reviewed": "2026-01-05"}
    project.write("data/search.yaml", [entry])
    line = project.line("data/search.yaml", "nowhere")
    found = [str(problem) for problem in check_book(read_book(project.root))]
    assert any(each.startswith(f'data/search.yaml:{line}: "nowhere" is not in care-cards') for each in found), found


@pytest.mark.site
def test_a_guide_on_another_subject_has_its_own_search(good_site: Path) -> None:
    (script,) = (good_site / "assets").glob("search.*.js")
    found = json.loads(script.read_text("utf-8").partition("\n")[0].removeprefix("var INDEX=").removesuffix(";"))
    assert {entry[0] for entry in found["pages"]} >= {"", "help/"}
    assert found["answers"][0][0] == ["bathers", "swimming trunks"]
    assert script.name in (good_site / "index.html").read_text("utf-8")
    assert not (good_site / "search").exists()
    assert not list((good_site / "assets").rglob("bundle*"))
