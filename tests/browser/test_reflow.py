"""Small windows, large text, wide spacing, colors of the reader's own: nothing is cut off or out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CUT_OFF, FOCUS_FAULT, PATHS, SAMPLE, STICKS_OUT, Opener, paths_with
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


def test_controls_are_seen_in_forced_colors(open_page: Opener) -> None:
    """Edges and rings are borders and outlines: colors of the ground are taken away."""
    for path, controls in {
        "checklists/questions-to-ask-a-program/": (
            ".guide-header__button:visible, details:not(.guide-fold):visible, .guide-checklist__box"
        ),
        "understand/levels-of-care/": ".guide-comparison__box, .guide-comparison__picker",
    }.items():
        page = open_page(path, width=360, forced_colors="active")
        found = page.locator(controls)
        assert found.count() > 3
        for control in found.all():
            assert control.evaluate(
                "each => each.type === 'checkbox' ? getComputedStyle(each).appearance !== 'none'"
                " : getComputedStyle(each).borderTopWidth !== '0px' && getComputedStyle(each).borderTopStyle !== 'none'"
            ), control.evaluate("each => each.outerHTML.slice(0, 120)")
        page.locator("#guide-menu-button").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_FAULT) is None


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
