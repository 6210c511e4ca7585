"""The copy that opens from a disk, in the engine of iPhones and in Firefox, without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guide.engines.windows import Window

pytestmark = [pytest.mark.browser, pytest.mark.site]

LIST = "checklists/questions-to-ask-a-program/index.html"
TOOL = "tools/what-will-it-cost/index.html"
TICKED = "return document.querySelectorAll('.guide-checklist__box:checked').length"
FIELD = ".guide-worksheet input[data-digits]"
VALUE = f"return document.querySelector('{FIELD}').value"
KEYS = "return Object.keys(localStorage).join()"


def is_at(window: Window, folder: Path, path: str, anchor: str = "") -> None:
    """Wait until a file of the copy is open."""
    window.until("return location.href === arguments[0]", (folder / path).as_uri() + anchor)


def kept(window: Window, folder: Path) -> str:
    """Return what the browser keeps for all files of the disk, as another file sees it."""
    other = folder.parent / "other.html"
    other.write_text("<!doctype html><title>Another file</title><p>Text.", "utf-8")
    window.open(other.as_uri())
    return str(window.run(KEYS))


def test_another_file_would_see_what_is_kept(window: Window, disk_copy: Path) -> None:
    """The other tests rely on it."""
    other = disk_copy.parent / "other.html"
    assert kept(window, disk_copy) == ""
    window.run("localStorage.setItem('guide-scheme', 'dark')")
    window.open(other.as_uri())
    assert window.run(KEYS) == "guide-scheme"
    window.run("localStorage.clear()")


def test_menu_and_links_lead_to_files(window: Window, disk_copy: Path) -> None:
    window.resize(390, 844)
    window.open((disk_copy / "index.html").as_uri())
    assert window.run("return getComputedStyle(document.querySelector('.guide-skip')).position") == "fixed"
    window.click(window.find("button", "Menu"))
    window.click(window.find("#guide-menu a", "Treatments"))
    is_at(window, disk_copy, "treatment/index.html")
    window.click(window.find(".guide-bar__more"))
    is_at(window, disk_copy, "help-now/index.html")
    assert window.back() in (True, False)
    is_at(window, disk_copy, "treatment/index.html")


def test_search_answers(window: Window, disk_copy: Path) -> None:
    window.open((disk_copy / "get-started/index.html").as_uri())
    window.press("/")
    window.find("[role=dialog] input[type=text]")
    window.type("copay")
    window.press("Enter")
    is_at(window, disk_copy, "reference/glossary/index.html", "#copay")
    window.open((disk_copy / "index.html").as_uri() + "#q=overdose")
    window.find("#guide-search .guide-hit--card a[href='tel:911']")


def test_tool_works_out_results_and_nothing_is_kept(window: Window, disk_copy: Path) -> None:
    window.open((disk_copy / TOOL).as_uri())
    assert "This copy keeps nothing." in window.run("return document.querySelector('.guide-worksheet').innerText")
    assert not window.run("return document.querySelector('[data-do=keep]')")
    window.run(
        f"""const field = document.querySelector('{FIELD}');
        field.value = '3';
        field.dispatchEvent(new Event('input', {{ bubbles: true }}));"""
    )
    window.click(window.find("#guide-scheme"))
    assert window.run(VALUE) == "3"
    # A browser asks before it leaves what isn't saved; this one isn't asked.
    window.run("document.querySelector('[data-do=save]').click()")
    assert kept(window, disk_copy) == ""
    window.back()
    assert window.run(VALUE) == ""


def test_ticks_are_gone_on_back(window: Window, disk_copy: Path) -> None:
    window.open((disk_copy / LIST).as_uri())
    window.click(window.find(".guide-checklist__box"))
    assert window.run(TICKED) == 1
    window.click(window.find(".guide-header__brand"))
    is_at(window, disk_copy, "index.html")
    window.back()
    window.until(f"{TICKED} === 0")
    assert kept(window, disk_copy) == ""
