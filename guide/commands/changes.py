"""Say what has changed for readers since the last release, or record it for the next one: `make changes`.

With ARGS=--write, as part of a release, it writes what changed to data/changes/, which the site publishes, and the
words of this release to deploy/last-release.jsonl, which the next one is compared with.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from guide.commands.output_folder import replaced_file
from guide.commands.progress import progress
from guide.model.release import CHANGES, ChangedItem
from guide.outputs.feed import whole_releases
from guide.rendering.project import Project, read_project
from guide.reviewing.last_release import LAST_RELEASE, NotReadable, changes, edition, read, write
from guide.reviewing.usage import where_shown
from guide.versions import version

_FIRST = "No release has been recorded yet, so nothing has changed since. A release writes the first one down."


def release_day(root: Path, name: str) -> date | None:
    """Return the day of a release, as the changelog says it."""
    changelog = root / "CHANGELOG.md"
    text = changelog.read_text("utf-8") if changelog.is_file() else ""
    return next((release.day for release in whole_releases(text) if release.name == name), None)


def in_words(items: list[ChangedItem]) -> Iterator[str]:
    """Return lines that say what changed."""
    for item in items:
        mark = " [safety]" if item.safety else ""
        yield f"{item.title} ({item.kind}/{item.item}): {item.how}{mark}"
        for text in item.texts:
            where = f"{text.where}: " if text.where else ""
            was = f' was "{text.was}"' if text.was else " is new"
            yield f'  {where}"{text.now}"{was}' if text.now else f'  {where}"{text.was}" is gone'


def record(name: str, day: date, items: list[ChangedItem]) -> str:
    """Return the record of a release, as its file."""
    lines = [
        "# yaml-language-server: $schema=../../schemas/changes.json",
        "# Written by `make changes ARGS=--write`. Correct it only where it's wrong: it's what other sites were told.",
        f"id: {_id(name)}",
        f"version: {_quoted(name)}",
        f"day: {day}",
    ]
    lines += ["items:"] if items else []
    for item in items:
        lines += ["", *_listed(item.model_dump(mode="json", exclude_defaults=True), "  ")]
    return "\n".join(lines) + "\n"


def _listed(values: dict[str, object], indent: str) -> Iterator[str]:
    """Return the lines of an entry of a list."""
    start = f"{indent}- "
    for key, value in values.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            yield f"{start}{key}:"
            for inner in value:
                yield from _listed(inner, f"{indent}    ")
        elif isinstance(value, list):
            yield f"{start}{key}: [{', '.join(map(str, value))}]"
        else:
            yield f"{start}{key}: {_quoted(value) if isinstance(value, str) else str(value).lower()}"
        start = f"{indent}  "


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _id(name: str) -> str:
    return name.replace(".", "-")


def unrecorded(project: Project, *, needed: bool) -> str:
    """Return why a project can't be published as it is, or "": its words differ from those recorded for its release.

    Args:
        project: The project. A copy of another guide records nothing.
        needed: Whether a release must have been recorded.

    Raises:
        NotReadable: What was recorded can't be read.
    """
    if project.guide.site and project.guide.site.copy_of:
        return ""
    recorded = read(project.root)
    if recorded is None:
        return f"{LAST_RELEASE}:1: no release has been recorded. {_REMEDY} [changes]" if needed else ""
    if recorded.version != version():
        wrong = f'the words recorded are those of version "{recorded.version}", and this is "{version()}"'
        return f"{LAST_RELEASE}:1: {wrong}. {_REMEDY} [changes]"
    now = edition(project, version()).words
    before = recorded.words
    different = [key for key in {**now, **before} if now.get(key) != before.get(key)]
    if different:
        kind, item = different[0]
        more = f", and {len(different) - 1} more" if len(different) > 1 else ""
        wrong = f'"{kind}/{item}"{more} changed after version {version()} was recorded'
        remedy = "Raise version in pyproject.toml, head the changelog with it, and run make changes ARGS=--write."
        return f"{LAST_RELEASE}:1: {wrong}. {remedy} [changes]"
    return ""


_REMEDY = "Run make changes ARGS=--write, and commit what it writes."


def _write(project: Project, items: list[ChangedItem], text: str, day: date) -> None:
    file = project.root / "data" / CHANGES / f"{_id(version())}.yaml"
    last = project.root / LAST_RELEASE
    for path in (file, last):
        path.parent.mkdir(parents=True, exist_ok=True)
    with replaced_file(file) as fresh:
        fresh.write_text(record(version(), day, items), "utf-8")
    with replaced_file(last) as fresh:
        fresh.write_text(text, "utf-8")
    safety = sum(item.safety for item in items)
    print(
        f"{file.relative_to(project.root)}: {len(items):,} pages and records changed, {safety:,} of them matters of "
        f"safety. Look at it, and commit it with {LAST_RELEASE}."
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if the project can't be read whole, or a release can't be recorded."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds docs/ and data/")
    parser.add_argument("--write", action="store_true", help="record what changed, for a release")
    options = parser.parse_args(arguments)
    project = read_project(options.root.resolve())
    day = release_day(project.root, version())
    file = Path("data") / CHANGES / f"{_id(version())}.yaml"
    wrong = [str(problem) for problem in project.problems]
    try:
        before = read(project.root)
    except NotReadable as error:
        wrong.append(str(error))
        before = None
    if options.write and not day:
        remedy = f"Set version in pyproject.toml, and head a section with it and the day: ## {version()} (2026-11-23)."
        wrong.append(f'CHANGELOG.md:1: no section has the version "{version()}" and a day. {remedy} [changes]')
    if options.write and (project.root / file).exists():
        undo = f"put {LAST_RELEASE} back as it was at the release before, delete this file, and run this again"
        remedy = f"Raise version in pyproject.toml; or, if this one isn't published yet, {undo}."
        wrong.append(f"{file}:1: this version is recorded already. {remedy} [changes]")
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        return 1
    with progress("Looking at where each record is shown"):
        now = edition(project, version(), where_shown(project))
        items = list(changes(before, now, project)) if before else []
    if options.write and day:
        _write(project, items, write(now), day)
    elif before is None:
        print(_FIRST)
    else:
        print("\n".join(in_words(items)) or f"Nothing has changed since version {before.version}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
