"""Report in plain words, as Markdown for a pull request, what changes for readers: `make diff BASE=origin/main`.

The working tree, committed or not, is compared with its merge base with BASE. What is a matter of safety comes first.
"""

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from guide.commands.edits import not_in_git
from guide.rendering.project import read_project
from guide.reviewing.report import Review

_SAME_BRANCH = (
    "You are on {base} itself, so only what isn't committed yet is compared. To see what you have committed too, run "
    "make diff."
)


class GitError(Exception):
    """Git can't provide what was asked for."""


def _write_base(root: Path, base: str, folder: Path) -> None:
    """Write docs/ and data/ as they were in another commit.

    Args:
        root: The folder of the project, in a git repository.
        base: A commit, branch or tag. Its merge base with this branch is what is written.
        folder: An empty folder.

    Raises:
        GitError: there is no such commit, or it has no guide.
    """
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}").strip()
    except GitError:
        remedy = "Fetch it, or name another: make diff BASE=HEAD compares with your last commit."
        raise GitError(f'"{base}" is not a commit here. {remedy}') from None
    # A shallow clone has no merge base; then the base itself has to do.
    with suppress(GitError):
        commit = _git(root, "merge-base", commit.decode(), "HEAD").strip()
    try:
        archive = _git(root, "archive", "--format=tar", commit.decode(), "docs", "data")
    except GitError as error:
        raise GitError(f'"{base}" holds no guide: {error}') from None
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(folder, members=[member for member in packed if member.isfile()], filter="data")


def _git(root: Path, *arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603, S607
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace").strip())
    return done.stdout


def _branch(root: Path) -> str:
    """Return the branch that is checked out, or "" if none is."""
    with suppress(GitError):
        return _git(root, "symbolic-ref", "--quiet", "--short", "HEAD").decode().strip()
    return ""


@contextmanager
def compared(root: Path, base: str) -> Iterator[Review]:
    """Compare a project with what it was in another commit.

    Raises:
        GitError: Git can't provide that.
    """
    with tempfile.TemporaryDirectory() as folder:
        _write_base(root, base, Path(folder))
        yield Review(Path(folder), read_project(root))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 only if there is nothing to compare with."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--base", default="origin/main", help="what to compare with (default: origin/main)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    try:
        with compared(root, options.base) as review:
            print(review, end="")
        print(not_in_git(root), end="", file=sys.stderr)
        if options.base == _branch(root):
            print(_SAME_BRANCH.format(base=options.base), file=sys.stderr)
    except GitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
