"""Ends every command with one line when something goes wrong, and never with a traceback.

| What happened | Standard error | Exit status |
| --- | --- | --- |
| Ctrl+C | nothing more | 130 |
| a system error: a full disk, a folder that can't be written | what, where and what to do | 1 |
| an unexpected exception | that the generator failed, and where the traceback is | 70 |
"""

# Few imports, because Ctrl+C causes a traceback until this module is loaded. What only a crash needs is imported then.
import errno
import os
import signal
import sys
from types import TracebackType

FAILED, INTERRUPTED, TERMINATED = 70, 130, 143
"""Exit statuses: EX_SOFTWARE of sysexits.h, and what shells give for SIGINT and SIGTERM."""
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_FULL = "{path} can't be written: the disk is full. Free some space, then run this again.{notes} [disk-full]"
_LARGE = (
    "{path} can't be written: this system limits how large a file may be. Raise the limit (ulimit -f), then run this "
    "again.{notes} [file-size]"
)
_READ_ONLY = (
    "{path} can't be written: its file system is read-only. Copy the project to a folder where you can write, then run "
    "this there.{notes} [read-only]"
)
_DENIED = "{path}: permission denied. Change its permissions or its owner, then run this again.{notes} [permission]"
_BROKEN = "{path}: the disk reports an error. Check the disk, then run this again.{notes} [disk]"
_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _LARGE,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EIO: _BROKEN,
}
"""Messages for errors that are neither the author's nor ours, by their number."""


class Refused(Exception):
    """A command can't do what it was asked to; its message is one line."""

    def __init__(self, wrong: str, remedy: str, rule: str) -> None:
        super().__init__(f"{wrong}. {remedy} [{rule}]")


def watch() -> None:
    """Handle signals and uncaught exceptions of this process from now on."""
    sys.excepthook = _end
    if sys.flags.optimize > 1:
        # Pages list macros and fields by their docstrings, so the same command runs again with them.
        if not os.environ.pop("PYTHONOPTIMIZE", None):
            raise Refused("Python's option -OO drops texts that pages show", "Leave it out.", "optimize")
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606
    for number in _STOPPING:
        # nohup and shells make background processes ignore them.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, _: object) -> None:
    """End this process in an orderly way: unfinished output is removed first.

    Nothing may interrupt that, so only the first signal counts.
    """
    for ignored in _STOPPING:
        signal.signal(ignored, signal.SIG_IGN)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(TERMINATED)


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Report an uncaught exception and end the process. Python's own exit status would mean that problems exist."""
    # Python 3.11 wraps what is raised while it makes a class.
    stopped = next(
        (each for each in (error, error.__cause__) if isinstance(each, KeyboardInterrupt | SystemExit)), None
    )
    if stopped:
        status, message = INTERRUPTED if isinstance(stopped, KeyboardInterrupt) else TERMINATED, ""
    elif isinstance(error, Refused):
        status, message = 1, str(error)
    elif isinstance(error, OSError) and error.errno in _SYSTEM:
        notes = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
        status, message = 1, _SYSTEM[error.errno].format(path=_path_of(error), notes=notes)
    else:
        status, message = FAILED, _crash(kind, error, trace)
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is sys.stderr and message:
                print(message, file=stream)
            stream.flush()
        except (OSError, ValueError):
            pass
    os._exit(status)


def _path_of(error: OSError) -> str:
    # A failed copy has its source first.
    path = error.filename2 or error.filename
    return os.fsdecode(path) if isinstance(path, str | bytes) else "What this command writes"


def _crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    import platform
    import traceback

    lines = traceback.format_exception(kind, error, trace)
    about = f"{' '.join(sys.orig_argv)}\nPython {platform.python_version()}, {platform.platform()}\n\n"
    log = _write_log(about + "".join(lines))
    if log is None:
        return "".join([*lines, _ours("the traceback above")])
    return _ours(log)


def _ours(where: str) -> str:
    return f"The guide's generator failed; this is not a mistake in your files. See {where} [internal-error]"


def _write_log(text: str) -> str | None:
    """Write a traceback to the first folder where that is possible, and return the path of the file."""
    import tempfile

    code = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    command = os.path.basename(sys.argv[0]).removesuffix(".py")
    for folder in (os.path.join(code, ".cache"), tempfile.gettempdir()):
        path = os.path.join(folder, f"crash-{command}.log")
        try:
            os.makedirs(folder, exist_ok=True)
            with open(path, "w", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            continue
        return path
    return None
