"""What a page says of itself to programs is what it says to readers."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guide.model.record import Reviewed, Signature
from guide.outputs.structured_data import About
from tests.factories import CODE_PAGE, full_page, make_site
from tests.trees import Node, parse

HOME = "https://swim.example.org/"


def about(*, signed: Signature | None = None, description: str = "What to bring.", **site: Any) -> About:
    front = Reviewed(sources_checked=date(2026, 1, 5), review_due=date(2027, 1, 5))
    page = full_page("<h1>First &amp; last</h1>", "care/first-day.md", title="First", front=front)
    way = [("Start", HOME), ("First & last", page.address)]
    return About(page, description, way, make_site(**site), HOME, "Learn to swim", "en", signed)


def graph(**changes: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(str(about(**changes).graph()))["@graph"]
    return found


def test_page_is_of_the_type_that_the_guide_has_chosen() -> None:
    assert graph()[0]["@type"] == "WebPage"
    assert graph(page_type="MedicalWebPage")[0]["@type"] == "MedicalWebPage"
    assert graph(page_type="MedicalWebPage", plain_sections=["care"])[0]["@type"] == "WebPage"


def test_only_a_signature_is_a_review() -> None:
    assert not {"lastReviewed", "reviewedBy"} & set(graph()[0])
    reviewed = graph(signed=Signature(by="A. Coach", on=date(2026, 1, 6)))[0]
    assert reviewed["lastReviewed"] == "2026-01-06"
    assert reviewed["reviewedBy"] == {"@type": "Person", "name": "A. Coach"}


def test_text_cannot_end_its_element() -> None:
    text = str(about(description="</script><b>").graph())
    assert "<" not in text
    assert json.loads(text)["@graph"][0]["description"] == "</script><b>"


@pytest.fixture(scope="module")
def pages(good_site: Path) -> dict[str, Node]:
    """Every page of the good site by its address, but the one for what is missing."""
    found = {}
    for path in sorted(good_site.rglob("index.html")):
        name = path.relative_to(good_site).as_posix()
        if not name.startswith(("embed/", "print/")) and not CODE_PAGE.search(name):
            found[HOME + name.removesuffix("index.html")] = parse(path.read_text("utf-8"), whole=False)
    assert len(found) > 5
    return found


def named(page: Node, **attrs: str) -> str:
    return page.find("meta", **attrs).attrs["content"]


@pytest.mark.site
def test_structured_data_say_what_the_page_says(pages: dict[str, Node]) -> None:
    for address, page in pages.items():
        data = json.loads(page.find("script", type="application/ld+json").text)["@graph"]
        assert data[0]["url"] == address == page.find("link", rel="canonical").attrs["href"]
        assert data[0]["name"] == " ".join(page.find("h1").text.split())
        assert data[0]["description"] == named(page, name="description")
        assert data[0]["publisher"]["name"] in page.find(class_="guide-foot").text
        assert data[0]["inLanguage"] == page.find("html").attrs["lang"]
        assert "lastReviewed" not in data[0]


@pytest.mark.site
def test_breadcrumbs_are_those_that_readers_see(pages: dict[str, Node], good_site: Path) -> None:
    shown_somewhere = False
    for address, page in pages.items():
        data = json.loads(page.find("script", type="application/ld+json").text)["@graph"]
        steps = data[1]["itemListElement"] if len(data) > 1 else []
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        shown = [each for each in page.find_all("nav") if re.search("path|breadcrumbs", each.attrs.get("class", ""))]
        names = [" ".join(link.text.split()) for nav in shown for link in nav.find_all("a")]
        if shown:
            shown_somewhere = True
            assert [step["name"] for step in steps[:-1]] == names
        if steps:
            assert steps[0]["item"] == HOME
            assert steps[-1]["item"] == address
        assert bool(steps) is (address != HOME)
    assert shown_somewhere


@pytest.mark.site
def test_link_to_a_page_shows_its_title_and_description(pages: dict[str, Node]) -> None:
    for address, page in pages.items():
        assert named(page, property="og:url") == address
        assert named(page, property="og:title") == " ".join(page.find("h1").text.split())
        assert named(page, property="og:description") == named(page, name="description")
        assert named(page, property="og:type") == "website"


@pytest.mark.site
def test_sitemap_lists_every_page_and_no_other(pages: dict[str, Node], good_site: Path) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", (good_site / "sitemap.xml").read_text("utf-8"))
    assert sorted(listed) == sorted(pages)
