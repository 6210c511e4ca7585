"""One behavior that fails takes no other down: each is broken in turn, and the others still do their work."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from guide.rendering.assets import sources

pytestmark = [pytest.mark.browser, pytest.mark.site]

FILES = [path.stem for path in sources("js")]
START = "(function () {"
CHECKLIST = "checklists/questions-to-ask-a-program/"


def opens_the_sources(page: Page) -> None:
    page.locator(".guide-cite__link").first.click()
    expect(page.locator(".guide-source:target")).to_be_in_viewport()


def counts_ticks(page: Page) -> None:
    expect(page.locator(".guide-checklist__status").first).to_contain_text("0 of")


def leads_away(page: Page) -> None:
    page.locator(".guide-leave__link").click()
    page.wait_for_url("https://www.weather.gov/")


def opens_the_menu(page: Page) -> None:
    page.locator("#guide-menu-button").click()
    expect(page.locator("#guide-menu")).to_be_visible()


def switches_colors(page: Page) -> None:
    page.locator("#guide-scheme").click()
    expect(page.locator("html")).to_have_attribute("data-guide-scheme", "light")


def offers_the_search(page: Page) -> None:
    expect(page.locator("#guide-search-button")).to_be_visible()


def marks_the_part_being_read(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.mouse.wheel(0, 1500)
    expect(page.locator(".guide-toc__link[aria-current]")).to_have_count(1)


def explains_a_word(page: Page) -> None:
    page.locator(".guide-define").first.click()
    expect(page.locator(".guide-word")).to_be_visible()


def leads_to_the_top(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.mouse.wheel(0, 2500)
    expect(page.locator("#guide-top-link")).to_be_visible()


WORK: dict[str, tuple[str, Callable[[Page], None]]] = {
    "checklist": (CHECKLIST, counts_ticks),
    "details": ("understand/what-is-an-iop/", opens_the_sources),
    "leave": ("help-now/", leads_away),
    "menu": ("", opens_the_menu),
    "scheme": ("", switches_colors),
    "search": ("", offers_the_search),
    "toc": ("treatment/medication/", marks_the_part_being_read),
    "top": ("treatment/medication/", leads_to_the_top),
    "words": ("treatment/medication/", explains_a_word),
}
"""What each behavior does, and where it can be seen."""


def broken(script: str, which: int) -> str:
    """Make one of the joined behaviors throw as soon as it runs."""
    starts = [found.start() for found in re.finditer(rf"^{re.escape(START)}$", script, re.MULTILINE)]
    assert len(starts) == len(FILES), "every behavior is a function of its own"
    at = starts[which] + len(START)
    return f'{script[:at]}\nthrow new Error("broken on purpose");{script[at:]}'


@pytest.mark.parametrize("name", FILES)
def test_every_other_behavior_works_while_one_is_broken(browser: Browser, site_url: str, name: str) -> None:
    def answer(route: Route) -> None:
        script = route.fetch()
        route.fulfill(response=script, body=broken(script.text(), FILES.index(name)))

    for other, (path, works) in WORK.items():
        if other == name:
            continue
        with browser.new_context(viewport={"width": 390, "height": 844}) as context:
            errors: list[str] = []
            context.on("weberror", lambda error, errors=errors: errors.append(str(error.error)))
            context.route("https://**", lambda route: route.fulfill(body="Sunny"))
            context.route("**/assets/guide.*.js", answer)
            page = context.new_page()
            page.goto(site_url + path)
            works(page)
            assert ["broken on purpose" in error for error in errors] == [True], "the fault itself is reported"


def test_every_behavior_is_looked_at() -> None:
    # What draws the results of the search does nothing before it opens: test_search.py looks at that.
    assert set(WORK) == {name for name in FILES if not name.startswith("search-")}


@pytest.mark.parametrize("name", WORK)
def test_every_behavior_works_where_storage_is_denied(browser: Browser, site_url: str, name: str) -> None:
    path, works = WORK[name]
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        errors: list[str] = []
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.route("https://**", lambda route: route.fulfill(body="Sunny"))
        context.add_init_script(
            """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
              get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
            })"""
        )
        page = context.new_page()
        page.goto(site_url + path)
        works(page)
        assert errors == []
