"""On paper, Letter and A4, upright: nothing is lost, nothing runs off the sheet, the frame of the screen is gone."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import SAMPLE, STICKS_OUT, Opener, paths_with

pytestmark = [pytest.mark.browser, pytest.mark.site]

SHEETS = {"Letter": (612, 792), "A4": (595, 842)}
MARGIN = 16 * 72 / 25.4
"""Points at the sides, as in print.css."""


PRINTED = [path for path in SAMPLE if path not in paths_with("worksheet(")]
"""Without tools to fill in, which print as forms: test_worksheets.py looks at those."""

# Every text of the article and the bar, whatever the styles do with it, but for what is of use on a screen only. The
# address that paper shows after a link belongs to its text.
TEXTS = """() => {
  const left = ".guide-contents, .guide-letters, .guide-checklist__status, .guide-comparison__picker,"
    + " .guide-comparison__head, .guide-embed-link, .guide-foot__embed, .guide-foot__offline, .guide-foot__fold,"
    + " .guide-fold > summary, .guide-visually-hidden,"
    + " .guide-words__more, .guide-words__back, .guide-leave-limits, .guide-bar__numbers, .headerlink, script, style";
  const blocks = [];
  const all = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption, label, summary, text, blockquote, pre";
  for (const part of document.querySelectorAll("article, .guide-bar"))
    for (const block of part.querySelectorAll(all)) {
      if (block.closest(left)) continue;
      const texts = [];
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const holder = walker.currentNode.parentElement;
        if (holder.closest(all) !== block || holder.closest(left)) continue;
        texts.push(walker.currentNode.data);
        const link = holder.closest("a[href]");
        const after = link && getComputedStyle(link, "::after").content;
        if (after && after.includes("http")) texts.push(` (${link.href})`);
      }
      if (texts.join("").trim()) blocks.push(texts.join(""));
    }
  return blocks;
}"""


def words(text: str) -> list[str]:
    """Give the words of a text, each without its hyphens and marks."""
    return re.findall(r"\w+", re.sub(r"[\u00ad\u2010-]\s*", "", text).casefold())


def printed(page: Page, sheet: str) -> PdfReader:
    """Print a page as the browser does when nobody changes its settings."""
    return PdfReader(io.BytesIO(page.pdf(format=sheet, prefer_css_page_size=False)))


@pytest.fixture(params=SHEETS)
def sheet(request: pytest.FixtureRequest) -> str:
    """A size of paper."""
    return request.param


@pytest.mark.parametrize(("sheet", "javascript"), [("Letter", True), ("A4", False)], ids=["script", "no-script"])
@pytest.mark.parametrize("path", PRINTED)
def test_every_word_is_on_paper(open_page: Opener, path: str, sheet: str, javascript: bool) -> None:
    page = open_page(path, javascript=javascript)
    page.emulate_media(media="print")
    texts = page.evaluate(TEXTS)
    assert len(texts) > 5
    pdf = [each.extract_text() for each in printed(page, sheet).pages]
    whole = "".join(words("\n".join(pdf)))
    split = [text for text in texts if "".join(words(text)) not in whole]
    # A text that a page's end or a neighbor divides: its words must all be there, as often as in the page.
    lost = Counter(word for text in texts for word in words(text)) - Counter(words("\n".join(pdf)))
    assert [
        (text, [word for word in words(text) if word in lost]) for text in split if set(words(text)) & set(lost)
    ] == []
    assert len(split) < max(3, len(texts) / 10), split


@pytest.mark.parametrize("path", PRINTED)
def test_nothing_runs_off_the_sheet(open_page: Opener, path: str, sheet: str) -> None:
    width, height = SHEETS[sheet]
    page = open_page(path, width=round((width - 2 * MARGIN) * 96 / 72))
    page.emulate_media(media="print")
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    for each in printed(page, sheet).pages:
        assert float(each.mediabox.width) == pytest.approx(width, abs=1.5)  # Chromium rounds up
        assert float(each.mediabox.height) == pytest.approx(height, abs=1.5)
        places: list[tuple[float, float, str]] = []

        def note(text: str, user: list[float], matrix: list[float], *_: object) -> None:
            x = user[0] * matrix[4] + user[2] * matrix[5] + user[4]
            y = user[1] * matrix[4] + user[3] * matrix[5] + user[5]
            if text.strip():
                places.append((x, y, text))  # noqa: B023

        each.extract_text(visitor_text=note)
        assert places
        assert [
            place for place in places if not (MARGIN - 4 < place[0] < width - MARGIN and 0 < place[1] < height)
        ] == []


@pytest.mark.parametrize("path", PRINTED)
def test_danger_comes_first_and_the_frame_is_left_out(open_page: Opener, path: str) -> None:
    page = open_page(path)
    bar = words(page.locator(".guide-bar__text").inner_text())
    parts = ("#guide-menu .guide-menu__list", "#guide-search")
    frame = [words(page.locator(each).first.text_content() or "") for each in parts]
    first, *rest = ("".join(words(each.extract_text())) for each in printed(page, "Letter").pages)
    assert first.startswith("".join(bar))
    for text in frame:
        assert text
        assert "".join(text[:8]) not in first + "".join(rest)


@pytest.mark.parametrize("path", ["contribute/", "embed/v1/page/contribute/"])
def test_each_tab_has_its_name_above_it(open_good: Opener, path: str, sheet: str) -> None:
    text = " ".join(words(" ".join(part.extract_text() for part in printed(open_good(path), sheet).pages)))
    assert "by bus take line 4 on foot follow the river" in text
