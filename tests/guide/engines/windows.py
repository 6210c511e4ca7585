"""A window of a real browser, as far as the tests of this folder need one: the same for every engine."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

# The code points that WebDriver has for keys without a character.
KEYS = {
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Tab": "\ue004",
    "Space": " ",
    "Shift": "\ue008",
    "Control": "\ue009",
    "ArrowDown": "\ue015",
    "ArrowUp": "\ue013",
    "End": "\ue010",
}

FIND = """(selector, name) => [...document.querySelectorAll(selector)].find((element) => {
  const named = (element.getAttribute("aria-label") || element.innerText).replace(/\\s+/g, " ").trim();
  return element.checkVisibility({ visibilityProperty: true }) && (name === null || named === name);
}) || null"""


class NotNow(Exception):
    """The page can't do this yet, for example because it is being replaced by another."""


def wait_for(holds: Callable[[], bool], *, within: float = 10) -> None:
    """Wait until something holds; what raises NotNow doesn't hold yet."""
    ends = time.monotonic() + within
    while True:
        try:
            if holds():
                return
            reason = ""
        except NotNow as error:
            reason = str(error)
        assert time.monotonic() < ends, f"not within {within} s; {reason}"
        time.sleep(0.05)


class Window(ABC):
    """Tabs of one browser; everything is done in the current tab, and there in the current frame."""

    engine: str

    @abstractmethod
    def _open(self, url: str) -> None:
        """Load a page and wait until it has loaded."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page again and wait until it has loaded."""

    @abstractmethod
    def _back(self) -> None:
        """Press Back."""

    @abstractmethod
    def run(self, body: str, *arguments: Any) -> Any:
        """Run the body of a JavaScript function; return its JSON value, or an element as an object to hand back."""

    @abstractmethod
    def click(self, element: Any) -> None:
        """Scroll to an element, and press and release the pointer in its middle."""

    @abstractmethod
    def press_keys(self, actions: list[dict[str, Any]]) -> None:
        """Press and release keys, by actions as WebDriver defines them."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Set the size of the page, in CSS pixels."""

    @abstractmethod
    def frame(self, selector: str) -> AbstractContextManager[None]:
        """Work inside a frame of the page."""

    @abstractmethod
    def tabs(self) -> list[str]:
        """Return the open tabs."""

    @abstractmethod
    def switch(self, tab: str) -> None:
        """Make another tab the current one."""

    @abstractmethod
    def new_tab(self) -> str:
        """Open a tab and make it the current one."""

    @abstractmethod
    def close_tab(self) -> None:
        """Close the current tab."""

    @abstractmethod
    def quit(self) -> None:
        """End the browser and all that it started."""

    # The same in every engine

    def open(self, url: str) -> None:
        """Load a page and wait until it has loaded."""
        self.run("window.left = true")
        self._open(url)

    def back(self) -> bool:
        """Press Back and wait for the page; return whether it came from the page cache, with all that it had."""
        before = self.run("return location.href")
        self._back()
        self.until("return location.href !== arguments[0] && document.readyState === 'complete'", before)
        return bool(self.run("return Boolean(window.left)"))

    def until(self, body: str, *arguments: Any, within: float = 10) -> Any:
        """Run JavaScript until it returns something true, and return that."""
        values = []

        def holds() -> bool:
            values.append(self.run(body, *arguments))
            return bool(values[-1])

        wait_for(holds, within=within)
        return values[-1]

    def find(self, selector: str, name: str | None = None) -> Any:
        """Wait for the first element that can be seen, by its selector and name, and return it."""
        return self.until(f"return ({FIND})(...arguments)", selector, name)

    def is_shown(self, selector: str, name: str | None = None) -> bool:
        """Return whether there is such an element to see."""
        return self.run(f"return ({FIND})(...arguments)", selector, name) is not None

    def until_hidden(self, selector: str, name: str | None = None) -> None:
        """Wait until no such element can be seen."""
        self.until(f"return !({FIND})(...arguments)", selector, name)

    def type(self, text: str) -> None:
        """Press the keys of a text, one after the other."""
        self._press([(kind, letter) for letter in text for kind in ("keyDown", "keyUp")])

    def press(self, keys: str) -> None:
        """Press a key, or several at once, for example "Control+v"."""
        held = [KEYS.get(key, key) for key in keys.split("+")]
        self._press([("keyDown", key) for key in held] + [("keyUp", key) for key in reversed(held)])

    def _press(self, keys: list[tuple[str, str]]) -> None:
        self.press_keys([{"type": kind, "value": key} for kind, key in keys])

    def focused(self, selector: str) -> bool:
        """Return whether the focus is on an element of this kind, or inside one."""
        return bool(self.run("return Boolean(document.activeElement.closest(arguments[0]))", selector))

    @contextmanager
    def another_tab(self) -> Iterator[tuple[str, str]]:
        """Open a second tab; yields both, and closes the second."""
        (first,) = self.tabs()
        second = self.new_tab()
        yield first, second
        self.switch(second)
        self.close_tab()
        self.switch(first)
