"""The real site in WebKit and in Firefox, and pages of another site that show it in frames."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from guide.reading.records import load_guide
from tests.browser.conftest import *  # noqa: F403
from tests.browser.conftest import Server
from tests.factories import ROOT
from tests.guide.engines.firefox import Firefox
from tests.guide.engines.webkit import WebKit
from tests.guide.engines.windows import Window

ENGINES: dict[str, Callable[..., Window]] = {"webkit": WebKit, "firefox": Firefox}

WITNESS_PATH = "/embed/v1/assets/witness.js"
"""Where the policy of embeds allows scripts, in every sandbox."""
PUBLISHED = load_guide(ROOT / "data").settings.address
"""The address that the site is built for."""

# Neither driver shows the console of a page from its first line on, so this script is put into every page, before all
# others. It runs and reports where the policy allows no more than scripts of the site.
WITNESS = """(function () {
  var address = document.currentScript.src + "?" + location.pathname + ": ";
  function tell(said) {
    var script = document.createElement("script");
    script.src = address + encodeURIComponent(said);
    document.documentElement.append(script);
  }
  addEventListener("error", function (event) { if (event.message) tell(event.message); });
  addEventListener("unhandledrejection", function (event) { tell("rejected: " + event.reason); });
  document.addEventListener("securitypolicyviolation", function (event) {
    tell(event.effectiveDirective + " blocks " + event.blockedURI);
  });
  ["error", "warn"].forEach(function (kind) {
    console[kind] = function () { tell(Array.from(arguments).join(" ")); };
  });
})();"""


class WatchedServer(Server):
    """Serves the site with its own headers and the witness; under the name "localhost", the pages of a clinic."""

    seen: list[str]
    """What went wrong in pages."""
    clinic: dict[str, str]
    """The clinic's pages, by their path."""

    def _own(self, text: str) -> str:
        """Return a text with the address of this server in place of that of the site.

        Links of embeds lead there, and their policy allows scripts from there: WebKit matches 'self' with nothing in a
        sandboxed frame.
        """
        return text.replace(PUBLISHED, f"http://{self.headers['Host']}/")

    def send_header(self, keyword: str, value: str) -> None:
        """Send a header."""
        super().send_header(keyword, self._own(value))

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        file = Path(self.translate_path(self.path))
        if self.headers["Host"].startswith("localhost:"):
            self._send(self.clinic.get(address.path, ""), own=False)
        elif address.path == WITNESS_PATH:
            # An embed has no icon. WebKit asks for one where it is opened by itself, and the policy blocks that.
            if address.query and "favicon.ico" not in address.query:
                self.seen.append(unquote(address.query))
            self._send("" if address.query else WITNESS, "text/javascript")
        elif (file := file / "index.html" if self.path.endswith("/") else file).suffix == ".html" and file.is_file():
            head, tag, rest = self._own(file.read_text("utf-8")).partition("<head>")
            self._send(f'{head}{tag}<script src="{WITNESS_PATH}"></script>{rest}')
        else:
            super().do_GET()

    def _send(self, text: str, kind: str = "text/html", *, own: bool = True) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if own:
            self.end_headers()
        else:
            super(Server, self).end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def watched(site_folder: Path) -> Iterator[tuple[str, type[WatchedServer]]]:
    """The address of the site, which ends in "/", and what its server sees."""

    class OneServer(WatchedServer):
        seen: list[str] = []
        clinic: dict[str, str] = {}

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(OneServer, directory=str(site_folder))) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", OneServer
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site_url(watched: tuple[str, type[WatchedServer]]) -> str:
    """The address of the site; ends in "/"."""
    return watched[0]


@pytest.fixture(
    scope="session", params=[pytest.param(engine, marks=getattr(pytest.mark, engine)) for engine in ENGINES]
)
def start(request: pytest.FixtureRequest) -> Callable[..., Window]:
    """Start an engine."""
    found = subprocess.run([ROOT / f"scripts/{request.param}.sh"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(found.stderr, pytrace=False)
    return partial(ENGINES[request.param], found.stdout.strip())


@pytest.fixture(scope="session")
def light_browser(start: Callable[..., Window]) -> Iterator[Window]:
    """A browser whose device has light colors."""
    started = start()
    yield started
    started.quit()


@pytest.fixture(scope="session")
def other_browser(start: Callable[..., Window]) -> Iterator[Window]:
    """A browser whose device has dark colors, and which loads pages again on Back."""
    started = start(dark=True, page_cache=False)
    yield started
    started.quit()


@pytest.fixture
def faults(watched: tuple[str, type[WatchedServer]]) -> Iterator[list[str]]:
    """What goes wrong in pages of the site; at the end it must be nothing."""
    _, server = watched
    server.seen.clear()
    yield server.seen
    assert server.seen == []


@pytest.fixture
def window(light_browser: Window, site_url: str, faults: list[str]) -> Iterator[Window]:
    """A window as wide as a phone; nothing is kept from another test."""
    yield from _as_new(light_browser, site_url)


@pytest.fixture
def other_window(other_browser: Window, site_url: str, faults: list[str]) -> Iterator[Window]:
    """The same in the browser with dark colors and no page cache."""
    yield from _as_new(other_browser, site_url)


def _as_new(window: Window, site_url: str) -> Iterator[Window]:
    window.resize(390, 844)
    yield window
    if window.run("return location.origin + '/'") != site_url:
        window.open(site_url)
    window.run("localStorage.clear()")
    window.open("about:blank")


@pytest.fixture
def clinic(watched: tuple[str, type[WatchedServer]]) -> Callable[[str], str]:
    """Publish a page of a clinic, on an origin of its own, that holds this; return its address."""
    url, server = watched

    def publish(body: str) -> str:
        path = f"/{len(server.clinic)}.html"
        head = '<meta charset="utf-8"><title>A clinic</title><meta name="viewport" content="width=device-width">'
        server.clinic[path] = f'<!doctype html><html lang="en"><head>{head}</head><body><h1>A clinic</h1>{body}</body>'
        return url.replace("127.0.0.1", "localhost").rstrip("/") + path

    return publish
