"""What other sites can show: every embed of the good site, whole, light, and fit for a frame."""

from __future__ import annotations

import gzip
import itertools
import json
import re
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from guide.checking.withdrawn import check
from guide.commands.check_addresses import HEAD, addresses, lost, main
from guide.commands.embeds_zip import pack
from guide.model.addresses import PAGE, embed_path, oembed_path, page_address, page_id
from guide.model.registry import embed_kinds, parts
from guide.outputs import embed_files
from guide.outputs.embeds import THEMES, Embed, Embeds
from guide.outputs.site import FullPage
from guide.reading import marks
from guide.reading.released_addresses import ADDRESS_LIST, released_addresses
from guide.rendering.assets import squeeze
from guide.rendering.project import read_project
from tests.factories import (
    CODE_PAGE,
    GOOD,
    OWN_PARTS,
    ROOT,
    Project,
    full_page,
    make,
    make_checklist,
    make_guide,
    make_site,
    rendered_site,
    write_project,
)
from tests.trees import Node, parse

ROOT_URL = "https://swim.example.org/"
LIST_OF_SOURCES = '<ol class="guide-sources"><li id="source-1">River</li><li id="source-2">Sea</li></ol>'
SOURCES = f"{marks.begin('sources')}{LIST_OF_SOURCES}{marks.end('sources')}"
CITED = ("river-2020", "lake-2021")


def embeds(*pages: FullPage, **records: object) -> Embeds:
    guide = make_guide(**{"site": make_site(help_page="index.md"), **records})
    return rendered_site(guide, *pages).once(Embeds)


def written(shown: Embeds, path: str) -> str:
    """Return one of the files of the embeds."""
    return next(file.content.decode() for file in embed_files.files(shown.site) if file.path == path)


def only(shown: Embeds, name: str) -> Embed:
    return next(embed for embed in shown.all if embed.name == name)


def bare(shown: Embeds, name: str, theme: str = "") -> Node:
    return parse(written(shown, f"{embed_path(name, theme)}index.html").replace("<!doctype html>", ""))


# Addresses


@pytest.mark.parametrize(
    ("path", "wanted"),
    [("index.md", "index"), ("help.md", "help"), ("care/index.md", "care"), ("care/first-day.md", "care--first-day")],
)
def test_page_is_named_by_its_path(path: str, wanted: str) -> None:
    assert page_id(path) == wanted


def test_host_chooses_the_theme_by_a_segment() -> None:
    assert embed_path("chart/hours") == "embed/v1/chart/hours/"
    assert embed_path("chart/hours", "dark") == "embed/v1/dark/chart/hours/"
    assert oembed_path("chart/hours") == "oembed/v1/chart/hours.json"


def test_part_leads_to_its_page_for_what_is_not_a_part_of_it() -> None:
    card = make("care-cards", id="now", steps=["Know [a cramp](index.md#cramp).", "Ask for help."])
    page = full_page('<h1>Help</h1><div id="care-now"></div><p id="cramp">Call.</p>')
    part = bare(embeds(page, care_cards=card), "care-card/now")
    (link,) = (link for link in part.find("main").find_all("a") if link.text == "a cramp")
    assert link.attrs["href"] == "../../page/index/#cramp"


def test_offer_to_embed_is_not_embedded() -> None:
    offer = f'{marks.begin("site")}<p class="guide-embed-link"><a href="x">Embed</a></p>\n{marks.end("site")}'
    page = bare(embeds(full_page(f"<h1>Swim</h1><p>a</p>{offer}<p>b</p>")), "page/index")
    assert [node.text for node in page.find("main").find_all("p")] == ["a", "b"]
    assert page.find("main").find_all("a") == []


# Parts


def test_part_leads_to_the_page_that_shows_it() -> None:
    pages = [full_page(), full_page('<h1>Lists</h1><div id="list-first-lesson"></div>', "care/list.md")]
    part = only(embeds(*pages, checklists=make_checklist(id="first-lesson")), "checklist/first-lesson")
    assert part.full == f"{ROOT_URL}care/list/#list-first-lesson"
    assert part.page_title == "Lists"


def test_part_leads_to_the_page_of_its_own_before_others() -> None:
    shown = '<h1>x</h1><div id="list-first-lesson"></div>'
    pages = [full_page(shown, path) for path in ("index.md", "a.md", "lists/first-lesson.md")]
    part = only(embeds(*pages, checklists=make_checklist(id="first-lesson")), "checklist/first-lesson")
    assert part.page == f"{ROOT_URL}lists/first-lesson/"


def test_part_that_no_page_shows_leads_to_the_start() -> None:
    part = only(embeds(checklists=make_checklist(id="first-lesson")), "checklist/first-lesson")
    assert part.full == ROOT_URL


def test_parts_offer_no_embedding_and_link_absolutely() -> None:
    site = make_site(help_page="index.md", embed_page="index.md")
    shown = embeds(site=site, checklists=make_checklist(id="first-lesson"))
    assert "guide-embed-link" in only(shown, "checklist/first-lesson").block.content
    for theme in ("", *THEMES):
        page = bare(shown, "checklist/first-lesson", theme)
        assert page.find_all(class_="guide-embed-link") == []
        assert [link for link in page.find("main").find_all("a") if "embed" in link.text.lower()] == []


def test_embed_says_the_version_and_the_newest_day() -> None:
    foot = bare(embeds(checklists=make_checklist(id="first-lesson", sources_checked="2026-02-03")), "page/index")
    assert "Version 1.2.0, February 3, 2026." in foot.find("footer").text


def test_heavy_page_keeps_its_sources_apart_in_the_frame() -> None:
    words = " ".join(f"word{number * 7919 % 100003}" for number in range(9000))
    made = embeds(full_page(f'<h1>Long</h1><p>{words} <a href="#source-2">2</a></p>{SOURCES}', cited=CITED))
    shown = bare(made, "page/index", "dark")
    assert [a.attrs["href"] for a in shown.find("main").find_all("a")] == ["sources/#source-2", "sources/"]
    assert "Sources (2)" in shown.text
    apart = bare(made, "page/index/sources", "dark")
    assert len(apart.find_all("li", id="source-2")) == 1
    assert apart.find("link", rel="stylesheet").attrs["href"].startswith("../../../../assets/")


def test_light_page_keeps_its_sources() -> None:
    shown = embeds(full_page(f"<h1>Short</h1>{SOURCES}", cited=CITED))
    assert not only(shown, "page/index").apart
    assert bare(shown, "page/index").find(id="source-1").text == "River"


def test_ready_code_reaches_the_clipboard_as_it_is() -> None:
    shown = embeds(checklists=make_checklist(id="first-lesson", title='Jump "in" & swim'))
    page = parse(f"<div>{shown.builder('../')}</div>", whole=False)
    (code,) = page.find_all("textarea", aria_label='Code for: Jump "in" & swim')
    snippet = shown.snippet(only(shown, "checklist/first-lesson"))
    assert [child.own_text for child in code.children] == [snippet]
    assert parse(snippet).find("iframe").attrs["title"].startswith('Jump "in" & swim')


# Withdrawn


def withdrawn(**changes: object) -> object:
    return make("withdrawn", **changes)


def test_withdrawn_part_keeps_its_addresses_and_says_where_to_go() -> None:
    shown = embeds(withdrawn=withdrawn(address="checklist/old"))
    for theme in ("", *THEMES):
        page = bare(shown, "checklist/old", theme)
        assert "The old list is no longer part of this guide." in page.text
        assert "It was too long. Withdrawn on January 5, 2026." in page.text
        assert page.find("main").find("a").attrs["href"] == "../../page/index/"
        assert page.find("link", rel="canonical").attrs["href"] == ROOT_URL
    assert json.loads(written(shown, "oembed/v1/checklist/old.json"))["title"] == "The old list"


def test_withdrawn_page_keeps_its_own_address_too() -> None:
    shown = embeds(withdrawn=withdrawn(address="page/care--old"))
    page = parse(written(shown, "care/old/index.html").replace("<!doctype html>", ""))
    assert page.find("link", rel="stylesheet").attrs["href"].startswith("../../embed/v1/assets/")
    assert page.find("main").find("a").attrs["href"] == ROOT_URL


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("checklist/gone", ""),
        ("page/gone", ""),
        ("references/gone", ""),
        ("references/lake-2021", '"references/lake-2021" is still in the guide. Delete it there, or here.'),
        ("checklst/gone", 'nothing of the kind "checklst" has an address. Did you mean "checklist"?'),
        ("checklist/first-lesson", '"checklist/first-lesson" is still in the guide. Delete it there, or here.'),
        ("page/index", '"page/index" is still in the guide. Delete it there, or here.'),
    ],
)
def test_withdrawn_address_was_one_and_is_free(project: Project, address: str, wrong: str) -> None:
    text = (
        "# first\n- id: old\n  title: Old\n"
        f"  address: {address}\n  withdrawn: 2026-01-05\n  why: It was long.\n  instead: index.md\n"
    )
    (project.root / "data/withdrawn.yaml").write_text(text)
    found = [str(problem) for problem in check(read_project(project.root))]
    assert found == ([f"data/withdrawn.yaml:4: {wrong} [withdrawn]"] if wrong else [])


def test_withdrawn_leads_to_a_page_that_exists(tmp_path: Path) -> None:
    from guide.checking import check_project

    project = write_project(tmp_path / "p")
    record = (
        "- id: old\n  address: page/gone\n  title: Old\n  withdrawn: 2026-01-05\n  why: Long.\n  instead: gone.md\n"
    )
    (project.root / "data/withdrawn.yaml").write_text(record)
    assert any(
        "data/withdrawn.yaml:6" in str(each) and "broken-link" in str(each) for each in check_project(project.root)
    )


# The built site: a guide on another subject, with every kind


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Every embed that the good site must have."""
    guide = read_project(GOOD).guide
    found = [f"{PAGE}/{page_id(path.relative_to(GOOD / 'docs').as_posix())}" for path in (GOOD / "docs").rglob("*.md")]
    for key, kind in parts().items():
        if key == "timeline":
            found.append("timeline/all")
        elif key == "helplines":
            found += [f"helplines/{group}" for line in guide.records("helplines").values() for group in line.groups]
        else:
            found += [f"{key}/{record}" for record in guide.records(kind.key)]
    return sorted(set(found))


@pytest.fixture(scope="module")
def built(good_site: Path) -> dict[str, Node]:
    """Every embed of the built site, by its address."""
    pages = sorted((good_site / "embed/v1").rglob("index.html"))
    return {
        page.parent.relative_to(good_site).as_posix() + "/": parse(
            page.read_text("utf-8").replace("<!doctype html>", "")
        )
        for page in pages
    }


SITE = pytest.mark.site


@SITE
def test_everything_has_an_embed_in_each_theme_and_nothing_else_has(built: dict[str, Node], names: list[str]) -> None:
    assert {name.partition("/")[0] for name in names} == set(embed_kinds()) - OWN_PARTS
    shown = {embed_path(name, theme) for name in names for theme in ("", *THEMES)}
    assert {address.removesuffix("sources/") for address in built} == shown


@SITE
def test_every_embed_says_what_it_is(built: dict[str, Node]) -> None:
    for address, page in built.items():
        assert page.find("html").attrs["lang"] == "en", address
        assert page.find("title").text.endswith(", from Learn to swim"), address
        assert len(page.find_all("h1")) == 1, address
        assert page.find("meta", name="robots").attrs["content"] == "noindex", address
        assert page.find("aside", class_="guide-bar").find_all("a")[0].attrs["href"].startswith("tel:"), address
        foot = page.find("footer")
        for words in ("Published by", "Version ", "Read the whole page:", "Links to this guide open here."):
            assert words in foot.text, (address, words)
        assert "Sources last checked on" in foot.text, address
        cited = [a.attrs["href"] for a in page.find_all("a", class_="guide-cite__link")]
        for place, href in ((address + href.partition("#")[0], href.partition("#")[2]) for href in cited):
            assert built[place].find(id=href), (address, place, href)


@SITE
def test_every_embed_leads_to_the_form_with_its_place_filled_in(built: dict[str, Node]) -> None:
    for address, page in built.items():
        whole = next(a for a in page.find("footer").find_all("a")).attrs["href"]
        report = next(a for a in page.find("footer").find_all("a") if a.text == "Report or fix this").attrs["href"]
        form, _, place = report.partition("&page=")
        assert form == "https://forge.example.org/swim/issues/new?template=wrong-fact.yml", address
        assert unquote(place) == whole, address


@SITE
def test_canonical_is_the_full_page(built: dict[str, Node], good_site: Path) -> None:
    for address, page in built.items():
        canonical = page.find("link", rel="canonical").attrs["href"]
        assert (good_site / urlsplit(canonical).path.lstrip("/") / "index.html").is_file(), address
        if "/page/" not in address:
            full = next(a for a in page.find("footer").find_all("a")).attrs["href"]
            whole, _, anchor = full.partition("#")
            assert whole == canonical
            html = (good_site / urlsplit(whole).path.lstrip("/") / "index.html").read_text("utf-8")
            assert not anchor or f' id="{anchor}"' in html, address


@SITE
def test_parts_of_every_kind_are_found_on_their_page(built: dict[str, Node]) -> None:
    for kind in set(parts()) - OWN_PARTS:
        pages = [page for address, page in built.items() if address.startswith(f"embed/v1/{kind}/")]
        assert any("#" in page.find("footer").find_all("a")[0].attrs["href"] for page in pages), kind


@SITE
def test_host_chooses_light_or_dark(built: dict[str, Node]) -> None:
    for address, page in built.items():
        theme = next((theme for theme in THEMES if address.startswith(f"embed/v1/{theme}/")), None)
        assert page.find("html").attrs.get("data-guide-scheme") == theme, address
        assert page.find("meta", name="color-scheme").attrs["content"] == (theme or "light dark")


@SITE
def test_links_show_another_embed_of_the_same_theme_or_open_a_tab(built: dict[str, Node]) -> None:
    ids = {
        address: {unescape(node.attrs["id"]) for node in page.walk() if "id" in node.attrs}
        for address, page in built.items()
    }
    guide = read_project(GOOD).guide
    site = guide.settings
    paths = {path.relative_to(GOOD / "docs").as_posix() for path in (GOOD / "docs").rglob("*.md")}
    pages = {ROOT_URL + page_address(path) for path in paths - {site.embed_page, site.privacy_page, site.suggest_page}}
    framed = set()
    for address, page in built.items():
        theme = address.split("/")[2] if address.split("/")[2] in THEMES else ""
        for link in page.find_all("a"):
            if "data-call" in link.attrs:
                assert "href" not in link.attrs and "hidden" in getattr(link.parent, "attrs", {}), address
                continue
            href = link.attrs["href"]
            if href.startswith(("tel:", "sms:", "mailto:")):
                continue
            if href.startswith("https://"):
                assert link.attrs["target"] == "_blank", (address, href)
                assert "noopener" in link.attrs["rel"], (address, href)
                in_text = "main" in link.ancestors
                assert not (in_text and href.partition("#")[0] in pages), (address, href)
                continue
            there, _, anchor = urljoin(address, href).partition("#")
            assert there in built, (address, href)
            assert not anchor or anchor in ids[there], (address, href)
            assert (there.split("/")[2] if there.split("/")[2] in THEMES else "") == theme, (address, href)
            assert not {"target", "rel"} & set(link.attrs), (address, href)
            framed.add(there)
    assert len(framed) > len(THEMES) + 1


@SITE
def test_nothing_is_styled_or_run_from_within(built: dict[str, Node]) -> None:
    for address, page in built.items():
        for node in page.walk():
            assert "style" not in node.attrs, address
            assert not [name for name in node.attrs if name.startswith("on")], address
            assert node.tag not in {"script", "iframe", "img", "object", "embed", "form", "base"}, address
        ids = [node.attrs["id"] for node in page.walk() if "id" in node.attrs]
        assert len(ids) == len(set(ids)), address


@SITE
def test_script_is_a_comment_where_none_may_run(good_site: Path) -> None:
    html = (good_site / "embed/v1/page/index/index.html").read_text("utf-8")
    found = re.search(
        r"<noscript><!--(</noscript><script src=\"([^\"]+)\" defer></script><noscript>)--></noscript>", html
    )
    assert found
    assert "--" not in found[1]
    assert (good_site / urljoin("embed/v1/page/index/", found[2])).is_file()


@SITE
def test_own_files_are_found_from_any_folder(built: dict[str, Node], good_site: Path) -> None:
    for address, page in built.items():
        for sheet in page.find_all("link", rel="stylesheet"):
            assert sheet.attrs["href"].startswith("../")
            path = (good_site / address / sheet.attrs["href"]).resolve()
            assert path.is_file()
            assert path.is_relative_to((good_site / "embed/v1").resolve()), address


@SITE
def test_only_embeds_that_show_a_worksheet_load_what_it_needs(built: dict[str, Node], good_site: Path) -> None:
    shown = 0
    for address, page in built.items():
        tools = page.find_all(class_="guide-worksheet")
        files = 1 + bool(tools) + bool(page.find_all(class_="guide-codes"))
        html = (good_site / address / "index.html").read_text("utf-8")
        scripts = re.findall(r'<script src="([^"]+)" defer></script>', html)
        sheets = [sheet.attrs["href"] for sheet in page.find_all("link", rel="stylesheet")]
        own = [name for name in (*sheets, *scripts) if re.search(r"/assets/worksheet\.[0-9a-f]{8}\.(css|js)$", name)]
        assert len(own) == (2 if tools else 0), address
        assert len(scripts) == len(sheets) == files, address
        assert all((good_site / address / name).resolve().is_file() for name in own), address
        assert html.count("<noscript><!--</noscript>") == html.count("<noscript>--></noscript>") == 1, address
        shown += bool(tools)
    assert shown > 3


@SITE
def test_embed_of_a_worksheet_offers_nothing_that_a_frame_cannot_do(built: dict[str, Node]) -> None:
    page = built["embed/v1/worksheet/swim-plan/"]
    assert not page.find_all(class_="guide-worksheet__tools")
    assert not page.find_all(class_="guide-wallet")
    assert page.find(class_="guide-worksheet__framed").text.endswith(f"open the tool at {ROOT_URL}calls/top-level/")
    assert len(page.find_all("input")) > 20


@SITE
def test_style_sheets_name_no_other_file(good_site: Path) -> None:
    sheets = list((good_site / "embed/v1/assets").glob("*.css"))
    assert len(sheets) == 3
    for sheet in sheets:
        css = sheet.read_text("utf-8")
        assert "url(" not in css
        assert "@import" not in css
        assert "--md-" not in css


@SITE
def test_embeds_are_neither_in_the_sitemap_nor_in_the_search_index(good_site: Path) -> None:
    assert "embed/" not in (good_site / "sitemap.xml").read_text("utf-8")
    (worker,) = (good_site / "assets").glob("search.*.js")
    assert '"embed/' not in worker.read_text("utf-8")


@SITE
def test_sources_of_the_embeds_are_not_published(good_site: Path) -> None:
    assert not (good_site / "assets/embed").exists()


# oEmbed, as its specification and WordPress read it

KEPT = {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"}


def discovered(html: bytes) -> str:
    """Find the description of a page as WordPress does: `WP_oEmbed::discover`."""
    head, end, _ = html[:153_600].decode("utf-8", "ignore").partition("</head>")
    assert end
    for link in re.findall(r"<link([^<>]+)/?>", head, re.IGNORECASE):
        found = dict(re.findall(r'([\w-]+)\s*=\s*"([^"]*)"', link))
        if found.get("type") == "application/json+oembed":
            return unescape(found["href"])
    return ""


def as_wordpress_shows_it(described: dict[str, object]) -> dict[str, str]:
    """Filter the HTML as WordPress does: `wp_filter_oembed_result`; give the attributes of the frame."""
    html = re.sub(r"<blockquote [^>]*>", "<blockquote>", str(described["html"]))
    found = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", html, re.DOTALL)
    assert found, html
    # Without a quotation at the very beginning it loads no script, and nobody answers the frame.
    assert found[1] and html.startswith(found[1]), html
    (link,) = parse(found[1]).find_all("a")
    assert link.attrs.keys() == {"href"} and link.attrs["href"].startswith("https://") and link.text, html
    frame = parse(found[2]).find("iframe")
    return {**{name: value for name, value in frame.attrs.items() if name in KEPT}, "sandbox": "allow-scripts"}


@SITE
def test_every_page_and_part_is_described_as_the_specification_says(good_site: Path, names: list[str]) -> None:
    found = {path.relative_to(good_site).as_posix() for path in (good_site / "oembed").rglob("*")}
    themes = ("", *THEMES)
    assert {name for name in found if name.endswith(".json")} == {
        oembed_path(name, theme) for name in names for theme in themes
    }
    for name, theme in itertools.product(names, themes):
        described = json.loads((good_site / oembed_path(name, theme)).read_text("utf-8"))
        assert (described["type"], described["version"]) == ("rich", "1.0")
        assert isinstance(described["width"], int)
        assert isinstance(described["height"], int)
        for key in ("title", "author_name", "provider_name", "html"):
            assert described[key] and isinstance(described[key], str)
        for key in ("provider_url", "author_url"):
            assert described[key].startswith("https://")
        quotation, frame = parse(f"<div>{described['html']}</div>", whole=False).find("div").children
        assert (quotation.tag, frame.tag) == ("blockquote", "iframe")
        assert quotation.attrs["class"] == "wp-embedded-content"
        assert frame.attrs["src"] == ROOT_URL + embed_path(name, theme)


def frames_in_wordpress(site: Path, root: str) -> set[str]:
    """Apply the rules of WordPress to every address of a site; give the embeds that it would show, by their paths."""
    shown = set()
    for path in site.rglob("index.html"):
        name = path.relative_to(site).as_posix()
        if name.startswith("print/") or CODE_PAGE.search(name):
            continue
        address = discovered(path.read_bytes())
        assert address.startswith(root + "oembed/v1/"), name
        described = json.loads((site / address.removeprefix(root)).read_text("utf-8"))
        frame = as_wordpress_shows_it(described)
        assert frame["src"].startswith(root + "embed/v1/"), name
        assert frame["title"] and frame["height"].isdigit() and frame["width"], name
        assert (site / frame["src"].removeprefix(root) / "index.html").is_file(), name
        shown.add(frame["src"].removeprefix(root))
    return shown


@SITE
def test_wordpress_finds_and_keeps_every_frame(good_site: Path, names: list[str]) -> None:
    shown = {embed_path(name, theme) for name in names for theme in ("", *THEMES)}
    assert frames_in_wordpress(good_site, ROOT_URL) == shown


# The real guide: no value of it, only that it is light and whole


def test_scripts_are_small_and_classic() -> None:
    for name, most in (("embed.js", 3800), ("frame.js", 3500), ("clinic.js", 4096), ("wordpress.js", 4096)):
        text = (ROOT / "guide/theme/embed" / name).read_bytes()
        assert len(text) < most, name
        assert b"import " not in text and b"export " not in text and b"eval" not in text


def test_style_sheet_is_light() -> None:
    assert len(gzip.compress(embeds().style.content.encode())) < 5_700


def test_squeeze_keeps_what_counts() -> None:
    css = '/* a */\n.a > .b ,\n.c {\n  content: " (" attr(href) ")";\n  inset: calc(1px + 2px);\n}\n'
    assert squeeze(css) == '.a>.b,.c{content:" (" attr(href) ")";inset:calc(1px + 2px)}\n'


# What lasts


@SITE
def test_copy_of_the_embeds_is_whole_and_the_same_each_time(good_site: Path, tmp_path: Path) -> None:
    assert pack(good_site, tmp_path / "a.zip") == pack(good_site, tmp_path / "b.zip") > 50
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert "embeds/embed.js" in packed.namelist()
        page = packed.read("embeds/page/index/index.html").decode()
    assert "oembed" not in page


@SITE
def test_lost_address_is_refused(good_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = addresses(good_site)
    assert {"", "help/", "embed/v1/embed.js", "embed/v1/dark/page/index/", "oembed/v1/page/index.json"} <= set(here)
    assert lost(good_site, here) == []
    (tmp_path / ADDRESS_LIST).parent.mkdir()
    (tmp_path / ADDRESS_LIST).write_text(f"{HEAD}/\n/help/\n/gone/\n/oembed/v1/page/gone.json\n")
    assert main(["--root", str(tmp_path), "--site", str(good_site)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "the address /gone/ is lost. " in said[0]
    assert main(["--root", str(tmp_path), "--site", str(good_site), "--write"]) == 1, "a list that would forget one"
    (tmp_path / ADDRESS_LIST).write_text(f"{HEAD}/\n/help/\n")
    assert main(["--root", str(tmp_path), "--site", str(good_site), "--write"]) == 0
    assert released_addresses(tmp_path) == here
