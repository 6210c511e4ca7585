"""Check that a site can be released: `make check-release`.

It must not have an example in place of its publisher's address, must not have lost an address of the last release, must
not claim a check on a day in the future, and must say what was recorded for this release and nothing else.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from guide.commands import check_addresses
from guide.commands.changes import unrecorded
from guide.commands.overdue import future
from guide.model.guide import Guide, walk
from guide.model.problems import Problem
from guide.rendering.project import read_project
from guide.reviewing.last_release import NotReadable

_EXAMPLE = re.compile(r"\bexample\.(?:com|net|org)\b|\.example\b|data/site\.yaml")
"""Names that are reserved for examples (RFC 2606), and the words that say where to write one's own."""


def examples(guide: Guide) -> Iterator[Problem]:
    """Find values in the record of the publisher that came with the project."""
    for record_id, source in guide.sources["site"].items():
        for path, value in walk(source.plain):
            if _EXAMPLE.search(value):
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
    project = read_project(root)
    problems = sorted({*examples(project.guide), *future(project, options.today or datetime.now(UTC).date())})
    for problem in problems:
        print(problem, file=sys.stderr)
    try:
        untold = unrecorded(project, needed=False)
    except NotReadable as error:
        untold = str(error)
    if untold:
        print(untold, file=sys.stderr)
    lost = check_addresses.main(["--root", str(root), "--site", str(options.site or root / "site")])
    return 1 if problems or untold or lost else 0


if __name__ == "__main__":
    sys.exit(main())
