"""What readers load: little before they touch anything, the search when they ask for it, and nothing moves."""

from __future__ import annotations

import zlib
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bench.readers import PAGE_BYTES, PAGE_REQUESTS, visit
from tests.browser.conftest import MISSING, PATHS, SAMPLE, Opener, page_file, paths_with
from tests.trees import Node

pytestmark = [pytest.mark.browser, pytest.mark.site]

LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((entry) => entry.name)"""
MOVED = """() => new Promise((resolve) => {
  let moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { moved += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(moved), 300);
})"""
CHECKLIST = paths_with("checklist(")[0]


def loaded(page: Page) -> set[str]:
    """Give what the page has loaded, as addresses below the root; a browser may leave the icon out."""
    return {urlsplit(name).path.removeprefix("/") for name in page.evaluate(LOADED)}


def named(documents: dict[str, Node], path: str) -> set[str]:
    """Give what the HTML of a page names to be loaded with it, the page too, as addresses below the root."""
    page = documents[path]
    links = [link for link in page.find_all("link") if link.attrs["rel"] in ("stylesheet", "icon", "preload")]
    sources = [part for tag in ("script", "img", "iframe") for part in page.find_all(tag) if "src" in part.attrs]
    addresses = [link.attrs["href"] for link in links]
    addresses += [part.attrs["src"] for part in sources if part.attrs.get("loading") != "lazy"]
    return {path, *(urlsplit(urljoin(f"/{path}", address)).path.removeprefix("/") for address in addresses)}


def test_the_heaviest_pages_are_light(site_folder: Path, browser: Browser) -> None:
    pages = [path for path in PATHS if path != MISSING]
    pages.sort(key=lambda path: len(zlib.compress(page_file(site_folder, path).read_bytes())))
    for path in pages[-6:]:
        load = visit(browser, site_folder, path)
        assert 10_000 < load.size <= PAGE_BYTES, path
        assert 1 < len(load.requests) <= PAGE_REQUESTS, path


@pytest.mark.parametrize("path", [path for path in SAMPLE if path != MISSING], ids=lambda path: path or "home")
def test_a_page_loads_no_more_than_its_html_says(open_page: Opener, documents: dict[str, Node], path: str) -> None:
    page = open_page(path)
    page.wait_for_timeout(200)
    assert loaded(page) <= named(documents, path)


def test_the_search_loads_when_it_opens_and_keeps_what_was_typed(open_page: Opener) -> None:
    page = open_page(CHECKLIST)
    waiting: list[Route] = []
    page.route("**/assets/results.*.js", lambda route: waiting.append(route))
    page.route("**/assets/search.*.js", lambda route: waiting.append(route))
    assert not any("search" in address or "results" in address for address in loaded(page))

    page.locator("#guide-search-button").click()
    field = page.get_by_role("dialog").get_by_role("textbox")
    expect(field).to_be_focused()
    page.keyboard.type("cost", delay=20)
    page.keyboard.press("Enter")
    address = page.url
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("#guide-search-button").click()
    expect(field).to_have_value("cost")
    assert [urlsplit(route.request.url).path.split("/")[-1].split(".")[0] for route in waiting] == ["results"]

    with page.expect_request("**/assets/search.*.js"):
        waiting.pop().continue_()
    expect(page.get_by_role("dialog")).to_be_visible()
    waiting.pop().continue_()
    expect(page.locator(".guide-hit__link").first).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("cost")
    assert page.url == address


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["", CHECKLIST, "understand/levels-of-care/"], ids=lambda path: path or "home")
def test_nothing_moves_while_a_page_loads(open_page: Opener, path: str, width: int) -> None:
    """The script comes late, after the first paint: what it shows has its place."""
    page = open_page(path, width=width)
    page.route("**/assets/guide.*.js", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.reload()
    expect(page.locator("#guide-scheme")).to_be_visible()
    assert page.evaluate(MOVED) == 0
