"""Report every problem of data, pages and code: `make check`, or `make check FILES="data/x.yaml"` for some files."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from guide.checking import run_rules
from guide.checking.labels import unfinished_languages
from guide.commands.edits import not_in_git
from guide.commands.progress import progress
from guide.rendering.project import read_project

ROOT = Path(__file__).parents[2]
CODE = ["macros", "guide", "bench", "tests"]
_LAYOUT = re.compile(r"^(.+?):\d+:\d+: (?:unformatted|I001)\b", re.MULTILINE)
"""What `make fix` repairs, in the file that it names."""


def _commands(files: list[str]) -> list[list[str]]:
    """Return the commands that check code and spelling, of the given files or of everything."""
    python = [sys.executable, "-m"]
    brief = ["--quiet", "--output-format", "concise"]
    linters = [["ruff", "check", *brief], ["ruff", "format", "--check", *brief]]
    if files:
        code = [file for file in files if file.endswith(".py")]
        return [[*python, *linter, *code] for linter in linters if code] + [[*python, "codespell_lib", *files]]
    return [
        *([*python, *linter, *CODE] for linter in linters),
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
    missing = [file for file in files if not (root / file).is_file()]
    for file in missing:
        print(f"{file}:1: there is no such file. Name it from the folder of the guide. [no-file]", file=sys.stderr)
    with progress("Checking data and pages"):
        project = read_project(root)
        problems = run_rules(project)
    # A change of these files can break others, so other problems follow.
    for problem in sorted(problems, key=lambda problem: bool(files) and problem.place.path not in files):
        print(problem, file=sys.stderr)
    print(*(f"{note}\n" for note in unfinished_languages(project)), sep="", end="", file=sys.stderr)
    print(not_in_git(root), end="", file=sys.stderr)
    complaints: list[str] = []
    if root == ROOT and not missing:
        with progress("Checking code and spelling"):
            complaints = list(_complaints(_commands(files)))
        print(*complaints, sep="", end="", flush=True)
    checked = f"{len(project.pages)} pages and {sum(1 for _ in project.guide.written()):,} records"
    number = len(problems) + len(missing)
    count = f"{number} problem{'' if number == 1 else 's'}" if number else "No problems"
    print(f"{count} in {checked}{_in_code(''.join(complaints))}.", file=sys.stderr)
    return 1 if problems or missing or complaints else 0


def _in_code(complaints: str) -> str:
    """Return what to add to the last line about problems of code and spelling; each printed line counts as one."""
    count = sum(bool(line) and ": note: " not in line for line in complaints.splitlines())
    if not count:
        return ""
    layout = sorted(set(_LAYOUT.findall(complaints)))
    remedy = f'. To lay out code, run make fix FILES="{" ".join(layout)}"' if layout else ""
    return f"; {count} in code and spelling, above{remedy}"


def _complaints(commands: list[list[str]]) -> Iterator[str]:
    """Run commands in parallel, and return the output of those that fail."""
    # Separate process groups, because Ctrl+C would make each of them print a traceback.
    running = {
        " ".join(command[:4]): subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0
        )
        for command in commands
    }
    try:
        for name, process in running.items():
            output, _ = process.communicate()
            if process.returncode:
                yield output or f"{name} fails with exit status {process.returncode}.\n"
    finally:
        for process in running.values():
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
