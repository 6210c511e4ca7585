"""Ticks and colors are those that the browser keeps: after Back, in two tabs, once removed, whatever is stored."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from tests.browser.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.site]

PATH = "checklists/questions-to-ask-a-program/"
KEY = "guide-checklist-questions-to-ask-a-program"
DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
})"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
}"""
TICKED = """() => [...document.querySelectorAll(".guide-checklist__box")].filter((box) => box.checked)
  .map((box) => box.dataset.item)"""


def ticked(page: Page) -> list[str]:
    return page.evaluate(TICKED)


def kept(page: Page, key: str = KEY) -> list[str]:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", key) or "[]")


def items(page: Page) -> list[str]:
    return page.locator(".guide-checklist__box").evaluate_all("all => all.map((box) => box.dataset.item)")


@pytest.fixture(params=["page-cache", "loaded-again"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A context whose browser brings pages back from its cache on Back, or loads them again and refills their forms."""
    if request.param == "loaded-again":
        made = browser.new_context()
        yield made
        made.close()
        return
    browser_type: BrowserType = request.getfixturevalue("browser_type")
    arguments: dict[str, Any] = {**request.getfixturevalue("browser_type_launch_args")}
    if "headless" in str(arguments.get("executable_path", "")):
        whole = shutil.which("chromium") or shutil.which("chromium-browser")
        if not whole:
            # Since 2026-11-30: the whole of Chromium takes twice as long, so `make test` installs the shell alone.
            pytest.skip("Chromium's headless shell has no page cache: install the whole Chromium to try it.")
        arguments["executable_path"] = whole
    with browser_type.launch(**arguments, ignore_default_args=["--disable-back-forward-cache"]) as caching:
        yield caching.new_context()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.evaluate("addEventListener('pageshow', (event) => { window.cameBack = event.persisted; })")
    return page


def went_back(page: Page, request: pytest.FixtureRequest) -> None:
    """Go back; where the browser has a page cache, the page must have come from it."""
    page.go_back(wait_until="commit")  # a page from the cache is loaded already
    page.wait_for_function("document.readyState === 'complete'")
    page.wait_for_timeout(100)
    assert bool(page.evaluate("window.cameBack")) == ("page-cache" in request.node.name)


def test_ticks_are_there_after_back_and_one_more_is_added(
    context: BrowserContext, site_url: str, request: pytest.FixtureRequest
) -> None:
    page = opened(context, site_url + PATH)
    names = items(page)
    for number in (0, 2):
        page.locator(".guide-checklist__box").nth(number).check()
    page.goto(f"{site_url}about/privacy/")
    went_back(page, request)
    assert ticked(page) == [names[0], names[2]]
    page.locator(".guide-checklist__box").nth(1).check()
    assert kept(page) == names[:3]
    expect(page.locator(".guide-checklist__status")).to_contain_text(f"3 of {len(names)}")


def test_what_was_removed_stays_removed_after_back(
    context: BrowserContext, site_url: str, request: pytest.FixtureRequest
) -> None:
    page = opened(context, site_url + PATH)
    page.locator(".guide-checklist__box").first.check()
    page.locator("#guide-scheme").click()
    page.locator("#guide-scheme").click()
    assert page.evaluate("document.documentElement.dataset.guideScheme") == "dark"
    page.goto(f"{site_url}about/privacy/")
    page.get_by_role("button", name="Remove all of it").click()
    expect(page.locator(".guide-kept__status")).to_contain_text("Removed")
    went_back(page, request)
    assert ticked(page) == []
    expect(page.locator(".guide-checklist__status")).to_contain_text("0 of")
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.documentElement.dataset.guideScheme") is None
    expect(page.locator("#guide-scheme")).to_have_attribute("data-scheme", "auto")
    page.locator(".guide-checklist__box").nth(1).check()
    assert kept(page) == [items(page)[1]], "a tick brings nothing back"


def test_list_of_what_is_kept_is_right_after_back(
    context: BrowserContext, site_url: str, request: pytest.FixtureRequest
) -> None:
    page = opened(context, f"{site_url}about/privacy/")
    expect(page.locator(".guide-kept__status")).to_contain_text("nothing saved")
    page.goto(site_url + PATH)
    page.locator(".guide-checklist__box").first.check()
    went_back(page, request)
    expect(page.locator(".guide-kept__status")).to_contain_text("has saved what's listed here")
    expect(page.locator(f"[data-kept-key={KEY}]")).to_be_visible()
    expect(page.get_by_role("button", name="Remove all of it")).to_be_visible()


def test_a_page_that_comes_back_looks_at_the_store_again(browser: Browser, site_url: str) -> None:
    """What every browser with a page cache does, step by step: no event reaches a page that is put away."""
    with browser.new_context() as context:
        context.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
        away, other = opened(context, site_url + PATH), opened(context, site_url + PATH)
        names = items(away)
        away.locator(".guide-checklist__box").first.check()
        other.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, json.dumps([names[2]])])
        other.evaluate("localStorage.setItem('guide-scheme', 'dark')")
        assert ticked(away) == [names[0]]
        away.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        assert ticked(away) == [names[2]]
        expect(away.locator("html")).to_have_attribute("data-guide-scheme", "dark")


def test_two_tabs_show_and_keep_the_ticks_of_both(browser: Browser, site_url: str) -> None:
    with browser.new_context() as context:
        one, other = opened(context, site_url + PATH), opened(context, site_url + PATH)
        names = items(one)
        one.locator(".guide-checklist__box").nth(0).check()
        expect(other.locator(".guide-checklist__box").nth(0)).to_be_checked()
        other.locator(".guide-checklist__box").nth(1).check()
        expect(one.locator(".guide-checklist__box").nth(1)).to_be_checked()
        expect(one.locator(".guide-checklist__status")).to_contain_text("2 of")
        assert kept(one) == names[:2]
        one.locator(".guide-checklist__box").nth(0).uncheck()
        expect(other.locator(".guide-checklist__box").nth(0)).not_to_be_checked()
        assert kept(other) == [names[1]]


def test_a_tick_changes_its_own_item_and_no_other(open_page: Opener) -> None:
    """Even where a tab has not heard of the other's ticks."""
    page = open_page(PATH)
    names = items(page)
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, json.dumps([names[3]])])
    page.locator(".guide-checklist__box").nth(1).check()
    assert kept(page) == [names[1], names[3]]
    assert ticked(page) == [names[1], names[3]]


def test_removing_in_one_tab_clears_the_other(browser: Browser, site_url: str) -> None:
    with browser.new_context() as context:
        ticks, privacy = opened(context, site_url + PATH), opened(context, f"{site_url}about/privacy/")
        ticks.locator(".guide-checklist__box").first.check()
        expect(privacy.locator(f"[data-kept-key={KEY}]")).to_be_visible()
        privacy.get_by_role("button", name="Remove all of it").click()
        expect(ticks.locator(".guide-checklist__box").first).not_to_be_checked()
        expect(ticks.locator(".guide-checklist__status")).to_contain_text("0 of")


def test_colors_chosen_in_one_tab_are_those_of_the_other(browser: Browser, site_url: str) -> None:
    with browser.new_context() as context:
        one, other = opened(context, site_url), opened(context, site_url + PATH)
        one.locator("#guide-scheme").click()
        one.locator("#guide-scheme").click()
        expect(other.locator("html")).to_have_attribute("data-guide-scheme", "dark")
        one.locator("#guide-scheme").click()
        expect(other.locator("#guide-scheme")).to_have_attribute("data-scheme", "auto")
        assert one.evaluate("localStorage.length") == 0, "the device's own colors need no note"


def test_removing_on_this_page_sets_its_own_switch_of_colors(open_page: Opener) -> None:
    page = open_page("about/privacy/")
    page.locator("#guide-scheme").click()
    page.get_by_role("button", name="Remove all of it").click()
    expect(page.locator("#guide-scheme")).to_have_attribute("data-scheme", "auto")
    expect(page.locator(".guide-kept__status")).to_contain_text("Removed")


@pytest.mark.parametrize(
    "stored",
    [
        '{"a": 1}',
        '"text"',
        "null",
        "7",
        "true",
        "not JSON",
        "",
        "[1, null, {}, [], true]",
        '[{"toString": 1}]',
        '{"length": 3, "indexOf": 1}',
        "[" * 5000,
        "[" * 100_000,
        '["unknown-item"]',
        '["' + "x" * 3_000_000 + '"]',
    ],
    ids=lambda stored: stored[:20] or "empty",
)
def test_whatever_is_stored_no_box_is_ticked_and_the_next_tick_is_kept(open_page: Opener, stored: str) -> None:
    page = open_page("")
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, stored])
    page.goto(page.url + PATH)
    assert ticked(page) == []
    expect(page.locator(".guide-checklist__status")).to_contain_text("0 of")
    page.locator(".guide-checklist__box").nth(1).check()
    assert kept(page) == [items(page)[1]]
    page.locator("#guide-scheme").click()
    expect(page.locator("html")).to_have_attribute("data-guide-scheme", "light")


@pytest.mark.parametrize("stored", ["blue", "", "[]", "null"])
def test_a_scheme_that_is_none_counts_as_that_of_the_device(open_page: Opener, stored: str) -> None:
    page = open_page("")
    page.evaluate("value => localStorage.setItem('guide-scheme', value)", stored)
    page.reload()
    expect(page.locator("#guide-scheme")).to_have_attribute("data-scheme", "auto")


@pytest.mark.parametrize("storage", [DENIED, FULL], ids=["denied", "full"])
def test_where_nothing_can_be_kept_boxes_and_colors_work_and_the_page_says_so(
    browser: Browser, site_url: str, storage: str
) -> None:
    with browser.new_context() as context:
        context.add_init_script(storage)
        errors: list[str] = []
        context.on("weberror", lambda error: errors.append(str(error.error)))
        page = opened(context, site_url + PATH)
        page.locator(".guide-checklist__box").first.check()
        page.locator(".guide-checklist__box").nth(1).check()
        status = page.locator(".guide-checklist__status")
        expect(status).to_have_text("2 of " + str(len(items(page))) + " checked. " + NOT_KEPT)
        page.evaluate("dispatchEvent(new Event('pageshow'))")
        assert len(ticked(page)) == 2, "what cannot be kept is not taken away"
        page.locator("#guide-scheme").click()
        page.evaluate("dispatchEvent(new Event('pageshow'))")
        expect(page.locator("html")).to_have_attribute("data-guide-scheme", "light")
        page.goto(f"{site_url}about/privacy/")
        nothing = "Right now, this browser has nothing saved from the guide."
        expect(page.locator(".guide-kept__status")).to_have_text(nothing)
        expect(page.get_by_role("button", name="Remove all of it")).to_have_count(0)
        assert errors == []


NOT_KEPT = "Your browser can't keep them after you leave this page."


@pytest.mark.parametrize("refused", ["serviceWorker", "caches"])
def test_button_to_save_the_guide_is_gone_where_the_browser_saves_nothing(
    browser: Browser, site_url: str, refused: str
) -> None:
    owner = "Navigator.prototype" if refused == "serviceWorker" else "window"
    with browser.new_context() as context:
        context.add_init_script(
            f"""Object.defineProperty({owner}, "{refused}", {{
              get() {{ throw new DOMException("Access is denied for this document.", "SecurityError"); }},
            }})"""
        )
        errors: list[str] = []
        context.on("weberror", lambda error: errors.append(str(error.error)))
        page = opened(context, f"{site_url}about/privacy/")
        expect(page.locator("#guide-offline [role=status]")).to_contain_text("can't keep a copy here")
        expect(page.locator("#guide-offline button")).to_be_hidden()
        assert errors == []
