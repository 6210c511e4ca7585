"""How long the checker takes over pages that are made to be slow to read: large, deep, or full of what parsers try."""

import tempfile
import time
from pathlib import Path

from bench.run import Row
from guide.reading.pages import read_page
from tests.hostile.pages import HEAD, SLOW, TITLE

MOST = 2.0
"""Seconds that any of them may take."""
SHOWN = 5
"""How many of the slowest are rows of their own."""


def rows() -> list[Row]:
    """Read or refuse every page, and give the slowest."""
    times = {name: _seconds(text) for name, text in SLOW.items()}
    slowest = sorted(times, key=lambda name: -times[name])[:SHOWN]
    found = [Row(f"Hostile page, {name}", [times[name]], MOST, _worded) for name in slowest]
    return [*found, Row(f"{len(times)} hostile pages together", [sum(times.values())], None, _worded)]


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


def _worded(seconds: float) -> str:
    return f"{seconds:.2f} s"
