"""What a printed PDF is to a screen reader: its structure, by the rules of PDF/UA-1 that a program can check."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import weasyprint
from weasyprint.pdf.tags import add_tags

from guide.outputs.handouts import SIZES, Handouts
from guide.reading import marks
from tests.factories import (
    every_field,
    full_page,
    make_care_card,
    make_checklist,
    make_comparison,
    make_guide,
    make_schedule,
    make_site,
    rendered_site,
)
from tests.pdfs import Element, Printed
from tests.trees import Node, parse

ROOT_URL = "https://swim.example.org/"

LONG = 60
"""Rows or items that don't fit a sheet."""


def handouts(html: str = "<h1>Learn to swim</h1><p>Jump.</p>") -> Handouts:
    guide = make_guide(
        site=make_site(help_page="index.md", handouts=["index.md"]),
        checklists=make_checklist(),
        comparisons=make_comparison(),
        worksheets=every_field().model_copy(update={"danger": []}),  # the card is on no page here
        schedules=make_schedule(),
        **{"care-cards": make_care_card()},
    )
    return Handouts(rendered_site(guide, full_page(html)))


def printed(html: str, size: str = "") -> Printed:
    """Print a page."""
    shown = handouts(html)
    return Printed(shown.pdf(shown.document(shown.all[0]), size))


def figures(pdf: Printed) -> list[Element]:
    """Return the figures of a page; every handout has the QR code of its page too."""
    return [each for each in pdf.document.find_all("Figure") if not str(each.object.Alt).startswith("QR code")]


@pytest.mark.parametrize("size", SIZES)
def test_tool_breaks_no_rule_and_its_parts_have_headings(size: str) -> None:
    shown = handouts()
    (tool,) = (embed for embed in shown.all if embed.kind == "worksheet")
    pdf = Printed(shown.pdf(shown.document(tool), size))
    assert pdf.all_faults() == []
    headings = [text for _, text in pdf.headings]
    assert {"About me", "Compare pools", "When I swim", "What it comes to"} <= set(headings)


# The handouts of whole sites: of this one, and of one that has every kind


@pytest.fixture(scope="module")
def real(printed_guide: Path, printed_good: Path) -> dict[str, Printed]:
    return {
        f"{site.parent.name}/{path.relative_to(site / 'handouts').as_posix()}": Printed(path.read_bytes())
        for site in (printed_guide, printed_good)
        for path in sorted((site / "handouts").rglob("*.pdf"))
    }


@pytest.mark.site
def test_no_handout_breaks_a_rule(real: dict[str, Printed]) -> None:
    kinds = {name.split("/")[1] for name in real}
    assert kinds == {"checklist", "comparison", "page", "sheet", "worksheet", "large"}
    assert {name: faults for name, pdf in real.items() if (faults := pdf.all_faults())} == {}


@pytest.mark.site
def test_every_comparison_is_one_table(real: dict[str, Printed]) -> None:
    compared = {name: pdf for name, pdf in real.items() if name.split("/")[1] == "comparison"}
    assert compared
    for name, pdf in compared.items():
        (table,) = pdf.document.find_all("Table")
        assert [each.role for each in table.elements] == ["Caption", "THead", "TBody"], name


@pytest.mark.site
def test_every_handout_ends_with_its_sources_and_their_addresses_in_words(real: dict[str, Printed]) -> None:
    for name, pdf in real.items():
        cited = {str(note.Dest) for page in pdf.pdf.pages for note in page.get("/Annots", []) if "/Dest" in note}
        cited = {place for place in cited if place.startswith("source-")}
        headings = [text for _, text in pdf.headings]
        assert ("Sources" in headings) == bool(cited), name
        numbered = [each for each in pdf.document.find_all("L") if each.elements[0].text.startswith("1.")]
        assert not cited or "(https://" in numbered[-1].text, name


# What each rule is about, on made-up pages


def test_decoration_is_not_read() -> None:
    drawing = '<svg viewBox="0 0 9 9" width="9" height="9" aria-hidden="true"><path d="M0 0h9v9z"></path></svg>'
    pdf = printed(f"<h1>Swim</h1><p>{drawing} Dive.</p>")
    assert figures(pdf) == []
    assert pdf.all_faults() == []


@pytest.mark.parametrize(
    "drawing",
    [
        '<svg viewBox="0 0 9 9" width="9" height="9"><title>A wave</title><path d="M0 0h9v9z"></path></svg>',
        '<svg viewBox="0 0 9 9" width="9" height="9" role="img" aria-label="A wave"><path d="M0 0h9v9z"></path></svg>',
    ],
)
def test_picture_with_a_text_is_a_figure_that_says_it(drawing: str) -> None:
    pdf = printed(f"<h1>Swim</h1>{drawing}<p>Dive.</p>")
    (figure,) = figures(pdf)
    assert str(figure.object.Alt) == "A wave"
    assert pdf.all_faults() == []


def test_picture_without_a_text_is_a_fault() -> None:
    drawing = '<svg viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9z"></path></svg>'
    assert printed(f"<h1>Swim</h1>{drawing}").all_faults() == ["a figure has no text"]


@pytest.mark.parametrize("html", ['<section lang="es"><p>Nade.</p></section>', '<p>Say <em lang="es">Nade.</em></p>'])
def test_what_is_in_another_language_says_so(html: str) -> None:
    pdf = printed(f"<h1>Swim</h1>{html}<p>Dive.</p>")
    assert {each.lang for each in pdf.document.walk() if "Nade." in each.kids} == {"es"}
    assert {each.lang for each in pdf.document.walk() if "Dive." in each.kids} == {""}
    assert pdf.pdf.Root.Lang == "en"
    assert pdf.all_faults() == []


def test_language_that_is_none_is_a_fault() -> None:
    assert printed('<h1>Swim</h1><section lang="?"><p>Nade.</p></section>').all_faults() == ["'?' is no language"]


def test_titles_of_cards_and_of_groups_are_headings_below_what_they_stand_in() -> None:
    shown = handouts()
    checklist = next(embed for embed in shown.all if embed.kind == "checklist")
    groups = [group.title for group in shown.embeds.site.guide.records("checklists")[checklist.id].groups]
    pdf = Printed(shown.pdf(shown.document(checklist)))
    assert [heading for heading in pdf.headings if heading[1] in groups] == [(2, title) for title in groups]
    card = next(embed for embed in shown.embeds.all if embed.kind == "care-card")
    body = marks.written(card.block.content, card.links(ROOT_URL))
    pdf = printed(f"<h1>Swim</h1><h2>Danger</h2>{body}<h2>Later</h2><p>Rest.</p>")
    levels = [(level, card.title in text) for level, text in pdf.headings]
    assert levels[:4] == [(1, False), (2, False), (3, True), (2, False)]


def test_paragraph_goes_on_overleaf_as_one_paragraph() -> None:
    words = " ".join(f"swim{number}" for number in range(2000))
    pdf = printed(f"<h1>Swim</h1><p>{words}</p>")
    (paragraph,) = [each for each in pdf.document.find_all("P") if "swim7" in each.text]
    assert len(pdf.pdf.pages) > 1
    assert letters(paragraph.text) == letters(words)
    assert pdf.all_faults() == []


def test_list_goes_on_overleaf_as_one_list() -> None:
    items = "".join(f"<li>Lesson {number}, and the rest of it</li>" for number in range(LONG))
    pdf = printed(f'<h1>Swim</h1><ol id="long">{items}</ol>')
    lessons = [each for each in pdf.document.find_all("L") if len(each.elements) == LONG]
    assert len(pdf.pdf.pages) > 1
    assert [each.attribute("/ListNumbering") for each in lessons] == ["/Decimal"]
    assert [item.elements[0].text for item in lessons[0].elements] == [f"{number}." for number in range(1, LONG + 1)]
    assert pdf.all_faults() == []


def test_list_in_a_list_stands_in_its_item() -> None:
    pdf = printed("<h1>Swim</h1><ul><li>Water<ul><li>Sea</li><li>Pool</li></ul></li><li>Land</li></ul>")
    outer = pdf.document.find_all("L")[1]
    assert [item.elements[-1].text.split()[0] for item in outer.elements] == ["Water", "Land"]
    assert [each.text for each in outer.elements[0].find_all("LBody")[1:]] == ["Sea", "Pool"]
    assert pdf.all_faults() == []


def test_described_terms_are_items_with_their_names() -> None:
    rows = "<div><dt>Crawl</dt><dd>On the front.</dd></div><div><dt>Back</dt><dd>Face up.</dd></div>"
    pdf = printed(f"<h1>Swim</h1><dl>{rows}</dl>")
    described = pdf.document.find_all("L")[1]
    assert [[part.role for part in item.elements] for item in described.elements] == [["Lbl", "LBody"]] * 2
    assert pdf.all_faults() == []


def test_table_goes_on_overleaf_as_one_table_whose_column_names_are_read_once() -> None:
    rows = "".join(f'<tr><th scope="row">Lesson {n}</th><td>Dive {n}</td></tr>' for n in range(LONG))
    head = '<thead><tr><th scope="col"><a href="https://x.org/">Lesson</a></th><th scope="col">Do</th></tr></thead>'
    pdf = printed(f"<h1>Swim</h1><table><caption>Lessons</caption>{head}<tbody>{rows}</tbody></table>")
    (table,) = pdf.document.find_all("Table")
    assert len(pdf.pdf.pages) > 1
    assert [each.role for each in table.elements] == ["Caption", "THead", "TBody"]
    assert len(table.find_all("TR")) == LONG + 1
    assert [each.text for each in table.elements[1].find_all("TH")] == ["Lesson", "Do"]
    assert {str(each.attribute("/Scope")) for each in table.elements[2].find_all("TH")} == {"/Row"}
    assert {str(each.attribute("/Scope")) for each in table.elements[1].find_all("TH")} == {"/Column"}
    assert pdf.all_faults() == []


def test_large_print_reads_a_comparison_question_by_question() -> None:
    shown = handouts()
    comparison = next(embed for embed in shown.all if embed.kind == "comparison")
    questions = [row.question for row in shown.embeds.site.guide.records("comparisons")[comparison.id].rows]
    pdf = Printed(shown.pdf(shown.document(comparison), "large"))
    assert pdf.document.find_all("Table") == []
    assert [heading for heading in pdf.headings if heading[1] in questions] == [(2, text) for text in questions]
    assert pdf.all_faults() == []


def test_link_over_two_lines_is_one_link_with_its_words() -> None:
    words = "a very long name of a place where people swim, dive and float " * 3
    pdf = printed(f'<h1>Swim</h1><p>See <a href="https://example.org/">{words}</a> for more.</p>')
    (link,) = [each for each in pdf.document.find_all("Link") if "very long" in each.text]
    assert len(link.annotations) > 1
    assert {str(note.Contents) for note in link.annotations} == {words.strip()}
    assert pdf.all_faults() == []


def test_link_with_a_label_is_read_by_it() -> None:
    pdf = printed('<h1>Swim</h1><p id="there">Dive.<sup><a href="#there" aria-label="Source 1">1</a></sup></p>')
    (link,) = [each for each in pdf.document.find_all("Link") if each.text == "1"]
    assert str(link.object.Alt) == str(link.annotations[0].Contents) == "Source 1"


def test_marks_between_texts_are_not_read() -> None:
    html = '<h1>Swim</h1><ul class="guide-helpline__ways"><li>Call 1</li><li>Text 2</li></ul>'
    pdf = printed(html)
    assert [each.text for each in pdf.document.find_all("LBody")][1:3] == ["Call 1", "Text 2"]
    assert pdf.all_faults() == []


@pytest.mark.parametrize("size", ["", "large"])
@pytest.mark.parametrize("kind", ["page", "checklist", "comparison"])
def test_everything_is_read_in_the_order_of_the_html(kind: str, size: str) -> None:
    shown = handouts()
    document = shown.document(next(embed for embed in shown.all if embed.kind == kind))
    read = letters(Printed(shown.pdf(document, size)).document.text)
    body = parse(document.replace("<!doctype html>", "")).find("body")
    hidden = HIDDEN if size else HIDDEN - {"guide-comparison__head"} | {"guide-comparison__name"}
    texts = [letters(node.own_text) for node in body.walk() if node.tag == "#text" and not hidden & classes(node)]
    assert len(texts) > 10
    at = 0
    for text in texts:
        assert text in read[at:], text
        at = read.index(text, at) + len(text)


HIDDEN = {
    "guide-bar__numbers",
    "guide-checklist__title",
    "guide-checklist__status",
    "guide-comparison__picker",
    "guide-comparison__head",
}
"""Classes of what is for screens, or for another size."""


def letters(text: str) -> str:
    """Leave letters and digits only; a font draws some pairs of letters as one."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def classes(node: Node) -> set[str]:
    """Give the classes of all that a node stands in."""
    own = set(node.attrs.get("class", "").split())
    return own | (classes(node.parent) if node.parent else set())


# The rules find what they are for


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Print HTML with the tags that WeasyPrint itself makes, and give the faults."""
    monkeypatch.setattr(weasyprint.pdf, "add_tags", add_tags)
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)

    def faults(html: str) -> list[str]:
        document = f'<html lang="en"><head><title>Swim</title></head><body><h1>Swim</h1>{html}</body></html>'
        return Printed(weasyprint.HTML(string=document).write_pdf(pdf_variant="pdf/ua-1")).all_faults()

    return faults


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<svg width="9" height="9" viewBox="0 0 9 9" aria-hidden="true"><path d="M0 0h9v9z"/></svg>', "has no text"),
        ("<h3>Dive</h3>", "is of level 3, after 1"),
        ("<h1>Dive</h1>", "titles: "),
        ("<section>Dive</section>", "holds text in no paragraph"),
        ("<table><tr><td>Dive</td></tr></table>", "has no headers"),
        ("<table><tr><th>Dive</th></tr></table>", "has no scope"),
        ("<table><tr><th>Dive</th></tr><tr><td>1</td><td>2</td></tr></table>", "has rows of [1, 2] cells"),
        ("<ol><li>Dive</li></ol>", "doesn't say how it is numbered"),
        ('<style>@page { @bottom-left { content: "Foot" } }</style>', "'Foot' is in the tree 0 times"),
    ],
)
def test_fault_is_found(plainly: Callable[[str], list[str]], html: str, fault: str) -> None:
    assert any(fault in found for found in plainly(html)), plainly(html)
