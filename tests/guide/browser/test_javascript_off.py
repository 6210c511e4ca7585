"""Without JavaScript: the menu, the list that stands in for the search, and the contents of a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from guide.reading.records import load_guide
from tests.browser.conftest import MISSING, PATHS, Opener
from tests.factories import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.site]


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
