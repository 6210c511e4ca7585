"""How long the checker takes over pages that are made to be slow to read: large, deep, or full of what parsers try."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row
from guide.reading.pages import read_page
from tests.hostile.pages import HEAD, SLOW, TITLE

ROUNDS, LIMIT = 1, 2.0
SHOWN = 5
"""How many of the slowest pages have rows of their own."""


def rows(_root: Path, rounds: int) -> Iterator[Row]:
    """Read or refuse every page, and yield the slowest."""
    times = {name: [_seconds(text) for _ in range(rounds)] for name, text in SLOW.items()}
    for name in sorted(times, key=lambda name: -min(times[name]))[:SHOWN]:
        yield Row(f"Hostile page, {name}", times[name], LIMIT, "{:.2f} s")
    yield Row(f"{len(times)} hostile pages together", [sum(map(min, times.values()))], form="{:.2f} s")


def _seconds(text: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "docs", "x.md")
        path.parent.mkdir()
        path.write_text(f"{HEAD}{TITLE}{text}\n", "utf-8")
        start = time.monotonic()
        page, problems = read_page(path.parent, path)
        if page and not problems:
            _ = page.content
        return time.monotonic() - start
