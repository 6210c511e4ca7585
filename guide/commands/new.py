"""Create a record or a page to fill in, with a note on each line: `make new KIND=checklists ID=first-visit`."""

import argparse
import re
import sys
from pathlib import Path

from markdown.extensions.toc import slugify

from guide.commands.edits import tell_git
from guide.commands.list_files import with_record
from guide.commands.new_language import language_file
from guide.model.guide import Guide, line_of
from guide.model.kind import Stored
from guide.model.problems import nearest
from guide.model.record import ID_PATTERN, LANGUAGE
from guide.model.registry import kinds
from guide.reading.labels import names_of_all
from guide.reading.records import read_guide
from guide.rendering import new_files

ROOT = Path(__file__).parents[2]
PAGE = "page"
LABELS = "labels"
"""A kind whose record is a language: its file has every label."""
UNADDED = (LABELS, "reviews")
"""Kinds to which no record is added by its id; reviews are what clinicians sign."""


def addable() -> list[str]:
    """Return the kinds that records can be added to."""
    return [key for key, kind in kinds().items() if key not in UNADDED and kind.stored is not Stored.ONE_RECORD]


class _NotCreated(Exception):
    """Nothing was written. The message says why, and what to do."""


def new(root: Path, kind: str, item: str) -> Path:
    """Create a record or a page, and return its file.

    Raises:
        _NotCreated: The kind is unknown, or the id is taken or isn't an id.
    """
    if kind == PAGE:
        return _new_page(root, item)
    if kind == LABELS:
        return _new_language(root, item)
    known = addable()
    if kind not in known:
        remedy = nearest(kind, [*known, PAGE, LABELS]) or f"Kinds: {', '.join([PAGE, *known, LABELS])}."
        raise _NotCreated(f'There is no kind "{kind}" to add to. {remedy}')
    _check_id(item)
    guide, _ = read_guide(root / "data")
    _check_free(guide, kind, item)
    path = root / kinds()[kind].place.replace("<id>", item)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = new_files.record(kinds()[kind], item, names_of_all(guide))
    if kinds()[kind].folder:
        first = f"# yaml-language-server: $schema=../../schemas/{kind}.json"
        path.write_text("\n".join([first, new_files.FIRST, *lines]) + "\n", "utf-8")
    else:
        text = path.read_text("utf-8") if path.is_file() else ""
        path.write_text(with_record(text, kinds()[kind], lines, new_files.FIRST), "utf-8")
    return path


def _check_id(item: str) -> None:
    if not re.match(ID_PATTERN, item):
        meant = slugify(item.replace("_", "-"), "-")
        raise _NotCreated(
            f'"{item}" is not an id. Write small letters, digits and hyphens{f": {meant}" if meant else ""}.'
        )


def _check_free(guide: Guide, kind: str, item: str) -> None:
    source = guide.sources[kind].get(item)
    if source:
        line = line_of(source.node, ("id",))
        raise _NotCreated(f'The id "{item}" is taken: {source.path}:{line}. Choose another, or change that record.')
    if kind in guide.unread:
        raise _NotCreated(f"{kinds()[kind].place} cannot be read. Run make check, and fix it first.")
    if any(record.address.partition("/")[2] == item for record in guide.withdrawn.values()):
        raise _NotCreated(f'The id "{item}" was withdrawn, and is never used again. Choose another.')


def _new_language(root: Path, language: str) -> Path:
    path = root / "data" / LABELS / f"{language}.yaml"
    if not re.fullmatch(LANGUAGE, language):
        raise _NotCreated(f'"{language}" is not a language tag. Write one such as es, or es-US.')
    if path.exists():
        raise _NotCreated(f"{path.relative_to(root)} is there already. make check says which labels it lacks.")
    path.write_text(language_file(root, language), "utf-8")
    return path


def _new_page(root: Path, item: str) -> Path:
    item = item.removeprefix("docs/")
    for step in item.removesuffix(".md").split("/"):
        _check_id(step)
    path = root / "docs" / f"{item.removesuffix('.md')}.md"
    if path.exists():
        raise _NotCreated(
            f"The page {path.relative_to(root)} is there already. Choose another name, or change that page."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(new_files.page(), "utf-8")
    return path


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if nothing was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("kind", help=f"one of the folders and files of data/, or {PAGE}")
    parser.add_argument("id", help="small letters, digits and hyphens; of a page, its path in docs/")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    try:
        path = new(root, options.kind, options.id)
    except _NotCreated as error:
        print(error, file=sys.stderr)
        return 1
    shown = path.relative_to(root).as_posix()
    tell_git(root, [shown])
    nav = " and add it to nav in mkdocs.yml," if options.kind == PAGE else ""
    print(f"Wrote {shown}. Fill it in,{nav} then run: make check FILES={shown}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
