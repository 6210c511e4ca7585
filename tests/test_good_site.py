"""A whole guide on another subject, built by the real command: every call works everywhere on a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from guide.model.registry import macros
from guide.reading import marks
from guide.reading.calls import TOKEN
from guide.reading.page_html import to_html
from guide.rendering.page import PageRenderer
from guide.rendering.project import Project, read_project
from tests.factories import CODE_PAGE, GOOD, OWN_MACROS, ROOT
from tests.links import form_places
from tests.trees import Node, parse

pytestmark = pytest.mark.site

# What each page's blocks stand in, from the nearest element outwards.
LOOKED_UP = {
    "accessibility_report",
    "field_reference",
    "macro_reference",
    "preferred_words",
    "status",
    "what_changed",
}
SURROUNDINGS = {
    "calls/top-level.md": ["article"],
    "calls/in-an-admonition.md": ["div"],
    "calls/in-a-list.md": ["li", "ul"],
    "calls/in-a-tab.md": ["div"],
}
WITHIN = {
    "calls/in-an-admonition.md": "admonition",
    "calls/in-a-tab.md": "tabbed-block",
}
UNFOUND = (
    *("guide-worksheet__notes", "guide-worksheet__tools", "guide-worksheet__paper", "guide-wallet"),
    *("guide-codes__list", "guide-codes-said"),
)
"""What the search leaves out: of a worksheet, what is said only when it's true, and what can be done with it; and the
list of codes, which it answers in a way of its own."""


@pytest.fixture(scope="module")
def book() -> Project:
    return read_project(GOOD)


@pytest.fixture(scope="module")
def found(good_site: Path) -> set[str]:
    """Every word that the search knows."""
    (worker,) = (good_site / "assets").glob("search.*.js")
    return set(words(worker.read_text("utf-8").partition("\n")[0]))


def built(site: Path, page: str) -> str:
    return (site / page.removesuffix(".md") / "index.html").read_text("utf-8")


def blocks(book: Project, page: str) -> dict[str, str]:
    """Return the HTML of each block of a page by its call, and of the list of sources."""
    renderer = PageRenderer(book.guide, page)
    # The site is built without handouts.
    rendered = [
        (call, str(marks.written(renderer.call(call), renderer.site_link, without=("printed",))))
        for call in book.pages[page].calls
    ]
    blocks = [(call, html) for call, html in rendered if macros()[call.name].block]
    found = {f"{number} {call.name} {call.args} {call.kwargs}": html for number, (call, html) in enumerate(blocks, 1)}
    return {**found, "sources of the page": str(renderer.html(renderer.source_list()))}


def test_it_uses_the_extensions_of_the_project() -> None:
    own, good = (yaml.load((root / "mkdocs.yml").read_text("utf-8"), Loader=yaml.BaseLoader) for root in (ROOT, GOOD))
    assert "markdown_extensions" not in own | good, "the extensions are those of the checker"


def shows_what_authors_can_write(text: Path) -> None:
    """Check that a page uses what authors can write besides plain Markdown, and shows how it's written."""
    body = text.read_text("utf-8").partition("\n---\n")[2]
    tree = parse(to_html(body))
    boxes = [node for node in tree.find_all("div") if "admonition" in node.attrs.get("class", "").split()]
    assert boxes and tree.find_all("details") and tree.find_all("div", class_="tabbed-set")
    code = [node.text for node in tree.find_all("pre")]
    assert any("!!!" in text for text in code), "how a box is written is shown in a fence"
    assert any("```" in text for text in code), "how a fence is written is shown in one"


def test_what_authors_can_write_besides_plain_markdown_is_used_where_they_look_it_up() -> None:
    shows_what_authors_can_write(GOOD / "docs/contribute.md")


def test_it_calls_every_macro_everywhere(book: Project) -> None:
    for page in SURROUNDINGS:
        assert {call.name for call in book.pages[page].calls} == set(macros()) - LOOKED_UP - OWN_MACROS, page
    assert {call.name for call in book.pages["contribute.md"].calls} == LOOKED_UP


def test_it_has_a_picture_of_every_kind(book: Project) -> None:
    assert {chart.kind for chart in book.guide.records("charts").values()} == {
        "ladder",
        "hours",
        "certainty",
        "icons",
        "path",
        "drawing",
    }


@pytest.mark.parametrize("source", SURROUNDINGS)
def test_each_component_is_there_whole(good_site: Path, book: Project, source: str) -> None:
    html = built(good_site, source)
    found = blocks(book, source)
    assert len(found) > 20
    for name, block in found.items():
        assert html.count(block) >= 1, name
    assert not TOKEN.search(html)
    assert "{{" not in html


@pytest.mark.parametrize("source", SURROUNDINGS)
def test_page_is_well_formed_and_ids_are_its_own(good_site: Path, source: str) -> None:
    tree = parse(built(good_site, source))
    ids = [node.attrs["id"] for node in tree.walk() if "id" in node.attrs]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


@pytest.mark.parametrize("source", SURROUNDINGS)
def test_each_component_stands_where_it_was_called_and_in_no_paragraph(
    good_site: Path, book: Project, source: str
) -> None:
    article = parse(built(good_site, source)).find("article")
    expected = [parse(block) for name, block in blocks(book, source).items() if name != "sources of the page"]
    comments = [node for node in article.walk() if node.tag == "#comment" and "data/" in node.own_text]
    # A worksheet shows what to do in danger too.
    assert [comment.own_text.strip() for comment in comments] == [text for tree in expected for text in tree.comments]
    for comment in comments:
        if "section" in comment.ancestors:
            continue
        component = before(comment)
        assert "p" not in component.ancestors
        assert component.ancestors[: len(SURROUNDINGS[source])] == SURROUNDINGS[source]
        if source in WITHIN:
            assert component.parent
            assert WITHIN[source] in component.parent.attrs["class"]


def before(comment: Node) -> Node:
    """Give the element that stands just before a comment."""
    assert comment.parent
    elements = comment.parent.children[: comment.parent.children.index(comment)]
    return next(node for node in reversed(elements) if not node.tag.startswith("#"))


@pytest.mark.parametrize("source", SURROUNDINGS)
def test_each_component_ends_in_a_comment_that_names_a_file_that_exists(book: Project, source: str) -> None:
    for name, block in blocks(book, source).items():
        if name == "sources of the page":
            continue
        last = parse(block).children[-1]
        assert last.tag == "#comment", name
        for path in last.own_text.strip().split(", "):
            assert (GOOD / path).is_file(), name


@pytest.mark.parametrize("source", SURROUNDINGS)
def test_each_component_is_found_by_search(book: Project, found: set[str], source: str) -> None:
    for name, block in blocks(book, source).items():
        if name != "sources of the page":
            tree = parse(block)
            unfound = {id(node) for part in UNFOUND for top in tree.find_all(class_=part) for node in top.walk()}
            text = " ".join(
                node.own_text
                for node in tree.walk()
                if node.tag == "#text" and "svg" not in node.ancestors and id(node) not in unfound
            )
            assert words(text), name
            assert set(words(text)) - found == set(), name


def test_what_contributors_look_up_is_not_found_in_place_of_what_it_shows(good_site: Path) -> None:
    (worker,) = (good_site / "assets").glob("search.*.js")
    index = json.loads(worker.read_text("utf-8").partition("\n")[0].removeprefix("var INDEX=").removesuffix(";"))
    known = set(words(index["body"]))
    assert {"look", "need"} <= known
    manual = parse(built(good_site, "contribute.md")).find_all(class_="guide-manual")
    assert set(words(" ".join(each.text for each in manual))) - known


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]{3,}", text.lower())


@pytest.mark.parametrize("source", SURROUNDINGS)
def test_inline_calls_stand_in_their_sentence(good_site: Path, source: str) -> None:
    article = parse(built(good_site, source)).find("article")
    figure = article.find("span", class_="guide-figure")
    assert figure.text == "$1,250"
    assert figure.ancestors[0] in ("p", "li")
    assert figure.parent
    assert re.fullmatch(r"A ticket is \$1,250, says the pool at 1-800-555-0102\.\d+", figure.parent.text)


def test_every_page_has_the_bar_and_the_foot(good_site: Path) -> None:
    pages = [path for path in sorted(good_site.rglob("*.html")) if not {"embed", "print"} & set(path.parts)]
    codes = {path for path in pages if CODE_PAGE.search(path.as_posix())}
    assert (len(pages), len(codes)) == (12, 3)
    for path in pages:
        tree = parse(path.read_text("utf-8"))
        assert tree.find("aside", class_="guide-bar").text.startswith("Call 1-800-555-0100"), path
        assert path in codes or tree.find(class_="guide-foot"), path


def test_every_link_leads_to_a_file_and_an_id_of_the_site(good_site: Path) -> None:
    """The engine does not look at links in what macros and templates print."""
    trees = {path: parse(path.read_text("utf-8")) for path in good_site.rglob("*.html") if path.name != "404.html"}
    for path, tree in trees.items():
        for link in tree.find_all("a"):
            address, _, anchor = link.attrs.get("href", "").partition("#")
            if re.match(r"[a-z]+:", address) or "href" not in link.attrs:
                continue
            target = (path.parent / address).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), f"{path}: {link.attrs['href']}"
            if anchor:
                ids = {node.attrs.get("id") for node in trees[target].walk()}
                ids |= set(form_places(good_site)) if "guide-suggest" in ids else set()
                assert anchor in ids, f"{path}: {link.attrs['href']}"


def test_nothing_is_asked_of_another_host(good_site: Path) -> None:
    for path in good_site.rglob("*.html"):
        for node in parse(path.read_text("utf-8")).walk():
            if node.tag in ("script", "img", "iframe", "source") or node.attrs.get("rel") in (
                "stylesheet",
                "icon",
                "preload",
            ):
                assert not re.match(r"(https?:)?//", node.attrs.get("src", node.attrs.get("href", ""))), path


def test_scripts_are_one_file_and_style_sheets_stand_in_the_page(good_site: Path) -> None:
    names = sorted(path.relative_to(good_site).as_posix() for path in good_site.rglob("guide.*"))
    assert [re.sub(r"[0-9a-f]{8}", "#", name) for name in names] == ["assets/guide.#.js"]
    assert not list((good_site / "assets").glob("css/*"))
    assert (good_site / "index.html").read_text().count("<style>:root{") == 1
