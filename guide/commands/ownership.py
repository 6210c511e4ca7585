"""Which files belong to the generator and which to the guide, and what a guide records about its generator.

`make new-guide` copies the generator's files and writes the guide's own from `starter/`; `make upgrade-generator`
replaces the generator's files and leaves the guide's alone. This module imports nothing but Python's own library,
because the next version's upgrade runs before its packages are installed.
"""

import hashlib
import re
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

GENERATOR = (
    ".editorconfig",
    ".gitattributes",
    ".github/",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "DEVELOPING.md",
    "LICENSE",
    "Makefile",
    "SECURITY.md",
    "bench/",
    "data/README.md",
    "deploy/",
    "guide/",
    "macros/",
    "pyproject.toml",
    "requirements.lock",
    "schemas/",
    "scripts/",
    "starter/",
    "tests/",
)
"""The generator's files: the same in every guide, but for what a guide's programmers change."""
GUIDE = (
    ".ci/",
    ".github/CODEOWNERS",
    ".github/screenshot.png",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE-CONTENT",
    "README.md",
    "bench/RESULTS.md",
    "data/",
    "deploy/addresses.txt",
    "deploy/last-release.jsonl",
    "docs/",
    "generator.lock",
    "mkdocs.yml",
    "tests/guide/",
)
"""The guide's files: `starter/` has the first ones, with `[replace: ...]` where a guide must write its own.

Of two names that fit a file, the longer one counts.
"""


@dataclass(frozen=True)
class OwnLine:
    """A line of the guide in a file of the generator, and what it is in a new guide."""

    pattern: str
    first: str


BOTH = {
    ".github/ISSUE_TEMPLATE/": (
        OwnLine(
            r"^( *)\*\*.*\*\* Nobody here will see this.*$",
            r"\1**In danger? Call 911.** Nobody here will see this in time to help.",
        ),
        OwnLine(r"^    url: .*$", "    url: https://www.911.gov/"),
        OwnLine(r"^    about: .*$", "    about: If you're in danger, call 911. Nobody answers emergencies here."),
    ),
    "CODE_OF_CONDUCT.md": (OwnLine(r"^If someone is in danger now, .*$", "If someone is in danger now, call 911."),),
    "CONTRIBUTING.md": (
        OwnLine(r"^(\d\. )Go through the \[page checklist\].*$", r"\1Look at the page, on a narrow screen too."),
        OwnLine(
            r"^\[For clinicians\]\(.*$",
            "A clinician reads each passage, and says whether it's right. An editor does the rest:",
        ),
    ),
    "pyproject.toml": (
        OwnLine(r"^version = .*$", 'version = "0.0.0"'),
        OwnLine(r"^skip = .*$", 'skip = "data/search.yaml,data/references.yaml"'),
        OwnLine(r"^(# )?ignore-words-list = .*$", '# ignore-words-list = "words,that,are,no,mistakes"'),
    ),
}
"""Files of the generator that hold lines of the guide: an upgrade leaves these lines as the guide has them."""

LOCK = "generator.lock"
_HEAD = """\
# The generator of this guide: its version, and its files as they came, by git's ids of their content.
# `make upgrade-generator FROM=../its-folder` brings the next version and writes this file; don't change it by hand.
"""


@dataclass(frozen=True)
class Lock:
    """What a guide knows of the generator it has: a version, a commit ("" if unknown), and the id of each file."""

    version: str
    commit: str
    files: dict[str, str]

    def text(self) -> str:
        """Return it as it is written."""
        lines = [f"{self.files[path]} {path}" for path in sorted(self.files)]
        return _HEAD + "\n".join([f"version {self.version}", f"commit {self.commit or 'unknown'}", *lines]) + "\n"

    @property
    def named(self) -> str:
        """The version as people say it."""
        return f"{self.version} ({self.commit[:7]})" if self.commit else self.version


def read_lock(root: Path) -> Lock | None:
    """Return what a guide's lock says, or nothing in the project that the generator comes from."""
    path = root / LOCK
    if not path.is_file():
        return None
    entries = [line.split(" ", 1) for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    said = {value: key for key, value in entries[2:]}
    commit = entries[1][1]
    return Lock(entries[0][1], "" if commit == "unknown" else commit, said)


def is_generators(path: str) -> bool:
    """Return whether a file, by its path below the project, is one of the generator's."""
    return len(_longest(GENERATOR, path)) > len(_longest(GUIDE, path))


def is_guides(path: str) -> bool:
    """Return whether a file is one of the guide's own."""
    return len(_longest(GUIDE, path)) > len(_longest(GENERATOR, path))


def _longest(names: Iterable[str], path: str) -> str:
    fitting = [name for name in names if path == name or (name.endswith("/") and path.startswith(name))]
    return max(fitting, key=len, default="")


def files_below(root: Path) -> list[str]:
    """Return every file below a folder except what its .gitignore names, whether or not it's a git repository."""
    with tempfile.TemporaryDirectory() as empty:
        git(Path(empty), "init", "--quiet", "--bare", ".")
        listed = git(root, f"--git-dir={empty}", "--work-tree=.", "ls-files", "-z", "--others", "--exclude-standard")
    return sorted(path for path in listed.decode("utf-8").split("\0") if path and not path.startswith(".git/"))


def generators_files(root: Path) -> dict[str, bytes]:
    """Return the generator's files of a project, each as a new guide gets it.

    A component that a guide has added itself isn't the generator's: its lock doesn't name it.
    """
    lock = read_lock(root)
    paths = [path for path in files_below(root) if is_generators(path) and (lock is None or path in lock.files)]
    return {path: first_form(path, (root / path).read_bytes()) for path in paths}


def first_form(path: str, content: bytes) -> bytes:
    """Return a file of the generator with the guide's own lines as they are in a new guide."""
    lines = BOTH.get(_longest(BOTH, path), ())
    if not lines:
        return content
    text = content.decode("utf-8")
    for line in lines:
        text = re.sub(line.pattern, line.first, text, flags=re.MULTILINE)
    return text.encode("utf-8")


def id_of(content: bytes) -> str:
    """Return git's id of a file's content."""
    return hashlib.sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest()


def lock_of(root: Path, files: dict[str, bytes]) -> Lock:
    """Return the lock of a guide that gets these files from a project, which may be a guide itself."""
    ids = {path: id_of(content) for path, content in files.items()}
    lock = read_lock(root)
    if lock:
        return Lock(lock.version, lock.commit, ids)
    found = re.search(r'^version = "(.*)"$', (root / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    return Lock(found[1] if found else "unknown", _commit(root), ids)


def _commit(root: Path) -> str:
    """Return the commit that a project is at, if its files are as that commit has them."""
    if not (root / ".git").exists() or git(root, "status", "--porcelain"):
        return ""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout.strip() if done.returncode == 0 else ""


def git(root: Path, *arguments: str) -> bytes:
    """Run git in a folder, and return what it prints."""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout  # noqa: S603, S607
