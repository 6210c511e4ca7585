"""The button on a block of code, on the good site: it copies, by pointer and keys, and covers nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.site]

PATH = "contribute/"
BUTTON = ".guide-code-copy"
SAID = "#guide-code-said"
# Boxes of lines of code that the button covers.
COVERED = """() => [...document.querySelectorAll("pre.highlight")].flatMap((block) => {
  const button = block.querySelector("button").getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(block.querySelector("code"));
  return [...range.getClientRects()].filter((line) => line.width && line.right > button.left + 1
    && line.bottom > button.top + 1 && line.top < button.bottom - 1 && line.left < button.right);
}).length"""


def without_clipboard(page: Page, value: str) -> None:
    page.add_init_script(f"Object.defineProperty(Navigator.prototype, 'clipboard', {{ get: () => ({value}) }})")
    page.reload()


def test_it_copies_the_whole_block_and_says_so(open_good: Opener) -> None:
    page = open_good(PATH, permissions=["clipboard-read", "clipboard-write"])
    button = page.locator(BUTTON)
    expect(button).to_have_text("Copy")
    button.click()
    expect(button).to_have_text("Copied")
    expect(page.locator(SAID)).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == (
        '!!! warning "A box"\n\n    Never swim alone.\n\n```\nmake check\n```'
    )
    expect(button).to_have_text("Copy", timeout=5000)
    expect(page.locator(SAID)).to_be_empty()


@pytest.mark.parametrize("value", ["undefined", "{ writeText: () => Promise.reject(new Error('No')) }"])
def test_keys_copy_too_where_scripts_have_no_clipboard(open_good: Opener, value: str) -> None:
    page = open_good(PATH, permissions=["clipboard-read", "clipboard-write"])
    without_clipboard(page, value)
    page.locator(BUTTON).focus()
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_have_text("Copied")
    expect(page.locator(BUTTON)).to_be_focused()
    assert page.evaluate("getSelection().toString()") == ""


def test_what_cannot_be_copied_stays_selected(open_good: Opener) -> None:
    page = open_good(PATH)
    without_clipboard(page, "undefined")
    page.evaluate("document.execCommand = () => false")
    page.locator(BUTTON).click()
    expect(page.locator(SAID)).to_contain_text("The text is selected.")
    assert "make check" in page.evaluate("getSelection().toString()")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_covers_no_line_and_nothing_moves_when_it_comes(open_good: Opener, width: int) -> None:
    page = open_good(PATH, width=width)
    page.evaluate("document.querySelector('pre > code').textContent = 'a word and '.repeat(60)")
    assert page.evaluate(COVERED) == 0
    height = "document.querySelector('pre.highlight').offsetHeight"
    before = page.evaluate(height)
    page.evaluate("document.querySelector('.guide-code-copy').remove()")
    assert page.evaluate(height) == before
    box = open_good(PATH, width=width).locator(BUTTON).bounding_box()
    assert box and box["height"] >= 44 and box["width"] >= 44


def test_only_pages_with_code_load_it_and_paper_and_embeds_have_none(open_good: Opener) -> None:
    loaded = "() => performance.getEntriesByType('resource').filter((each) => /copy\\./.test(each.name)).length"
    assert open_good("help/").evaluate(loaded) == 0
    page = open_good(PATH)
    assert page.evaluate(loaded) == 1
    page.emulate_media(media="print")
    expect(page.locator(BUTTON)).to_be_hidden()
    embed = open_good(f"embed/v1/page/{PATH}")
    expect(embed.locator("pre.highlight")).to_be_visible()
    expect(embed.locator(BUTTON)).to_have_count(0)


def test_without_javascript_the_code_is_there(open_good: Opener) -> None:
    page = open_good(PATH, javascript=False)
    expect(page.locator("pre.highlight")).to_contain_text("Never swim alone.")
    expect(page.locator(BUTTON)).to_be_hidden()
