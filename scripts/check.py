"""Report every problem of data, pages and code: `make check`."""

import argparse
import subprocess
import sys
from pathlib import Path

from macros.checks import check_project

ROOT = Path(__file__).parents[1]
CODE = ["macros", "hooks", "scripts", "tests"]


def _commands() -> list[list[str]]:
    python = [sys.executable, "-m"]
    return [
        [*python, "ruff", "check", "--quiet", *CODE],
        [*python, "ruff", "format", "--quiet", "--check", *CODE],
        [*python, "mypy", "--no-error-summary"],
        [*python, "codespell_lib", "docs", "data", *CODE[:3], *(path.name for path in ROOT.glob("*.md"))],
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    root = parser.parse_args(arguments).root.resolve()
    problems = check_project(root)
    for problem in problems:
        print(problem, file=sys.stderr)
    failed = bool(problems)
    if root == ROOT:
        running = [subprocess.Popen(command, cwd=ROOT) for command in _commands()]  # noqa: S603
        failed = any([process.wait() != 0 for process in running]) or failed
    print(f"{len(problems)} problems in data and pages." if failed else "No problems.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
