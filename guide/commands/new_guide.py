"""Write a guide on another topic beside this one: `make new-guide DIR=../stroke NAME="Stroke care, plainly"`.

It gets the generator's files, and those of `starter/` as its own: a small guide that passes every check, with an
example of every kind of page and record.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from calendar import monthrange
from datetime import UTC, date, datetime
from pathlib import Path

from guide.commands.command import Refused
from guide.commands.ownership import LOCK, files_below, generators_files, git, lock_of
from guide.model.characters import hidden_characters
from guide.model.registry import kinds
from guide.rendering.notes import with_notes

ROOT = Path(__file__).parents[2]
STARTER = "starter/"
_LONGEST = 60
_QUOTED = (".yml", ".yaml", ".cff")
_WRITTEN = (*_QUOTED, ".md", "LICENSE-CONTENT")
"""Ends of the names of files that a placeholder can stand in."""


def checked_name(name: str) -> str:
    """Return the name of a guide without spaces around it.

    Raises:
        Refused: It can't be a name.
    """
    name = name.strip()
    if not name:
        raise Refused("The guide has no name", 'Write NAME="Stroke care, plainly", with your own words.', "name")
    if len(name) > _LONGEST:
        wrong = f"The name has {len(name)} characters"
        raise Refused(wrong, f"Write at most {_LONGEST}: it stands at the top of every page.", "name")
    if hidden_characters(name) or "\n" in name or "\t" in name:
        raise Refused("The name has a line break or an invisible character", "Type it anew, on one line.", "name")
    marks = sorted(set(name) & set("{}<>\\"))
    if marks:
        raise Refused(f"The name contains {' '.join(marks)}", "Leave that out.", "name")
    return name


def checked_folder(given: str, root: Path) -> Path:
    """Return the folder of a new guide.

    Raises:
        Refused: It can't be made, or shouldn't.
    """
    if not given.strip():
        raise Refused("There is no folder for the guide", "Write DIR=../stroke, with a name of your own.", "folder")
    if re.search(r"\s", given):
        raise Refused(f'The folder "{given}" has a space in its name', "Write a hyphen in its place.", "folder")
    if hidden_characters(given):
        raise Refused("The name of the folder has an invisible character", "Type it anew.", "folder")
    path = Path(given).expanduser()
    folder = Path(os.path.abspath(path.parent.resolve() / path.name))
    if folder.is_symlink() or folder.exists():
        raise Refused(f"{folder} is there already", "Choose another name: nothing is ever written over.", "folder")
    if folder.is_relative_to(root):
        remedy = f"Write DIR=../{folder.name}, for a folder beside it."
        raise Refused(f"{folder} is inside this project", remedy, "folder")
    if not folder.parent.is_dir():
        raise Refused(f"There is no folder {folder.parent}", "Make it first, or choose another one.", "folder")
    if not os.access(folder.parent, os.W_OK | os.X_OK):
        raise Refused(
            f"You can't write to {folder.parent}", "Choose another folder, such as one of your own.", "folder"
        )
    return folder


def write(root: Path, folder: Path, name: str, today: date) -> None:
    """Write a new guide, whole or not at all."""
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        beside.chmod(0o755)
        generators = generators_files(root)
        for path, content in generators.items():
            _put(beside / path, content, root / path)
        own = [path.removeprefix(STARTER) for path in files_below(root) if path.startswith(STARTER)]
        for path in own:
            _put(beside / path, _filled(path, (root / STARTER / path).read_bytes(), name, today), root / STARTER / path)
        (beside / LOCK).write_text(lock_of(root, generators).text(), "utf-8")
        git(beside, "init", "--quiet", "--initial-branch=main")
        git(beside, "add", "--all")
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _put(path: Path, content: bytes, like: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    shutil.copymode(like, path)


def _filled(path: str, content: bytes, name: str, today: date) -> bytes:
    """Return a file of the starter with its name and days, and what each key of a record means."""
    if not path.endswith(_WRITTEN):
        return content
    quoted = json.dumps(name, ensure_ascii=False) if path.endswith(_QUOTED) else name
    if path.endswith(".md"):
        quoted = re.sub(r"([`*_\[\]#|~!])", r"\\\1", name)
    text = content.decode("utf-8").replace("<name>", quoted).replace("<today>", today.isoformat())
    for months in (3, 12):
        text = text.replace(f"<in-{months}-months>", _later(today, months).isoformat())
    kind = kinds().get(re.sub(r"^data/([a-z-]+)[/.].*", r"\1", path))
    return (with_notes(kind, text) if kind else text).encode("utf-8")


def _later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, monthrange(day.year + year, month + 1)[1]))


def _commit(folder: Path) -> bool:
    """Make the first commit of a guide, if git knows who makes it."""
    command = ["git", "commit", "--quiet", "--message", "guide: begun with the generator and its example"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0  # noqa: S603


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", help="a folder that isn't there yet")
    parser.add_argument("name", help="what readers call the guide")
    options = parser.parse_args(arguments)
    name, folder = checked_name(options.name), checked_folder(options.folder, ROOT)
    write(ROOT, folder, name, datetime.now(UTC).date())
    shown = os.path.relpath(folder)
    first = "" if _commit(folder) else f'    git -C {shown} commit -m "The guide begins"\n'
    print(
        f"{name} is in {shown}, a git repository of its own. Next:\n\n{first}    cd {shown}\n    make serve\n\n"
        "README.md there says what to change first.",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
