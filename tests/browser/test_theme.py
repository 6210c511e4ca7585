"""The frame of every page, used as readers use it: by keyboard, on a phone, in their colors, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from guide.model.addresses import page_address
from guide.model.color import contrast
from tests.browser.conftest import HELP, SEARCH_LINKS, SITE

pytestmark = [pytest.mark.browser, pytest.mark.site]

Opener = Callable[..., Page]
PHONE = {"width": 360, "height": 640}
MISSING = "404.html"

# What a reader sees of the focused element: is it on the screen, is anything in front of it?
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const rects = [...element.getClientRects()].filter((rect) => rect.width && rect.height);
  const seen = rects.length > 0 && rects.some((rect) => {
    const points = [[rect.left + 2, rect.top + 2], [rect.right - 2, rect.bottom - 2],
                    [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2]];
    return points.every(([x, y]) => {
      const top = document.elementFromPoint(Math.min(x, innerWidth - 1), Math.min(y, innerHeight - 1));
      return top && (element.contains(top) || top.contains(element) || top.labels?.length);
    });
  });
  const hidden = element.matches(".tabbed-set > input");  // shown by its label
  return {
    name: (element.getAttribute("aria-label") || element.innerText || element.id || "").trim().slice(0, 60),
    tag: element.tagName, id: element.id,
    onScreen: hidden || (box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight),
    seen: hidden || seen,
    inMenu: !!element.closest("#guide-menu"), inSearch: !!element.closest("#guide-search"),
    inArticle: !!element.closest("article"),
    outline: getComputedStyle(element).outlineStyle,
  };
}"""

OVERFLOW = """() => {
  const scrolls = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement)
      if (/(auto|scroll|hidden|clip)/.test(getComputedStyle(up).overflowX) && up !== document.documentElement
          && up !== document.body) return true;
    return false;
  };
  const wide = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && box.height && box.right > document.documentElement.clientWidth + 1 && !scrolls(element)
      && getComputedStyle(element).clipPath === "none" && element.checkVisibility();
  });
  return wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
}"""

DARK = "() => getComputedStyle(document.body).backgroundColor"
TOKENS = """() => {
  const names = new Set();
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules) {
      const rules = rule.cssRules && rule.cssRules.length ? [...rule.cssRules] : [rule];
      for (const each of rules)
        if (each.style) for (const name of each.style) if (name.startsWith("--guide-")) names.add(name);
    }
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries([...names].sort().map((name) => [name, style.getPropertyValue(name).trim()]));
}"""


@pytest.fixture(scope="session")
def paths(site_url: str) -> list[str]:
    """Every page of the site, as a path below its root."""
    with urlopen(f"{site_url}sitemap.xml") as answer:  # noqa: S310
        places = re.findall(r"<loc>(.*?)</loc>", answer.read().decode())
    root = urlsplit(min(places, key=len)).path
    return [urlsplit(place).path.removeprefix(root) for place in places]


@pytest.fixture(scope="session")
def html(site_url: str, paths: list[str]) -> dict[str, str]:
    """The HTML of every page, and of the page for an address that is not there."""
    pages = {}
    for path in [*paths, MISSING]:
        try:
            with urlopen(site_url + path) as answer:  # noqa: S310
                pages[path] = answer.read().decode()
        except HTTPError as error:
            pages[path] = error.read().decode()
    return pages


@pytest.fixture(scope="session")
def kinds(html: dict[str, str]) -> list[str]:
    """One page of every kind: start, section, longest, with a table, missing."""
    pages = [path for path in html if path != MISSING]
    longest = max(pages, key=lambda path: len(html[path]))
    section = next((path for path in pages if path.count("/") == 1), pages[0])
    table = next((path for path in pages if "<table" in html[path]), longest)
    return list(dict.fromkeys(["", section, longest, table, MISSING]))


@pytest.fixture(scope="session")
def longest(html: dict[str, str]) -> str:
    """The page with the most to tab through."""
    return max(html, key=lambda path: html[path].count("<a "))


def stops(page: Page, most: int = 400) -> Iterator[dict[str, Any]]:
    """What the focus rests on at every press of Tab, until it leaves the page."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return
        yield stop


def tab_to(page: Page, selector: str, most: int = 30) -> None:
    """Press Tab until the selector has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {selector}")


def menu_words(page: Page) -> list[str]:
    """Long words of the menu: each must be found by the search."""
    text = " ".join(page.locator(".guide-menu__link").all_text_contents())
    return sorted(set(re.findall(r"[A-Za-z]{4,}", text)), key=lambda word: (-len(word), word))


def search_for(page: Page, word: str) -> None:
    """Type a word into the open search and wait until its results stay as they are."""
    page.keyboard.type(word, delay=20)
    expect(page.locator(".guide-hit__link").first).to_be_visible(timeout=15_000)
    shown, before = page.locator(".guide-search__output").inner_text(), None
    while shown != before:
        page.wait_for_timeout(400)
        before, shown = shown, page.locator(".guide-search__output").inner_text()


# The menu on a phone


def test_menu_by_keyboard_on_a_phone(open_page: Opener) -> None:
    page = open_page("", **PHONE)
    button = page.locator("#guide-menu-button")
    tab_to(page, "#guide-menu-button")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#guide-menu")).to_be_hidden()

    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert page.evaluate(FOCUSED)["inMenu"]
    links = page.locator("#guide-menu .guide-menu__list a").count()
    reached = 0
    for stop in stops(page, links):
        assert stop["inMenu"] and stop["tag"] == "A" and stop["onScreen"] and stop["seen"], stop
        reached += 1
    assert reached == links > 1

    page.keyboard.press("Escape")
    expect(page.locator("#guide-menu")).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_menu_closes_when_focus_leaves_it(open_page: Opener) -> None:
    page = open_page("", **PHONE)
    page.locator("#guide-menu-button").click()
    page.locator("#guide-menu .guide-menu__list a").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#guide-menu")).to_be_hidden()
    stop = page.evaluate(FOCUSED)
    assert stop is None or (stop["onScreen"] and stop["seen"])


def test_menu_without_javascript(open_page: Opener) -> None:
    page = open_page("", javascript=False, **PHONE)
    expect(page.locator("#guide-menu")).to_be_hidden()
    expect(page.locator("#guide-menu-button")).to_be_hidden()
    page.locator("#guide-menu-link").click()
    expect(page.locator("#guide-menu .guide-menu__list a").first).to_be_visible()
    page.locator("#guide-menu-close-link").click()
    expect(page.locator("#guide-menu")).to_be_hidden()
    expect(page.locator("#guide-search-link:visible")).to_have_count(SEARCH_LINKS)
    expect(page.locator("#guide-search")).to_be_hidden()


def test_current_page_is_marked_in_the_menu(open_page: Opener, kinds: list[str]) -> None:
    for path in kinds[:2]:
        page = open_page(path)
        expect(page.locator("#guide-menu [aria-current=page]")).to_have_count(1)


# The search


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desktop"])
def test_search_by_keyboard(open_page: Opener, size: dict[str, int]) -> None:
    page = open_page("", **size)
    word = menu_words(page)[0]
    button = page.locator("#guide-search-button")
    tab_to(page, "#guide-search-button")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_name(re.compile(r"\w"))
    field = dialog.get_by_role("textbox")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_name(re.compile(r"\w"))

    search_for(page, word)
    results = dialog.locator(".guide-hit__link")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"\d"))

    page.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()
    assert page.evaluate(FOCUSED)["seen"]
    field.focus()
    for _ in range(4):  # past the buttons beside the field
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert stop["inSearch"] and stop["seen"], stop
        if stop["tag"] == "A":
            break
    assert stop["tag"] == "A"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED)["inSearch"]

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desktop"])
def test_search_leaves_the_page_where_it_is(open_page: Opener, longest: str, size: dict[str, int]) -> None:
    page = open_page(longest, **size)
    page.evaluate("window.scrollTo(0, 600)")
    page.wait_for_timeout(200)
    before = page.evaluate("scrollY")
    assert before > 0
    page.locator("#guide-search-button").click()
    page.keyboard.type("abc", delay=20)
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    assert page.evaluate("scrollY") == before


def test_search_leads_to_a_page(open_page: Opener) -> None:
    page = open_page("")
    page.locator("#guide-search-button").click()
    search_for(page, menu_words(page)[0])
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#guide-search")).to_be_hidden()


def test_the_slash_can_be_turned_off(open_page: Opener) -> None:
    """WCAG 2.1.4: speech input presses keys by accident."""
    page = open_page("")
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    for _ in range(2):
        page.keyboard.press("/")
        page.wait_for_timeout(100)
        expect(page.locator("#guide-search")).to_be_hidden()
        page.reload()
    page.locator("#guide-search-button").click()
    expect(page.get_by_role("dialog").get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("dialog").get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()


# Colors


def test_colors_switch_without_reload(open_page: Opener) -> None:
    page = open_page("", scheme="light")
    page.evaluate("window.sameDocument = true")
    button = page.locator("#guide-scheme")
    expect(button).to_have_accessible_name(re.compile(r"\w"))
    seen, names = [], []
    tab_to(page, "#guide-scheme")
    for _ in range(3):
        seen.append(page.evaluate(DARK))
        names.append(button.inner_text())
        page.keyboard.press("Enter")
    assert seen[0] == seen[1] != seen[2], "as on the device (light), light, dark"
    assert len(set(names)) == 3
    assert page.evaluate("window.sameDocument")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.reload()
    assert page.evaluate(DARK) == seen[2], "the choice is kept"


@pytest.mark.parametrize("javascript", [True, False])
def test_colors_follow_the_device(open_page: Opener, javascript: bool) -> None:
    light = open_page("", scheme="light", javascript=javascript).evaluate(DARK)
    dark = open_page("", scheme="dark", javascript=javascript).evaluate(DARK)
    assert light != dark


def test_both_ways_to_dark_are_the_same(open_page: Opener) -> None:
    device = open_page("", scheme="dark").evaluate(TOKENS)
    page = open_page("", scheme="light")
    page.evaluate("document.documentElement.setAttribute('data-guide-scheme', 'dark')")
    assert len(device) > 40
    assert page.evaluate(TOKENS) == device


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tokens_have_contrast(open_page: Opener, scheme: str) -> None:
    tokens = open_page("", scheme=scheme).evaluate(TOKENS)
    states = ["info", "good", "caution", "stop"]
    grounds = ["paper", "paper-raised", *(f"{state}-paper" for state in states)]
    text = [("ink", ground) for ground in [*grounds, "brand-soft"]]
    text += [(ink, ground) for ink in ["link", "link-hover", "link-visited"] for ground in grounds]
    text += [("ink-soft", ground) for ground in ["paper", "paper-raised", "brand-soft"]]
    text += [(f"{state}-ink", ground) for state in states for ground in ["paper", f"{state}-paper"]]
    text += [("on-brand", "brand"), ("bar-ink", "bar-paper")]
    control = [("focus", ground) for ground in [*grounds, "bar-paper"]]
    control += [(f"{state}-line", ground) for state in states for ground in ["paper", f"{state}-paper"]]
    control += [("line-strong", "paper"), ("line-strong", "paper-raised"), ("brand-line", "paper")]
    control += [("brand-line", "paper-raised"), ("bar-line", "bar-paper")]
    control += [(f"data-{number}", "paper") for number in range(1, 5)]
    low = [
        f"{front} on {ground}: {contrast(tokens[f'--guide-{front}'], tokens[f'--guide-{ground}']):.2f}"
        for pairs, least in [(text, 4.5), (control, 3)]
        for front, ground in pairs
        if contrast(tokens[f"--guide-{front}"], tokens[f"--guide-{ground}"]) < least
    ]
    assert low == []


# The signs of a control that need no words: its edge or its ground, against what is around it, and its icons.
SIGNS = """() => {
  const clear = (color) => color === "transparent" || /, 0\\)$/.test(color);
  const ground = (element) => {
    while (element && clear(getComputedStyle(element).backgroundColor)) element = element.parentElement;
    return element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
  };
  const controls = "button, select, textarea, input, [class*='__button'], .guide-home > h2:first-of-type + ul > li";
  const found = [];
  for (const element of document.querySelectorAll(controls)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const around = ground(element.parentElement);
    const name = element.outerHTML.slice(0, 100);
    if (["checkbox", "radio"].includes(element.type)) {
      if (style.accentColor !== "auto") found.push([`checked: ${name}`, [style.accentColor], around]);
      continue;
    }
    const signs = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(style[`border${side}Width`]) > 0)
      .map((side) => style[`border${side}Color`]).filter((color) => !clear(color));
    if (!clear(style.backgroundColor) && style.backgroundColor !== around) signs.push(style.backgroundColor);
    if (signs.length) found.push([`edge: ${name}`, signs, around]);
    // A thick edge is a sign of its own, whatever the others are.
    if (parseFloat(style.borderInlineStartWidth) > 3)
      found.push([`thick edge: ${name}`, [style.borderInlineStartColor], around]);
    for (const icon of element.querySelectorAll("svg"))
      found.push([`icon: ${name}`, [getComputedStyle(icon).fill], ground(element)]);
  }
  return found;
}"""


def hexadecimal(color: str) -> str:
    """Give a color that the browser has computed as #rrggbb."""
    red, green, blue = re.findall(r"[\d.]+", color)[:3]
    return f"#{int(red):02x}{int(green):02x}{int(blue):02x}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_are_seen(open_page: Opener, kinds: list[str], scheme: str) -> None:
    more = [page_address(page) for page in (SITE.embed_page, SITE.suggest_page, SITE.privacy_page) if page]
    faults, edges = [], 0
    for path in dict.fromkeys([*kinds, *more]):
        for name, signs, ground in open_page(path, scheme=scheme).evaluate(SIGNS):
            edges += 1
            found = max(contrast(hexadecimal(sign), hexadecimal(ground)) for sign in signs)
            if found < 3:
                faults.append(f"{path}: {found:.2f}: {name}")
    assert edges > 10
    assert faults == []


# The tiles of the start page

TILES = """(help) => [...document.querySelectorAll(".guide-home > h2:first-of-type + ul > li")].map((tile) => {
  const link = tile.querySelector(":scope > a:first-child");
  const probe = document.body.appendChild(document.createElement("p"));
  probe.style.background = "var(--guide-stop-paper)";
  const red = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return {
    danger: getComputedStyle(tile).backgroundColor === red,
    help: !!link && new URL(link.href).pathname === new URL(help, document.baseURI).pathname,
    line: !!link && getComputedStyle(link).display === "block",
    words: !!link && link.nextElementSibling?.tagName === "EM",
  };
})"""


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_tile_of_the_help_page_alone_has_the_colors_of_danger(open_page: Opener, javascript: bool) -> None:
    tiles = open_page("", javascript=javascript, bypass_csp=True).evaluate(TILES, HELP)
    assert [tile["danger"] for tile in tiles] == [tile["help"] for tile in tiles]


def test_words_of_a_tile_go_on_after_its_link(open_page: Opener, open_good: Opener) -> None:
    tiles = [*open_page("").evaluate(TILES, HELP), *open_good("").evaluate(TILES, "help/")]
    assert [tile["line"] for tile in tiles] == [tile["words"] for tile in tiles]
    assert [tile["danger"] for tile in tiles[-4:]] == [False] * 4, "the good site's tiles lead elsewhere"


def test_whole_tile_leads_where_its_link_does_and_its_other_links_elsewhere(open_good: Opener) -> None:
    page = open_good("")
    tile = page.locator(".guide-home > h2:first-of-type + ul > li").first
    tile.locator("a").nth(1).click()
    expect(page).to_have_url(re.compile("#list-first-lesson$"))
    page.go_back()
    tile.click(position={"x": 20, "y": 8})
    expect(page).to_have_url(re.compile("/top-level/$"))


# Focus


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desktop"])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_focus_is_seen_from_the_first_stop_to_the_last(
    open_page: Opener, longest: str, size: dict[str, int], javascript: bool
) -> None:
    page = open_page(longest, javascript=javascript, **size)
    bad, article = [], 0
    for number, stop in enumerate(stops(page)):
        if number == 0:
            assert stop["tag"] == "A" and not stop["inArticle"], "the skip link comes first"
        article += stop["inArticle"]
        if not (stop["onScreen"] and stop["seen"] and stop["outline"] != "none"):
            bad.append(stop)
    assert article > 2
    assert bad == []


def test_focus_is_seen_on_the_way_back(open_page: Opener, longest: str) -> None:
    page = open_page(longest, **PHONE)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.locator("a:visible").last.focus()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        assert stop["onScreen"] and stop["seen"], stop


def test_skip_link_leads_into_the_page(open_page: Opener, kinds: list[str]) -> None:
    for path in kinds:
        page = open_page(path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert stop is not None
        assert page.evaluate("!!document.activeElement.closest('main, .guide-pager')"), (path, stop)


def test_controls_are_large_enough(open_page: Opener) -> None:
    page = open_page("", **PHONE)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".guide-header a, .guide-header button, .guide-bar a, .guide-pager a")]
          .filter((element) => element.checkVisibility()).map((element) => {
            const box = element.getBoundingClientRect(); return [element.outerHTML.slice(0, 80), box.width, box.height];
          })"""
    )
    assert [size for size in sizes if size[1] < 24 or size[2] < 24] == []
    assert [size for size in sizes if "<button" in size[0] and (size[1] < 44 or size[2] < 44)] == []


# The bar and the foot


def test_bar_and_foot_are_on_every_page(html: dict[str, str]) -> None:
    for path, text in html.items():
        assert text.count('class="guide-bar"') == 1, path
        assert text.count('class="guide-foot') >= 1, path
        assert text.index('class="guide-bar"') < text.index("<main"), path


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"javascript": False},
        {"forced_colors": "active"},
        {"scheme": "dark"},
        {"width": 320, "height": 480},
    ],
    ids=["plain", "no-script", "forced-colors", "dark", "320"],
)
def test_bar_is_in_sight(open_page: Opener, kinds: list[str], options: dict[str, Any]) -> None:
    for path in kinds:
        page = open_page(path, **options)
        bar = page.locator(".guide-bar")
        expect(bar).to_be_in_viewport(ratio=1)
        expect(bar.locator("a[href^='tel:']").first).to_be_visible()
        covered = bar.evaluate(
            "bar => { const box = bar.getBoundingClientRect();"
            " return !bar.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)); }"
        )
        assert not covered, path


def test_print_keeps_bar_and_foot_and_drops_the_frame(open_page: Opener, kinds: list[str]) -> None:
    for path in kinds:
        page = open_page(path, width=720, scheme="dark")
        page.locator("#guide-search-button").click()
        page.emulate_media(media="print")
        expect(page.locator(".guide-bar")).to_be_visible()
        expect(page.locator(".guide-foot").last).to_be_visible()
        for frame in [
            ".guide-header",
            "#guide-menu",
            "#guide-search",
            ".guide-toc",
            ".guide-skip",
            ".guide-breadcrumbs",
        ]:
            for each in page.locator(frame).all():
                expect(each).to_be_hidden()
        paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--guide-paper')")
        red = int(paper.strip()[1:3], 16)
        assert red > 200, "paper is light whatever the screen is"


# Room


@pytest.mark.parametrize(
    ("width", "style"),
    [
        (320, ""),
        (360, "html { font-size: 250% !important }"),
        (1280, "html { font-size: 250% !important }"),
        (
            320,
            "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
            " p { margin-block-end: 2em !important }",
        ),
    ],
    ids=["320", "200%-phone", "200%-desktop", "text-spacing"],
)
def test_nothing_is_wider_than_the_window(open_page: Opener, kinds: list[str], width: int, style: str) -> None:
    for path in kinds:
        page = open_page(path, width=width, height=800, bypass_csp=True)
        if style:
            page.add_style_tag(content=style)
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path
        assert page.evaluate(OVERFLOW) == [], path
        lost = page.evaluate(
            """() => [...document.querySelectorAll(
                ".guide-bar, .guide-header__brand, .guide-menu__link, .guide-pager__link")]
              .filter((element) => element.checkVisibility() &&
                (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
              .map((element) => element.outerHTML.slice(0, 100))"""
        )
        assert lost == [], path


def test_panels_fit_with_large_text(open_page: Opener) -> None:
    page = open_page("", width=320, height=640, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 250% !important }")
    page.locator("#guide-menu-button").click()
    assert page.evaluate("(menu => menu.scrollWidth <= menu.clientWidth + 1)(document.getElementById('guide-menu'))")
    page.keyboard.press("Escape")
    page.locator("#guide-search-button").click()
    assert page.evaluate("(box => box.scrollWidth <= box.clientWidth + 1)(document.getElementById('guide-search'))")
