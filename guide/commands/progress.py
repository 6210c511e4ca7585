"""Shows the progress of a command: one line that is rewritten on a terminal, and elsewhere a line for each step.

Modules report their steps to the logger `guide`, as "Printing handouts: 3 of 68". The words before the colon are the
step.
"""

import logging
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_LOGGER = "guide"
OFF = "GUIDE_PROGRESS"
"""The variable that turns progress off when it is 0."""
_PAUSE = 10
"""Seconds between two lines of one step where lines aren't rewritten."""


class Progress(logging.Handler):
    """Shows steps on standard error."""

    def __init__(self) -> None:
        super().__init__()
        self._rewrites = sys.stderr.isatty()
        self._off = os.environ.get(OFF) == "0"
        self._last = ("", 0.0)

    def emit(self, record: logging.LogRecord) -> None:
        """Show a step that a module reports."""
        self.show(record.getMessage())

    def show(self, text: str) -> None:
        """Show a step."""
        if self._off:
            return
        if self._rewrites:
            print(f"\r\x1b[K{text[: shutil.get_terminal_size().columns - 1]}", end="", file=sys.stderr, flush=True)
            return
        step, now = text.partition(":")[0], time.monotonic()
        if step != self._last[0] or now > self._last[1] + _PAUSE:
            print(text if step == self._last[0] else step, file=sys.stderr, flush=True)
            self._last = (step, now)

    def clear(self) -> None:
        """Clear the line, so that only results are left."""
        if self._rewrites and not self._off:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def progress(text: str) -> Iterator[Progress]:
    """Show the progress of a command, beginning with a text."""
    shown = Progress()
    logger = logging.getLogger(_LOGGER)
    level = logger.level
    logger.addHandler(shown)
    logger.setLevel(logging.INFO)
    try:
        shown.show(text)
        yield shown
    finally:
        logger.removeHandler(shown)
        logger.setLevel(level)
        shown.clear()
