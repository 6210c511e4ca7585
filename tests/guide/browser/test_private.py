"""What a reader does stays in the browser, and nothing is kept before they ask for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import FOCUS_FAULT, PATHS, SCROLLED, Opener, paths_with
from tests.trees import Node

pytestmark = [pytest.mark.browser, pytest.mark.site]

KEPT = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"local": [], "session": [], "cookie": "", "databases": 0, "caches": 0, "workers": 0}


def kept(page: Page) -> list[str]:
    """Give the names of what the browser keeps for the site."""
    found = page.evaluate(KEPT)
    assert found == {**NOTHING, "local": found["local"]}
    return sorted(found["local"])


def test_reading_every_page_asks_no_other_host_and_leaves_nothing(open_page: Opener, site_url: str) -> None:
    """`open_page` itself refuses requests to other hosts; one reader goes through the whole guide."""
    page = open_page("")
    for path in PATHS:
        page.goto(site_url + path, wait_until="load")
        assert kept(page) == [], path
    assert page.context.cookies() == []


def test_searching_asks_no_other_host_and_leaves_nothing(open_page: Opener) -> None:
    page = open_page("")
    page.locator("#guide-search-button").click()
    page.keyboard.type("cost", delay=20)
    expect(page.locator(".guide-hit__link").first).to_be_visible()
    page.keyboard.press("Escape")
    assert kept(page) == []
    assert page.context.cookies() == []


def test_ticks_and_colors_are_kept_under_our_own_names(open_page: Opener) -> None:
    page = open_page(paths_with("checklist(")[0])
    box = page.locator(".guide-checklist__box").first
    box.check()
    page.locator("#guide-scheme").click()
    names = kept(page)
    assert len(names) == 2
    assert all(name.startswith("guide-") for name in names)
    assert page.context.cookies() == []


def test_the_last_tick_taken_away_leaves_nothing(open_page: Opener) -> None:
    page = open_page(paths_with("checklist(")[0])
    box = page.locator(".guide-checklist__box").first
    box.check()
    assert len(kept(page)) == 1
    box.uncheck()
    assert kept(page) == []


# What the reader removes


def test_privacy_page_lists_what_is_kept_and_removes_all_of_it(open_page: Opener, site_url: str) -> None:
    page = open_page(paths_with("checklist(")[0])
    page.locator(".guide-checklist__box").first.check()
    page.locator("#guide-scheme").click()
    page.goto(f"{site_url}about/privacy/")
    block = page.locator("#guide-kept")
    expect(block.locator("[data-kept-key]:not([hidden])")).to_contain_text("What you filled in:")
    expect(block.get_by_text("Your choice of light or dark colors.")).to_be_visible()
    block.get_by_role("button", name="Remove all of it").focus()
    page.keyboard.press("Enter")
    status = block.locator(".guide-kept__status")
    expect(status).to_have_text("Removed. This browser has nothing saved from the guide now.")
    expect(status).to_be_focused()
    expect(block.get_by_role("listitem")).to_have_count(0)
    assert kept(page) == []
    assert page.evaluate("document.documentElement.hasAttribute('data-guide-scheme')") is False


def test_what_other_pages_of_the_host_keep_stays(open_page: Opener) -> None:
    page = open_page("about/privacy/")
    page.evaluate("localStorage.setItem('guide-scheme', 'dark'); localStorage.setItem('theirs', '1')")
    page.reload()
    page.locator("#guide-kept").get_by_role("button", name="Remove all of it").click()
    expect(page.locator(".guide-kept__status")).to_contain_text("Removed")
    assert kept(page) == ["theirs"]


def test_privacy_page_says_so_where_nothing_is_kept(open_page: Opener) -> None:
    block = open_page("about/privacy/").locator("#guide-kept")
    nothing = "Right now, this browser has nothing saved from the guide."
    expect(block.locator(".guide-kept__status")).to_have_text(nothing)
    expect(block.get_by_role("button", name="Remove all of it")).to_have_count(0)


def test_privacy_page_lists_nothing_before_its_script_has_looked(open_page: Opener) -> None:
    block = open_page("about/privacy/", javascript=False).locator("#guide-kept")
    expect(block.locator(".guide-kept__status")).to_have_text(
        "This list needs JavaScript. Without it, the guide saves nothing."
    )
    expect(block.get_by_role("listitem")).to_have_count(0)


def test_paper_says_nothing_of_what_the_browser_keeps(open_page: Opener) -> None:
    page = open_page("about/privacy/")
    page.emulate_media(media="print")
    expect(page.locator("#guide-kept")).to_be_hidden()


# The way out


def test_way_out_is_on_every_page_about_violence_and_no_other(documents: dict[str, Node]) -> None:
    shown = {path for path, page in documents.items() if page.find_all("a", class_="guide-leave__link")}
    about = {path for macro in ("care_card", "care_strip") for path in paths_with(f'{macro}("violence-at-home")')}
    # A tool shows the card where an answer says so.
    about |= {"tools/is-an-iop-a-fit/", "tools/which-level-of-care/"}
    assert shown == {*about, "about/privacy/"}
    assert len(about) > 2
    for path in shown:
        limits = documents[path].find(id="leave-limits")
        assert "can't clear your history" in limits.text
        assert documents[path].find("a", class_="guide-leave__link").attrs["aria-describedby"] == "leave-limits"


@pytest.mark.parametrize("javascript", [True, False])
def test_way_out_leads_away_and_back_leads_elsewhere(browser: Browser, site_url: str, javascript: bool) -> None:
    """By keyboard, the second stop of the page. Nobody asks the other site before that."""
    context = browser.new_context(java_script_enabled=javascript)
    asked: list[str | None] = []

    def answer(route: Route) -> None:
        asked.append(route.request.headers.get("referer"))
        route.fulfill(body="Sunny")

    context.route("https://**", answer)
    page = context.new_page()
    page.goto(site_url)
    page.goto(f"{site_url}help-now/", wait_until="load")
    page.wait_for_timeout(200)
    assert asked == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Leave this site quickly"
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.weather.gov/")
    assert asked[0] is None, "nobody is told where the reader came from"
    page.go_back()
    expect(page).to_have_url(site_url if javascript else f"{site_url}help-now/")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_way_out_stays_in_reach_and_hides_no_focus(open_page: Opener, width: int) -> None:
    page = open_page("family/how-to-help/", width=width, height=600)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_FAULT) is None
        expect(page.locator(".guide-leave__link")).to_be_in_viewport()
    page.evaluate(SCROLLED, 10**6)
    over = """() => {
      const way = document.querySelector(".guide-leave__link").getBoundingClientRect();
      const last = [...document.querySelectorAll(".md-footer a")].map((link) => link.getBoundingClientRect().bottom);
      return Math.max(...last) <= way.top;
    }"""
    assert page.evaluate(over), "the end of the page can be read"
