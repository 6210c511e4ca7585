"""Measure how fast the guide builds, as ratios within one run: `make bench`.

Each build is a process of its own. Builds of the guide, of its twin and of its copies take turns, so that whatever
else the machine does falls on all of them. Time is that of the processor, of which a build keeps one core busy.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from scripts.bench_sites import write_copies, write_twin

ROUNDS = 3
SECONDS = 300
TWIN, COPIES, DATA, MEMORY = 1.3, 1.3, 0.15, 200
CODE = Path(__file__).parents[1]


@dataclass
class Runs:
    """What was measured of one command, a value a run."""

    command: list[str]
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    waited: float = 0
    printed: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Run the command once more, in a fresh process.

        Raises:
            CalledProcessError: it failed.
        """
        start = time.monotonic()
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        with tempfile.TemporaryFile("w+") as output:
            process = subprocess.Popen(self.command, cwd=CODE, env=environment, stdout=output, stderr=output)  # noqa: S603
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            text = output.read()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, self.command, text)
        self.waited = time.monotonic() - start
        self.seconds.append(usage.ru_utime + usage.ru_stime)
        # In bytes on macOS, in units of 1,024 bytes elsewhere.
        self.megabytes.append(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1_000_000)
        self.printed.append(text)


@dataclass
class Row:
    """One line of the table: a value a round, and the most it may be."""

    name: str
    values: list[float]
    limit: float
    show: Callable[[float], str]

    def __str__(self) -> str:
        """Word it as a row of a Markdown table."""
        middle = median(self.values)
        spread = f"{self.show(min(self.values))} to {self.show(max(self.values))}"
        verdict = "ok" if middle <= self.limit else "over"
        cells = [self.name, self.show(middle), spread, str(len(self.values)), self.show(self.limit), verdict]
        return f"| {' | '.join(cells)} |"


def measure(root: Path, folder: Path, rounds: int, seconds: float) -> list[Row]:
    """Build everything in turns.

    Args:
        root: The guide.
        folder: An empty folder for what is built.
        rounds: How many turns to take.
        seconds: A further turn of the copies that would last longer than this is left out.

    Returns:
        The rows of the table.
    """
    end = time.monotonic() + seconds
    python = [sys.executable, "-m"]
    write_twin(root, folder / "twin")
    runs = {
        "twin": Runs([*python, "mkdocs", "build", "--strict", "--config-file", str(folder / "twin" / "mkdocs.yml")]),
        "data": Runs([*python, "scripts.bench", "--root", str(root), "--data"]),
    }
    sizes = {1: root}
    for times in (4, 16):
        sizes[times] = folder / f"times-{times}"
        write_copies(root, sizes[times], times)
    for times, project in sizes.items():
        site = folder / f"site-{times}"
        runs[str(times)] = Runs([*python, "scripts.build", "--root", str(project), "--site", str(site)])
    for _ in range(rounds):
        for name, each in runs.items():
            # The large ones have a first turn, and further ones as long as there is time.
            if name not in ("4", "16") or not each.seconds or time.monotonic() + each.waited < end:
                each.run()
    guide = median(runs["1"].seconds)
    rows = [
        Row(
            "Build time, guide / plain twin",
            [own / twin for own, twin in zip(runs["1"].seconds, runs["twin"].seconds, strict=True)],
            TWIN,
            _ratio,
        )
    ]
    for times in (4, 16):
        # Each against the build of the same turn.
        pairs = zip(runs[str(times)].seconds, runs["1"].seconds, strict=False)
        values = [own / times / single for own, single in pairs]
        rows.append(Row(f"Time a page, {times} times the pages / guide", values, COPIES, _ratio))
    shares = [float(text) / guide for text in runs["data"].printed]
    rows.append(Row("Loading and checking all data, share of the build", shares, DATA, _percent))
    rows.append(Row("Peak memory, 16 times the pages", runs["16"].megabytes, MEMORY, _megabytes))
    return rows


def data_seconds(root: Path) -> float:
    """Load and check data/ once, and give the time it took: reading, and every rule that looks at a record."""
    from importlib import import_module
    from pkgutil import iter_modules

    import macros.checks
    from macros.book import Book, read_book
    from macros.guide import Guide
    from macros.loading import read_guide

    class Watched(Book):
        """A book that remembers whether someone looked at its records."""

        looked = False

        def __getattribute__(self, name: str) -> object:
            if name == "guide":
                object.__setattr__(self, "looked", True)
            return super().__getattribute__(name)

    start = time.process_time()
    guide: Guide = read_guide(root / "data")[0]
    spent = time.process_time() - start
    book = read_book(root)
    watched = Watched(book.root, guide, book.pages, book.navigation)
    for page in book.pages.values():
        # What pages alone need is no part of it.
        _ = page.headings, page.links, page.passages
        for passage in page.passages:
            _ = passage.sentences
    for module in iter_modules(macros.checks.__path__):
        watched.looked = False
        check = import_module(f"macros.checks.{module.name}").check
        start = time.process_time()
        for _ in check(watched):
            pass
        if watched.looked:
            spent += time.process_time() - start
    return spent


def _ratio(value: float) -> str:
    return f"{value:.2f}"


def _percent(value: float) -> str:
    return f"{value:.1%}"


def _megabytes(value: float) -> str:
    return f"{value:.0f} MB"


def _machine() -> str:
    """Describe the machine, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [f"{os.cpu_count()} cores ({platform.machine()})", f"{memory:.0f} GB of memory"]
    return ", ".join([*parts, f"Python {platform.python_version()}", platform.system()])


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 only if something cannot be built."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how many turns to take (default {ROUNDS})")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"about how long (default {SECONDS})")
    parser.add_argument("--data", action="store_true", help="print only the seconds that data/ takes")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if options.data:
        print(data_seconds(root))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            rows = measure(root, Path(folder), options.rounds, options.seconds)
        except subprocess.CalledProcessError as error:
            print(f"{error.output}\nThis could not be built: {' '.join(error.cmd)}", file=sys.stderr)
            return 1
    pages = sum(1 for _ in (root / "docs").rglob("*.md"))
    print(f"{pages} pages; {_machine()}.\n")
    print("| What | Median | Range | Rounds | At most | |\n| --- | --- | --- | --- | --- | --- |")
    print(*rows, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
