"""The two processes that `make serve` runs beside its server: one makes pages, the other runs the rules.

Each keeps what it has read and imported in memory, so that a change costs little; when the code changes, it ends and a
new one begins, so that it never runs old code. Both answer method calls, one at a time, over a pipe, and know nothing
of HTTP. As processes, each can use a core of its own, and nothing that goes wrong in them stops the server.
"""

import os
import subprocess
import sys
import threading
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

CODE = Path(__file__).parents[2]
RENDERS, CHECKS = "renders", "checks"
_PATIENCE = 5
"""Seconds that a process has to end by itself."""


class Ended(Exception):
    """The process has ended; the words are what it printed last, such as that the generator failed."""


class PreviewProcess:
    """One of the two processes, for the server to ask."""

    def __init__(self, kind: str, root: Path, folder: Path, code: Path = CODE) -> None:
        """Start it.

        Args:
            kind: `RENDERS` or `CHECKS`.
            root: The folder that holds mkdocs.yml.
            folder: Where it may write.
            code: The folder that holds guide/.
        """
        folder.mkdir(parents=True)
        self._log = folder / "log"
        self._asking = threading.Lock()
        self._pipe, theirs = Pipe()
        handle = theirs.fileno()
        command = [sys.executable, "-m", "guide.commands.preview_process", kind, str(handle), str(root), str(folder)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                cwd=code,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[handle],
                # Ctrl+C is for the server, which ends this one.
                process_group=0,
            )
        theirs.close()

    def ask(self, method: str, *arguments: Any) -> Any:
        """Call a method there, and return what it returns.

        Raises:
            Ended: The process has ended, or ends before it answers.
        """
        with self._asking:
            try:
                self._pipe.send((method, arguments))
                return self._pipe.recv()
            except (EOFError, OSError):
                self._process.wait()
                raise Ended(self._log.read_text("utf-8", errors="replace").strip()) from None

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Checker:
    """Runs all rules, and rereads only what has changed."""

    def __init__(self, root: Path) -> None:
        from guide.reading.unchanged import Stamp, Unchanged
        from guide.rendering.project import Project

        self._root, self._unchanged = root, Unchanged()
        self._theme: dict[str, Stamp] = {}
        self._project: Project | None = None

    def problems(self) -> list[str]:
        """Return all problems, one per line."""
        from guide.checking import run_rules
        from guide.rendering.assets import forget_theme, theme_stamps
        from guide.rendering.project import read_project

        theme = theme_stamps()
        if theme != self._theme:
            forget_theme()
            self._theme, self._project = theme, None
        project = read_project(self._root, self._unchanged)
        project.render_all(self._project)
        self._project = project
        return list(map(str, run_rules(project)))


def main(arguments: list[str]) -> int:
    """Answer until the server is gone."""
    from guide.engine.processes import end_with

    kind, handle, root, folder = arguments
    end_with(os.getppid())
    if kind == RENDERS:
        from guide.engine.live import LiveSite

        service: Any = LiveSite(Path(root), Path(folder, "site"))
    else:
        service = Checker(Path(root))
    with Connection(int(handle)) as pipe:
        while True:
            try:
                method, values = pipe.recv()
            except EOFError:
                return 0
            pipe.send(getattr(service, method)(*values))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
