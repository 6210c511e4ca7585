"""What the first answer of the search costs a reader, in bytes as brotli compresses them, as the guide grows."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row, built, packed
from bench.sites import write_copies

ROUNDS = 1
MOST = 80_000
"""The most bytes of the first answer of the guide as it is: it was 70,000 before 31 questions and 23 terms
more, and 75,000 before the tools and the codes."""

LIMITS = {1: MOST, 3: 85_000, 11: 110_000}
"""The most bytes of the first answer, by how many times the pages there are: about 100, 300 and 1,000."""

LOADED = ("assets/results.*.js", "assets/search.*.js")
"""What loads when somebody searches: the script that lists results, and the one that finds them, with its index."""


def first_answer(site: Path) -> int:
    """Return the bytes that a browser loads from the opening of the search to its first answer."""
    return sum(packed(next(site.glob(pattern))) for pattern in LOADED)


def rows(root: Path, _rounds: int) -> Iterator[Row]:
    """Build the guide and copies of it, and measure."""
    for times, limit in LIMITS.items():
        with tempfile.TemporaryDirectory() as folder:
            copies = Path(folder, "guide")
            write_copies(root, copies, times)
            with built(copies) as site:
                pages = sum(1 for _ in (copies / "docs").rglob("*.md"))
                yield Row(f"First answer of the search, {pages} pages", [first_answer(site)], limit)
