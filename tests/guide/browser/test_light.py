"""What readers of this guide load with a page, and later with its search."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Opener, paths_with
from tests.browser.test_light import MOVED, loaded

pytestmark = [pytest.mark.browser, pytest.mark.site]


CHECKLIST = paths_with("checklist(")[0]


def test_the_search_loads_when_it_opens_and_keeps_what_was_typed(open_page: Opener) -> None:
    page = open_page(CHECKLIST)
    waiting: list[Route] = []
    page.route("**/assets/results.*.js", lambda route: waiting.append(route))
    page.route("**/assets/search.*.js", lambda route: waiting.append(route))
    assert not any("search" in address or "results" in address for address in loaded(page))

    page.locator("#guide-search-button").click()
    field = page.get_by_role("dialog").get_by_role("textbox")
    expect(field).to_be_focused()
    page.keyboard.type("cost", delay=20)
    page.keyboard.press("Enter")
    address = page.url
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("#guide-search-button").click()
    expect(field).to_have_value("cost")
    assert [urlsplit(route.request.url).path.split("/")[-1].split(".")[0] for route in waiting] == ["results"]

    with page.expect_request("**/assets/search.*.js"):
        waiting.pop().continue_()
    expect(page.get_by_role("dialog")).to_be_visible()
    waiting.pop().continue_()
    expect(page.locator(".guide-hit__link").first).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("cost")
    assert page.url == address


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["", CHECKLIST, "understand/levels-of-care/"], ids=lambda path: path or "home")
def test_nothing_moves_while_a_page_loads(open_page: Opener, path: str, width: int) -> None:
    """The script comes late, after the first paint: what it shows has its place."""
    page = open_page(path, width=width)
    page.route("**/assets/guide.*.js", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.reload()
    expect(page.locator("#guide-scheme")).to_be_visible()
    assert page.evaluate(MOVED) == 0
