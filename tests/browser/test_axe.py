"""axe-core finds nothing: on every page, in both schemes, on a phone and a computer, with everything open."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import PATHS, SAMPLE, Opener, paths_with

pytestmark = [pytest.mark.browser, pytest.mark.site]

AXE = Axe().axe_script
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the scheme: the document is the same in both."""


def violations(page: Page | Frame, **options: Any) -> list[str]:
    """Run axe; give each violation with the first elements it is about.

    Frames in the page are left out: axe cannot speak to a sandboxed one without an error in the console. A test that
    is about a frame gives the frame itself.
    """
    options = {"resultTypes": ["violations"], "runOnly": TAGS, "iframes": False, **options}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", options)
    assert found["passes"], "axe looked at nothing"
    return [
        f"{each['id']}: {each['help']}\n  " + "\n  ".join(node["html"][:200] for node in each["nodes"][:5])
        for each in found["violations"]
    ]


def switch_to_dark(page: Page) -> None:
    """Choose dark by the page's own switch, without a reload: device, light, dark."""
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for _ in range(2):
        page.locator("#guide-scheme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


COMPUTER, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


def check_in_both_sizes_and_schemes(open_page: Opener, path: str) -> None:
    # No color depends on the width, and what only a computer shows (the menu, the contents) no page colors anew: a few
    # pages in the other two combinations are enough.
    page = open_page(path, **PHONE)
    assert violations(page) == [], "phone, light"
    page.set_viewport_size(COMPUTER)
    switch_to_dark(page)
    assert violations(page) == [], "computer, dark"
    if path in SAMPLE:
        page.set_viewport_size(PHONE)
        assert violations(page, runOnly=COLORS) == [], "phone, dark"
        assert violations(open_page(path, **COMPUTER), runOnly=COLORS) == [], "computer, light"


# Two classes, so that two workers share the pages.
class TestOnePage:
    @pytest.mark.parametrize("path", PATHS[::2], ids=lambda path: path or "home")
    def test_axe_finds_nothing(self, open_page: Opener, path: str) -> None:
        check_in_both_sizes_and_schemes(open_page, path)


class TestTheNext:
    @pytest.mark.parametrize("path", PATHS[1::2], ids=lambda path: path or "home")
    def test_axe_finds_nothing(self, open_page: Opener, path: str) -> None:
        check_in_both_sizes_and_schemes(open_page, path)


SIZES = pytest.mark.parametrize("width", [360, 1280])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@SCHEMES
def test_with_the_menu_open(open_page: Opener, scheme: str) -> None:
    page = open_page("", width=360, scheme=scheme)
    page.locator("#guide-menu-button").click()
    expect(page.locator("#guide-menu .guide-menu__list a").first).to_be_visible()
    assert violations(page) == []


@SCHEMES
@pytest.mark.parametrize("path", paths_with("comparison_table("))
def test_with_every_option_of_a_comparison_picked(open_page: Opener, path: str, scheme: str) -> None:
    page = open_page(path, width=360, scheme=scheme)
    for box in page.locator(".guide-comparison__box:visible").all():
        box.check()
    assert violations(page) == []
