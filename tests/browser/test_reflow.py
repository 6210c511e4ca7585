"""Small windows, large text, wide spacing, colors of the reader's own: nothing is cut off or out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CUT_OFF, PATHS, SAMPLE, STICKS_OUT, Opener, paths_with
from tests.browser.test_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.site]

SOME = pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path or "home")
TWICE = "html { font-size: 250% !important }"  # the guide's own size is 125 %
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }"""


def assert_fits(page: Page, path: str) -> None:
    """Nothing is out of reach to the side, nothing is cut off."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], path  # type: ignore[index]
    assert page.evaluate(STICKS_OUT) == [], path
    assert page.evaluate(CUT_OFF) == [], path


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_every_page_fits_320_pixels(open_page: Opener, site_url: str, javascript: bool) -> None:
    page = open_page("", width=320, height=568, javascript=javascript)
    for path in PATHS:
        page.goto(site_url + path)
        assert_fits(page, path)


@SOME
@pytest.mark.parametrize("width", [320, 1280])
def test_text_of_twice_the_size_fits(open_page: Opener, path: str, width: int) -> None:
    page = open_page(path, width=width, bypass_csp=True)
    page.add_style_tag(content=TWICE)
    assert_fits(page, path)


@SOME
@pytest.mark.parametrize("width", [320, 1280])
def test_wide_spacing_fits(open_page: Opener, path: str, width: int) -> None:
    page = open_page(path, width=width, bypass_csp=True)
    page.add_style_tag(content=SPACED)
    closed = page.locator("article details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()
    assert_fits(page, path)


@pytest.mark.parametrize("path", paths_with("comparison_table("))
def test_a_comparison_with_every_option_fits_320_pixels(open_page: Opener, path: str) -> None:
    page = open_page(path, width=320, javascript=False)
    for box in page.locator(".guide-comparison__box:visible").all():
        box.check()
    assert_fits(page, path)


@SOME
def test_axe_finds_nothing_in_forced_colors(open_page: Opener, path: str) -> None:
    page = open_page(path, width=360, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert violations(page) == []


@pytest.mark.parametrize("path", SAMPLE[:6], ids=lambda path: path or "home")
def test_nothing_moves_for_readers_who_want_no_motion(open_page: Opener, path: str) -> None:
    page = open_page(path, width=360, reduced_motion="reduce")
    page.locator("#guide-menu-button").click()
    expect(page.locator("#guide-menu")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#guide-search-button").click()
    moving = page.evaluate(
        "() => document.getAnimations().filter((each) => (each.effect.getComputedTiming().endTime || 0) > 20)"
        ".map((each) => each.effect.target.outerHTML.slice(0, 100))"
    )
    assert moving == []
    page.keyboard.press("Escape")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert violations(page) == []
