"""Without a mouse: skip link, checklist, comparison, definition and sources, with the focus in sight all the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FOCUS_FAULT, SAMPLE, Opener, paths_with

pytestmark = [pytest.mark.browser, pytest.mark.site]

SIZES = pytest.mark.parametrize("width", [320, 1280])
IN = "selector => !!document.activeElement.closest(selector)"


def press(page: Page, key: str) -> None:
    """Press a key; what has the focus then must be in sight."""
    page.keyboard.press(key)
    page.wait_for_timeout(30)
    fault = page.evaluate(FOCUS_FAULT)
    assert fault is None


def tab_to(page: Page, selector: str, most: int = 150) -> None:
    """Press Tab until something that fits has the focus, which is in sight at every stop."""
    for _ in range(most):
        press(page, "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


@SIZES
@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path or "home")
def test_skip_link_comes_first_and_leads_past_the_frame(open_page: Opener, path: str, width: int) -> None:
    page = open_page(path, width=width)
    press(page, "Tab")
    assert page.evaluate(IN, ".guide-skip")
    page.keyboard.press("Enter")
    press(page, "Tab")
    assert page.evaluate(IN, "article, .guide-breadcrumbs"), "the next stop is in the page"


@SIZES
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("path", paths_with("checklist(")[:1])
def test_walk_through_a_checklist(open_page: Opener, path: str, width: int, javascript: bool) -> None:
    page = open_page(path, width=width, height=640, javascript=javascript)
    boxes = page.locator(".guide-checklist__box")
    for number in range(boxes.count()):
        tab_to(page, ".guide-checklist__box")
        expect(boxes.nth(number)).to_be_focused()
        page.keyboard.press("Space")
        expect(boxes.nth(number)).to_be_checked()
    page.keyboard.press("Space")
    expect(boxes.last).not_to_be_checked()


@pytest.mark.parametrize("path", paths_with("checklist(")[:1])
def test_boxes_are_named_by_their_text_and_told_why(open_page: Opener, path: str) -> None:
    page = open_page(path)
    for item in page.locator(".guide-checklist__item").all():
        box = item.get_by_role("checkbox")
        expect(box).to_have_accessible_name(re.compile(r"\w{2,}"))
        if item.locator(".guide-checklist__why").count():
            expect(box).to_have_accessible_description(re.compile(r"\w{2,}"))


@SIZES
def test_the_frame_of_a_wide_table_can_be_scrolled(open_page: Opener, width: int) -> None:
    """Whatever scrolls sideways takes the focus, has a name, and a ring."""
    for path in SAMPLE:
        page = open_page(path, width=width)
        frames = page.evaluate(
            """() => [...document.querySelectorAll("article *")].filter((each) =>
              each.scrollWidth > each.clientWidth + 1 && /(auto|scroll)/.test(getComputedStyle(each).overflowX))
              .map((each) => [each.tabIndex, each.getAttribute("aria-label") || each.getAttribute("aria-labelledby"),
                              each.outerHTML.slice(0, 100)])"""
        )
        assert [frame for frame in frames if frame[0] != 0 or not frame[1]] == [], path


@SIZES
@pytest.mark.parametrize("path", SAMPLE[1:3] + SAMPLE[-1:])
def test_focus_is_in_sight_from_the_first_stop_to_the_last(open_page: Opener, path: str, width: int) -> None:
    page = open_page(path, width=width, height=640)
    stops = 0
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body || !document.activeElement"):
            break
        page.wait_for_timeout(10)
        assert page.evaluate(FOCUS_FAULT) is None
        stops += 1
    assert stops > 5
