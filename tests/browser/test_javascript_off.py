"""Without JavaScript the guide reads, navigates, and its lists can be ticked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from guide.reading.records import load_guide
from tests.browser.conftest import MISSING, PATHS, SAMPLE, Opener, paths_with
from tests.factories import ROOT

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
        assert seen["heading"] == 1 and seen["text"] > 200, path
        assert seen["menu"] > 10 and seen["search"] == 1, path
        assert seen["dead"] == [], f"{path}: a button that does nothing"


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path or "home")
def test_the_text_is_the_same_with_and_without(open_page: Opener, path: str) -> None:
    words = []
    for javascript in (True, False):
        page = open_page(path, javascript=javascript)
        # The search has another name where it can't run.
        page.evaluate("document.querySelectorAll('[role=status], .guide-home-search').forEach((each) => each.remove())")
        words.append(page.locator("article").inner_text().split())
    assert words[0] == words[1]


def test_menu_leads_to_a_page_and_on_to_its_neighbors(open_page: Opener, site_url: str) -> None:
    page = open_page("", javascript=False, width=360)
    page.locator("#guide-menu-link").click()
    page.locator("#guide-menu .guide-menu__list").get_by_role("link", name="Treatments", exact=True).click()
    expect(page).to_have_url(f"{site_url}treatment/")
    page.locator("#guide-menu-link").click()
    page.locator("#guide-menu .guide-menu__list").get_by_role("link", name="Group therapy", exact=True).click()
    expect(page).to_have_url(f"{site_url}treatment/group-therapy/")
    page.locator(".guide-pager a[rel=next]").click()
    expect(page).to_have_url(f"{site_url}treatment/cbt/")
    page.locator(".guide-breadcrumbs a").last.click()
    expect(page).to_have_url(f"{site_url}treatment/")


def test_a_list_of_all_pages_stands_in_for_the_search(open_page: Opener, site_url: str) -> None:
    page = open_page("get-started/first-day/", javascript=False)
    page.locator("#guide-search-link").click()
    expect(page).to_have_url(f"{site_url}reference/a-to-z/")
    links = page.locator("article a").evaluate_all("links => links.map((link) => link.href)")
    pages = {link.partition("#")[0] for link in links}
    assert {site_url + path for path in PATHS} - pages <= {site_url, page.url, site_url + MISSING}
    questions = load_guide(ROOT / "data").records("questions")
    assert {f"{site_url}reference/questions/#question-{each}" for each in questions} <= set(links)


def test_contents_of_a_page_open_and_lead_to_a_heading(open_page: Opener) -> None:
    page = open_page("understand/levels-of-care/", javascript=False, width=360)
    page.locator(".guide-contents summary").click()
    link = page.locator(".guide-contents a").nth(1)
    expect(link).to_be_visible()
    link.click()
    expect(page.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("path", paths_with("checklist("))
def test_boxes_can_be_ticked(open_page: Opener, path: str) -> None:
    page = open_page(path, javascript=False, width=320)
    boxes = page.locator(".guide-checklist__box")
    assert boxes.count() > 3
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
