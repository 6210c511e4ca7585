"""The emergency bar: its links are in reach wherever a reader is, and never in the way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FOCUS_FAULT, SCROLLED, Opener
from tests.trees import Node

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAGES = ["", "help-now/", "understand/levels-of-care/", "get-started/choose-a-program/", "reference/glossary/"]
EMBEDS = ["embed/v1/page/help-now/", "embed/v1/comparison/levels-of-care/"]
SIZES = pytest.mark.parametrize("size", [(390, 844), (320, 640), (844, 390), (1280, 800)], ids=str)
TEXT = pytest.mark.parametrize("twice", [False, True], ids=["text-100%", "text-200%"])
TWICE = "html { font-size: 250% !important }"  # the guide's own size is 125 %

# What is wrong with the bar's line: it is at the top and one line high, and a thumb can press each of its links.
FAULTS = """() => {
  const line = document.querySelector(".guide-bar__numbers");
  const links = [...line.querySelectorAll("a")];
  const faults = links.length < 3 ? ["too few links"] : [];
  const box = line.getBoundingClientRect();
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (box.top || box.height > Math.max(44, 1.6 * size) + 3) faults.push(`line from ${box.top}, ${box.height} high`);
  if (line.scrollWidth > line.clientWidth) faults.push("it has to be scrolled");
  for (const link of links) {
    const { left, right, top, bottom, width, height } = link.getBoundingClientRect();
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const seen = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
    if (!seen) faults.push(`${link.textContent}: out of view`);
    if (hit !== link) faults.push(`${link.textContent}: covered`);
    if (width < 44 || height < 44) faults.push(`${link.textContent}: ${width} by ${height}`);
    if (link.scrollHeight > height + 1) faults.push(`${link.textContent}: more than a line`);
  }
  return faults;
}"""
IN_SIGHT = "() => document.querySelector('.guide-bar__numbers').getBoundingClientRect().bottom > 0"
# The lowest edge of what stays in place at the top.
EDGE = """() => Math.max(0, ...[...document.querySelectorAll(".guide-bar__numbers, .guide-header")]
  .map((each) => each.getBoundingClientRect()).filter((box) => box.top <= 60).map((box) => box.bottom))"""


def opened(open_page: Opener, path: str, size: tuple[int, int], twice: bool = False, **options: Any) -> Page:
    page = open_page(path, width=size[0], height=size[1], bypass_csp=twice, **options)
    if twice:
        page.add_style_tag(content=TWICE)
    return page


def scroll(page: Page, share: float) -> None:
    """Scroll to a share of the page's height."""
    height = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    page.evaluate(SCROLLED, height * share)


@SIZES
@TEXT
@pytest.mark.parametrize("path", [*PAGES, *EMBEDS], ids=lambda path: path or "home")
def test_links_are_in_reach_from_every_scroll_position(
    open_page: Opener, path: str, size: tuple[int, int], twice: bool
) -> None:
    page = opened(open_page, path, size, twice)
    for share in (0, 0.5, 1):
        scroll(page, share)
        assert page.evaluate(FAULTS) == [], f"at {share} of the page"


@pytest.mark.parametrize("path", ["help-now/", EMBEDS[0]])
def test_links_are_in_reach_without_javascript(open_page: Opener, path: str) -> None:
    page = opened(open_page, path, (390, 844), javascript=False)
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    box = page.locator(".guide-bar .guide-phone").first.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] < 60


def test_calling_and_texting_are_links_with_names_of_their_own(open_page: Opener) -> None:
    for path in ("", EMBEDS[0]):
        bar = open_page(path).get_by_role("complementary", name="Emergency numbers")
        for name, address in {"Call 911": "tel:911", "Call 988": "tel:988", "Text 988": "sms:988"}.items():
            link = bar.get_by_role("link", name=name, exact=True)
            expect(link).to_have_attribute("href", address)
            expect(link).to_have_text(name)


def test_ways_to_call_and_to_text_have_different_names_on_every_page(documents: dict[str, Node]) -> None:
    shown = 0
    for path, page in documents.items():
        ways: dict[str, set[str]] = {}
        for link in page.find_all("a"):
            if link.attrs.get("href", "").startswith(("tel:", "sms:")):
                name = link.attrs.get("aria-label") or link.text
                assert name.startswith(link.text), (path, name)
                ways.setdefault(name.casefold(), set()).add(link.attrs["href"])
                shown += 1
        assert {name: where for name, where in ways.items() if len(where) > 1} == {}, path
    assert shown > 3 * len(documents)


def test_no_link_stands_in_a_link(documents: dict[str, Node]) -> None:
    for path, page in documents.items():
        assert [link.text for link in page.find_all("a") if "a" in link.ancestors] == [], path


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=str)
def test_help_page_has_a_number_to_tap_on_its_first_screen(open_page: Opener, size: tuple[int, int]) -> None:
    page = opened(open_page, "help-now/", size)
    article = page.locator("article")
    for address in ("tel:911", "tel:988", "sms:988"):
        expect(article.locator(f"a[href='{address}']").first).to_be_in_viewport(ratio=1)
    limits = page.locator("#leave-limits").bounding_box()
    number = article.locator("a[href^='tel:']").first.bounding_box()
    heading = page.locator("h1").bounding_box()
    assert limits and number and heading
    assert heading["y"] < number["y"] < limits["y"]


# It covers nothing


@TEXT
@pytest.mark.parametrize("size", [(390, 844), (320, 640), (844, 390)], ids=str)
@pytest.mark.parametrize("path", ["help-now/", "checklists/questions-to-ask-a-program/", EMBEDS[0]])
def test_nothing_that_has_the_focus_is_behind_what_stays(
    open_page: Opener, path: str, size: tuple[int, int], twice: bool
) -> None:
    page = opened(open_page, path, size, twice)
    stops = 0
    for key, most in (("Tab", 120), ("Shift+Tab", 60)):
        for _ in range(most):
            page.keyboard.press(key)
            if page.evaluate("document.activeElement === document.body || !document.activeElement"):
                break
            assert page.evaluate(FOCUS_FAULT) is None
            stops += 1
    assert stops > 40


@TEXT
@pytest.mark.parametrize("size", [(390, 844), (320, 640), (844, 390), (1280, 800)], ids=str)
@pytest.mark.parametrize("path", ["help-now/", "understand/levels-of-care/", "embed/v1/page/help-now/"])
def test_linked_heading_is_below_what_stays(open_page: Opener, path: str, size: tuple[int, int], twice: bool) -> None:
    page = opened(open_page, path, size, twice)
    headings = page.locator("h2[id]").evaluate_all("all => all.map((each) => each.id)")
    assert len(headings) > 3
    for heading in headings[1:4]:
        page.evaluate("id => { location.hash = id; }", heading)
        page.wait_for_timeout(50)
        box = page.locator(f"#{heading}").bounding_box()
        assert box and page.evaluate(EDGE) <= box["y"] < size[1] / 2, heading


def test_header_stays_only_where_there_is_room_for_it(open_page: Opener) -> None:
    top = "document.querySelector('.guide-header').getBoundingClientRect().top"
    for size, twice, stays in (
        ((390, 844), False, True),
        ((320, 640), False, True),
        ((320, 640), True, False),
        ((844, 390), False, False),
        ((1280, 800), False, True),
    ):
        page = opened(open_page, "understand/levels-of-care/", size, twice)
        scroll(page, 0.5)
        assert (page.evaluate(top) == 46) == stays, (size, twice)


# It gives way


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_bar_gives_way_while_somebody_types(open_page: Opener, javascript: bool) -> None:
    page = opened(open_page, "for-clinics/embed/", (390, 844), javascript=javascript)
    page.locator(".guide-builder-list > summary").first.click()
    page.locator(".guide-builder-list__entry > summary").nth(1).click()
    assert page.evaluate(IN_SIGHT)
    page.locator(".guide-builder-list__entry textarea").nth(1).focus()
    assert not page.evaluate(IN_SIGHT)
    page.locator(".guide-builder-list__entry > summary").nth(1).focus()
    assert page.evaluate(IN_SIGHT)


def test_bar_stays_while_a_box_is_ticked(open_page: Opener) -> None:
    page = opened(open_page, "checklists/questions-to-ask-a-program/", (390, 844))
    page.locator(".guide-checklist__box").last.check()
    assert page.evaluate(IN_SIGHT)


@pytest.mark.parametrize("path", ["help-now/", EMBEDS[0]])
def test_bar_gives_way_in_a_window_of_a_few_lines(open_page: Opener, path: str) -> None:
    page = opened(open_page, path, (844, 200))
    scroll(page, 0.5)
    assert not page.evaluate(IN_SIGHT)
    assert page.evaluate(EDGE) == 0


def test_paper_has_the_words_and_no_line_of_links(open_page: Opener) -> None:
    page = opened(open_page, "help-now/", (720, 900))
    page.emulate_media(media="print")
    expect(page.locator(".guide-bar__numbers")).to_be_hidden()
    expect(page.locator(".guide-bar__text")).to_contain_text("In danger now? Call 911. In crisis? Call or text 988.")
