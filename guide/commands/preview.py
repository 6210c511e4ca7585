"""What `make serve` shows at each address, and when that changes; the server in `serve` knows no more than this.

`Preview.follow` looks for changed files ten times a second. If the process that makes pages can follow the change
(`guide.engine.live`), it does, within a few tenths of a second; if not, a new process starts, and the old one answers
until the new one is ready. Meanwhile the rules run in a process of their own. Whenever there is something new to show,
`version` grows, and browsers, which wait for that, reload their page.
"""

import sys
import threading
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from guide.commands.preview_process import CHECKS, RENDERS, Ended, PreviewProcess
from guide.reading.files import is_leftover
from guide.reading.unchanged import Stamp, stamps

WATCHED = ("docs", "data", "macros", "guide", "mkdocs.yml", "CHANGELOG.md")
_LOOK, _SETTLE = 0.1, 0.02
"""Seconds between two looks at the files, and between two looks while somebody writes."""
_THEME_FILES = (".html", ".j2", ".css", ".js")
_SETTINGS = "data/site.yaml"
_ENDED = "A process of the generator was ended."


@dataclass(frozen=True)
class View:
    """What a browser is sent.

    Attributes:
        path: Of the file, which tells its type; "" for a page about what can't be shown.
        status: As HTTP numbers them.
        content: What the file holds.
        problems: What is wrong: in place of the page if there is no file, at the top of it if there is one.
        version: Grows whenever there may be something new to show.
    """

    path: str
    status: int
    content: bytes
    problems: tuple[str, ...]
    version: int


class Preview:
    """Follows the edits of a project."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Begin with nothing to show.

        Args:
            root: The folder that holds mkdocs.yml, docs/ and data/.
            folder: A temporary one.
        """
        self._root, self._folder, self._numbers = root, folder, count()
        self._changed = threading.Condition()
        # What follows is read and written while `_changed` is held. A server that is started anew goes on counting.
        self._version = int(time.time() * 1000)
        self._renderer: PreviewProcess | None = None
        self._checker: PreviewProcess | None = None
        self._processes: list[PreviewProcess] = []
        self._stopping = False
        self._faults: list[str] = []
        """Why there is no process to make pages: it ended."""
        self._problems: list[str] = []
        """What the rules said last."""
        self._edits = self._checked = 0
        """How many changes there were, and how many of them the rules have seen."""

    # What the server asks

    def newer(self, version: int, patience: float) -> int:
        """Wait for a newer version, but not forever, and return the current one."""
        with self._changed:
            self._changed.wait_for(lambda: self._version > version, patience)
            return self._version

    def view(self, address: str) -> View | None:
        """Return what stands at an address below the root of the site, such as "help/"; None for "help"."""
        while True:
            with self._changed:
                renderer, version, faults = self._renderer, self._version, tuple(self._faults)
                rules = tuple(self._problems)
                current = self._checked == self._edits
            if renderer is None:
                return View("", 404, b"", faults, version)
            try:
                answer = renderer.ask("answer", address)
            except Ended as ended:
                self._drop(renderer, str(ended))
                continue
            if answer.status == 302:
                return None
            if answer.problems:
                return View("", 404, b"", rules if current and rules else answer.problems, version)
            return View(answer.path, answer.status, answer.content, rules if answer.is_page else (), version)

    def _drop(self, renderer: PreviewProcess, said: str) -> None:
        """Forget a process that has ended by itself."""
        with self._changed:
            if self._renderer is renderer:
                self._renderer, self._faults = None, said.splitlines() or [_ENDED]

    # What goes on

    def follow(self) -> None:
        """Show the project, and then each change to it, until the process is stopped."""
        threading.Thread(target=self._check, daemon=True).start()
        seen = self._look()
        self._rebuild()
        while True:
            time.sleep(_LOOK)
            now = self._look()
            if now == seen:
                continue
            # Some programs write a file in steps.
            while now != (now := self._look_again()):
                pass
            paths = (path for path in now.keys() | seen.keys() if now.get(path) != seen.get(path))
            changed = [path for path in paths if not is_leftover(Path(path).name)]
            same_files = all(path in now and path in seen for path in changed)
            seen = now
            if not changed:
                continue
            if same_files and self._renderer and all(self._follows(Path(path)) for path in changed):
                self._update(self._renderer)
            else:
                self._rebuild()

    def _look_again(self) -> dict[str, Stamp]:
        time.sleep(_SETTLE)
        return self._look()

    def _look(self) -> dict[str, Stamp]:
        return stamps(self._root / name for name in WATCHED)

    def _follows(self, path: Path) -> bool:
        """Return whether a process can go on when a file of this path has another content."""
        name = path.relative_to(self._root).as_posix()
        if name.startswith(("docs/", "data/")):
            return name != _SETTINGS
        return path.suffix in _THEME_FILES

    def _update(self, renderer: PreviewProcess) -> None:
        """Let the processes follow a change, both at once."""
        start = time.monotonic()
        self._want_check(self._checker)
        try:
            faults = renderer.ask("update")
        except Ended as ended:
            self._drop(renderer, str(ended))
            faults = _say(self._faults)
        self._show_new()
        if not faults:
            _say([f"Updated in {time.monotonic() - start:.2f} s."])

    def _rebuild(self) -> None:
        """Read everything again, in new processes; the old ones answer until those are ready."""
        _say(["Building..."])
        start = time.monotonic()
        renderer, old, checker = self._start(RENDERS), self._renderer, self._checker
        self._want_check(self._start(CHECKS))
        if checker:
            self._stop(checker)
        try:
            faults = renderer.ask("update")
            with self._changed:
                self._renderer, self._faults = renderer, []
        except Ended as ended:
            with self._changed:
                self._renderer, self._faults = None, str(ended).splitlines() or [_ENDED]
            faults = _say(self._faults)
        self._show_new()
        if old:
            self._stop(old)
        if not faults:
            pages = sum(1 for _ in (self._root / "docs").rglob("*.md"))
            _say([f"Built {pages} pages in {time.monotonic() - start:.1f} s."])

    def _start(self, kind: str) -> PreviewProcess:
        process = PreviewProcess(kind, self._root, self._folder / f"{kind}-{next(self._numbers)}")
        self._processes.append(process)
        return process

    def _stop(self, process: PreviewProcess) -> None:
        process.stop()
        self._processes.remove(process)

    def stop(self) -> None:
        """End what was started."""
        with self._changed:
            self._stopping = True
        for process in self._processes:
            process.stop()

    def _want_check(self, checker: PreviewProcess | None) -> None:
        with self._changed:
            self._checker = checker
            self._edits += 1
            self._changed.notify_all()

    def _show_new(self) -> None:
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def _check(self) -> None:
        """Run the rules after each change."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._checked < self._edits)
                checker, edits = self._checker, self._edits
            try:
                problems = checker.ask("problems") if checker else []
                ended = False
            except Ended as reason:
                problems, ended = str(reason).splitlines() or [_ENDED], True
            with self._changed:
                if self._stopping:
                    return
                if checker is not self._checker:
                    # What has been changed needed a new process.
                    continue
                if ended:
                    self._checker = self._start(CHECKS)
                self._checked = edits
                if problems == self._problems:
                    continue
                self._problems = problems
                self._version += 1
                self._changed.notify_all()
            _say(problems or ["No problems."])


def _say(lines: list[str]) -> list[str]:
    print(*lines, sep="\n", file=sys.stderr, flush=True)
    return lines
