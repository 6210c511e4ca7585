"""A word's meaning can be read where the word stands, by keyboard and touch, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.test_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAGE = "understand/what-is-an-iop/"


def test_enter_shows_the_meaning_and_escape_leads_back(open_page: Opener) -> None:
    page = open_page(PAGE, width=360, height=740)
    word = page.locator(".guide-define").first
    meaning = page.locator(f"{word.get_attribute('href')} dd").text_content() or ""
    word.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    expect(box).to_be_focused()
    assert meaning.strip().split("\n")[0][:40] in (box.text_content() or "")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(word).to_be_focused()


def test_a_touch_shows_the_meaning_and_the_button_closes_it(open_page: Opener) -> None:
    page = open_page(PAGE, width=360, height=740, has_touch=True)
    page.locator(".guide-define").first.tap()
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    box.get_by_role("button").tap()
    expect(box).to_have_count(0)


def test_without_javascript_the_word_leads_to_its_meaning_and_back(open_page: Opener) -> None:
    page = open_page(PAGE, javascript=False)
    word = page.locator(".guide-define").first
    target = word.get_attribute("href") or ""
    word.click()
    expect(page.locator(target)).to_be_in_viewport()
    page.locator(f"{target} .guide-words__back").click()
    expect(word).to_be_in_viewport()
