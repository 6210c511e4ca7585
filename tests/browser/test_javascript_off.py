"""Without JavaScript the guide reads, navigates, and its lists can be ticked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATHS, SAMPLE, SEARCH_LINKS, Opener, paths_with

pytestmark = [pytest.mark.browser, pytest.mark.site]

READ = """() => {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((each) =>
    each.checkVisibility({ visibilityProperty: true }));
  return {
    heading: shown("main h1").length,
    text: document.querySelector("article").innerText.length,
    menu: shown("#guide-menu .guide-menu__list a").length,
    search: shown("#guide-search-link").length,
    dead: shown("button").map((each) => each.outerHTML.slice(0, 80)),
  };
}"""


def test_every_page_reads_and_has_its_menu(open_page: Opener, site_url: str) -> None:
    page = open_page("", javascript=False)
    for path in PATHS:
        page.goto(site_url + path)
        seen = page.evaluate(READ)
        assert seen["heading"] == 1 and seen["text"] > 100, path
        assert seen["menu"] > 1 and seen["search"] == SEARCH_LINKS, path
        assert seen["dead"] == [], f"{path}: a button that does nothing"


# A tool to fill in says other things where it can't work out anything: test_worksheets.py.
@pytest.mark.parametrize(
    "path", [path for path in SAMPLE if path not in paths_with("worksheet(")], ids=lambda path: path or "home"
)
def test_the_text_is_the_same_with_and_without(open_page: Opener, path: str) -> None:
    words = []
    for javascript in (True, False):
        page = open_page(path, javascript=javascript)
        # The search has another name where it can't run.
        page.evaluate("document.querySelectorAll('[role=status], .guide-home-search').forEach((each) => each.remove())")
        words.append(page.locator("article").inner_text().split())
    assert words[0] == words[1]


@pytest.mark.parametrize("path", paths_with("checklist("))
def test_boxes_can_be_ticked(open_page: Opener, path: str) -> None:
    page = open_page(path, javascript=False, width=320)
    boxes = page.locator(".guide-checklist__box")
    assert boxes.count() > 2, "a list of two or fewer is no list"
    boxes.first.check()
    expect(boxes.first).to_be_checked()
    page.locator(".guide-checklist__text").last.click(position={"x": 3, "y": 8})
    expect(boxes.last).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()


@pytest.mark.parametrize("path", paths_with("comparison_table("))
def test_another_option_can_be_picked(open_page: Opener, path: str) -> None:
    page = open_page(path, javascript=False, width=320)
    page.locator("details").evaluate_all("boxes => boxes.forEach((box) => { box.open = true; })")
    for table in page.locator(".guide-comparison:has(.guide-comparison__picker)").all():
        choices = table.locator(".guide-comparison__choice")
        rows = table.locator(".guide-comparison__row").count()
        for number in range(2, choices.count()):
            name = re.sub(r"\s+", " ", choices.nth(number).inner_text()).strip()
            choices.nth(number - 1).locator("input").uncheck()
            choices.nth(number).locator("input").check()
            shown = table.locator(f".guide-comparison__cell--{number + 1}:visible")
            expect(shown).to_have_count(rows)
            expect(table.locator(f".guide-comparison__cell--{number}:visible")).to_have_count(0)
            for cell in shown.all():
                expect(cell.locator(".guide-comparison__name")).to_have_text(name)
                expect(cell.locator(".guide-comparison__name")).to_be_visible()
