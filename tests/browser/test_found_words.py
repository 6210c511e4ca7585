"""What was asked for is marked on the page that a result opens, on the good site; no address and no store keeps it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FOCUS_FAULT, Opener

pytestmark = [pytest.mark.browser, pytest.mark.site]

MARKED = "() => [...(CSS.highlights.get('guide-found') || [])].map((range) => range.toString())"
STORED = "() => sessionStorage.length + localStorage.length"
DEEP = ("screen reader", "calls/top-level/")
"""Words that stand far down on a page, and nowhere before."""


def ask(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("textbox").fill(words)
    expect(page.locator(".guide-hit__link").first).to_be_visible()


def open_result(page: Page, words: str, path: str) -> None:
    ask(page, words)
    page.locator(f".guide-hit__link[href$='{path}']").click()
    page.wait_for_url(f"**/{path}")


def test_they_are_marked_in_any_form_and_in_the_text_alone(open_good: Opener) -> None:
    page = open_good("")
    open_result(page, "trunk", "help/")
    page.wait_for_function(f"() => ({MARKED})().length")
    assert page.evaluate(MARKED) == ["trunks"]
    assert page.evaluate(STORED) == 0
    page.reload()
    page.wait_for_timeout(300)
    assert page.evaluate(MARKED) == []


def test_the_address_holds_no_word(open_good: Opener) -> None:
    page = open_good("")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_result(page, "trunk", "help/")
    page.wait_for_function(f"() => ({MARKED})().length")
    assert page.evaluate("location.href + JSON.stringify(history.state) + name").count("trunk") == 0
    assert not [url for url in asked if "trunk" in url]


def test_the_page_opens_where_most_of_them_stand_and_keys_go_on_from_there(open_good: Opener) -> None:
    words, path = DEEP
    page = open_good("")
    open_result(page, words, path)
    page.wait_for_function("() => scrollY > 0")
    page.evaluate("getSelection().removeAllRanges()")
    place = page.evaluate("""() => ({
      top: [...CSS.highlights.get("guide-found")][0].getBoundingClientRect().top,
      under: document.querySelector(".guide-header").getBoundingClientRect().bottom,
    })""")
    assert place["under"] < place["top"] < 800
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") > 0
    assert page.evaluate("document.activeElement.closest('article') !== null")
    assert page.evaluate(FOCUS_FAULT) is None
    assert page.locator(":is(p, li, dd, th, td)[tabindex='-1']:not([role='status'])").count() == 0


def test_nobody_is_led_past_what_to_do_in_danger(open_good: Opener) -> None:
    """The words stand below a care card."""
    page = open_good("", height=300)
    open_result(page, "trunk", "help/")
    page.wait_for_function(f"() => ({MARKED})().length")
    assert page.evaluate("scrollY") == 0


def test_an_anchor_is_where_the_page_opens(open_good: Opener) -> None:
    page = open_good("")
    ask(page, "goggles")
    link = page.locator(".guide-hit__link[href*='#']").first
    anchor = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    page.wait_for_function(f"() => ({MARKED})().length")
    assert page.evaluate("location.hash") == f"#{anchor}"
    top = page.evaluate("document.getElementById(location.hash.slice(1)).getBoundingClientRect().top")
    assert 0 < top < 300 or page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1")


@pytest.mark.parametrize("words", ["trunk", "goggles"], ids=["page", "anchor"])
def test_a_result_on_the_same_page_is_marked_too(open_good: Opener, words: str) -> None:
    page = open_good("")
    ask(page, words)
    link = page.locator(".guide-hit__link").first
    page.goto(link.evaluate("link => link.href.split('#')[0]"))
    ask(page, words)
    link.click()
    page.wait_for_function(f"() => ({MARKED})().length")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate(STORED) == 0
    assert page.evaluate("Boolean(location.hash)") == (words == "goggles")


@pytest.mark.parametrize("stored", ["{", "null", "[]", '{"at": 1}', '{"at": "HERE", "words": 3}', '{"at": "HERE"}'])
def test_what_somebody_else_has_stored_harms_nothing(open_good: Opener, stored: str) -> None:
    page = open_good("help/")
    page.evaluate("text => sessionStorage.setItem('guide-found', text.replace('HERE', location.href))", stored)
    page.reload()
    page.wait_for_function("() => sessionStorage.length === 0")
    expect(page.locator("#guide-search-button")).to_be_visible()


def test_a_store_that_is_denied_and_an_old_browser_open_the_page_as_ever(open_good: Opener) -> None:
    page = open_good("")
    denied = "Object.defineProperty(window, 'sessionStorage', { get: () => { throw new Error('No'); } })"
    page.add_init_script(denied)
    page.reload()
    open_result(page, "trunk", "help/")
    assert page.evaluate(MARKED) == []
    page = open_good("")
    page.add_init_script("delete window.Highlight")
    page.reload()
    open_result(page, "trunk", "help/")
    page.wait_for_function("() => sessionStorage.length === 0")


def test_a_result_in_a_new_tab_leaves_nothing_behind(open_good: Opener) -> None:
    page = open_good("")
    ask(page, "trunk")
    with page.context.expect_page():
        page.locator(".guide-hit__link").first.click(modifiers=["ControlOrMeta"])
    assert page.evaluate("sessionStorage.length") == 0


def test_only_a_page_that_a_result_opened_loads_the_script(open_good: Opener) -> None:
    loaded = "() => performance.getEntriesByType('resource').some((each) => /found\\./.test(each.name))"
    page = open_good("help/")
    page.wait_for_timeout(200)
    assert not page.evaluate(loaded)
