"""What readers do most, in the engine of iPhones and in Firefox: with the pointer, keys, and other ways to write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import CUT_OFF, FOCUS_FAULT, SAMPLE, SCROLLED, STICKS_OUT, paths_with
from tests.browser.test_comparison import BESIDE, WALK
from tests.guide.engines.windows import Window, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.site]

SECTION = "nav a[href$='understand/what-is-an-iop/']"
LIST = "checklists/questions-to-ask-a-program/"
PRIVACY = "about/privacy/"
BOX = ".guide-checklist__box"
TICKED = f"return [...document.querySelectorAll('{BOX}')].filter((box) => box.checked).map((box) => box.dataset.item)"
SAID = "return document.querySelector('.guide-checklist__status').textContent"
DIALOG = "[role=dialog]"
FIELD = f"{DIALOG} input[type=text]"
VALUE = f"return document.querySelector('{FIELD}').value"


def called(javascript: str) -> str:
    """Return the body of a function that calls this one."""
    return f"return ({javascript})(...arguments)"


# The witness


def test_what_goes_wrong_in_a_page_is_seen(light_browser: Window, site_url: str, faults: list[str]) -> None:
    """The other tests rely on it: an error, a rejection, a warning, and what the policy blocks."""
    for address in (site_url, f"{site_url}embed/v1/care-card/danger-now/"):
        faults.clear()
        light_browser.open(address)
        light_browser.run("setTimeout(() => { throw new Error('one'); })")
        light_browser.run("Promise.reject(new Error('two'))")
        light_browser.run("console.warn('three')")
        light_browser.run("document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.2/' }))")
        # The policy stands in the page and in the server's headers, and Firefox tells of each.
        blocked = 2 if light_browser.engine == "firefox" else 1
        for words, times in (("Error: one", 1), ("Error: two", 1), ("three", 1), ("img-src blocks", blocked)):
            wait_for(lambda words=words, times=times: sum(words in said for said in faults) == times)  # type: ignore[misc]
    faults.clear()


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_and_nothing_goes_wrong(window: Window, site_url: str, width: int) -> None:
    window.resize(width, 844)
    for path in SAMPLE:
        window.open(site_url + path)
        assert window.run("return document.documentElement.scrollWidth") <= width, path
        assert window.run(called(STICKS_OUT)) == [], path
        assert window.run(called(CUT_OFF)) == [], path


# The menu


def open_menu(window: Window, site_url: str) -> None:
    window.open(f"{site_url}get-started/")
    assert not window.is_shown(SECTION)
    window.click(window.find("button", "Menu"))
    window.find(SECTION)


def test_menu_opens_by_a_tap_and_leads_to_a_section(window: Window, site_url: str) -> None:
    open_menu(window, site_url)
    window.click(window.find(SECTION))
    window.until("return location.href === arguments[0]", f"{site_url}understand/what-is-an-iop/")


def test_menu_closes_by_a_tap(window: Window, site_url: str) -> None:
    open_menu(window, site_url)
    window.click(window.find("button", "Close menu"))
    window.until_hidden(SECTION)
    assert window.focused("#guide-menu-button")


def test_menu_opens_and_closes_by_keys(window: Window, site_url: str) -> None:
    window.open(f"{site_url}get-started/")
    for _ in range(15):
        window.press("Tab")
        if window.focused("#guide-menu-button"):
            break
    window.press("Enter")
    window.find(SECTION)
    assert window.focused("nav")
    window.press("Escape")
    window.until_hidden(SECTION)
    assert window.focused("#guide-menu-button")
    window.press("Space")
    window.find(SECTION)
    for _ in range(3):  # in Firefox, a panel that can be scrolled is a stop of its own
        if window.focused("nav"):
            window.press("Shift+Tab")
    assert not window.focused("nav")
    window.until_hidden(SECTION)


@pytest.mark.parametrize("path", ["", LIST, "help-now/"])
def test_keys_lead_through_a_page_and_the_focus_is_always_in_sight(window: Window, site_url: str, path: str) -> None:
    window.open(site_url + path)
    stops = 0
    # After the last stop, some browsers take the focus to their own bar and keep it there.
    for _ in range(30):
        window.press("Tab")
        if window.run("return document.activeElement === document.body || !document.activeElement"):
            break
        assert window.run(called(FOCUS_FAULT)) is None
        stops += 1
    assert stops > 25


# The search


def typed(window: Window, words: str) -> None:
    window.type(words)


def inserted(window: Window, words: str) -> None:
    """As soft keyboards, suggestions and dictation do: without keys."""
    assert window.run("return document.execCommand('insertText', false, arguments[0])", words)


def assigned(window: Window, words: str) -> None:
    """As password managers and tools for people who can't type do."""
    window.run(
        "document.activeElement.value = arguments[0];"
        "document.activeElement.dispatchEvent(new Event('input', { bubbles: true }))",
        words,
    )


def pasted(window: Window, words: str) -> None:
    window.type(words)
    window.press("Control+a")
    window.press("Control+x")
    assert window.run(VALUE) == ""
    window.press("Control+v")


def open_search(window: Window, site_url: str, path: str = "") -> None:
    window.open(site_url + path)
    window.click(window.find("button", "Search"))
    window.find(FIELD)
    assert window.focused(FIELD)


@pytest.mark.parametrize("arrive", [typed, inserted, assigned, pasted])
def test_words_are_found_however_they_arrive(
    window: Window, site_url: str, arrive: Callable[[Window, str], None]
) -> None:
    open_search(window, site_url)
    arrive(window, "overdose")
    assert window.run(VALUE) == "overdose"
    window.find(f"{DIALOG} li:first-child a[href='tel:911']")
    window.until("return /\\d+ results?/.test(document.querySelector('[role=dialog] [role=status]').textContent)")
    window.press("Enter")
    window.until("return Boolean(document.activeElement.closest('[role=dialog] li a'))")
    assert window.run("return location.href") == site_url, "who is in danger isn't led away from the numbers"


def test_enter_leads_to_the_first_result(window: Window, site_url: str) -> None:
    open_search(window, site_url)
    window.type("copay")
    window.press("Enter")
    window.until("return location.href.endsWith('/reference/glossary/#copay')")


def test_arrows_lead_through_results_and_escape_closes(window: Window, site_url: str) -> None:
    open_search(window, site_url)
    window.type("copay")
    first = f"{DIALOG} li:first-child a"
    window.until("return document.querySelector(arguments[0])?.innerText.includes('Copay')", first)
    window.press("ArrowDown")
    assert window.focused("li:first-child a")
    window.press("ArrowDown")
    assert window.focused("li:nth-child(2) a")
    window.press("ArrowUp")
    window.press("ArrowUp")
    assert window.focused(FIELD)
    window.press("Escape")
    window.until_hidden(FIELD)
    assert window.focused("#guide-search-button")
    window.press("Tab")
    assert not window.focused(DIALOG), "what is closed is no stop"


def test_slash_opens_the_search(window: Window, site_url: str) -> None:
    window.open(site_url)
    window.press("/")
    window.find(FIELD)
    assert window.focused(FIELD) and window.run(VALUE) == ""


def test_slash_that_is_turned_off_stays_off_after_back(window: Window, site_url: str) -> None:
    open_search(window, site_url)
    window.click(window.find(f"{DIALOG} input[type=checkbox]"))
    window.press("Escape")
    window.until_hidden(FIELD)
    window.open(site_url + PRIVACY)
    window.back()
    settled(window)
    window.press("/")
    assert not window.is_shown(FIELD)
    window.open(site_url + PRIVACY)
    window.click(window.find("button", "Remove all of it"))
    window.back()
    settled(window)
    window.press("/")
    window.find(FIELD)


def test_words_in_the_fragment_are_searched(window: Window, site_url: str) -> None:
    window.open(f"{site_url}get-started/#q=over%20dose")
    window.find(f"{DIALOG} li:first-child a[href='tel:911']")
    assert window.run(VALUE) == "over dose"


# Ticks


def tick(window: Window, number: int) -> None:
    window.click(window.run("return document.querySelectorAll(arguments[0])[arguments[1]]", BOX, number))


def test_ticks_survive_a_reload(window: Window, site_url: str) -> None:
    window.open(site_url + LIST)
    tick(window, 0)
    tick(window, 2)
    ticked = window.run(TICKED)
    assert len(ticked) == 2
    window.reload()
    assert window.run(TICKED) == ticked
    assert window.run(SAID).startswith("2 of ")


def test_ticks_survive_back_from_the_page_cache(window: Window, site_url: str) -> None:
    ticks_survive_back(window, site_url, cached=True)


def test_ticks_survive_back_where_the_page_is_loaded_again(other_window: Window, site_url: str) -> None:
    ticks_survive_back(other_window, site_url, cached=False)


def ticks_survive_back(window: Window, site_url: str, *, cached: bool) -> None:
    window.open(site_url + LIST)
    tick(window, 0)
    tick(window, 2)
    ticked = window.run(TICKED)
    window.open(site_url + PRIVACY)
    assert window.back() is cached
    settled(window)
    assert window.run(TICKED) == ticked
    tick(window, 1)
    assert len(window.run(TICKED)) == 3
    assert window.run(SAID).startswith("3 of ")


def settled(window: Window) -> None:
    """Wait for what a browser does to forms once a page is shown."""
    ready = "requestAnimationFrame(() => setTimeout(() => { window.settled = true; }, 100))"
    window.run(f"window.settled = false; {ready}")
    window.until("return window.settled")


def test_what_was_removed_stays_removed_after_back_from_the_page_cache(window: Window, site_url: str) -> None:
    what_was_removed_stays_removed(window, site_url, cached=True)


def test_what_was_removed_stays_removed_where_the_page_is_loaded_again(other_window: Window, site_url: str) -> None:
    what_was_removed_stays_removed(other_window, site_url, cached=False)


def what_was_removed_stays_removed(window: Window, site_url: str, *, cached: bool) -> None:
    window.open(site_url + LIST)
    tick(window, 0)
    window.open(site_url + PRIVACY)
    window.click(window.find("button", "Remove all of it"))
    window.until("return document.querySelector('.guide-kept__status').textContent.includes('Removed')")
    assert window.back() is cached
    settled(window)
    assert window.run(TICKED) == []
    assert window.run(SAID).startswith("0 of ")
    assert window.run("return localStorage.length") == 0
    tick(window, 1)
    assert len(window.run(TICKED)) == 1, "a tick brings nothing back"


def test_two_tabs_show_the_ticks_of_both(window: Window, site_url: str) -> None:
    window.open(site_url + LIST)
    with window.another_tab() as (first, second):
        window.open(site_url + LIST)
        tick(window, 1)
        window.switch(first)
        window.until(f"return (() => {{ {TICKED} }})().length === 1")
        tick(window, 0)
        window.switch(second)
        window.until(f"return (() => {{ {TICKED} }})().length === 2")
        window.open(site_url + PRIVACY)
        window.click(window.find("button", "Remove all of it"))
        window.switch(first)
        window.until(f"return (() => {{ {TICKED} }})().length === 0")


# Tables


@pytest.mark.parametrize("path", paths_with("comparison_table("))
def test_a_comparison_on_a_phone_keeps_its_question_in_sight(window: Window, site_url: str, path: str) -> None:
    window.open(site_url + path)
    window.run("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    rows = window.run(called(BESIDE))
    assert rows
    for one, other in rows:
        assert one["bottom"] <= other["top"] or one["right"] <= other["left"]
        assert min(one["left"], other["left"]) >= 0 and max(one["right"], other["right"]) <= 390
        assert min(one["width"], other["width"]) > 150
        assert one["named"] and other["named"]
    seen = window.run(called(WALK), [False, 2])
    assert seen["looks"] > 10
    assert seen["faults"] == []
    assert window.run("scrollTo({ left: 200, behavior: 'instant' }); return scrollX") == 0


@pytest.mark.parametrize("path", paths_with("comparison_table(")[:1])
def test_a_comparison_on_a_computer_keeps_its_head_in_sight(window: Window, site_url: str, path: str) -> None:
    window.resize(1440, 800)
    window.open(site_url + path)
    seen = window.run(called(WALK), [True, 2])
    assert seen["looks"] > 3
    assert seen["faults"] == []


# Help


HIT = """const links = [...document.querySelectorAll("a[href='tel:911'], a[href='tel:988'], a[href='sms:988']")];
return links.filter((link) => {
  const { left, right, top, bottom, width, height } = link.getBoundingClientRect();
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return hit && link.contains(hit) && top >= 0 && bottom <= innerHeight && width >= 44 && height >= 44;
}).map((link) => link.getAttribute("href"));"""


@pytest.mark.parametrize("path", ["", "understand/levels-of-care/", "reference/glossary/", "embed/v1/page/help-now/"])
@pytest.mark.parametrize("size", [(390, 844), (844, 390), (1280, 800)], ids=str)
def test_emergency_numbers_are_in_reach_at_every_scroll_position(
    window: Window, site_url: str, path: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.open(site_url + path)
    for share in (0, 0.5, 1):
        height = window.run("return document.documentElement.scrollHeight - innerHeight")
        window.run(called(SCROLLED), height * share)
        assert set(window.run(HIT)) == {"tel:911", "tel:988", "sms:988"}, share


# Colors

COLORS = """const { color, backgroundColor } = getComputedStyle(document.body);
const light = (words) => words.match(/[\\d.]+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0);
return light(backgroundColor) > light(color) ? "light" : "dark";"""


def test_colors_are_those_of_the_device_until_somebody_chooses(other_window: Window, site_url: str) -> None:
    window = other_window
    window.open(site_url)
    assert window.run("return matchMedia('(prefers-color-scheme: dark)').matches")
    assert window.run(COLORS) == "dark"
    window.click(window.find("#guide-scheme"))
    assert window.run(COLORS) == "light"
    window.open(f"{site_url}help-now/")
    assert window.run(COLORS) == "light", "the choice is kept"


def test_a_device_with_light_colors_shows_light_ones(window: Window, site_url: str) -> None:
    window.open(site_url)
    assert window.run(COLORS) == "light"
