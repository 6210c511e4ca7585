"""Every embed of a guide is sound, and a site of another origin that shows them, for tests."""

from __future__ import annotations

import itertools
import json
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from guide.model.addresses import embed_path, page_id
from guide.model.registry import embed_kinds
from guide.outputs.embeds import THEMES
from guide.reading.records import load_guide
from tests.browser.conftest import BAR
from tests.factories import ROOT
from tests.outputs.test_embeds import frames_in_wordpress
from tests.trees import parse

pytestmark = [pytest.mark.browser, pytest.mark.site]


SNIPPET = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


HEIGHT = "() => document.documentElement.getBoundingClientRect().height"


class Clinic:
    """A site on an origin of its own, and what happens in its pages."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.site = site
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        self.seen: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        clinic = self

        class Server(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                text, headers = clinic.pages.get(self.path, ("", {}))
                self.send_response(200 if text else 204)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
        self.origin = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=partial(self._server.serve_forever, poll_interval=0.05), daemon=True).start()

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self._server.shutdown()
        self._server.server_close()

    def frame(
        self, name: str, *, sandbox: str | None = SNIPPET, theme: str = "", height: int = 400, **more: str
    ) -> str:
        """Give the HTML of a frame."""
        given = "" if sandbox is None else f' sandbox="{sandbox}"'
        rest = "".join(f' {key}="{value}"' for key, value in more.items())
        source = self.site + embed_path(name, theme)
        size = f'width="100%" height="{height}" frameborder="0"'
        return f'<iframe src="{source}" title="{name}" {size}{given}{rest}></iframe>'

    @property
    def script(self) -> str:
        return f'<script src="{self.site}embed/v1/embed.js" async></script>'

    def show(
        self,
        body: str,
        *,
        width: int = 760,
        height: int = 800,
        head: str = "",
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> Page:
        """Open a page of the clinic that holds this."""
        text = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A clinic</title><meta name="viewport" content="width=device-width">{head}</head><body><main><h1>A clinic</h1><p><a href="#before">Before</a></p>{body}<p><a href="#after">After</a></p></main></body></html>'  # noqa: E501
        path = f"/{len(self.pages)}.html"
        self.pages[path] = (text, headers or {})
        context = self._browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(60_000)
        self._contexts.append(context)
        hosts = {urlsplit(self.site).netloc, urlsplit(self.origin).netloc}
        context.on(
            "request",
            lambda request: (
                None
                if urlsplit(request.url).netloc in hosts or request.url.startswith(("data:", "about:"))
                else self.seen.append(f"request to {request.url}")
            ),
        )
        context.on(
            "console",
            lambda message: self.seen.append(message.text) if message.type in ("error", "warning") else None,
        )
        context.on("weberror", lambda error: self.seen.append(str(error.error)))
        page = context.new_page()
        page.goto(self.origin + path, wait_until="load")
        return page


@pytest.fixture
def clinic(browser: Browser, site_url: str) -> Iterator[Clinic]:
    """A clinic's site; afterwards no page of it may have met an error, or asked a third party."""
    made = Clinic(browser, site_url)
    yield made
    made.close()
    assert made.seen == []


def shown(page: Page, index: int = 0) -> Frame:
    """Give the document in a frame."""
    frame = page.locator("iframe").nth(index).element_handle().content_frame()
    assert frame
    frame.wait_for_load_state()
    return frame


def is_wide(inside: Frame, width: int) -> bool:
    """Tell whether a frame has about this width inside."""
    return bool(abs(inside.evaluate("innerWidth") - width) < 20)


def fits(page: Page, index: int = 0) -> bool:
    """Tell whether a frame is as high as what it holds."""
    inside = shown(page, index).evaluate(HEIGHT)
    outside = page.locator("iframe").nth(index).evaluate("frame => frame.clientHeight")
    return bool(abs(inside - outside) <= 2)


def wait_until(holds: Callable[[], bool], page: Page) -> None:
    """Wait for something, at most as long as Playwright waits; a loaded machine is slow."""
    for _ in range(600):
        if holds():
            return
        page.wait_for_timeout(100)
    assert holds()


def test_longest_page_fits_in_the_narrowest_frame(clinic: Clinic, site_folder: Path) -> None:
    pages = (site_folder / "embed/v1/page").glob("*/index.html")
    name = max(pages, key=lambda path: path.stat().st_size).parent.name
    page = clinic.show(clinic.frame(f"page/{name}") + clinic.script, width=300)
    wait_until(lambda: fits(page), page)
    assert page.locator("iframe").evaluate("frame => frame.clientHeight") > 800, "it has grown"


def test_every_embed_is_sound(site_folder: Path) -> None:
    root = site_folder / "embed/v1"
    found = sorted(path for kind in embed_kinds() for path in (root / kind).rglob("index.html"))
    assert found
    for path in found:
        name, text = path.relative_to(root).as_posix(), path.read_text("utf-8")
        page = parse(text.replace("<!doctype html>", ""))
        nodes = list(page.walk())
        levels = [int(node.tag[1]) for node in nodes if re.fullmatch("h[1-6]", node.tag)]
        assert levels.count(1) == 1 and levels[0] == 1, name
        assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == [], name
        ids = [node.attrs["id"] for node in nodes if "id" in node.attrs]
        assert len(ids) == len(set(ids)), name
        for node in nodes:
            assert not {"style"} & set(node.attrs), (name, node.attrs)
            assert not [key for key in node.attrs if key.startswith("on")], (name, node.attrs)
            for pointer in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                assert set(node.attrs.get(pointer, "").split()) <= set(ids), (name, node.attrs)
        for link in page.find_all("a"):
            assert link.text or link.attrs.get("aria-label"), (name, link.attrs)
        for box in page.find_all("input"):
            labels = [node for node in page.find_all("label", **{"for": box.attrs.get("id", "")}) if node.text]
            assert labels or "label" in box.ancestors or box.attrs.get("aria-label"), (name, box.attrs)
        for table in page.find_all("table"):
            assert table.find("caption").text, name
            assert all(head.attrs.get("scope") for head in table.find_all("th")), name
        for picture in page.find_all("svg"):
            assert picture.attrs.get("aria-hidden") == "true" or picture.attrs.get("role") == "img", name
        foot = page.find("footer", class_="guide-embed__foot")
        for words in ("Published by", "Version ", "not medical or legal advice", "License: "):
            assert words in foot.text, (name, words)
        bar = page.find("aside", class_="guide-bar")
        assert all(bar.find_all("a", href=f"tel:{number}") for number in BAR), name
        withdrawn = "is no longer part of this guide" in page.text
        assert withdrawn or "Sources last checked on" in foot.text, name
        for theme in THEMES:
            other = (root / theme / path.relative_to(root)).read_text("utf-8")
            assert f' data-guide-scheme="{theme}"' in other, (name, theme)
            assert other.partition("<body")[2] == text.partition("<body")[2], (name, theme)


def test_wordpress_shows_every_address_of_the_guide(site_folder: Path) -> None:
    root = json.loads((site_folder / "oembed/v1/page/index.json").read_text("utf-8"))["provider_url"]
    shown = frames_in_wordpress(site_folder, root)
    described = {path.relative_to(site_folder).as_posix() for path in (site_folder / "oembed").rglob("*.json")}
    # What describes something that moved, or was replaced, shows it as it is now.
    guide = load_guide(ROOT / "data")
    moved = {page_id(move.was) for move in guide.records("moved").values()}
    gone = {gone.address for gone in guide.withdrawn.values() if gone.shows}
    described = {path for path in described if Path(path).stem not in moved}
    described = {path for path in described if "/".join(Path(path).with_suffix("").parts[-2:]) not in gone}
    assert described == {f"oembed/v1/{path.removeprefix('embed/v1/').rstrip('/')}.json" for path in shown}
