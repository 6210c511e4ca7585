"""Every link of a built site: of its pages, embeds, files for programs and PDFs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.model.accessibility import REPORT_FILE as REPORT
from guide.model.registry import kinds
from tests.factories import ROOT
from tests.links import Document, Links, kind_of

pytestmark = pytest.mark.site

KINDS = ("page", "embed", "handout", "oembed", "api", "pdf", "feed.xml", "safety.xml", "sitemap.xml")
MAY_LEAD_TO = {
    "page": {"page", "handout", "api", "pdf", "feed.xml", "safety.xml", REPORT},
    "handout": {"page", "api", REPORT},
    "embed": {"page", "embed", "api", REPORT},
    "api": {"page", "api", REPORT},
    "pdf": {"page"},
    "feed.xml": {"page"},
    "safety.xml": {"page"},
}
"""Where readers come by a link of each output, beside places in the same document."""


@pytest.fixture(scope="module", params=["guide", "good"])
def links(request: pytest.FixtureRequest) -> Links:
    """Every document of the real guide, and of the good site, both with their PDFs."""
    return Links(request.getfixturevalue(f"printed_{request.param}"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_to_something_that_is_there(links: Links, kind: str) -> None:
    assert [link for document in links.of(kind) for link in links.inside(document)], f"no links found in any {kind}"
    assert links.dead(kind) == []


@pytest.mark.parametrize("kind", ["page", "embed", "handout", "pdf"])
def test_no_id_stands_twice_in_a_document(links: Links, kind: str) -> None:
    assert {document.name: document.repeated for document in links.of(kind) if document.repeated} == {}


@pytest.mark.parametrize("kind", MAY_LEAD_TO)
def test_readers_stay_in_what_they_read_or_come_to_its_page(links: Links, kind: str) -> None:
    strayed = [
        f"{document.name}: {written}"
        for document in links.of(kind)
        for element, written, path, _ in links.inside(document)
        if element in ("a", "link", "place")
        and path != document.name
        and kind_of(path) not in MAY_LEAD_TO[kind] | ({"asset", "oembed"} if element == "link" else set())
    ]
    assert strayed == []


def test_embed_leads_to_embeds_of_its_own_colors(links: Links) -> None:
    mixed = [
        f"{document.name}: {written}"
        for document in links.of("embed")
        for element, written, path, _ in links.inside(document)
        if element == "a" and kind_of(path) == "embed" and theme(path) != theme(document.name)
    ]
    assert mixed == []


def theme(name: str) -> str:
    found = re.match(r"embed/v1/(light|dark)/", name)
    return found[1] if found else ""


def test_pages_hold_what_is_linked_by_a_citation(links: Links) -> None:
    """A citation leads to a source that stands in the same document, or on the embed's own page of sources."""
    cited = [
        (document, path)
        for kind in ("page", "embed", "handout", "pdf")
        for document in links.of(kind)
        for _, _, path, fragment in links.inside(document)
        if re.fullmatch(r"source-\d+", fragment)
    ]
    assert {document.kind for document, _ in cited} == {"page", "embed", "handout", "pdf"}
    assert [f"{document.name}: {path}" for document, path in cited if path not in own_sources(document)] == []


def own_sources(document: Document) -> set[str]:
    return {document.name, f"{document.name}sources/"} if document.kind == "embed" else {document.name}


PLACES = {
    "technologies": "technology-",
    "helplines": "helpline-",
    "glossary": "",
    "questions": "question-",
    "timeline": "event-",
    "references": "reference-",
}
"""How the id of a record begins where a page shows it."""


@pytest.mark.parametrize("kind", PLACES)
def test_address_of_a_record_is_the_place_that_shows_it(links: Links, kind: str) -> None:
    """Of a record with a place of its own on some page, the address says which."""
    files = [document for document in links.of("api") if document.name.startswith(f"api/v1/{kind}/")]
    assert files or not any(ROOT.glob(kinds()[kind].place.replace("<id>", "*")))
    # Examples of macros are no place of a record.
    pages = [document for document in links.of("page") if not document.name.startswith("contribute/")]
    shown = {name: document for document in pages for name in document.known}
    for document in files:
        record = Path(document.name).stem
        prefix = PLACES[kind]
        addresses = {(path, part) for key, _, path, part in links.inside(document) if key == "address"}
        # What is withdrawn has no place.
        if not addresses:
            continue
        ((path, fragment),) = addresses
        assert path in links.documents
        if prefix + record in shown:
            assert fragment == prefix + record, document.name
