"""Work in a copy of this process, beside it: what is read and imported is there already."""

import gc
import multiprocessing
import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_FORKING = multiprocessing.get_context("fork")


class Failed(Exception):
    """The work raised something; its words are the traceback."""


class Beside(Generic[T]):
    """A piece of work that goes on while this process does something else."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._receiver, sender = _FORKING.Pipe(duplex=False)
        # Ends with the process that started it, if that was started here too.
        inner = multiprocessing.parent_process() is not None
        # What the collector never visits stays one copy for both.
        gc.freeze()
        self._process = _FORKING.Process(target=_run, args=(work, sender), daemon=inner)
        self._process.start()
        sender.close()

    def result(self) -> T:
        """Wait for the work, and give what it returned.

        Raises:
            Failed: it raised something, or ended without a word.
        """
        try:
            done, value = self._receiver.recv()
        except EOFError:
            done, value = False, "The process ended without a word; what it printed stands above."
        self._process.join()
        if not done:
            raise Failed(value)
        return value  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End the work, with all that it started, if it goes on."""
        self._process.terminate()
        self._process.join()


def _run(work: Callable[[], Any], sender: Connection) -> None:
    # An orderly end: Python then ends what was started from here.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        sender.send((True, work()))
    except Exception:
        sender.send((False, traceback.format_exc()))
