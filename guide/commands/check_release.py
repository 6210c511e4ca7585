"""Refuse a site that must not be released: `make check-release`.

It still says that it is published at an example of an address, it has lost an address of the last release, or it
claims a check on a day that is in the future.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from guide.commands import check_addresses
from guide.commands.overdue import future
from guide.model.guide import Guide, walk
from guide.model.problems import Problem
from guide.rendering.project import read_book

EXAMPLE = re.compile(r"\bexample\.(?:com|net|org)\b|\.example\b|data/site\.yaml")
"""Names that lead nowhere by their standard (RFC 2606), and the words that say what to write in their place."""


def examples(guide: Guide) -> Iterator[Problem]:
    """Find what the record of the publisher still has as it came with the project."""
    for record_id, source in guide.sources["site"].items():
        for path, value in walk(source.plain):
            if EXAMPLE.search(value):
                place = guide.place("site", record_id, *path)
                yield Problem(place, f'"{value}" is an example', "Write your own.", "example")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if the site must not be released."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds data/ and deploy/")
    parser.add_argument("--site", type=Path, help="the built site (default: site/ in the root)")
    parser.add_argument("--today", type=date.fromisoformat, help="the day to compare with (default: today, in UTC)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    book = read_book(root)
    found = sorted({*examples(book.guide), *future(book, options.today or datetime.now(UTC).date())})
    for problem in found:
        print(problem, file=sys.stderr)
    lost = check_addresses.main(["--root", str(root), "--site", str(options.site or root / "site")])
    return 1 if found or lost else 0


if __name__ == "__main__":
    sys.exit(main())
