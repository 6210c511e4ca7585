"""Print the table of measurements: `make bench`, or `make bench ARGS="builds readers"` for some parts of it."""

import argparse
import os
import platform
import subprocess
import sys
from importlib import import_module
from pathlib import Path

PARTS = ("builds", "readers", "search", "server", "contributors", "hostile")


def machine() -> str:
    """Describe this machine, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [f"{os.cpu_count()} cores ({platform.machine()})", f"{memory:.0f} GB of memory"]
    return ", ".join([*parts, f"Python {platform.python_version()}", platform.system()])


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 only if something fails, not if a figure is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)} (all)")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--rounds", type=int, help="how often to repeat each measurement; 1 is a quick try")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
    pages = sum(1 for _ in (root / "docs").rglob("*.md"))
    print(f"{pages} pages; {machine()}.\n")
    print("| What | Median | Range | Rounds | Limit | |\n| --- | --- | --- | --- | --- | --- |", flush=True)
    for part in options.parts or PARTS:
        module = import_module(f"bench.{part}")
        try:
            for row in module.rows(root, options.rounds or module.ROUNDS):
                print(row, flush=True)
        except subprocess.CalledProcessError as error:
            print(f"{error.output}\nThis failed: {error.cmd}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
