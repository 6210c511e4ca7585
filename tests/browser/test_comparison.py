"""A comparison keeps the question in sight on a phone, and its head on a computer; it is a table in both."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SOURCES, Opener, paths_with

pytestmark = [pytest.mark.browser, pytest.mark.site]


def in_a_box(path: str) -> bool:
    """Tell whether the tables of a page stand in boxes, which are too narrow for columns."""
    return not re.search(r"^\{\{ comparison_table", SOURCES[path].read_text("utf-8"), re.MULTILINE)


def unfold(page: Page) -> None:
    """Open what is folded: a table may stand in a box that opens."""
    page.locator("details").evaluate_all("boxes => boxes.forEach((box) => { box.open = true; })")


PATHS = pytest.mark.parametrize("path", paths_with("comparison_table("))

# Scrolls through every row; gives what of it is out of sight while one of its cells fills the middle of the window.
WALK = """([heads, least]) => {
  const faults = [];
  let looks = 0;
  const header = document.querySelector(".guide-header");
  const clear = (element) => {
    const box = element.getBoundingClientRect();
    if (box.top < header.getBoundingClientRect().bottom - 1 || box.bottom > innerHeight) return "outside";
    if (box.left < -1 || box.right > innerWidth + 1) return "beside";
    const lines = [...element.childNodes].map((node) => {
      const range = document.createRange(); range.selectNodeContents(node); return [...range.getClientRects()];
    }).flat().filter((line) => line.width > 2);
    const hidden = lines.some((line) => {
      const top = document.elementFromPoint((line.left + line.right) / 2, (line.top + line.bottom) / 2);
      return !top || !(element.contains(top));
    });
    return lines.length ? (hidden ? "covered" : "") : "empty";
  };
  for (const row of document.querySelectorAll(".guide-comparison__row")) {
    const cells = [...row.querySelectorAll("td")].filter((cell) => cell.checkVisibility());
    if (cells.length < least) faults.push(`${cells.length} cells: ${row.innerText.slice(0, 60)}`);
    const middle = innerHeight / 2;
    const first = Math.min(...cells.map((cell) => cell.getBoundingClientRect().top)) + scrollY - middle;
    const last = Math.max(...cells.map((cell) => cell.getBoundingClientRect().bottom)) + scrollY - middle;
    for (let y = first + 2; y < last; y += 40) {
      window.scrollTo({ top: y, behavior: "instant" });
      const here = cells.some((cell) => {
        const box = cell.getBoundingClientRect(); return box.top <= middle && box.bottom >= middle;
      });
      if (!here) continue;
      looks += 1;
      const watched = heads ? [...row.closest("table").querySelectorAll("thead th")] : [row.querySelector("th")];
      for (const each of watched) {
        const fault = clear(each);
        if (fault) faults.push(`${fault} at ${Math.round(y)}: ${each.innerText.slice(0, 60)}`);
      }
    }
  }
  return { looks, faults: faults.slice(0, 10) };
}"""

# Where the cells of each row stand.
BESIDE = """() => [...document.querySelectorAll(".guide-comparison__row")].map((row) => {
  const cells = [...row.querySelectorAll("td")].filter((cell) => cell.checkVisibility());
  return cells.map((cell) => {
    const box = cell.getBoundingClientRect();
    return { top: Math.round(box.top), bottom: Math.round(box.bottom), left: Math.round(box.left),
      right: Math.round(box.right), width: box.width,
      named: cell.querySelector(".guide-comparison__name").checkVisibility() };
  });
})"""


def roles(page: Page) -> list[tuple[str, Counter[str]]]:
    """Give what the browser tells assistive technology of each comparison: its name, and how often each role."""
    session = page.context.new_cdp_session(page)
    nodes: dict[str, dict[str, Any]] = {
        node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]
    }

    def below(node: dict[str, Any]) -> Counter[str]:
        found = Counter([node["role"]["value"]] if not node["ignored"] else [])
        for child in node.get("childIds", []):
            found += below(nodes[child])
        return found

    tables = [node for node in nodes.values() if not node["ignored"] and node["role"]["value"] == "table"]
    return [(node["name"]["value"], below(node)) for node in tables]


@PATHS
def test_the_question_stays_in_sight_on_a_phone(open_page: Opener, path: str) -> None:
    page = open_page(path, width=320, height=568, javascript=False)
    unfold(page)
    seen = page.evaluate(WALK, [False, 2])
    assert seen["looks"] > 10
    assert seen["faults"] == []


@PATHS
@pytest.mark.parametrize("width", [320, 480])
def test_two_options_stand_under_their_question_on_a_phone(open_page: Opener, path: str, width: int) -> None:
    """Below each other where two columns would be too narrow to read, else side by side."""
    page = open_page(path, width=width, height=568, javascript=False)
    unfold(page)
    rows = page.evaluate(BESIDE)
    assert rows
    for cells in rows:
        assert len(cells) == 2
        one, other = cells
        assert one["bottom"] <= other["top"] or one["right"] <= other["left"]
        assert (one["top"] == other["top"]) is (width == 480)
        assert one["left"] >= 0 and max(one["right"], other["right"]) <= width
        assert min(one["width"], other["width"]) > 150
        assert one["named"] and other["named"]


@pytest.mark.parametrize("path", [path for path in paths_with("comparison_table(") if not in_a_box(path)])
def test_all_options_and_their_names_are_in_sight_on_a_computer(open_page: Opener, path: str) -> None:
    page = open_page(path, width=1280, height=800)
    unfold(page)
    seen = page.evaluate(WALK, [True, 2])
    assert seen["looks"] > 5
    assert seen["faults"] == []
    for table in page.locator(".guide-comparison").all():
        assert table.locator("td:not(:visible)").count() == 0
        assert table.locator(".guide-comparison__picker:visible").count() == 0
        assert table.evaluate("box => box.scrollWidth <= box.clientWidth + 1")


@PATHS
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_a_table_in_both_layouts(open_page: Opener, path: str, width: int) -> None:
    page = open_page(path, width=width)
    unfold(page)
    shown = [
        (table.locator("tbody tr").count(), table.locator("td:visible").count())
        for table in page.locator(".guide-comparison__table").all()
    ]
    exposed = [(name, count) for name, count in roles(page) if count["rowheader"] and name]
    for rows, cells in shown:
        fits = [
            name
            for name, count in exposed
            if count["row"] == rows + 1
            and count["rowheader"] == rows
            and count["cell"] == cells
            # One name for each column that is shown, and the corner: else a reader hears the wrong one.
            and count["columnheader"] == cells / rows + 1
        ]
        assert fits, (rows, cells, exposed)
