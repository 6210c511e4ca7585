"""Firefox without a window, driven by WebDriver BiDi through its own debugging port: no other program is needed."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import websocket

from tests.guide.engines.windows import NotNow, Window

LISTENING = "WebDriver BiDi listening on "

# Arguments and results travel as JSON, but for elements.
WRAPPED = """function (...given) {
  const read = given.map((each) => typeof each === "string" ? JSON.parse(each) : each);
  const value = (function () { %s }).apply(null, read) ?? null;
  return value instanceof Node || value?.window === value ? value : JSON.stringify(value);
}"""


class Element(NamedTuple):
    """An element of the page."""

    id: str


class Firefox(Window):
    """Tabs of one Firefox with an empty profile."""

    engine = "firefox"

    def __init__(self, program: str, *, dark: bool = False, page_cache: bool = True) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="guide-firefox-")
        profile = Path(self._folder.name, "profile")
        profile.mkdir()
        settings = {
            "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
            "browser.sessionhistory.max_total_viewers": -1 if page_cache else 0,
        }
        lines = [f'user_pref("{name}", {value});\n' for name, value in settings.items()]
        (profile / "user.js").write_text("".join(lines))
        # With an empty page, the focus would be in the field for addresses.
        first = "data:,First"
        self._process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile, first],
            env={**os.environ, "HOME": self._folder.name, "LANGUAGE": "en-US"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        said = self._process.stderr
        assert said
        address = next((line.partition(LISTENING)[2].strip() for line in said if LISTENING in line), "")
        assert address, "Firefox did not start"
        self._socket = websocket.create_connection(f"{address}/session", timeout=60, suppress_origin=True)
        self._numbers = itertools.count(1)
        self._call("session.new", capabilities={})
        self._frame = self._tab = self.tabs()[0]
        self._size = (1280, 800)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") != number:
                continue
            if message["type"] == "error":
                raise NotNow(f"{method}: {message['message']}")
            result: dict[str, Any] = message["result"]
            return result

    def quit(self) -> None:
        with suppress(NotNow, OSError, websocket.WebSocketException):
            self._call("browser.close")
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(30)
        self._folder.cleanup()

    def _open(self, url: str) -> None:
        self._call("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def reload(self) -> None:
        self._call("browsingContext.reload", context=self._tab, wait="complete")

    def _back(self) -> None:
        self._call("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def _answer(self, body: str, *arguments: Any) -> dict[str, Any]:
        given = [
            {"sharedId": each.id} if isinstance(each, Element) else {"type": "string", "value": json.dumps(each)}
            for each in arguments
        ]
        target = {"context": self._frame}
        told = self._call(
            "script.callFunction", functionDeclaration=WRAPPED % body, arguments=given, target=target, awaitPromise=True
        )
        if told["type"] == "exception":
            raise NotNow(told["exceptionDetails"]["text"])
        result: dict[str, Any] = told["result"]
        return result

    def run(self, body: str, *arguments: Any) -> Any:
        result = self._answer(body, *arguments)
        return Element(result["sharedId"]) if result["type"] == "node" else json.loads(result["value"])

    def click(self, element: Element) -> None:
        self.run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element)
        origin = {"type": "element", "element": {"sharedId": element.id}}
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "duration": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._perform({"type": "pointer", "id": "mouse", "actions": actions})

    def press_keys(self, actions: list[dict[str, Any]]) -> None:
        self._perform({"type": "key", "id": "keys", "actions": actions})

    def _perform(self, source: dict[str, Any]) -> None:
        self._call("input.performActions", context=self._frame, actions=[source])

    def resize(self, width: int, height: int) -> None:
        self._size = (width, height)
        self._call("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height})
        self.until("return innerWidth === arguments[0]", width)

    @contextmanager
    def frame(self, selector: str) -> Iterator[None]:
        found = self._answer("return document.querySelector(arguments[0]).contentWindow", selector)
        self._frame = found["value"]["context"]
        try:
            yield
        finally:
            self._frame = self._tab

    def tabs(self) -> list[str]:
        return [tree["context"] for tree in self._call("browsingContext.getTree", maxDepth=0)["contexts"]]

    def switch(self, tab: str) -> None:
        self._frame = self._tab = tab
        self._call("browsingContext.activate", context=tab)
        # A frame of another origin gets its width when its tab is drawn.
        self.until("return document.visibilityState === 'visible'")

    def new_tab(self) -> str:
        tab: str = self._call("browsingContext.create", type="tab")["context"]
        self.switch(tab)
        self.resize(*self._size)
        return tab

    def close_tab(self) -> None:
        self._call("browsingContext.close", context=self._tab)

    def printed(self) -> bytes:
        """Print the page to a PDF of the size Letter."""
        sheet = {"width": 21.59, "height": 27.94}
        return b64decode(self._call("browsingContext.print", context=self._tab, page=sheet)["data"])
