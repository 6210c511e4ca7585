"""The real site, built once for the run and served on the loopback, and pages of it in Chromium."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from guide.model.addresses import embed_path, page_address, page_id
from guide.reading.records import load_guide
from tests.conftest import built_once
from tests.factories import ROOT
from tests.hosts import Rules, headers_for, read_headers
from tests.trees import Node, parse

MISSING = "404.html"
SOURCES = {page_address(path.relative_to(ROOT / "docs").as_posix()): path for path in (ROOT / "docs").rglob("*.md")}
PATHS = [*sorted(SOURCES), MISSING]
"""Every page, as an address below the site's root: known before the site is built, so that tests are named by it."""


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built by the real command, once for all workers of a run."""
    return built_once(tmp_path_factory, "guide", ROOT)


@pytest.fixture(scope="session")
def disk_copy(tmp_path_factory: pytest.TempPathFactory, site_folder: Path) -> Path:
    """The guide's copy for a disk, packed by the real command and unpacked in a folder with a space in its name."""
    folder = tmp_path_factory.mktemp("disk") / "My files"
    archive = folder.with_name("copy.zip")
    command = [sys.executable, "-m", "guide.commands.disk_copy", "--site", str(site_folder), "--zip", str(archive)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with ZipFile(archive) as packed:
        packed.extractall(folder)
    (unpacked,) = folder.iterdir()
    return unpacked


@lru_cache
def _rules(directory: str) -> Rules:
    return read_headers(Path(directory))


class Server(SimpleHTTPRequestHandler):
    """Serves the site as a host would: with its headers, and its own page for an address that is not there."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Add what the site's own file of headers says."""
        for name, values in headers_for(_rules(self.directory), urlsplit(self.path).path).items():
            for value in values:
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send 404.html."""
        if code != HTTPStatus.NOT_FOUND:
            return super().send_error(code, message, explain)
        body = Path(self.directory, MISSING).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a site; its address ends in "/"."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(folder))) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site_url(site_folder: Path) -> Iterator[str]:
    """The address of the site; ends in "/"."""
    with served(site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def good_url(good_site: Path) -> Iterator[str]:
    """The address of the good site; ends in "/"."""
    with served(good_site) as address:
        yield address


@pytest.fixture(scope="session")
def page_paths() -> list[str]:
    """Every page of the site, and the page for an address that is not there."""
    return PATHS


@pytest.fixture(scope="session")
def documents(site_folder: Path) -> dict[str, Node]:
    """The HTML of every page."""

    return {path: parse(page_file(site_folder, path).read_text("utf-8"), whole=False) for path in PATHS}


def page_file(site: Path, path: str) -> Path:
    """Give the file of a page."""
    return site / path if path == MISSING else site / path / "index.html"


def paths_with(call: str) -> list[str]:
    """Give the pages that begin a line with a call, such as `checklist(`; one that quotes it does not count."""
    begins = re.compile(rf"^ *\{{\{{ {re.escape(call)}", re.MULTILINE)
    fence = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
    return [path for path in sorted(SOURCES) if begins.search(fence.sub("", SOURCES[path].read_text("utf-8")))]


class Witness:
    """Writes down what a page must not do."""

    def __init__(self, site_url: str) -> None:
        self.host = urlsplit(site_url).netloc
        self.seen: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Look on at every page of a context."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"error: {error.error}"))

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != self.host:
            self.seen.append(f"request to {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        missing = message.page and message.location["url"] == message.page.url and "404" in message.text
        if message.type in ("error", "warning") and not missing:
            self.seen.append(f"console: {message.text} ({message.location['url']})")


Opener = Callable[..., Page]


@contextmanager
def opening(browser: Browser, site_url: str) -> Iterator[Opener]:
    """Open pages of a site; afterwards none of them may have met an error or asked another host."""
    witness = Witness(site_url)
    contexts: list[BrowserContext] = []

    def opened(
        path: str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
        javascript: bool = True,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            locale="en-US",
            **options,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        witness.watch(context)
        page = context.new_page()
        page.goto(site_url + path, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert witness.seen == []


@pytest.fixture
def open_page(browser: Browser, site_url: str) -> Iterator[Opener]:
    """Open pages of the site."""
    with opening(browser, site_url) as opener:
        yield opener


@pytest.fixture
def open_good(browser: Browser, good_url: str) -> Iterator[Opener]:
    """Open pages of the good site."""
    with opening(browser, good_url) as opener:
        yield opener


@pytest.fixture
def page(open_page: Opener) -> Page:
    """The start page."""
    return open_page("")


GUIDE = load_guide(ROOT / "data")
SITE = GUIDE.settings
BAR = [number for each in SITE.emergency if (number := GUIDE.records("helplines")[each].number)]
"""The phone numbers of the emergency bar."""
HELP = page_address(SITE.help_page)
SEARCH_LINKS = int("no_script_search:" in (ROOT / "mkdocs.yml").read_text("utf-8"))
"""How many links a page has to a list of all pages, in place of the search, where no script runs."""
HELP_EMBED = embed_path(f"page/{page_id(SITE.help_page)}")
BUILDER = page_address(SITE.embed_page) if SITE.embed_page else ""
"""Where the guide's own settings say that these pages are; "" for a guide without an embed builder."""
needs_builder = pytest.mark.skipif(not BUILDER, reason="this guide has no embed builder")
BLOCKS = (
    "comparison_table(",
    "schedule(",
    "timeline(",
    "therapies(",
    "technologies(",
    "glossary(",
    "chart(",
    "checklist(",
    "worksheet(",
)
SAMPLE = list(dict.fromkeys(["", HELP, *(path for call in BLOCKS for path in paths_with(call)[:1]), MISSING]))
"""One page with each kind of block, the start page and the missing one: for what is too slow to ask of every page."""

SCROLLED = "y => window.scrollTo({ top: y, behavior: 'instant' })"

# What is wrong with the place of the focus, or null: nothing must hide it, and a ring must show it.
FOCUS_FAULT = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return "the focus is nowhere";
  const name = element.outerHTML.slice(0, 120);
  const rects = [...element.getClientRects()].filter((rect) => rect.width && rect.height);
  if (!rects.length) return `no size: ${name}`;
  const inside = rects.filter((rect) => rect.bottom > 0 && rect.top < innerHeight && rect.left >= -1
    && rect.right <= innerWidth + 1);
  if (!inside.length) return `off screen: ${name}`;
  const seen = inside.some((rect) => {
    const x = (rect.left + rect.right) / 2;
    const y = (Math.max(rect.top, 0) + Math.min(rect.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element));
  });
  if (!seen) return `covered: ${name}`;
  const style = getComputedStyle(element);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `no ring: ${name}`;
  return null;
}"""

# Elements that stick out of the window and that no frame of their own lets the reader scroll to.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const framed = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (/(auto|scroll)/.test(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  const hidden = (element) => element.closest(".guide-visually-hidden, .guide-comparison__head, .guide-table thead")
    && getComputedStyle(element.closest("thead, .guide-visually-hidden")).clipPath !== "none";
  return [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && box.height && (box.right > width + 1 || box.left < -1) && element.checkVisibility()
      && getComputedStyle(element).clipPath === "none" && !framed(element) && !hidden(element)
      && !element.closest(".guide-skip, svg");
  }).slice(0, 5).map((element) => element.outerHTML.slice(0, 140));
}"""

# Elements whose text is cut off by their own edges.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  const cuts = (way, inner, outer) => /(hidden|clip)/.test(way) && inner > outer + 1;
  return element.checkVisibility() && element.innerText && element.innerText.trim() && style.clipPath === "none"
    && (cuts(style.overflowY, element.scrollHeight, element.clientHeight)
      || cuts(style.overflowX, element.scrollWidth, element.clientWidth));
}).slice(0, 5).map((element) => element.outerHTML.slice(0, 140))"""
