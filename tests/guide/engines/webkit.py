"""WebKit, in WebKitGTK's own small browser, driven by its WebDriver on a display that nobody sees."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.service import Service

from tests.guide.engines.windows import NotNow, Window


@contextmanager
def display_in_memory() -> Iterator[str]:
    """Run Xvfb on a number that is free; yields its name.

    Without a window manager, the window under the pointer has the focus, and the pointer is in the middle of the
    display. So the display is small, and windows may be larger than it.
    """
    ready, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "640x640x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[tell], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        os.close(tell)
        try:
            with os.fdopen(ready) as number:
                name = number.readline().strip()
            assert name, "Xvfb did not start"
            yield f":{name}"
        finally:
            process.kill()


def _end(service: Service) -> None:
    """End the driver and its browser, whatever state they are in."""
    if service.process:
        with suppress(ProcessLookupError):
            os.killpg(service.process.pid, signal.SIGKILL)
        service.process.wait(30)


MIDDLE = """arguments[0].scrollIntoView({ block: "center", behavior: "instant" });
const { left, right, top, bottom } = arguments[0].getClientRects()[0];
return [(left + right) / 2, (top + bottom) / 2];"""
# Scrolls to a height in a frame, and tells where the frame begins.
PLACE = """const [frame, y] = arguments;
scrollBy({ top: frame.getBoundingClientRect().top + y - innerHeight / 2, behavior: "instant" });
const { left, top } = frame.getBoundingClientRect();
return [left + frame.clientLeft, top + frame.clientTop];"""


class WebKit(Window):
    """A window without borders and buttons, which can be as narrow as a phone."""

    engine = "webkit"

    def __init__(self, program: str, *, dark: bool = False, page_cache: bool = True) -> None:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = program
        for argument in ("--automation", "--full-screen", f"--enable-page-cache={str(page_cache).lower()}"):
            options.add_argument(argument)
        if dark:
            options.add_argument("--dark-mode")
        with ExitStack() as stack:
            display = stack.enter_context(display_in_memory())
            service = Service(
                shutil.which("WebKitWebDriver"),
                env={**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11"},
                popen_kw={"start_new_session": True},
            )
            stack.callback(_end, service)
            self._driver = webdriver.WebKitGTK(options=options, service=service)
            self._driver.set_script_timeout(20)
            self._driver.set_page_load_timeout(60)
            self._frame: WebElement | None = None
            self._stack = stack.pop_all()

    def quit(self) -> None:
        with suppress(WebDriverException):
            self._driver.quit()
        self._stack.close()

    def _open(self, url: str) -> None:
        self._driver.get(url)

    def reload(self) -> None:
        self._driver.refresh()

    def _back(self) -> None:
        self._driver.back()

    def run(self, body: str, *arguments: Any) -> Any:
        try:
            return self._driver.execute_script(body, *arguments)
        except WebDriverException as error:
            raise NotNow(error.msg) from error

    def press_keys(self, actions: list[dict[str, Any]]) -> None:
        source = {"type": "key", "id": "keys", "actions": actions}
        self._driver.execute("actions", {"actions": [source]})

    def click(self, element: WebElement) -> None:
        # The driver's own click misses where the page has to scroll for an element in a frame.
        frame = self._frame
        x, y = self.run(MIDDLE, element)
        if frame:
            self._driver.switch_to.default_content()
            left, top = self.run(PLACE, frame, y)
            x, y = x + left, y + top
        self._pointer([{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0, "origin": "viewport"}])
        self._pointer([{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])
        if frame:
            self._driver.switch_to.frame(frame)

    def _pointer(self, actions: list[dict[str, Any]]) -> None:
        source = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}
        self._driver.execute("actions", {"actions": [source]})

    def resize(self, width: int, height: int) -> None:
        self._driver.set_window_size(width, height)
        self.until("return innerWidth === arguments[0]", width)

    @contextmanager
    def frame(self, selector: str) -> Iterator[None]:
        self._frame = self._driver.find_element(By.CSS_SELECTOR, selector)
        self._driver.switch_to.frame(self._frame)
        try:
            yield
        finally:
            self._frame = None
            self._driver.switch_to.default_content()

    def tabs(self) -> list[str]:
        return self._driver.window_handles

    def switch(self, tab: str) -> None:
        self._driver.switch_to.window(tab)

    def new_tab(self) -> str:
        # A tab behind another gets no clicks.
        self._driver.switch_to.new_window("window")
        return str(self._driver.current_window_handle)

    def close_tab(self) -> None:
        self._driver.close()
