"""axe on pages of this guide, with something open, picked or shown."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, paths_with
from tests.browser.test_axe import SCHEMES, SIZES, violations

pytestmark = [pytest.mark.browser, pytest.mark.site]


@SCHEMES
@SIZES
def test_with_search_results_open(open_page: Opener, width: int, scheme: str) -> None:
    page = open_page("", width=width, scheme=scheme)
    page.locator("#guide-search-button").click()
    for words in ("insurance", "naltrexome", "zzzzqqqq"):
        page.get_by_role("dialog").get_by_role("textbox").fill(words)
        expect(page.locator(".guide-search__status")).to_have_text(re.compile("result|Nothing found"))
        # A short list leaves links of the page half covered; a click beside the dialog closes it first.
        found = violations(page, rules={"target-size": {"enabled": words == "insurance"}})
        assert found == [], words


@SCHEMES
def test_with_the_contents_open(open_page: Opener, scheme: str) -> None:
    page = open_page("understand/levels-of-care/", width=360, scheme=scheme)
    page.locator(".guide-contents summary").click()
    expect(page.locator(".guide-contents a").first).to_be_visible()
    assert violations(page) == []


@SCHEMES
@SIZES
def test_with_a_definition_open(open_page: Opener, width: int, scheme: str) -> None:
    page = open_page("understand/levels-of-care/", width=width, scheme=scheme)
    page.locator(".guide-define").first.click()
    expect(page.locator(".guide-word")).to_be_visible()
    assert violations(page) == []


@SCHEMES
@SIZES
@pytest.mark.parametrize("target", ["reference/glossary/#craving", "understand/what-is-an-iop/#source-1"])
def test_with_a_target_shown(open_page: Opener, target: str, width: int, scheme: str) -> None:
    page = open_page(target, width=width, scheme=scheme)
    shown = page.locator(":target")
    expect(shown).to_be_in_viewport()
    assert violations(page) == []


@SCHEMES
def test_with_a_ticked_checklist(open_page: Opener, scheme: str) -> None:
    page = open_page(paths_with("checklist(")[0], width=360, scheme=scheme)
    page.locator(".guide-checklist__box").first.check()
    assert violations(page) == []
