"""Changes of several files of a project: tried first on a copy, then written all or not at all."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from guide.checking import check_project, run_rules
from guide.checking.code_owners import OWNERS
from guide.commands.command import Refused
from guide.commands.output_folder import replaced_file
from guide.commands.progress import progress
from guide.model.problems import Problem
from guide.reading.released_addresses import ADDRESS_LIST
from guide.rendering.project import Project, read_project

_READ = ("docs", "data", "mkdocs.yml", OWNERS, ADDRESS_LIST)
"""What rules look at."""
_WINDOWS = re.compile(r"(?:[^\r\n]*\r\n)+[^\r\n]*")
"""A text all of whose lines end as on Windows."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Edits:
    """What is to change in a project.

    Attributes:
        root: Its folder.
        files: The new text of files, by path in the project, with line feeds as line ends; None for those to delete.
        windows: Files with Windows line ends, which they keep.
    """

    root: Path
    files: dict[str, str | None] = field(default_factory=dict)
    windows: set[str] = field(default_factory=set)

    def text(self, path: str) -> str:
        """Return the text of a file as it will be; "" if there is no such file."""
        if path in self.files:
            return self.files[path] or ""
        file = self.root / path
        text = file.read_bytes().decode("utf-8", "surrogateescape") if file.is_file() else ""
        if _WINDOWS.fullmatch(text):
            self.windows.add(path)
            return text.replace("\r\n", "\n")
        return text

    def set(self, path: str, text: str) -> None:
        """Replace the text of a file."""
        if text != self.text(path):
            self.files[path] = text

    def tried(self, place: Callable[[str], str] = str) -> tuple[Project, list[Problem]]:
        """Return the project as it would be after the change, and the problems that it would have but doesn't have now.

        Args:
            place: Returns what a file will be called after the change, from its name now.
        """
        with tempfile.TemporaryDirectory() as folder:
            copy = copied(self.root, Path(folder))
            Edits(copy, self.files, self.windows).write()
            project = read_project(copy)
            after = run_rules(project)
        if not after:
            return project, []
        before = Counter((place(problem.place.path), problem.rule) for problem in check_project(self.root))
        new = []
        for problem in after:
            key = (problem.place.path, problem.rule)
            before[key] -= 1
            if before[key] < 0:
                new.append(problem)
        return project, new

    def write(self) -> None:
        """Write every file, or none if one can't be written."""
        with _signals_wait(), ExitStack() as files:
            for path, text in self.files.items():
                if text is not None:
                    target = self.root / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    fresh = files.enter_context(replaced_file(target))
                    whole = text.replace("\n", "\r\n") if path in self.windows else text
                    fresh.write_bytes(whole.encode("utf-8", "surrogateescape"))
                    if target.exists():
                        shutil.copymode(target, fresh)
            # The first file that takes the place of an old one does so once all are written.
            files.close()
            for path in [path for path, text in self.files.items() if text is None]:
                (self.root / path).unlink()
                if not any((self.root / path).parent.iterdir()):
                    (self.root / path).parent.rmdir()


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Block signals inside the `with` block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def copied(root: Path, folder: Path) -> Path:
    """Copy what rules look at, and return where the copy is."""
    for name in _READ:
        source, target = root / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, ignore=_special)
        elif source.is_file():
            shutil.copy(source, target)
    return folder


def _special(folder: str, names: list[str]) -> list[str]:
    """Return what is neither a file nor a folder, such as a pipe."""
    paths = {name: Path(folder, name) for name in names}
    return [name for name, path in paths.items() if not (path.is_symlink() or path.is_file() or path.is_dir())]


def git(root: Path, *arguments: str) -> str | None:
    """Return what git says; None without git, or if the project is in no repository."""
    if not shutil.which("git"):
        return None
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout if done.returncode == 0 else None


def tell_git(root: Path, paths: Iterable[str]) -> None:
    """Add those of the files written that are new, so that `git commit -a` includes them.

    With their content: of one that was only announced (`--intent-to-add`), `git restore` would leave an empty file.
    """
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *paths)
    if new:
        git(root, "add", "--", *new.rstrip("\0").split("\0"))


def not_in_git(root: Path) -> str:
    """Return a line about pages, records and pictures that a commit would leave out; "" if there are none."""
    found = git(root, "ls-files", "--others", "--exclude-standard", "--", "docs", "data")
    if not found:
        return ""
    first, *others = found.splitlines()
    named = f"{first} and {len(others)} more" if others else first
    return f"Git doesn't know {named} yet. Before you commit, run: git add docs data\n"


class Change(Protocol):
    """What a command is to change."""

    edits: Edits

    def problems(self) -> list[str]:
        """Return what stands in the way, one per line."""

    def report(self) -> Iterator[str]:
        """Return what was done, one per line."""


def carry_out(prepared: Callable[[], Change]) -> int:
    """Prepare a change, try it, write it, and say what was done; return 1 if nothing was changed.

    Args:
        prepared: Returns the change; raises `Refused` if it can't be made.
    """
    try:
        with progress("Looking for what has to change"):
            change = prepared()
        with progress("Checking the guide as it will be"):
            problems = change.problems()
    except Refused as error:
        problems = [str(error)]
    if problems:
        print(*problems, "Nothing was changed.", sep="\n", file=sys.stderr)
        return 1
    change.edits.write()
    tell_git(change.edits.root, [path for path, text in change.edits.files.items() if text is not None])
    print(*change.report(), sep="\n", file=sys.stderr)
    return 0
