"""The copy that opens from a disk, unzipped and without a server: menu, search, tools, print; nothing is kept."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect
from pypdf import PdfReader

from tests.browser.conftest import MISSING, PATHS, SAMPLE, STICKS_OUT
from tests.browser.test_axe import COLORS, switch_to_dark, violations
from tests.browser.test_policy import LISTEN, STOPPED

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAGES = [path for path in PATHS if path != MISSING]
LIST = "checklists/questions-to-ask-a-program/"
TOOL = "tools/what-will-it-cost/"
KEEPS_NOTHING = re.compile(r"This copy keeps nothing\. What you type isn't sent anywhere")
BOX = ".guide-checklist__box"
FIRST_FIELD = ".guide-worksheet input[data-digits]"

COPAY = "#guide-search li a[href$='reference/glossary/index.html#copay']"

Opener = Callable[..., Page]


def file(path: str) -> str:
    """Return the file of a page, by the page's address on the website."""
    return f"{path}index.html"


@pytest.fixture
def open_file(browser: Browser, disk_copy: Path) -> Iterator[Opener]:
    """Open pages of the copy from the disk; afterwards no page may have asked for more than files, or met an error."""
    seen: list[str] = []
    contexts = []

    def request(request: Request) -> None:
        if not request.url.startswith((f"{disk_copy.parent.as_uri()}/", "blob:", "data:")):
            seen.append(f"request to {request.url}")

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.append(message.text)

    def opened(path: str, *, width: int = 1280, scheme: Any = "light", javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="en-US",
        )
        context.add_init_script(LISTEN)
        context.on("request", request)
        context.on("console", console)
        context.on("weberror", lambda error: seen.append(str(error.error)))
        contexts.append(context)
        page = context.new_page()
        page.goto((disk_copy / file(path)).as_uri(), wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen == []


def is_at(page: Page, folder: Path, path: str, anchor: str = "") -> None:
    """Check that a file of the copy is open."""
    expect(page).to_have_url((folder / file(path)).as_uri() + anchor)


def kept_by_the_disk(page: Page, folder: Path) -> dict[str, Any]:
    """Return what the browser keeps for all files of the disk, as another file sees it."""
    other = folder.parent / "other.html"
    other.write_text("<!doctype html><title>Another file</title><p>Text.", "utf-8")
    page.goto(other.as_uri())
    found: dict[str, Any] = page.evaluate(KEPT)
    return found


KEPT = """() => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
})"""
NOTHING = {"local": [], "session": [], "cookie": ""}


def test_every_page_opens_under_its_policy(open_file: Opener, disk_copy: Path) -> None:
    page = open_file("")
    for path in PAGES:
        page.goto((disk_copy / file(path)).as_uri(), wait_until="load")
        assert page.locator("main h1").count() == 1, path
        assert page.evaluate(STOPPED) == [], path
        assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)"), path
        assert page.evaluate("getComputedStyle(document.querySelector('.guide-skip')).position") == "fixed", path
    assert kept_by_the_disk(page, disk_copy) == NOTHING


def test_policy_stops_requests_and_frames(browser: Browser, disk_copy: Path) -> None:
    page = browser.new_page()
    page.add_init_script(LISTEN)
    page.goto((disk_copy / file("")).as_uri())
    page.evaluate("fetch('README.txt').catch(() => null)")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('iframe'), { src: 'help-now/index.html' }))"
    )
    page.wait_for_function("stopped.length === 2")
    assert sorted(page.evaluate(STOPPED)) == ["connect-src", "frame-src"]
    page.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_menu_leads_on(open_file: Opener, disk_copy: Path, javascript: bool) -> None:
    page = open_file("", width=390, javascript=javascript)
    page.locator("#guide-menu-button" if javascript else "#guide-menu-link").click()
    page.locator("#guide-menu").get_by_role("link", name="Treatments", exact=True).click()
    is_at(page, disk_copy, "treatment/")
    page.locator(".guide-breadcrumbs a, .guide-header__brand").first.click()
    is_at(page, disk_copy, "")
    page.get_by_role("link", name="More help now").click()
    is_at(page, disk_copy, "help-now/")


def test_search_answers_without_a_worker(open_file: Opener, disk_copy: Path) -> None:
    page = open_file("get-started/")
    page.keyboard.press("/")
    page.keyboard.type("copay", delay=20)
    page.locator(COPAY).click()
    is_at(page, disk_copy, "reference/glossary/", "#copay")
    assert page.evaluate("sessionStorage") is None, "what was asked for is left nowhere, so it isn't marked"
    assert page.evaluate("CSS.highlights.size") == 0

    page.goto((disk_copy / file("")).as_uri() + "#q=want%20to%20die")
    page.wait_for_function("typeof guideSearch === 'function'")
    card = page.locator("#guide-search .guide-hit--card").first
    expect(card.locator("a[href='tel:988']")).to_be_visible()
    card.locator(".guide-hit__more a").click()
    expect(page).to_have_url(re.compile(r"/help-now/index\.html#"))
    assert page.evaluate("document.getElementById(location.hash.slice(1)) !== null")


def test_tool_works_and_says_that_nothing_is_kept(open_file: Opener, disk_copy: Path, tmp_path: Path) -> None:
    page = open_file(TOOL)
    tool = page.locator(".guide-worksheet").first
    expect(tool.get_by_text(KEEPS_NOTHING)).to_be_visible()
    expect(tool.locator("[data-do=keep]")).to_have_count(0)
    field = page.locator(FIRST_FIELD).first
    field.fill("3")
    with page.expect_download() as saved:
        tool.get_by_role("button", name="Save to a file").click()
    target = tmp_path / "saved.json"
    saved.value.save_as(target)
    assert "3" in json.loads(target.read_text("utf-8"))["answers"].values()
    page.on("dialog", lambda dialog: dialog.accept())
    tool.get_by_role("button", name="Clear everything").click()
    expect(field).to_have_value("")
    tool.locator("[data-do=file]").set_input_files(target)
    expect(field).to_have_value("3")
    printed = PdfReader(io.BytesIO(page.pdf()))
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert "This copy is from" in text
    assert "Leave this site" not in text
    assert kept_by_the_disk(page, disk_copy) == NOTHING


@pytest.mark.parametrize("way", ["back", "reload"])
def test_what_was_typed_and_ticked_is_gone_when_the_page_is_left(open_file: Opener, disk_copy: Path, way: str) -> None:
    page = open_file(LIST)
    page.on("dialog", lambda dialog: dialog.accept())
    status = page.locator(".guide-checklist__status").first
    for path, check in (
        (LIST, lambda: expect(page.locator(f"{BOX}:checked")).to_have_count(0)),
        (TOOL, lambda: expect(page.locator(FIRST_FIELD).first).to_have_value("")),
    ):
        page.goto((disk_copy / file(path)).as_uri())
        if path == LIST:
            page.locator(BOX).first.check()
            expect(status).to_have_text(re.compile(r"^1 of \d+ checked\. Your browser can't keep them"))
        else:
            page.locator(FIRST_FIELD).first.fill("3")
        if way == "reload":
            page.reload()
        else:
            page.locator(".guide-header__brand").click()
            is_at(page, disk_copy, "")
            page.go_back()
            is_at(page, disk_copy, path)
        check()
    assert kept_by_the_disk(page, disk_copy) == NOTHING


def test_colors_change_on_the_page_and_are_not_kept(open_file: Opener, disk_copy: Path) -> None:
    page = open_file("help-now/")
    switch_to_dark(page)
    assert kept_by_the_disk(page, disk_copy) == NOTHING


def test_privacy_page_and_builder_say_what_the_copy_does(open_file: Opener, disk_copy: Path) -> None:
    page = open_file("about/privacy/")
    expect(page.locator("#guide-kept").get_by_text(KEEPS_NOTHING)).to_be_visible()
    expect(page.locator("#guide-kept button")).to_have_count(0)
    page.goto((disk_copy / file("for-clinics/embed/")).as_uri())
    expect(page.get_by_text("The embed builder works on the website only:")).to_be_visible()
    expect(page.locator("iframe, #guide-builder")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_fit_and_are_accessible(open_file: Opener, disk_copy: Path, width: int) -> None:
    page = open_file("", width=width)
    for path in [*(path for path in SAMPLE if path != MISSING), TOOL, "about/privacy/", "for-clinics/embed/"]:
        page.goto((disk_copy / file(path)).as_uri(), wait_until="load")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(STICKS_OUT) == [], path
    for path in ("help-now/", TOOL):
        page.goto((disk_copy / file(path)).as_uri(), wait_until="load")
        assert violations(page, preload=False) == [], path
        switch_to_dark(page)
        assert violations(page, runOnly=COLORS, preload=False) == [], path


def test_folder_of_a_plain_web_server_works_too(browser: Browser, disk_copy: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    handler = partial(Quiet, directory=str(disk_copy.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        page = browser.new_page()
        page.add_init_script(LISTEN)
        home = f"http://127.0.0.1:{server.server_port}/{disk_copy.name}/"
        page.goto(home)
        page.get_by_role("link", name="I need help now").click()
        expect(page).to_have_url(f"{home}help-now/index.html")
        page.keyboard.press("/")
        page.keyboard.type("copay", delay=20)
        page.locator(COPAY).click()
        expect(page).to_have_url(f"{home}reference/glossary/index.html#copay")
        page.goto(home + file(LIST))
        page.locator(BOX).first.check()
        assert page.evaluate(STOPPED) == []
        page.goto(f"{home}README.txt")
        assert page.evaluate("Object.keys(localStorage)") == []
        page.close()
        server.shutdown()
        thread.join()
