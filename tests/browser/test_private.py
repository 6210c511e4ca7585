"""What a reader does stays in the browser, and nothing is kept before they ask for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATHS, Opener, paths_with

pytestmark = [pytest.mark.browser, pytest.mark.site]

KEPT = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"local": [], "session": [], "cookie": "", "databases": 0, "caches": 0, "workers": 0}


def kept(page: Page) -> list[str]:
    """Give the names of what the browser keeps for the site."""
    found = page.evaluate(KEPT)
    assert found == {**NOTHING, "local": found["local"]}
    return sorted(found["local"])


def test_reading_every_page_asks_no_other_host_and_leaves_nothing(open_page: Opener, site_url: str) -> None:
    """`open_page` itself refuses requests to other hosts; one reader goes through the whole guide."""
    page = open_page("")
    for path in PATHS:
        page.goto(site_url + path, wait_until="load")
        assert kept(page) == [], path
    assert page.context.cookies() == []


def test_searching_asks_no_other_host_and_leaves_nothing(open_page: Opener) -> None:
    page = open_page("")
    page.locator("#guide-search-button").click()
    page.keyboard.type("cost", delay=20)
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    assert kept(page) == []
    assert page.context.cookies() == []


def test_ticks_and_colors_are_kept_under_our_own_names(open_page: Opener) -> None:
    page = open_page(paths_with("checklist(")[0])
    box = page.locator(".guide-checklist__box").first
    box.check()
    page.locator("#guide-scheme").click()
    names = kept(page)
    assert len(names) == 2
    assert all(name.startswith("guide-") for name in names)
    assert page.context.cookies() == []


def test_the_last_tick_taken_away_leaves_nothing(open_page: Opener) -> None:
    page = open_page(paths_with("checklist(")[0])
    box = page.locator(".guide-checklist__box").first
    box.check()
    assert len(kept(page)) == 1
    box.uncheck()
    assert kept(page) == []
