"""Bring the next version of the generator into a guide: `make upgrade-generator FROM=../its-folder`.

The next version's own code does it, so this module and `ownership` need no package but PyYAML, which every version has.
Pages, data and settings stay as they are. A file of the generator that the guide has changed is merged line by line, as
git merges; where both changed the same lines, the guide's stay, and the command prints those of the new version.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guide.commands.command import Refused
from guide.commands.ownership import LOCK, Lock, first_form, generators_files, git, id_of, lock_of, read_lock
from guide.reading.yaml_nodes import compose, plain_value

ROOT = Path(__file__).parents[2]
_NEEDED = ("guide/commands/ownership.py", "guide/commands/upgrade_generator.py", "starter/mkdocs.yml", "macros")
_SETTINGS, _SITE = "mkdocs.yml", "schemas/site.json"
_MARKS = 60
"""How long the marks are that git writes around lines that both have changed; no line of a file is like that."""
_MOST_CLASHES = 127
"""git exits with the number of clashes, up to this one, and with a higher status if it can't merge."""
_SHOWN = 10
"""How many lines of the new version are printed for one place."""


@dataclass
class Upgrade:
    """What an upgrade does to each file, and what somebody has to look at."""

    lock: Lock
    written: dict[str, bytes] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)


def check_guide(root: Path) -> Lock:
    """Return the lock of a guide that can be upgraded.

    Raises:
        Refused: It has none, or git doesn't have all of its files as they are.
    """
    lock = read_lock(root)
    if lock is None:
        wrong = f"There is no {LOCK} here: no `make new-guide` has made this project"
        raise Refused(wrong, "Run this in a guide that it has made.", "upgrade")
    if not (root / ".git").exists():
        wrong = "This guide is in no git repository, so an upgrade couldn't be undone"
        raise Refused(wrong, 'Run: git init && git add --all && git commit -m "The guide so far"', "upgrade")
    if git(root, "status", "--porcelain"):
        wrong = "Some files have changes that aren't committed, so an upgrade couldn't be told from them"
        raise Refused(wrong, "Commit them or undo them (git status lists them), then run this again.", "upgrade")
    return lock


def check_source(given: str, root: Path) -> Path:
    """Return the folder of another version.

    Raises:
        Refused: It holds no generator.
    """
    if not given.strip():
        raise Refused("There is no folder to upgrade from", "Write FROM=../the-folder-of-the-new-version.", "upgrade")
    source = Path(given).expanduser().resolve()
    missing = [name for name in _NEEDED if not (source / name).exists()]
    if missing:
        wrong = f"{source} holds no generator: it has no {missing[0]}"
        raise Refused(wrong, "Name the folder of a project that has `make new-guide`.", "upgrade")
    if source == root:
        raise Refused("FROM is this guide itself", "Name the folder of the new version.", "upgrade")
    return source


def plan(root: Path, source: Path) -> Upgrade:
    """Return what an upgrade does, without doing it."""
    old = read_lock(root)
    if old is None:
        raise Refused(f"There is no {LOCK} in {root}", "Run this in a guide that `make new-guide` has made.", "upgrade")
    files = generators_files(source)
    ids = {path: id_of(content) for path, content in files.items()}
    upgrade = Upgrade(lock_of(source, files))
    for path in sorted({*old.files, *files}):
        mine = (root / path).read_bytes() if (root / path).is_file() else None
        before, new = old.files.get(path), files.get(path)
        have = None if mine is None else id_of(mine)
        if have == ids.get(path) or before == ids.get(path):
            continue  # It is so already; or only the guide has changed or deleted it.
        if have == before:
            _replace(upgrade, path, new)
        elif new is None:
            upgrade.by_hand.append(
                f"{path}: the generator no longer has it, and you have changed it. It's still there."
            )
        elif mine is None:
            upgrade.by_hand.append(f"{path}: you have deleted it, and the new version changes it. It stays deleted.")
        else:
            _merge(upgrade, root, source, path, mine, new, before)
    upgrade.settings += [*_settings(root, source), *_site(root, source)]
    return upgrade


def _replace(upgrade: Upgrade, path: str, new: bytes | None) -> None:
    if new is None:
        upgrade.removed.append(path)
    else:
        upgrade.written[path] = new


def _merge(upgrade: Upgrade, root: Path, source: Path, path: str, mine: bytes, new: bytes, before: str | None) -> None:
    """Add the changes of the new version to a file that the guide has changed; its own lines never win silently."""
    if before is None:
        del upgrade.lock.files[path]
        wrong = "the generator now has a file of this name, and so do you"
        upgrade.by_hand.append(f"{path}: {wrong}. Yours stays: rename it, and run this again.")
        return
    base = _before(root, source, path, before)
    merged = None if base is None else _merged(mine, base, new)
    if merged is None:
        # The old id stays, so that the next run looks at the file again.
        upgrade.lock.files[path] = before
        wrong = "git no longer has it as it came" if base is None else "it can't be merged line by line"
        upgrade.by_hand.append(
            f"{path}: you have changed it, and {wrong}. Yours stays: compare it with {source / path}."
        )
        return
    content, clashes = merged
    if content != mine:
        upgrade.written[path] = content
        upgrade.merged.append(path)
    upgrade.by_hand += [f"{path}:{clash}" for clash in clashes]


def _before(root: Path, source: Path, path: str, wanted: str) -> bytes | None:
    """Return a file as the guide got it, from the history of the guide or from that of the generator."""
    lock = read_lock(root)
    names = [(root, wanted), (source, wanted), (source, f"{lock.commit if lock else ''}:{path}")]
    for repository, name in names:
        found = subprocess.run(["git", "cat-file", "blob", name], cwd=repository, capture_output=True, check=False)  # noqa: S603, S607
        content = first_form(path, found.stdout) if name != wanted else found.stdout
        if found.returncode == 0 and id_of(content) == wanted:
            return content
    return None


def _merged(mine: bytes, before: bytes, new: bytes) -> tuple[bytes, list[str]] | None:
    """Return a file with the changes of both, and where both changed the same lines, the line and what is new there."""
    with tempfile.TemporaryDirectory() as folder:
        sides = [Path(folder, name) for name in ("yours", "before", "new")]
        for path, content in zip(sides, (mine, before, new), strict=True):
            path.write_bytes(content)
        command = ["git", "merge-file", "--stdout", "--quiet", f"--marker-size={_MARKS}", *map(str, sides)]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
    if done.returncode > _MOST_CLASHES:
        return None
    kept: list[bytes] = []
    clashes: list[str] = []
    yours: list[bytes] = []
    theirs: list[bytes] = []
    into = kept
    for line in done.stdout.splitlines(keepends=True):
        if line.startswith(b"<" * _MARKS):
            yours, theirs = [], []
            into = yours
        elif line.startswith(b"=" * _MARKS):
            into = theirs
        elif line.startswith(b">" * _MARKS):
            clashes.append(_clash(len(kept), len(yours), theirs))
            kept += yours
            into = kept
        else:
            into.append(line)
    return b"".join(kept), clashes


def _clash(above: int, yours: int, theirs: list[bytes]) -> str:
    """Describe a place where both have changed the same lines: the guide's, and what the new version has there."""
    if yours:
        where = f"{above + 1}-{above + yours}" if yours > 1 else f"{above + 1}"
        said = f"{where}: you and the new version have changed {'these lines' if yours > 1 else 'this line'}. Yours"
    else:
        said = f"{above + 1}: you have deleted lines here that the new version changes. That"
    said += f" {'stay' if yours > 1 else 'stays'}, and "
    if not theirs:
        return f"{said}the new version has nothing here."
    shown = [line.decode("utf-8", "replace").rstrip("\r\n") for line in theirs]
    more = [f"... and {len(shown) - _SHOWN} more lines"] if len(shown) > _SHOWN else []
    return "\n      | ".join([f"{said}the new version has:", *shown[:_SHOWN], *more])


def _settings(root: Path, source: Path) -> Iterator[str]:
    """Return the settings of mkdocs.yml that are new in the example, or gone from it."""
    before, after, mine = (
        set(_keys(_loaded(folder / _SETTINGS))) for folder in (root / "starter", source / "starter", root)
    )
    for key in sorted(after - before - mine):
        yield f"{_SETTINGS}: `{key}` is new. See {source / 'starter' / _SETTINGS}."
    for key in sorted((before - after) & mine):
        yield f"{_SETTINGS}: `{key}` means nothing any more. Delete it."


def _loaded(path: Path) -> Any:
    top, _ = compose(path.name, path.read_text("utf-8"), records=False) if path.is_file() else (None, [])
    return plain_value(top) if top else {}


def _keys(value: Any, above: str = "") -> Iterator[str]:
    for key, inner in value.items() if isinstance(value, dict) else ():
        if above or key != "nav":
            yield f"{above}{key}"
            yield from _keys(inner, f"{above}{key}.")


def _site(root: Path, source: Path) -> Iterator[str]:
    """Return the keys of data/site.yaml that are new or gone."""
    before, after = (json.loads((folder / _SITE).read_text("utf-8")) for folder in (root, source))
    for key, said in after["properties"].items():
        if key not in before["properties"]:
            needed = "needed" if key in after.get("required", ()) else "optional"
            yield f"data/site.yaml: `{key}` is new, and {needed}: {said.get('description', '')}"
    written = _loaded(root / "data/site.yaml")
    for key in before["properties"]:
        if key not in after["properties"] and key in written:
            yield f"data/site.yaml: `{key}` means nothing any more. Delete it."


def carry_out(upgrade: Upgrade, root: Path, source: Path) -> None:
    """Write and remove files, and the lock last of all."""
    for path, content in upgrade.written.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
        shutil.copymode(source / path, root / path)
    for path in upgrade.removed:
        (root / path).unlink()
        for folder in (root / path).parents:
            if folder == root or any(folder.iterdir()):
                break
            folder.rmdir()
    (root / LOCK).write_text(upgrade.lock.text(), "utf-8")


def _report(upgrade: Upgrade, old: Lock) -> Iterator[str]:
    yield f"The generator was {old.named}, and is now {upgrade.lock.named}."
    yield f"{len(upgrade.written)} files written, {len(upgrade.removed)} removed. Pages, data and settings stay."
    if upgrade.merged:
        yield "\nYou had changed these, and they now have the new version's changes too. Look at them:"
        yield from (f"  {path}" for path in upgrade.merged)
    if upgrade.by_hand:
        yield "\nThese need your hand:"
        yield from (f"  {line}" for line in upgrade.by_hand)
    if upgrade.settings:
        yield "\nSettings:"
        yield from (f"  {line}" for line in upgrade.settings)
    yield "\nNext: make schemas, make check, make test, and commit. To undo it: git reset --hard && git clean -fd"


def main(arguments: list[str] | None = None) -> int:
    """Run the command: check this guide, then have the other version's code upgrade it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--into", type=Path, help="the guide to upgrade; only this command itself gives it")
    parser.add_argument("source", help="the folder of the next version, or of a guide that has it")
    options = parser.parse_args(arguments)
    if not options.into:
        check_guide(ROOT)
        source = check_source(options.source, ROOT)
        command = [sys.executable, "-B", "-m", "guide.commands.upgrade_generator", "--into", str(ROOT), str(source)]
        return subprocess.run(command, cwd=source, check=False).returncode  # noqa: S603
    root, source = options.into, Path(options.source)
    old, upgrade = check_guide(root), plan(root, source)
    if upgrade.lock == old and not upgrade.by_hand:
        print(f"This guide has version {old.named} already; nothing has changed.", file=sys.stderr)
        return 0
    carry_out(upgrade, root, source)
    print(*_report(upgrade, old), sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
