"""The button on code, the way back to the top, and the words of a search, in the engine of iPhones and in Firefox."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guide.engines.test_main_paths import FIELD, VALUE, open_search
from tests.guide.engines.windows import Window

pytestmark = [pytest.mark.browser, pytest.mark.site]

CODE = "contribute/boxes-and-tabs/"
TOP = "#guide-top-link"
MARKED = "return [...(CSS.highlights.get('guide-found') || [])].map((range) => range.toString()).join()"
STORED = "return sessionStorage.length"


def copied(window: Window) -> str:
    """Press the first button of a page, and return the text of its block once the button says that it's copied."""
    window.click(window.find(".guide-code-copy", "Copy"))
    window.find(".guide-code-copy", "Copied")
    return str(window.run("return document.querySelector('pre > code').textContent"))


def test_code_is_copied(window: Window, site_url: str) -> None:
    window.open(site_url + CODE)
    text = copied(window)
    assert window.run("return document.querySelector('#guide-code-said').textContent") == "Copied"
    window.press("/")
    window.find(FIELD)
    window.press("Control+v")
    # A field holds one line.
    assert "".join(window.run(VALUE).split()) == "".join(text.split())


def test_code_is_copied_from_a_disk(window: Window, disk_copy: Path) -> None:
    window.open((disk_copy / CODE / "index.html").as_uri())
    copied(window)


@pytest.mark.parametrize("width", [1000, 1280])
def test_the_way_to_the_top_comes_and_goes(window: Window, site_url: str, width: int) -> None:
    window.resize(width, 844)
    window.open(site_url + CODE)
    assert not window.is_shown(TOP)
    window.run("scrollTo(0, 3 * innerHeight)")
    window.click(window.find(TOP))
    window.until("return scrollY === 0")
    window.until_hidden(TOP)
    window.press("Tab")
    assert window.focused(".guide-skip")


def test_words_are_marked_on_the_page_that_a_result_opens(window: Window, site_url: str) -> None:
    assert window.run("return Boolean(CSS.highlights && window.Highlight)"), "this engine marks"
    open_search(window, site_url)
    window.type("copay")
    window.press("Enter")
    window.until("return location.href.endsWith('/reference/glossary/#copay')")
    window.until("return CSS.highlights.size === 1")
    assert set(window.run(MARKED).lower().split(",")) <= {"copay", "copays", "copayment", "copayments"}
    assert window.run(STORED) == 0
    assert window.run("return location.hash") == "#copay"


def test_a_page_opens_where_most_words_stand_and_keys_go_on_there(window: Window, site_url: str) -> None:
    open_search(window, site_url)
    window.type("exclamation points")
    window.click(window.find(f".guide-hit__link[href$='{CODE}']"))
    window.until("return location.pathname.endsWith(arguments[0])", f"/{CODE}")
    window.until("return scrollY > 0")
    window.press("Tab")
    assert window.run("return document.activeElement.closest('article') !== null")
