"""Where links lead in what leaves the site."""

from __future__ import annotations

import pytest

from guide.model.addresses import embed_path
from guide.outputs import embed_files
from guide.outputs.embeds import THEMES
from guide.outputs.links import AbsoluteLinks, FileLinks, FrameLinks, FrameTarget
from guide.reading import marks
from tests.factories import full_page, make_guide, make_site, rendered_site
from tests.trees import Node, parse

ROOT = "https://swim.example.org/"
HERE = ROOT + "care/first-day/"
ABSOLUTE = AbsoluteLinks(ROOT, HERE, {"top", "source-1"})
HELP = FrameTarget("page/help", {"now", "source-1"}, {"source-1"})
FRAME = FrameLinks(ABSOLUTE, {ROOT + "help/": HELP, HERE: FrameTarget("page/care--first-day", {"top"})}, "../../")


def link(attributes: str) -> Node:
    """Return a link with attributes as they were written."""
    return parse(f"<a {attributes}>x</a>").find("a")


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("#source-1", "#source-1"),
        ("./#top", "#top"),
        (f"{HERE}#top", "#top"),
        ("/care/first-day/#top", "#top"),
        ("tel:911", "tel:911"),
        ("sms:911", "sms:911"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#elsewhere-on-the-page", f"{HERE}#elsewhere-on-the-page"),
        ("./", HERE),
        ("../../help/#now", f"{ROOT}help/#now"),
        ("/help/#now", f"{ROOT}help/#now"),
        ("/", ROOT),
        ("../", f"{ROOT}care/"),
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
        ('https://example.org/"onclick="x', 'https://example.org/"onclick="x'),
    ],
)
def test_links_lead_out_and_fragments_stay_inside(target: str, wanted: str) -> None:
    made = link(ABSOLUTE(target))
    assert made.attrs["href"] == wanted
    if wanted.startswith("http"):
        assert (made.attrs["target"], made.attrs["rel"]) == ("_blank", "noopener noreferrer")
        assert len(made.attrs) == 3
    else:
        assert len(made.attrs) == 1


@pytest.mark.parametrize(
    ("page", "target", "wanted"),
    [
        ("care/first-day.md", "./", "index.html"),
        ("care/first-day.md", "../../", "../../index.html"),
        ("care/first-day.md", "../../help/#now", "../../help/index.html#now"),
        ("care/first-day.md", "..", "../index.html"),
        ("care/first-day.md", "../../assets/a.svg", "../../assets/a.svg"),
        ("care/first-day.md", "../../handouts/page/help.pdf", "../../handouts/page/help.pdf"),
        ("care/first-day.md", "#top", "#top"),
        ("index.md", "./", "index.html"),
        ("index.md", "help/", "help/index.html"),
        ("index.md", "/help/#now", "help/index.html#now"),
        ("", "./#top", "index.html#top"),
        ("care/first-day.md", "../../api/v1/index.json", f"{ROOT}api/v1/index.json"),
        ("care/first-day.md", "/embed/v1/page/help/#now", f"{ROOT}embed/v1/page/help/#now"),
        ("help.md", "../feed.xml", f"{ROOT}feed.xml"),
        ("help.md", "tel:911", "tel:911"),
        ("help.md", "https://example.org/", "https://example.org/"),
    ],
)
def test_links_between_files_name_index_html(page: str, target: str, wanted: str) -> None:
    assert FileLinks(ROOT, page).address(target) == wanted


def test_link_keeps_its_other_attributes() -> None:
    html = f'<a class="x" href="{marks.link("../../help/")}" title="y">x</a>'
    attrs = parse(marks.written(html, ABSOLUTE)).find("a").attrs
    assert attrs == {
        "class": "x",
        "href": f"{ROOT}help/",
        "target": "_blank",
        "rel": "noopener noreferrer",
        "title": "y",
    }


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("/help/#now", "../../page/help/#now"),
        ("../../help/#gone", "../../page/help/"),
        ("/help/#source-1", "../../page/help/sources/#source-1"),
        ("./", "../../page/care--first-day/"),
        ("#top", "#top"),
        ("#gone", "../../page/care--first-day/"),
    ],
)
def test_frame_shows_pages_of_the_guide_itself(target: str, wanted: str) -> None:
    assert link(FRAME(target)).attrs == {"href": wanted}


@pytest.mark.parametrize("target", ["/embeds/", "/handouts/page/help.pdf", "https://example.org/"])
def test_frame_opens_a_tab_for_what_it_cannot_show(target: str) -> None:
    assert FRAME(target) == ABSOLUTE(target)
    assert "target" in link(FRAME(target)).attrs


def test_sources_that_stand_apart_are_found_on_their_page() -> None:
    shown = FrameLinks(ABSOLUTE, {}, "../../", {"source-1": "sources/"})
    assert link(shown("#source-1")).attrs == {"href": "sources/#source-1"}
    assert link(shown("#top")).attrs == {"href": "#top"}


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("help/#now", "../../page/help/#now"),
        ("help/#gone", "../../page/help/"),
        ("help/#source-1", "../../page/help/sources/#source-1"),
        ("help/", "../../page/help/"),
        ("./", "../../page/index/"),
        ("#now", "#now"),
        ("embeds/", f"{ROOT}embeds/"),
        ("handouts/page/help.pdf", f"{ROOT}handouts/page/help.pdf"),
        ("https://example.org/", "https://example.org/"),
    ],
)
def test_links_to_pages_of_the_guide_show_their_embeds_in_the_same_frame(href: str, wanted: str) -> None:
    words = " ".join(f"word{number * 7919 % 100003}" for number in range(9000))
    sources = f'{marks.begin("sources")}<ol><li id="source-1">River</li></ol>{marks.end("sources")}'
    pages = [
        full_page(f'<h1 id="now">Home</h1><p><a href="{href}">x</a></p>'),
        full_page(f'<h1>Help</h1><p id="now">{words}</p>{sources}', "help.md", cited=("river-2020",)),
        full_page(path="embeds.md"),
    ]
    guide = make_guide(site=make_site(help_page="index.md", embed_page="embeds.md"))
    files = {file.path: file for file in embed_files.files(rendered_site(guide, *pages))}
    for theme in ("", *THEMES):
        html = files[f"{embed_path('page/index', theme)}index.html"].content.decode()
        made = parse(html.replace("<!doctype html>", "")).find("main").find("a")
        assert made.attrs["href"] == wanted
        assert ("target" in made.attrs) == wanted.startswith("https:")
