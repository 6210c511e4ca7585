"""Run a function in a forked child process, which has what is read and imported already, and return its result."""

import ctypes
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_FORKING = multiprocessing.get_context("fork")
_PR_SET_PDEATHSIG = 1
_PATIENCE = 10
"""Seconds in which a process has to end that was asked to."""
_STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class Failed(Exception):
    """The function raised something unexpected, or its process was ended; the words are the traceback or the reason."""


class Beside(Generic[T]):
    """A piece of work that goes on in a child process while this process does something else."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._receiver, sender = _FORKING.Pipe(duplex=False)
        # Ends with the process that started it, if that was started here too.
        inner = multiprocessing.parent_process() is not None
        self._process = _FORKING.Process(target=_run, args=(work, sender, os.getpid()), daemon=inner)
        self._process.start()
        sender.close()

    def result(self) -> T:
        """Wait for the work, and return its result.

        Raises:
            OSError: It met a fault of the system, such as a full disk.
            Failed: It raised something else, or its process was ended.
        """
        try:
            value, error = self._receiver.recv()
        except EOFError:
            self._process.join()
            value, error = None, Failed(_ended(self._process.exitcode))
        self._process.join()
        if error:
            raise error
        return value  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End the work, with all that it started, if it goes on."""
        # More than once: libraries in C pass over an exception that reaches them in a callback.
        for _ in range(_PATIENCE):
            self._process.terminate()
            self._process.join(1)
            if not self._process.is_alive():
                return
        self._process.kill()
        self._process.join()


@contextmanager
def all_beside(*works: Callable[[], Any]) -> Iterator[list[Beside[Any]]]:
    """Start pieces of work, and end all of them afterwards, whatever signal comes when.

    A signal that came between the start of a process and the place that ends it would leave the process running.
    """
    started: list[Beside[Any]] = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        for work in works:
            started.append(Beside(work))
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield started
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        for each in started:
            each.stop()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ended(code: int | None) -> str:
    """Say how a process ended that returned nothing."""
    if code is None or code >= 0:
        return f"A process of the generator ended early, with exit status {code}; what it printed stands above."
    name = signal.Signals(-code).name if -code in signal.valid_signals() else "unknown"
    memory = " The system does that when it runs out of memory." if -code == signal.SIGKILL else ""
    return f"A process of the generator was ended by signal {-code} ({name}).{memory}"


def _run(work: Callable[[], Any], sender: Connection, parent: int) -> None:
    signal.signal(signal.SIGTERM, _end)
    # Ctrl+C reaches every process of a terminal; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    end_with(parent)
    answer: tuple[Any, Exception | None]
    try:
        answer = work(), None
    except OSError as error:
        answer = None, error
    except Exception:
        answer = None, Failed(traceback.format_exc())
    with suppress(BrokenPipeError):
        sender.send(answer)


def _end(*_: object) -> None:
    """Exit without a traceback; Python ends what was started from this process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    sys.exit()


def end_with(parent: int) -> None:
    """End this process when its parent is killed, where the system can do that.

    Args:
        parent: The parent's process id, as the parent knows it: it may be gone already.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit()
