"""The documents as they are served: whole, linked, dated, and with nothing in them that should not be."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from guide.commands.check_addresses import lost
from guide.model.registry import macros
from guide.outputs.security_policy import Inline
from guide.reading.released_addresses import released_addresses
from guide.rendering.project import read_project
from tests.browser.conftest import BAR, MISSING, PATHS, SOURCES, page_file, paths_with
from tests.factories import CODE_PAGE, ROOT
from tests.hosts import read_redirects
from tests.links import form_places
from tests.trees import Node, parse

pytestmark = pytest.mark.site

Documents = dict[str, Node]
PAGES = [path for path in PATHS if path != MISSING]
FETCHES = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}


def texts(site: Path) -> dict[str, str]:
    return {path: page_file(site, path).read_text("utf-8") for path in PATHS}


def test_no_address_of_the_last_release_is_lost(site_folder: Path) -> None:
    assert lost(site_folder, released_addresses(ROOT)) == []


def test_every_page_is_built_and_no_other(site_folder: Path) -> None:
    built = {path.relative_to(site_folder).as_posix() for path in site_folder.rglob("*.html")}
    moved = {f"{old[1:]}index.html" for old in read_redirects(site_folder)}
    own = {path for path in built if not path.startswith(("embed/", "print/")) and not CODE_PAGE.search(path)}
    assert own - moved == {page_file(site_folder, path).relative_to(site_folder).as_posix() for path in PATHS}


def test_every_page_is_well_formed(site_folder: Path) -> None:
    """A wrong nesting inside the article is ours; Material's frame leaves out end tags that HTML lets it leave out."""
    for path, text in texts(site_folder).items():
        article = re.search(r"<article.*</article>", text, re.DOTALL)
        assert article, path
        try:
            parse(re.sub(r"(<br|<hr|<img[^>]*)/>", r"\1>", article[0]))
        except AssertionError as error:
            pytest.fail(f"{path}: {error}")


def test_every_page_has_one_h1_and_headings_without_a_gap(documents: Documents) -> None:
    for path, root in documents.items():
        main = root.find("main")
        levels = [int(node.tag[1]) for node in main.walk() if re.fullmatch("h[1-6]", node.tag)]
        assert levels.count(1) == 1 and levels[0] == 1, path
        assert [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] > pair[0] + 1] == [], path


def test_no_id_stands_twice(documents: Documents) -> None:
    for path, root in documents.items():
        ids = Counter(node.attrs["id"] for node in root.walk() if "id" in node.attrs)
        assert [name for name, count in ids.items() if count > 1] == [], path


def test_every_page_says_its_language_title_and_description(documents: Documents) -> None:
    titles = []
    for path, root in documents.items():
        assert root.find("html").attrs["lang"] == "en", path
        titles.append(root.find("head").find("title").text)
        description = root.find("meta", name="description").attrs["content"]
        assert len(description) > 40, path
    assert [title for title, count in Counter(titles).items() if count > 1] == []


def test_descriptions_differ(documents: Documents) -> None:
    described = Counter(documents[path].find("meta", name="description").attrs["content"] for path in PAGES)
    assert [text for text, count in described.items() if count > 1] == []


def test_every_page_ends_with_dates_publisher_and_a_way_to_report(documents: Documents) -> None:
    for path, root in documents.items():
        foot = root.find("article").find("footer", class_="guide-foot")
        folded = foot.find_all("details", class_="guide-foot__fold")[0]
        report = [link.attrs["href"] for link in folded.find_all("a")]
        assert "issues/new?template=wrong-fact.yml&page=http" in report[0], path
        assert report[1].startswith("mailto:"), path
        to_text = "" if path == MISSING else SOURCES[path].relative_to(ROOT).as_posix()
        assert any(link.endswith(to_text) for link in report[2:]) or path == MISSING, path
        dates = re.findall(r"[A-Z][a-z]+ \d{1,2}, 20\d\d", foot.text)
        assert len(dates) >= 2 or path == MISSING, path


def test_every_page_says_what_to_do_in_danger(documents: Documents) -> None:
    for path, root in documents.items():
        bar = root.find("aside", class_="guide-bar")
        numbers = [link.attrs["href"] for link in bar.find_all("a")]
        assert [number for number in BAR if f"tel:{number}" not in numbers or number not in bar.text] == [], path


def test_a_page_that_cites_lists_its_sources(documents: Documents) -> None:
    cites = []
    for path, root in documents.items():
        cited = {link.attrs["href"] for link in root.find_all("a") if link.attrs.get("href", "").startswith("#source-")}
        if not cited:
            continue
        cites.append(path)
        items = root.find("ol", class_="guide-sources").find_all("li", class_="guide-source")
        numbers = {n for link in root.find_all("a", class_="guide-cite__link") for n in re.findall(r"\d+", link.text)}
        assert {item.attrs["id"] for item in items} == {f"source-{n}" for n in numbers}, path
        assert [item.attrs["id"] for item in items] == [f"source-{n}" for n in range(1, len(items) + 1)], path
    assert cites, "a guide has sources"


def test_numbers_of_sources_have_a_name(documents: Documents) -> None:
    for path, root in documents.items():
        for link in root.find_all("a", class_="guide-cite__link"):
            numbers = re.findall(r"\d+", link.text)
            assert numbers and re.findall(r"\d+", link.attrs["aria-label"]) == numbers, path
            assert re.match(r"Sources? \d", link.attrs["aria-label"]), path


def test_every_link_and_anchor_leads_somewhere(documents: Documents, site_folder: Path) -> None:
    ids = {path: {node.attrs["id"] for node in root.walk() if "id" in node.attrs} for path, root in documents.items()}
    ids = {
        path: known | set(form_places(site_folder) if "guide-suggest" in known else ()) for path, known in ids.items()
    }
    broken = []
    for path, root in documents.items():
        for node in root.walk():
            address = node.attrs.get(FETCHES.get(node.tag, "href"))
            if address is None or urlsplit(address).scheme or node.tag == "use":
                continue
            whole = urlsplit(urljoin(f"/{path}", address))
            place = unquote(whole.path).removeprefix("/")
            known = place in ids or (site_folder / place).is_file() or (site_folder / place / "index.html").is_file()
            anchor = unquote(whole.fragment)
            if not known or (anchor and place in ids and anchor not in ids[place]):
                broken.append(f"{path or 'home'}: {address}")
    assert broken == []


def test_names_of_other_elements_lead_to_them(documents: Documents) -> None:
    pointers = ["for", "aria-labelledby", "aria-describedby", "aria-controls"]
    for path, root in documents.items():
        ids = {node.attrs["id"] for node in root.walk() if "id" in node.attrs}
        for node in root.walk():
            for pointer in pointers:
                assert set(node.attrs.get(pointer, "").split()) <= ids, (path, node.tag, pointer, node.attrs[pointer])


def test_no_page_carries_handlers_unsafe_addresses_or_styles_but_ours(documents: Documents) -> None:
    inline = Inline.of_theme(read_project(ROOT).guide.settings.brand)
    for path, root in documents.items():
        for node in root.walk():
            assert "style" not in node.attrs, (path, node.tag, node.attrs)
            assert [name for name in node.attrs if name.startswith("on")] == [], (path, node.tag)
            for name in ("href", "src", "action"):
                assert not re.match(r"(http:|javascript:|//)", node.attrs.get(name, "")), (path, node.attrs)
        styles = ["".join(text.own_text for text in style.walk()) for style in root.find_all("style")]
        assert styles == [*inline.styles, *(inline.home if path == "" else ())], path


def test_no_page_fetches_from_another_host(documents: Documents) -> None:
    for path, root in documents.items():
        for node in root.walk():
            told = node.tag == "link" and node.attrs["rel"].strip() in ("alternate", "canonical", "prev", "next")
            if node.tag in FETCHES and not told:
                assert not urlsplit(node.attrs.get(FETCHES[node.tag], "")).netloc, (path, node.attrs)


def test_no_page_holds_what_a_template_should_have_replaced(site_folder: Path) -> None:
    for path, text in texts(site_folder).items():
        text = re.sub(r"<(script|style|code|textarea)\b.*?</\1>", "", text, flags=re.DOTALL)  # code may hold anything
        assert re.findall(r"⟦|\{\{|\}\}|\{%|Undefined|&lt;(?:p|a|div|span|strong)\b", text) == [], path
        assert re.findall(r">(?:None|True|False|null)<", text) == [], path


# What is made from code, and from all there is, has no data file.
LOOKED_UP = {"macro_reference", "field_reference", "status"}
if not (ROOT / "data/changes").exists():
    LOOKED_UP.add("what_changed")


@pytest.mark.parametrize(
    "name",
    sorted(
        name for name, entry in macros().items() if entry.block and name not in LOOKED_UP and paths_with(f"{name}(")
    ),
)
def test_every_block_names_its_data_file(documents: Documents, name: str) -> None:
    for path in paths_with(f"{name}("):
        files = [comment for comment in documents[path].comments if comment.startswith("data/")]
        assert files, path
        assert [file for file in files if not (ROOT / file).exists()] == [], path


def test_cells_and_boxes_are_as_many_as_in_the_records(documents: Documents) -> None:
    """No row of a comparison has a hole, whatever the templates left out."""
    for path in paths_with("comparison_table("):
        for table in documents[path].find_all("table", class_="guide-comparison__table"):
            options = len(table.find_all("th", class_="guide-comparison__option"))
            for row in table.find_all("tr", class_="guide-comparison__row"):
                cells = row.find_all("td")
                assert len(cells) == options >= 2, path
                for cell in cells:
                    name = cell.find("span", class_="guide-comparison__name").text
                    assert len(cell.text) > len(name) + 1, (path, row.text)


@pytest.fixture(scope="module")
def index(site_folder: Path) -> dict[str, Any]:
    """What the search knows."""
    (worker,) = (site_folder / "assets").glob("search.*.js")
    return json.loads(worker.read_text("utf-8").partition("\n")[0].removeprefix("var INDEX=").removesuffix(";"))


def test_every_page_is_in_the_search_index_and_the_sitemap(site_folder: Path, index: dict[str, Any]) -> None:
    assert {entry[0] for entry in index["pages"]} == set(PAGES)
    sitemap = (site_folder / "sitemap.xml").read_text("utf-8")
    places = [urlsplit(place).path.removeprefix("/") for place in re.findall(r"<loc>(.*?)</loc>", sitemap)]
    assert sorted(places) == sorted(PAGES)
