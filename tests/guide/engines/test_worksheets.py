"""Worksheets in the engines of iPhones and of Firefox: results, what is kept, Back, and frames of other sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guide.rendering.project import read_project
from macros.worksheet import examples
from macros.worksheet.record import Worksheet
from tests.factories import ROOT
from tests.guide.engines.test_frames import SANDBOXES, show
from tests.guide.engines.windows import Window

pytestmark = [pytest.mark.browser, pytest.mark.site]

WORKSHEETS = {each.id: each for each in read_project(ROOT).guide.records("worksheets").values() if each.page}
WITH_RESULTS = [name for name, each in WORKSHEETS.items() if any(part.results for part in each.parts)]

LINE = "document.querySelector('.guide-worksheet input[type=text][data-key]')"
KEEPS = "document.querySelector('[data-do=keep]')"
TYPE = f"""{LINE}.value = arguments[0];
{LINE}.dispatchEvent(new Event('input', {{ bubbles: true }}));"""
RESULTS = """const sheet = guideWorksheet.sheets[0];
sheet.fill(arguments[0]);
return guideWorksheet.all(sheet.root, "output[data-program]").map((output) => output.textContent);"""

OPEN = "return [...document.querySelectorAll('[data-repeat]')].filter((each) => each.checkVisibility()).length"


def path_of(name: str) -> str:
    return str(WORKSHEETS[name].page).removesuffix(".md") + "/"


def saved(worksheet: Worksheet, example: Any) -> dict[str, Any]:
    """Give the answers of an example as a saved file has them."""
    repeats = {each.id: part.repeat is not None for part in worksheet.parts for each in part.fields}
    found: dict[str, Any] = {}
    for answer in examples.typed(worksheet, example):
        key = f"{answer.field.id}.{answer.repeat + 1}" if repeats[answer.field.id] else answer.field.id
        if not answer.text:
            continue
        if answer.field.type == "many":
            found |= {f"{key}/{option.strip()}": True for option in answer.text.split(",")}
        elif answer.field.type == "person":
            name, _, phone = answer.text.partition(",")
            found |= {f"{key}.name": name.strip(), f"{key}.phone": phone.strip()}
        else:
            found[key] = True if answer.field.type == "tick" else answer.text
    return found


@pytest.mark.parametrize("name", WITH_RESULTS)
def test_examples_come_to_what_their_records_say(window: Window, site_url: str, name: str) -> None:
    worksheet = WORKSHEETS[name]
    window.open(site_url + path_of(name))
    assert worksheet.examples
    for example in worksheet.examples:
        shown = iter(window.run(RESULTS, saved(worksheet, example)))
        for part in worksheet.parts:
            written = {each.id: examples.results(worksheet, example)[each.id].split("|") for each in part.results}
            for repeat in range(part.repeat.count if part.repeat else 1):
                for result in part.results:
                    values = written[result.id]
                    value = values[repeat].strip() if repeat < len(values) else ""
                    seen = next(shown)
                    if not value:
                        assert seen.startswith(("Still needed: ", "Not answered")), (example.id, result.id)
                    elif value[:4].isdigit() and value[4:5] == "-":
                        assert value[:4] in seen, "a date is written out"
                    else:
                        assert seen == f"{value} {result.unit or ''}".strip(), (example.id, result.id)


def test_what_is_kept_is_there_again_until_it_is_removed(window: Window, site_url: str) -> None:
    window.open(site_url + path_of("my-safety-plan"))
    window.run(TYPE, "Walk outside")
    assert window.run("return localStorage.length") == 0
    window.click(window.run(f"return {KEEPS}"))
    window.until("return localStorage.length === 1")
    window.reload()
    window.until(f"return {LINE}.value === 'Walk outside' && {KEEPS}.checked")
    window.open(f"{site_url}about/privacy/")
    window.click(window.find("button", "Remove all of it"))
    window.until("return localStorage.length === 0")
    window.open(site_url + path_of("my-safety-plan"))
    assert window.run(f"return {LINE}.value") == ""


def test_what_is_typed_survives_back_from_the_page_cache(window: Window, site_url: str) -> None:
    what_is_typed_survives_back(window, site_url, cached=True)


def test_what_is_typed_survives_back_where_the_page_is_loaded_again(other_window: Window, site_url: str) -> None:
    what_is_typed_survives_back(other_window, site_url, cached=False)


def what_is_typed_survives_back(window: Window, site_url: str, *, cached: bool) -> None:
    window.open(site_url + path_of("my-safety-plan"))
    window.run(TYPE, "Walk")
    window.open(f"{site_url}about/privacy/")
    assert window.back() is cached
    window.until(f"return {LINE}.value === 'Walk'")
    assert window.run("return localStorage.length") == 0


def test_numbers_are_checked_in_words_when_they_are_left(window: Window, site_url: str) -> None:
    window.open(site_url + path_of("what-will-it-cost"))
    box = "document.querySelector('[data-digits]')"
    window.click(window.run(f"return {box}"))
    window.type("many")
    assert window.run(f"return {box}.getAttribute('aria-invalid')") is None
    window.press("Tab")
    window.until(f"return document.getElementById({box}.id + '-wrong').textContent.startsWith('Write a number')")


def test_repeats_open_and_take_the_focus(window: Window, site_url: str) -> None:
    window.open(site_url + path_of("compare-programs"))
    before = window.run(OPEN)
    window.click(window.find("[data-do=more]"))
    assert window.run(OPEN) > before
    assert window.focused("[data-repeat]")


@SANDBOXES
def test_tool_works_in_a_frame(window: Window, site_url: str, clinic: Callable[[str], str], sandbox: str) -> None:
    show(window, site_url, clinic, "worksheet/what-will-it-cost", sandbox=sandbox)
    worksheet = WORKSHEETS["what-will-it-cost"]
    with window.frame("iframe"):
        window.until("return Boolean(window.guideWorksheet)")
        assert window.run("return document.querySelectorAll('[data-do=keep], [data-do=save]').length") == 0
        assert window.is_shown(".guide-worksheet__framed")
        shown = window.run(RESULTS, saved(worksheet, worksheet.examples[0]))
        assert shown[0].startswith("$")
