"""What every page of this guide says, and what its search knows."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.test_structure import PAGES, Documents
from tests.trees import Node

pytestmark = pytest.mark.site


UNFOUND = {
    "guide-access",
    "guide-manual",
    "guide-sources",
    "guide-status",
    "guide-suggest",
    "guide-term__others",
    "guide-words",
}


def holders(node: Node) -> Iterator[Node]:
    """Give what an element stands in, from the nearest."""
    while node.parent:
        node = node.parent
        yield node


def test_the_search_knows_every_word_but_those_of_most_pages(documents: Documents, index: dict[str, Any]) -> None:
    """Also what blocks say, and each word by itself: not run together with the one in the next element."""
    said = {
        path: {
            word
            for node in documents[path].find("article").walk()
            if node.tag == "#text"
            and not {"nav", "footer", "svg", "sup", "textarea"} & set(node.ancestors)
            and not any(UNFOUND & set(above.attrs.get("class", "").split()) for above in holders(node))
            for word in re.findall(r"[a-z]{3,}", re.sub("['’]", "", node.own_text.lower()))
        }
        for path in PAGES
        # Words for all other pages, and examples that are found where they belong.
        if path not in ("for-clinics/embed/", "reference/a-to-z/", "contribute/macros/")
    }
    spread = Counter(word for words in said.values() for word in words)
    known = set(re.findall(r"[a-z]{3,}", re.sub("['’]", "", json.dumps(index, ensure_ascii=False).lower())))
    lost = {path: words for path in said if (words := {w for w in said[path] if spread[w] <= len(PAGES) / 10} - known)}
    assert lost == {}


def test_the_bar_has_both_numbers_and_most_pages_cite(documents: Documents) -> None:
    for path, root in documents.items():
        numbers = [link.attrs["href"] for link in root.find("aside", class_="guide-bar").find_all("a")]
        assert {"tel:911", "tel:988"} <= set(numbers), path
    assert sum(1 for root in documents.values() if root.find_all("ol", class_="guide-sources")) > 40
