"""Citations of pages and sources: three formats that say the same, and what Zotero finds in a page by itself."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guide.model.reference import Reference
from guide.outputs.citations import FORMATS, bibtex, csl_json, page_item, ris, source_item
from tests.factories import full_page, make_guide, plain, rendered_site
from tests.trees import Node, parse

WORDS = {"cite-first-authors": "More authors than these."}


def item(**changes: Any) -> dict[str, Any]:
    return source_item(Reference.model_validate(plain("references", **changes)), WORDS)


def test_source_becomes_an_item_with_what_is_known_of_it_and_nothing_else() -> None:
    assert item() == {
        "id": "river-2020",
        "type": "report",
        "title": "Swimming lessons for adults",
        "publisher": "The Pool Society",
        "issued": {"date-parts": [[2020, 3]]},
        "accessed": {"date-parts": [[2026, 1, 4]]},
        "URL": "https://example.org/river",
    }


def test_people_have_surnames_and_organizations_are_whole() -> None:
    authors = ["van der Rivier P", "Lake J D", "Nahum-Pond GJ", "Jean J-P", "American Lake Society", "Focus"]
    assert item(author=authors)["author"] == [
        {"family": "van der Rivier", "given": "P."},
        {"family": "Lake", "given": "J. D."},
        {"family": "Nahum-Pond", "given": "G. J."},
        {"family": "Jean", "given": "J.-P."},
        {"literal": "American Lake Society"},
        {"literal": "Focus"},
    ]


@pytest.mark.parametrize("authors", [["Lake J", "et al."], ["Lake J and others"]])
def test_authors_who_are_not_named_are_no_author(authors: list[str]) -> None:
    found = item(author=authors)
    assert found["author"] == [{"family": "Lake", "given": "J."}]
    assert found["note"] == "More authors than these."
    assert "author = {Lake, J. and others}" in bibtex([found])
    assert "N1  - More authors than these.\r\n" in ris([found])


def test_bibtex_keeps_capitals_and_signs() -> None:
    text = bibtex([item(title=r"50% of A_B & {C} \ ~ ^ $ #1", author=["Sand and Sea"], DOI="10.1234/a_b")])
    assert r"title = {{50\% of A\_B \& \{C\} \textbackslash{} \textasciitilde{} \textasciicircum{} \$ \#1}}," in text
    # Otherwise it would be two authors.
    assert "author = {{Sand and Sea}}," in text
    assert "doi = {10.1234/a_b}," in text
    assert "  year = {2020},\n" in text and "  month = mar,\n" in text
    assert text.startswith("@techreport{river-2020,\n") and "institution = {The Pool Society}" in text


def test_ris_is_a_list_of_tags() -> None:
    text = ris([item(), item(id="lake-2021", undated="true", issued=None)])
    first, second = text.split("\r\n\r\n")
    assert first.split("\r\n") == [
        "TY  - RPRT",
        "TI  - Swimming lessons for adults",
        "PB  - The Pool Society",
        "PY  - 2020",
        "DA  - 2020/03//",
        "Y2  - 2026/01/04/",
        "UR  - https://example.org/river",
        "ID  - river-2020",
        "ER  - ",
    ]
    assert "PY" not in second and second.endswith("ER  - \r\n")


@pytest.mark.parametrize("kind", Reference.model_fields["type"].annotation.__args__)  # type: ignore[union-attr]
def test_every_type_of_source_has_one_in_each_format(kind: str) -> None:
    for form in FORMATS.values():
        assert form.write([item(type=kind)])


def test_page_is_one_of_its_publisher_on_the_day_of_its_last_check() -> None:
    page = full_page("<h1>First</h1>", "care/first-day.md", title="First")
    found = page_item(page, rendered_site(make_guide(), page, name="Learn to swim"))
    assert found["author"] == [{"literal": "The Pool Society"}]
    assert found["container-title"] == "Learn to swim"
    assert found["issued"] == {"date-parts": [[2026, 1, 5]]}
    assert json.loads(csl_json([found])) == [found]


# The good site, as it is built


@pytest.fixture(scope="module")
def pages(good_site: Path) -> dict[str, Node]:
    """Every page by its id."""
    index = json.loads((good_site / "api/v1/index.json").read_text("utf-8"))
    home = index["address"]
    return {
        entry["id"]: parse((good_site / entry["address"].removeprefix(home) / "index.html").read_text("utf-8"))
        for entry in index["entries"]
        if entry["kind"] == "pages"
    }


@pytest.mark.site
def test_foot_leads_to_the_citation_of_the_page_and_of_its_sources(good_site: Path, pages: dict[str, Node]) -> None:
    folder = good_site / "api/v1/pages"
    citing = 0
    for name, page in pages.items():
        folded = page.find_all("details", class_="guide-foot__fold")[-1]
        address = page.find("link", rel="canonical").attrs["href"]
        assert address in folded.text and page.find("meta", property="og:title").attrs["content"] in folded.text
        links = [Path(link.attrs["href"]).name for link in folded.find_all("a")]
        sources = page.find_all("li", class_="guide-source")
        listed = len([source for source in sources if source.attrs["id"].startswith("source-")])
        citing += bool(listed)
        groups = ["", "sources."] if listed else [""]
        assert links == [f"{name}.{group}{end}" for group in groups for end in ("ris", "bib", "csl.json")]
        (own,) = json.loads((folder / f"{name}.csl.json").read_text("utf-8"))
        assert own["URL"] == address
        counts = {
            len(json.loads((folder / f"{name}.sources.csl.json").read_text("utf-8"))),
            (folder / f"{name}.sources.ris").read_text("utf-8").count("TY  - "),
            (folder / f"{name}.sources.bib").read_text("utf-8").count("\n}\n"),
        }
        assert counts == {listed}, name
    assert citing > 2


# Zotero's translator "Embedded Metadata", and "RDF", to which it hands Open Graph: only what decides here.
HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_public_url": "url",
    "citation_language": "language",
}
"""Those of its fields that our pages have."""
ANOTHER_TYPE = re.compile(
    "citation_(journal_title|technical_report_institution|conference.*|(in)?book_title|dissertation_institution)"
)


def zotero(page: Node) -> dict[str, str]:
    """Give the item that Zotero makes of a page."""
    metas = {
        node.attrs.get("name") or node.attrs.get("property", ""): node.attrs.get("content", "")
        for node in page.find_all("meta")
    }
    assert not [name for name in metas if ANOTHER_TYPE.fullmatch(name)]
    guess = "journalArticle" if "citation_title" in metas else "webpage"
    made = {"itemType": "webpage" if metas["og:type"] == "website" else guess}
    made |= {"websiteTitle": metas["og:site_name"], "abstractNote": metas["og:description"], "url": metas["og:url"]}
    made |= {field: metas[name] for name, field in HIGHWIRE.items() if name in metas}
    author = metas["citation_author"].strip()
    # With a comma, what is before it is the surname; without one, the last word is.
    made["lastName"] = author.rstrip(" .,/[]:") if "," in author else author.rpartition(" ")[2]
    return made


@pytest.mark.site
def test_zotero_finds_a_web_page_of_an_organization(pages: dict[str, Node]) -> None:
    for page in pages.values():
        found = zotero(page)
        assert found["itemType"] == "webpage"
        assert found["title"] == " ".join(page.find("h1").text.split())
        assert found["lastName"] == "The Pool Society"
        assert found["websiteTitle"] == "Learn to swim"
        assert found["url"] == page.find("link", rel="canonical").attrs["href"]
        assert date.fromisoformat(found["date"].replace("/", "-"))
        assert found["language"] == "en"
