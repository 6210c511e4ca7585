"""Reader views of browsers show all that a page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.rendering.reader_view import LIKELY, SHARING, UNLIKELY, keep_content
from tests.trees import Node, parse

AUTHOR = re.compile("byline|author|dateline|writtenby|p-author", re.IGNORECASE)
"""What Readability takes for the name of the author, if it is short, and leaves out."""


@pytest.mark.parametrize(
    ("names", "left_out"),
    [
        ("guide-chart chart-hours", False),
        ("guide-chart chart-social-support", True),
        ("guide-chart chart-family-and-community", False),
        ("guide-checklist__item list-plan-share-copy", True),
        ("guide-main list-plan-share-copy", True),
        ("guide-chart chart-shared-rides", False),
    ],
)
def test_words_of_menus_and_advertisements_are_left_out(names: str, left_out: bool) -> None:
    assert is_left_out(names) == left_out


@pytest.mark.parametrize(
    ("html", "classes"),
    [
        ('<h2 id="social-support">Friends</h2>', "guide-content"),
        ('<figure class="guide-chart" id="chart-extras"></figure>', "guide-content guide-chart"),
        ('<h2 id="friends-and-community">Friends</h2>', ""),
        ('<h2 id="friends">Friends</h2>', ""),
    ],
)
def test_content_with_such_an_id_is_marked_as_content(html: str, classes: str) -> None:
    (node,) = [node for node in parse(keep_content(html)).walk() if "id" in node.attrs]
    assert node.attrs.get("class", "") == classes
    assert not is_left_out(f"{classes} {node.attrs['id']}")
    assert keep_content(html).count("id=") == 1


@pytest.mark.site
def test_no_content_of_a_page_is_left_out(printed_guide: Path) -> None:
    pages = {path: parse(path.read_text("utf-8"), whole=False) for path in printed_guide.rglob("index.html")}
    articles = {path: tree.find_all("article", class_="guide-text") for path, tree in pages.items()}
    articles = {path: found for path, found in articles.items() if found}
    assert articles
    lost = [
        f"{path.relative_to(printed_guide)}: {names(node)}"
        for path, found in articles.items()
        for node in content(found[0])
        if is_left_out(names(node)) and node.text and not {"table", "code"} & set(node.ancestors)
    ]
    assert lost == []


@pytest.mark.site
def test_page_names_its_author_or_has_nothing_that_is_taken_for_one(printed_guide: Path) -> None:
    for path in printed_guide.rglob("index.html"):
        tree = parse(path.read_text("utf-8"), whole=False)
        for article in tree.find_all("article", class_="guide-text"):
            taken = [node for node in content(article) if AUTHOR.search(names(node)) and 0 < len(node.text) < 100]
            assert tree.find_all("meta", name="author") or not taken, path


def is_left_out(names: str) -> bool:
    """Return whether an element is left out, by its classes and id."""
    return bool(SHARING.search(names) or (UNLIKELY.search(names) and not LIKELY.search(names)))


def names(node: Node) -> str:
    """Give what Readability looks at."""
    return f"{node.attrs.get('class', '')} {node.attrs.get('id', '')}"


def content(article: Node) -> list[Node]:
    """Give the elements of an article but for its foot, and what stands for a part of it on our own pages."""
    skipped = {id(each) for foot in article.find_all("footer") for each in foot.walk()}
    tools = {id(each) for form in article.find_all("form") for each in form.walk()}
    builder = {id(each) for item in article.find_all("details", class_="guide-builder-list") for each in item.walk()}
    return [
        node
        for node in article.walk()
        if not node.tag.startswith("#") and id(node) not in skipped | tools | builder and node.tag != "a"
    ]
