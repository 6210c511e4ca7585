"""What the measurements share: rows of the table, timed commands, a built site, a browser."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

import brotli
from playwright.sync_api import Browser, sync_playwright

CODE = Path(__file__).parents[1]
MEMORY_INTERVAL = 0.2
"""Seconds between two looks at the memory of a command."""


@dataclass
class Row:
    """One line of the table: a value a round, and the limit that their median has to keep.

    Attributes:
        name: What was measured.
        values: In the unit of `form`.
        limit: The highest median that is fine; None if there is no limit.
        form: How to write a value, as for `str.format`.
    """

    name: str
    values: list[float]
    limit: float | None = None
    form: str = "{:,.0f}"

    def __str__(self) -> str:
        """Format it as a row of a Markdown table."""
        middle = median(self.values)
        shown = [self.form.format(value) for value in (middle, min(self.values), max(self.values))]
        limit, verdict = "", ""
        if self.limit is not None:
            limit, verdict = self.form.format(self.limit), "ok" if middle <= self.limit else "over"
        cells = [self.name, shown[0], f"{shown[1]} to {shown[2]}", str(len(self.values)), limit, verdict]
        return f"| {' | '.join(cells)} |"


@dataclass
class Run:
    """What one run of a command took: seconds on the clock and of CPU, and the peak memory of all its processes."""

    wall: float
    cpu: float
    megabytes: float


def run(*command: str) -> Run:
    """Run a command in the folder of the code and measure it.

    Raises:
        CalledProcessError: It failed.
    """
    peak, start = 0.0, time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=CODE, stdout=output, stderr=output, start_new_session=True)  # noqa: S603
        try:
            while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
                peak = max(peak, _memory(process.pid))
                time.sleep(MEMORY_INTERVAL)
        except BaseException:
            # Ctrl+C and SIGTERM don't reach another session; what goes on would write into folders that are removed.
            os.killpg(process.pid, signal.SIGKILL)
            raise
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(ended[1])
        if process.returncode:
            output.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, output.read())
    return Run(wall, ended[2].ru_utime + ended[2].ru_stime, peak)


def _memory(session: int) -> float:
    """Return the megabytes that the processes of a session hold, shared pages counted once; 0 but on Linux."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                match = re.search(r"^Pss:\s+(\d+) kB", (folder / "smaps_rollup").read_text(), re.MULTILINE)
                total += int(match[1]) if match else 0
        except OSError:
            # The process has ended.
            continue
    return total * 1024 / 1_000_000


def build_command(root: Path, site: Path) -> list[str]:
    """Return the command that builds a project."""
    return [sys.executable, "-m", "guide.commands.build", "--root", str(root), "--site", str(site)]


def stock_command(command: str, project: Path, *options: str) -> list[str]:
    """Return a command of MkDocs itself, for a project without anything of ours."""
    return [sys.executable, "-m", "mkdocs", command, "--config-file", str(project / "mkdocs.yml"), *options]


@contextmanager
def built(root: Path) -> Iterator[Path]:
    """Build a project into a temporary folder, and yield the site."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        run(*build_command(root, site))
        yield site


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that the tests use."""
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=os.environ.get("GUIDE_CHROMIUM"), args=arguments)
        yield browser
        browser.close()


@cache
def packed(path: Path) -> int:
    """Return the bytes of a file as a web server sends it, compressed with brotli."""
    return len(brotli.compress(path.read_bytes(), quality=11))
