"""Report every problem of data, pages and code: `make check`, or of some files: `make check FILES="data/x.yaml"`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from macros.checks import check_project

ROOT = Path(__file__).parents[1]
CODE = ["macros", "hooks", "scripts", "tests"]


def _commands(files: list[str]) -> list[list[str]]:
    """Give the commands that look at code and spelling: of all of it, or of some files by themselves."""
    python = [sys.executable, "-m"]
    if files:
        code = [file for file in files if file.endswith(".py")]
        looked_at = [["ruff", "check", "--quiet"], ["ruff", "format", "--quiet", "--check"]] if code else []
        return [[*python, *command, *code] for command in looked_at] + [[*python, "codespell_lib", *files]]
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
    parser.add_argument("files", nargs="*", help="what was changed, such as data/questions.yaml (default: everything)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    files = [Path(os.path.relpath(file, root)).as_posix() for file in options.files]
    gone = [file for file in files if not (root / file).is_file()]
    for file in gone:
        print(f"{file}:1: there is no such file. Name it from the folder of the guide. [no-file]", file=sys.stderr)
    problems = check_project(root)
    # A change here can break what stands elsewhere, so that is said too, after what was asked for.
    for problem in sorted(problems, key=lambda problem: bool(files) and problem.place.path not in files):
        print(problem, file=sys.stderr)
    failed = bool(problems or gone)
    if root == ROOT and not gone:
        running = [subprocess.Popen(command, cwd=ROOT) for command in _commands(files)]  # noqa: S603
        failed = any([process.wait() != 0 for process in running]) or failed
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in data and pages."
    print(count if failed else "No problems.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
