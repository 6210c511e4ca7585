"""The policy while a checklist is ticked and the search answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, paths_with
from tests.browser.test_policy import STOPPED, listening

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_search_menu_palette_and_checklist_run_under_the_policy(open_page: Opener) -> None:
    page = listening(open_page(paths_with("checklist(")[0], width=360))
    page.locator(".guide-checklist__box").first.check()
    page.locator("#guide-scheme").click()
    page.locator("#guide-menu-button").click()
    expect(page.locator("#guide-menu-close")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#guide-search-button").click()
    page.keyboard.type("cost", delay=20)
    expect(page.locator("#guide-search li a").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.evaluate(STOPPED) == []
