"""Measure what the guide costs those who build, read, serve, search, embed and fix it: `make bench`.

Each build is a process of its own. Builds of the guide, of its twin and of its copies take turns, so that whatever
else the machine does falls on all of them. Build times are those a person waits.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.sites import write_copies, write_twin

ROUNDS = 3
SECONDS = 300
TWIN, EMBEDS, COPIES, DATA, MEMORY = 1.3, 1.5, 1.3, 0.15, 200
TIMES = (4, 16)
CODE = Path(__file__).parents[1]
EVERY = 0.2
"""Seconds between two looks at the memory of a build."""


@dataclass
class Runs:
    """What was measured of one command, a value a run."""

    command: list[str]
    waited: list[float] = field(default_factory=list)
    """Seconds by the clock."""
    worked: list[float] = field(default_factory=list)
    """Seconds of processors."""
    megabytes: list[float] = field(default_factory=list)
    """The most that its processes held at a time; what they share is counted once."""
    printed: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Run the command once more, in a fresh process.

        Raises:
            CalledProcessError: it failed.
        """
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        most = 0.0
        start = time.monotonic()
        with tempfile.TemporaryFile("w+") as output:
            process = subprocess.Popen(  # noqa: S603
                self.command, cwd=CODE, env=environment, stdout=output, stderr=output, start_new_session=True
            )
            while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
                most = max(most, _held(process.pid))
                time.sleep(EVERY)
            process.returncode = os.waitstatus_to_exitcode(ended[1])
            output.seek(0)
            text = output.read()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, self.command, text)
        self.waited.append(time.monotonic() - start)
        self.worked.append(ended[2].ru_utime + ended[2].ru_stime)
        self.megabytes.append(most)
        self.printed.append(text)


def _held(session: int) -> float:
    """Give the megabytes that the processes of a session hold, by Linux' proportional set size; 0 elsewhere."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                found = re.search(r"^Pss:\s+(\d+) kB", (folder / "smaps_rollup").read_text(), re.MULTILINE)
                total += int(found[1]) if found else 0
        except (OSError, ValueError):
            # It ended meanwhile.
            continue
    return total * 1024 / 1_000_000


@dataclass
class Row:
    """One line of the table: a value a round, and the most it may be."""

    name: str
    values: list[float]
    limit: float | None
    show: Callable[[float], str]

    def __str__(self) -> str:
        """Word it as a row of a Markdown table."""
        middle = median(self.values)
        spread = f"{self.show(min(self.values))} to {self.show(max(self.values))}"
        most, verdict = "", ""
        if self.limit is not None:
            most, verdict = self.show(self.limit), "ok" if middle <= self.limit else "over"
        cells = [self.name, self.show(middle), spread, str(len(self.values)), most, verdict]
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
    write_copies(root, folder / "pages", 1, whole=False)
    projects = {"pages": folder / "pages", "guide": root}
    for times in TIMES:
        projects[f"guide {times}"] = folder / f"guide-{times}"
        write_copies(root, projects[f"guide {times}"], times)
    largest = f"pages {TIMES[-1]}"
    projects[largest] = folder / f"pages-{TIMES[-1]}"
    write_copies(root, projects[largest], TIMES[-1], whole=False)
    runs = {
        "twin": Runs([*python, "mkdocs", "build", "--strict", "--config-file", str(folder / "twin" / "mkdocs.yml")]),
        "data": Runs([*python, "bench.run", "--root", str(root), "--data"]),
    }
    for name, project in projects.items():
        site = folder / f"site-{name}"
        runs[name] = Runs([*python, "guide.commands.build", "--root", str(project), "--site", str(site)])
    for _ in range(rounds):
        for name, each in runs.items():
            # The large ones have a first turn, and further ones as long as there is time.
            if name[-1].isalpha() or not each.waited or time.monotonic() + each.waited[-1] < end:
                each.run()

    def ratio(name: str, one: str, other: str, limit: float | None, size: int = 1) -> Row:
        """Compare the builds of the same turns."""
        pairs = zip(runs[one].waited, runs[other].waited, strict=False)
        return Row(name, [own / size / its for own, its in pairs], limit, _ratio)

    work = median(runs["guide"].worked)
    return [
        ratio("Build time, pages / plain twin", "pages", "twin", TWIN),
        ratio("Build time, pages with embeds and data files / plain twin", "guide", "twin", None),
        ratio("Build time, with embeds and data files / without", "guide", "pages", EMBEDS),
        *(ratio(f"Time a page, {n} times the pages / guide", f"guide {n}", "guide", COPIES, n) for n in TIMES),
        Row(
            "Loading and checking all data, share of the work",
            [float(t) / work for t in runs["data"].printed],
            DATA,
            _percent,
        ),
        Row(f"Peak memory, {TIMES[-1]} times the pages", runs[largest].megabytes, MEMORY, _megabytes),
        Row("The same with embeds and data files", runs[f"guide {TIMES[-1]}"].megabytes, None, _megabytes),
    ]


def data_seconds(root: Path) -> float:
    """Load and check data/ once, and give the time it took: reading, and every rule that looks at a record."""
    from importlib import import_module
    from pkgutil import iter_modules

    from guide import checking
    from guide.reading.records import read_guide
    from guide.rendering.project import Book, read_book

    class Watched(Book):
        """A book that remembers whether someone looked at its records."""

        looked = False

        def __getattribute__(self, name: str) -> object:
            if name == "guide":
                object.__setattr__(self, "looked", True)
            return super().__getattribute__(name)

    start = time.process_time()
    guide = read_guide(root / "data")[0]
    spent = time.process_time() - start
    book = read_book(root)
    watched = Watched(book.root, guide, book.pages, book.navigation)
    for page in book.pages.values():
        # What pages alone need is no part of it.
        _ = page.headings, page.links, page.passages
        for passage in page.passages:
            _ = passage.sentences
    for module in iter_modules(checking.__path__):
        watched.looked = False
        check = import_module(f"guide.checking.{module.name}").check
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


def whole(value: float) -> str:
    """Write a whole number."""
    return f"{value:,.0f}"


def in_seconds(value: float) -> str:
    """Write seconds."""
    return f"{value:.2f} s"


def _machine() -> str:
    """Describe the machine, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [f"{os.cpu_count()} cores ({platform.machine()})", f"{memory:.0f} GB of memory"]
    return ", ".join([*parts, f"Python {platform.python_version()}", platform.system()])


def _builds(options: argparse.Namespace, root: Path) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return measure(root, Path(folder), options.rounds, options.seconds)


@contextmanager
def _built(root: Path) -> Iterator[Path]:
    """Build the guide into a folder that goes again; gives its site."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        subprocess.run(
            [sys.executable, "-m", "guide.commands.build", "--root", root, "--site", site], cwd=CODE, check=True
        )  # noqa: S603
        yield site


def _readers(options: argparse.Namespace, root: Path) -> list[Row]:
    from bench import embeds as bench_embeds
    from bench import readers as bench_readers

    with _built(root) as site:
        return [*bench_readers.rows(root, site), *bench_embeds.rows(site)]


def _server(options: argparse.Namespace, root: Path) -> list[Row]:
    from bench import server as bench_server

    with _built(root) as site:
        return bench_server.rows(root, site)


def _search(options: argparse.Namespace, root: Path) -> list[Row]:
    from bench import search as bench_search

    return bench_search.rows(root)


def _contributors(options: argparse.Namespace, root: Path) -> list[Row]:
    from bench import contributors as bench_contributor

    return bench_contributor.rows(root, tests=options.tests)


def _hostile(options: argparse.Namespace, root: Path) -> list[Row]:
    from bench import hostile as bench_hostile

    return bench_hostile.rows()


# They take their rows from here.
PARTS = {
    "builds": _builds,
    "readers": _readers,
    "server": _server,
    "search": _search,
    "contributors": _contributors,
    "hostile": _hostile,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 only if something cannot be built."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)} (all)")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how many turns builds take (default {ROUNDS})")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"about how long (default {SECONDS})")
    parser.add_argument("--tests", action="store_true", help="time all tests too")
    parser.add_argument("--data", action="store_true", help="print only the seconds that data/ takes")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if options.data:
        print(data_seconds(root))
        return 0
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
    pages = sum(1 for _ in (root / "docs").rglob("*.md"))
    print(f"{pages} pages; {_machine()}.\n")
    print("| What | Median | Range | Rounds | At most | |\n| --- | --- | --- | --- | --- | --- |", flush=True)
    for part in options.parts or PARTS:
        try:
            print(*PARTS[part](options, root), sep="\n", flush=True)
        except subprocess.CalledProcessError as error:
            print(f"{error.output}\nThis failed: {error.cmd}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
