"""Refuse a proposal that changes who has signed, or who vouches for it: `make changed-reviews BASE=origin/main`.

Only a maintainer who has looked at the state's register can say that a license is real, and no program can: the check
exists so that such a change can't pass unseen. It can't stop a proposal that changes the check too; CODEOWNERS and the
rules of the branch do.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from guide.reading.yaml_nodes import compose, plain_value

ROOT = Path(__file__).parents[2]
REVIEWS = "data/reviews"
SITE = "data/site.yaml"


class _GitError(Exception):
    """Git can't say what changed."""


def changed_reviews(root: Path, base: str) -> list[str]:
    """Return what a branch changes about signatures, one per line.

    Raises:
        _GitError: There is no such commit.
    """
    if not _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"):
        raise _GitError(f'"{base}" is not a commit here. Fetch it, or name another: make changed-reviews BASE=main.')
    names = _git(root, "diff", "--name-only", "-z", "--no-renames", base, "--", REVIEWS).split("\0")
    new = _git(root, "ls-files", "--others", "-z", "--", REVIEWS).split("\0")
    remedy = "A maintainer looks the license up, then sets the label that CONTRIBUTING.md names."
    found = [
        f"{name}:1: this proposal changes who has signed a page. {remedy} [signature]"
        for name in sorted({*names, *new} - {""})
    ]
    path = root / SITE
    now = _verifiers(path.read_text("utf-8") if path.is_file() else "")
    if now != _verifiers(_git(root, "show", f"{base}:{SITE}")):
        wrong = f"{SITE}:1: this proposal changes who vouches for licenses."
        found.append(f"{wrong} A maintainer agrees, then sets the label that CONTRIBUTING.md names. [signature]")
    return found


def _verifiers(text: str) -> object:
    node, _ = compose(SITE, text)
    value = plain_value(node) if node is not None else None
    return value.get("verifiers") if isinstance(value, dict) else None


def _git(root: Path, *arguments: str) -> str:
    """Return what git says; "" where it fails."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603, S607
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if a signature changed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("--base", default="origin/main", help="what to compare with (default: origin/main)")
    options = parser.parse_args(arguments)
    try:
        found = changed_reviews(options.root.resolve(), options.base)
    except _GitError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(found) or "No signature changed.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
