"""The start page: what a person sees before touching anything, and where it leads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.site]

WAYS = "article > h2:first-of-type + ul > li > a:first-child"


def test_first_screen_of_a_phone_has_what_this_is_the_search_and_four_ways_in(open_page: Opener) -> None:
    page = open_page("", width=390, height=844)
    seen = [page.locator("article h1"), page.locator("article h1 + p"), page.locator("[data-guide-search-button]")]
    ways = page.locator(WAYS)
    assert ways.count() == 4
    for element in [*seen, *ways.all()]:
        box = element.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= 844, element


def test_the_whole_tile_leads_on(open_page: Opener) -> None:
    page = open_page("", width=1280)
    box = page.locator(f"{WAYS} >> xpath=..").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] - 12)
    expect(page).to_have_url(re.compile(r"/help-now/$"))


def test_search_opens_and_takes_words(open_page: Opener) -> None:
    page = open_page("", width=390)
    page.locator("[data-guide-search-button]").click()
    page.keyboard.type("vape")
    expect(page.locator(".guide-search__list a").first).to_be_visible()


def test_without_a_script_the_list_of_all_pages_stands_in_for_the_search(open_page: Opener) -> None:
    page = open_page("", width=390, javascript=False)
    expect(page.locator("[data-guide-search-button]")).to_be_hidden()
    page.locator("[data-guide-search-link]").click()
    expect(page.locator("h1")).to_contain_text("A to Z")
