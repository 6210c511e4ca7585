"""What the first answer of the search costs a reader, in bytes as brotli packs them."""

import argparse
import sys
import tempfile
from pathlib import Path

import brotli

from bench.run import Row
from bench.sites import write_copies
from guide.commands.build import build

MOST = 70_000
"""The most bytes of the first answer of the guide as it is."""

TIMES = {3: 75_000, 11: 100_000}
"""How many times the pages, and the most bytes of the first answer then: for 240 and 960 pages, or a little more."""

LOADED = ("assets/results.*.js", "assets/search.*.js")
"""What loads when somebody searches: the script that lists results, and the one that finds them, with its index."""


def first_answer(site: Path) -> int:
    """Give the bytes that a browser loads from the opening of the search to its first answer.

    Args:
        site: The folder of a built site.
    """
    files = [next(site.glob(pattern)) for pattern in LOADED]
    return sum(len(brotli.compress(file.read_bytes(), quality=11)) for file in files)


def rows(root: Path) -> list[Row]:
    """Build a guide many times over, and measure.

    Args:
        root: The guide.

    Raises:
        RuntimeError: A copy cannot be built.
    """
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for times, most in TIMES.items():
            copies, site = Path(folder, f"guide-{times}"), Path(folder, f"site-{times}")
            write_copies(root, copies, times, whole=False)
            problems = build(copies, site).problems
            if problems:
                raise RuntimeError("\n".join(problems))
            pages = sum(1 for _ in (copies / "docs").rglob("*.md"))
            found.append(Row(f"First answer of the search, {pages} pages", [first_answer(site)], most, _kilobytes))
    return found


def _kilobytes(value: float) -> str:
    return f"{value / 1000:.1f} KB"


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    print(*rows(parser.parse_args(arguments).root.resolve()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
