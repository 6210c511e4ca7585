"""The frame of the pages, where it takes a long menu or a checklist."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_theme import Opener

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_current_page_is_in_sight_in_a_long_menu(open_page: Opener) -> None:
    page = open_page("checklists/what-to-bring-first-day/", height=700)
    current = page.locator("#guide-menu [aria-current]").bounding_box()
    assert current and current["y"] + current["height"] <= 700
    assert page.evaluate("scrollY") == 0, "The page itself stays"


def test_the_slash_opens_the_search_and_no_other_letter_does_anything(open_page: Opener) -> None:
    page = open_page("checklists/what-to-bring-first-day/")
    before = page.url
    dialog = page.get_by_role("dialog")
    for key in ["s", "f", "n", "p", ".", ",", "Control+/"]:
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    expect(page.locator("#guide-search")).to_be_hidden()
    assert page.url == before
    page.locator(".guide-checklist__box").first.focus()
    page.keyboard.press("/")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("/")
    expect(dialog.get_by_role("textbox")).to_have_value("/")
