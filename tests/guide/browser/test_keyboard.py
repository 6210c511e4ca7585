"""Keys: what only the pages of this guide have, long tables and many letters."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, paths_with
from tests.browser.test_keyboard import IN, SIZES, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_ticks_are_counted_aloud_and_kept(open_page: Opener) -> None:
    page = open_page(paths_with("checklist(")[0])
    status = page.locator(".guide-checklist").get_by_role("status")
    boxes = page.locator(".guide-checklist__box")
    every = boxes.count()
    expect(status).to_have_text(re.compile(rf"\b0\b.*\b{every}\b"))
    tab_to(page, ".guide-checklist__box")
    page.keyboard.press("Space")
    tab_to(page, ".guide-checklist__box")
    page.keyboard.press("Space")
    expect(status).to_have_text(re.compile(rf"\b2\b.*\b{every}\b"))
    page.reload()
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(2)).not_to_be_checked()
    expect(status).to_have_text(re.compile(rf"\b2\b.*\b{every}\b"))


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_choose_options_of_a_comparison(open_page: Opener, javascript: bool) -> None:
    page = open_page("understand/levels-of-care/", width=320, height=568, javascript=javascript)
    table = page.locator(".guide-comparison").first
    boxes = table.get_by_role("checkbox")
    tab_to(page, ".guide-comparison__box")
    expect(boxes.nth(0)).to_be_focused()
    page.keyboard.press("Space")
    press(page, "Tab")
    press(page, "Tab")
    page.keyboard.press("Space")
    expect(boxes.nth(2)).to_be_checked()
    row = table.locator(".guide-comparison__row").first
    expect(row.locator("td:visible")).to_have_count(2)
    expect(row.locator(".guide-comparison__cell--3")).to_be_visible()
    expect(row.locator(".guide-comparison__cell--1")).to_be_hidden()
    # The links inside the cells that are shown, and of no others, come next.
    for _ in range(12):
        press(page, "Tab")
        assert page.evaluate("document.activeElement.checkVisibility()")


@SIZES
def test_go_to_a_definition_on_to_its_page_and_back(open_page: Opener, site_url: str, width: int) -> None:
    page = open_page("reference/glossary/", width=width)
    tab_to(page, ".guide-letters__link[href='#letter-c']")
    page.keyboard.press("Enter")
    shown = page.locator(":target")
    expect(shown).to_be_in_viewport()
    assert shown.evaluate(
        "each => { const box = each.getBoundingClientRect();"
        " return each.contains(document.elementFromPoint(box.left + 5, box.top + box.height / 2)); }"
    ), "it is not behind the header"
    tab_to(page, ".guide-term__more a", most=20)
    assert page.evaluate("document.activeElement.innerText").casefold().count(" c"), "the next stop is below the letter"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "glossary" not in address)
    page.go_back()
    assert page.url == f"{site_url}reference/glossary/#letter-c"


@SIZES
def test_go_to_a_source_and_on_from_there(open_page: Opener, width: int) -> None:
    page = open_page("understand/what-is-an-iop/", width=width)
    tab_to(page, ".guide-cite__link")
    page.keyboard.press("Enter")
    expect(page.locator(".guide-source:target")).to_be_in_viewport()
    press(page, "Tab")
    assert page.evaluate(IN, ".guide-sources"), "the next stop is in the list of sources"
    page.go_back()
    expect(page.locator(".guide-cite__link").first).to_be_in_viewport()


@SIZES
def test_the_page_of_levels_takes_at_most_90_stops(open_page: Opener, width: int) -> None:
    page = open_page("understand/levels-of-care/", width=width)
    stops = 0
    while stops <= 90:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
    assert 40 < stops <= 90
