"""The ways back to the top, on the good site: in the header, which covers no more for it, and at the end of a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import FOCUS_FAULT, STICKS_OUT, Opener

pytestmark = [pytest.mark.browser, pytest.mark.site]

LONG = "calls/top-level/"
LINK = "#guide-top-link"
HEADER = "document.querySelector('.guide-header').getBoundingClientRect().height"


@pytest.mark.parametrize("width", [1000, 1280])
def test_it_comes_after_two_screens_in_the_header_and_leads_to_the_top(open_good: Opener, width: int) -> None:
    page = open_good(LONG, width=width)
    link = page.locator(LINK)
    expect(link).to_be_hidden()
    height = page.evaluate(HEADER)
    page.evaluate("scrollTo(0, innerHeight)")
    page.wait_for_timeout(100)
    expect(link).to_be_hidden()
    page.evaluate("scrollTo(0, 2.2 * innerHeight)")
    expect(link).to_be_visible()
    assert page.evaluate(HEADER) == height, "it covers nothing that the header doesn't"
    assert page.evaluate(STICKS_OUT) == []
    box = link.bounding_box()
    assert box and box["height"] >= 44 and box["width"] >= 44
    link.click()
    page.wait_for_function("() => scrollY === 0")
    expect(link).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator(".guide-skip")).to_be_focused()


def test_keys_reach_it_and_it_stays_while_it_has_the_focus(open_good: Opener) -> None:
    page = open_good(LONG)
    page.evaluate("scrollTo(0, 3 * innerHeight)")
    link = page.locator(LINK)
    expect(link).to_be_visible()
    page.locator(".guide-header__brand").focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert page.evaluate(FOCUS_FAULT) is None
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(100)
    expect(link).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#guide-search-button")).to_be_focused()


def test_back_leads_to_the_place_that_was_left(open_good: Opener) -> None:
    page = open_good(LONG)
    page.evaluate("scrollTo(0, 3 * innerHeight)")
    page.locator(LINK).click()
    page.wait_for_function("() => scrollY === 0")
    page.go_back()
    page.wait_for_function("() => scrollY > 2 * innerHeight")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_end_of_a_page_has_one_too(open_good: Opener, javascript: bool) -> None:
    page = open_good(LONG, width=390, javascript=javascript)
    link = page.locator("main").get_by_role("link", name="Back to top")
    link.click()
    expect(page).to_have_url(page.url.split("#")[0] + "#guide-top")
    expect(page.locator(".guide-bar__text")).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(link).to_be_hidden()
    expect(page.locator(LINK)).to_be_hidden()


def test_a_short_page_has_none_and_neither_does_one_with_its_headings_beside_it(open_good: Opener) -> None:
    for path, width in (("help/", 390), (LONG, 1280)):
        page = open_good(path, width=width)
        expect(page.locator("main").get_by_role("link", name="Back to top")).to_be_hidden()
