"""The copy of the guide on a phone: nothing before its reader asks, whole or not at all, never silent of its age."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from guide.outputs.offline_copy import OFFLINE, offline_worker
from guide.reading.records import read_guide
from tests.browser.conftest import PATHS, SAMPLE, Server
from tests.browser.test_axe import COLORS, switch_to_dark, violations
from tests.browser.test_policy import LISTEN, STOPPED
from tests.factories import GOOD
from tests.guide.browser.test_private import KEPT, NOTHING

pytestmark = [pytest.mark.browser, pytest.mark.site]

SAVED = re.compile(r"This copy was saved on [A-Z][a-z]+ \d{1,2}, \d{4}\.")
AGE = re.compile(SAVED.pattern + r" Numbers may have changed\.")
KEEP, REMOVE, CLEAR = "Keep this guide on my phone", "Remove this guide from my phone", "Remove all of it"


class Host:
    """A host that can go away and come back at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.answers = threading.Event()
        self.answers.set()
        self.port = 0
        self.start()

    def start(self) -> None:
        """Serve."""
        host = self

        class Watched(Server):
            # A connection that stays open would outlive the server.
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                host.asked.append(self.path)
                host.answers.wait(60)
                super().do_GET()

        handler = partial(Watched, directory=str(self.folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=partial(self.server.serve_forever, poll_interval=0.05), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Be gone: nobody listens any more."""
        self.answers.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who has never been here, and who knows of every violation of a policy."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-US")
    context.add_init_script(LISTEN)
    yield context
    context.close()


@pytest.fixture
def guide(site_folder: Path) -> Iterator[Host]:
    """The guide at the root of a host."""
    host = Host(site_folder)
    yield host
    if host.thread.is_alive():
        host.stop()


class Pool:
    """The small site of the other topic below /guide/ of a host, which can be built anew."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.site = shutil.copytree(site, folder / "guide")
        rules = (site / "_headers").read_text("utf-8")
        (folder / "_headers").write_text(re.sub(r"^/", "/guide/", rules, flags=re.MULTILINE), "utf-8")
        (folder / "other.html").write_text("<!doctype html><title>Other</title><p>Another page of the host.")
        self.host = Host(folder)
        self.address = f"http://127.0.0.1:{self.host.port}/guide/"

    def build(self, old: str, new: str) -> None:
        """Change the text of one page, and write the worker that belongs to it."""
        self.change(old, new)
        worker = offline_worker(read_guide(GOOD / "data")[0], self.site, "en")
        (self.site / OFFLINE).write_text(worker, "utf-8")

    def change(self, old: str, new: str, *, later: bool = True) -> None:
        """Change the text of one page alone; unless it is later, the host takes it for unchanged."""
        page = self.site / "help/index.html"
        text = page.read_text("utf-8")
        assert old in text
        changed = page.stat().st_mtime + later
        page.write_text(text.replace(old, new), "utf-8")
        os.utime(page, (changed, changed))

    def block(self, page: Page) -> Locator:
        """Open the page where a reader sees and removes what is kept."""
        page.goto(self.address + "calls/top-level/", wait_until="load")
        return page.locator("#guide-kept")


@pytest.fixture
def pool(tmp_path: Path, good_site: Path) -> Iterator[Pool]:
    pool = Pool(tmp_path, good_site)
    yield pool
    if pool.host.thread.is_alive():
        pool.host.stop()


def keep(block: Locator) -> None:
    """Press the button, and wait until all is there."""
    block.get_by_role("button", name=KEEP).click()
    expect(block.locator("#guide-offline").get_by_role("status")).to_have_text(
        re.compile(SAVED.pattern + " You can read and search it without a connection"), timeout=30_000
    )
    expect(block.get_by_text("A copy of this guide")).to_be_visible()


def copies(page: Page) -> list[str]:
    return [str(name) for name in page.evaluate("caches.keys()")]


# Nothing before a reader asks


def test_nothing_is_fetched_or_kept_before_the_reader_asks(context: BrowserContext, guide: Host) -> None:
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{guide.port}/help-now/")
    page.get_by_role("link", name="Keep this guide on your phone").click()
    block = page.locator("#guide-kept")
    expect(block).to_be_in_viewport()
    expect(block.get_by_role("button", name=KEEP)).to_be_visible()
    expect(block.get_by_text("A copy of this guide")).to_be_hidden()
    assert page.evaluate(KEPT) == NOTHING
    assert not [path for path in guide.asked if OFFLINE in path]


# Without a network


def test_every_page_and_the_search_answer_without_a_network(context: BrowserContext, guide: Host) -> None:
    page = context.new_page()
    root = f"http://127.0.0.1:{guide.port}/"
    page.goto(root + "about/privacy/", wait_until="load")
    keep(page.locator("#guide-kept"))
    page.goto(root + "help-now/")
    expect(page.locator(".guide-copy")).to_have_count(0)
    guide.stop()

    ask = """paths => Promise.all(paths.map((path) => fetch(path).then((answer) => answer.text())))"""
    answers = page.evaluate(ask, [root + path for path in PATHS])
    for path, answer in zip(PATHS, answers, strict=True):
        assert len(AGE.findall(answer)) == 1, path
    for path in SAMPLE:
        page.goto(root + path, wait_until="load")
        expect(page.locator(".guide-copy")).to_have_text(AGE)
        assert page.evaluate("getComputedStyle(document.querySelector('.guide-skip')).position") == "fixed"
        assert page.evaluate(STOPPED) == [], path

    page.goto(root + "help-now", wait_until="load")
    expect(page).to_have_url(root + "help-now/")
    expect(page.locator("a[href='tel:988']").first).to_be_visible()
    assert violations(page) == []
    switch_to_dark(page)
    assert violations(page, runOnly=COLORS) == []
    page.locator("#guide-search-button").click()
    page.keyboard.type("copay", delay=20)
    page.locator("#guide-search li a").first.click()
    expect(page.locator(".guide-copy")).to_have_text(AGE)
    assert page.evaluate(STOPPED) == []


def test_network_is_asked_first_and_waited_for_a_while(context: BrowserContext, pool: Pool) -> None:
    page = context.new_page()
    keep(pool.block(page))
    page.goto(pool.address + "help/")
    expect(page.get_by_text("at the desk")).to_be_visible()
    expect(page.locator(".guide-copy")).to_have_count(0)
    pool.change("at the desk", "at the gate")
    page.goto(pool.address + "help/")
    expect(page.get_by_text("at the gate")).to_be_visible()
    expect(page.locator(".guide-copy")).to_have_count(0)
    pool.host.answers.clear()
    page.goto(pool.address + "help/")
    expect(page.get_by_text("at the desk")).to_be_visible()
    expect(page.locator(".guide-copy")).to_have_text(AGE)
    pool.host.answers.set()


# A new version


def test_new_version_takes_over_whole_or_not_at_all(context: BrowserContext, pool: Pool) -> None:
    page = context.new_page()
    keep(pool.block(page))
    first = copies(page)
    assert len(first) == 1
    assert "/guide/ " in first[0]

    pool.build("at the desk", "at the gate")
    pool.change("at the gate", "at the fence")
    assert update(page) == "redundant"
    assert copies(page) == first, "one file is not what was built, so nothing of it is kept"
    pool.host.stop()
    page.goto(pool.address + "help/")
    expect(page.get_by_text("at the desk")).to_be_visible()

    pool.host.start()
    pool.change("at the fence", "at the gate", later=False)
    assert update(page) == "activated"
    second = copies(page)
    assert len(second) == 1
    assert second != first
    pool.host.stop()
    page.goto(pool.address + "help/")
    expect(page.get_by_text("at the gate")).to_be_visible()
    expect(page.locator(".guide-copy")).to_have_text(AGE)


def update(page: Page) -> str:
    """Let the browser look for a new version, as it does from time to time; give how it ended."""
    return str(
        page.evaluate(
            """() => navigator.serviceWorker.getRegistration().then((found) => new Promise((done) => {
              found.addEventListener("updatefound", () => {
                const coming = found.installing;
                coming.addEventListener("statechange", () => {
                  if (["activated", "redundant"].includes(coming.state)) done(coming.state);
                });
              });
              found.update().catch(() => null);
            }))"""
        )
    )


# Removing it


@pytest.mark.parametrize("button", [REMOVE, CLEAR])
def test_both_buttons_remove_the_copy_and_it_can_be_kept_again(
    context: BrowserContext, pool: Pool, button: str
) -> None:
    page = context.new_page()
    keep(pool.block(page))
    # From now on the worker is there while the page is open.
    block = pool.block(page)
    page.evaluate("caches.open('theirs')")
    block.get_by_role("button", name=button).click()
    expect(block.get_by_role("button", name=KEEP)).to_be_visible()
    expect(block.get_by_text("A copy of this guide")).to_be_hidden()
    assert copies(page) == ["theirs"]
    assert page.evaluate("caches.delete('theirs')")
    assert page.evaluate(KEPT) == NOTHING
    keep(block)
    pool.host.stop()
    page.goto(pool.address + "help/")
    expect(page.locator(".guide-copy")).to_have_text(AGE)


def test_pages_of_the_host_outside_the_site_are_left_alone(context: BrowserContext, pool: Pool) -> None:
    page = context.new_page()
    keep(pool.block(page))
    page.goto(f"http://127.0.0.1:{pool.host.port}/other.html")
    assert page.evaluate("navigator.serviceWorker.controller") is None
    page.goto(pool.address)
    assert page.evaluate("navigator.serviceWorker.controller.scriptURL") == pool.address + OFFLINE


# Refusals


def test_copy_that_cannot_be_whole_is_not_kept_and_says_so(context: BrowserContext, pool: Pool) -> None:
    pool.change("at the desk", "at the gate")
    page = context.new_page()
    block = pool.block(page)
    block.get_by_role("button", name=KEEP).click()
    expect(block.get_by_text("Not every page could be saved")).to_be_visible()
    assert page.evaluate(KEPT) == NOTHING
    expect(block.get_by_role("button", name=KEEP)).to_be_visible()


def test_browser_that_refuses_says_so(context: BrowserContext, pool: Pool) -> None:
    """Without https there is no worker; where there could be one, it may be refused."""
    page = context.new_page()
    block = pool.block(page)
    (pool.site / OFFLINE).unlink()
    block.get_by_role("button", name=KEEP).click()
    expect(block.get_by_text("This browser can't keep a copy here.")).to_be_visible()

    def from_pool(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace("http://pool.example/", pool.address)))

    context.route("http://pool.example/**", from_pool)
    page.goto("http://pool.example/calls/top-level/", wait_until="load")
    assert page.evaluate("isSecureContext") is False
    expect(page.get_by_text("This browser can't keep a copy here.")).to_be_visible()
    expect(page.locator("#guide-offline").get_by_role("button")).to_have_count(0)
    nothing = "Right now, this browser has nothing saved from the guide."
    expect(page.locator(".guide-kept__status")).to_have_text(nothing)
