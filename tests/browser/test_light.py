"""What readers load: little before they touch anything, the search when they ask for it, and nothing moves."""

from __future__ import annotations

import zlib
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from bench.readers import PAGE_BYTES, PAGE_REQUESTS, visit
from tests.browser.conftest import BUILDER, MISSING, PATHS, SAMPLE, Opener, page_file
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
    # The embed builder shows another page in a frame.
    pages = [path for path in PATHS if path not in (MISSING, BUILDER or MISSING)]
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
