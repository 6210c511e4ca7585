"""Boxes and long tables of this guide on paper."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opener
from tests.browser.test_print import printed, words

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_boxes_are_on_paper_and_ticks_too(open_page: Opener) -> None:
    """A box has no text: it is looked for in the picture of the page as it prints."""
    page = open_page("checklists/questions-to-ask-a-program/", width=720)
    page.emulate_media(media="print")
    boxes = page.locator(".guide-checklist__box")
    empty = boxes.first.screenshot()
    boxes.first.check()
    assert boxes.first.screenshot() != empty
    for box in boxes.all():
        size = box.bounding_box()
        assert size and min(size["width"], size["height"]) > 18
        assert box.evaluate("box => parseFloat(getComputedStyle(box).borderTopWidth)") >= 1


def test_a_long_table_breaks_between_its_rows_under_its_head(open_page: Opener, sheet: str) -> None:
    page = open_page("evidence/does-it-work/")
    table = page.locator(".guide-chart__table").first
    title = "".join(words(page.locator(".guide-chart:has(.guide-chart__table) .guide-chart__title").first.inner_text()))
    head = "".join(words(table.locator("thead").inner_text()))
    rows = ["".join(words(row.inner_text())) for row in table.locator("tbody tr").all()]
    sheets = ["".join(words(each.extract_text())) for each in printed(page, sheet).pages]
    at = [next((number for number, text in enumerate(sheets) if row in text), None) for row in rows]
    assert at[0] is not None and title in sheets[at[0]], "The table begins below its title"
    assert None not in at, "No row is divided"
    assert all(head in sheets[number] for number in at if number is not None)
