"""Check that a site can be released: `make check-release`.

It must not hold anything of the example that a new guide begins with, nor an example in place of its publisher's
address. It must not have lost an address of the last release, must not claim a check on a day in the future, must say
what was recorded for this release and nothing else, and must be cited (CITATION.cff) as what it is.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from guide.checking.code_owners import OWNERS
from guide.commands import check_addresses
from guide.commands.changes import unrecorded
from guide.commands.overdue import future
from guide.commands.ownership import files_below, is_guides
from guide.model.guide import Guide, line_of, walk
from guide.model.problems import Place, Problem
from guide.reading.files import RECORDS, read_text
from guide.reading.yaml_nodes import compose, plain_value
from guide.rendering.project import Project, read_project
from guide.reviewing.last_release import NotReadable
from guide.versions import version

_EXAMPLE_OWNER = re.compile(r"@example/\S+")
_CITATION = "CITATION.cff"
_EXAMPLE = re.compile(r"\bexample\.(?:com|net|org)\b|\.example\b|data/site\.yaml")
"""Names that are reserved for examples (RFC 2606), and the words that say where to write one's own."""
_EXAMPLE_ADDRESS = re.compile(r"https?://(?:[\w-]+\.)*example(?:\.(?:com|net|org))?(?![\w.-])[^\s)]*")
_REPLACE = re.compile(r"\[replace: \w[^\]\n]*\]?")
"""How `starter/` marks what a guide must not keep: a file that is an example, and a text to write."""


def examples(guide: Guide) -> Iterator[Problem]:
    """Find values in the record of the publisher that came with the project."""
    for record_id, source in guide.sources["site"].items():
        for path, value in walk(source.plain):
            if _EXAMPLE.search(value):
                place = guide.place("site", record_id, *path)
                yield Problem(place, f'"{value}" is an example', "Write your own.", "example")


def example_addresses(guide: Guide) -> Iterator[Problem]:
    """Find addresses at names that are reserved for examples, such as those of the sources that came with the guide."""
    for kind, record_id, source in guide.written():
        for path, value in walk(source.plain) if kind != "site" else ():
            for address in _EXAMPLE_ADDRESS.findall(value):
                place = guide.place(kind, record_id, *path)
                remedy = "Name a real one, or delete what it's in."
                yield Problem(place, f'"{address}" is an example', remedy, "example")


def left_of_the_example(root: Path) -> Iterator[Problem]:
    """Find what is still as `make new-guide` wrote it: texts with the mark of the example, and its pictures."""
    for path in files_below(root):
        if not is_guides(path) or ("/" in path and not path.startswith(("docs/", "data/"))):
            continue
        content = (root / path).read_bytes()
        for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
            for mark in _REPLACE.findall(line):
                remedy = "Do that, and delete the brackets."
                yield Problem(Place(path, number), f'this is still to be replaced: "{mark}"', remedy, "example")
        first = root / "starter" / path
        if path.startswith("docs/") and not path.endswith(".md") and first.is_file() and first.read_bytes() == content:
            remedy = "Put your own in its place. If it's the icon, run `make touch-icon` then."
            yield Problem(Place(path, 1), "this picture is the one of the example", remedy, "example")


def example_owners(root: Path) -> Iterator[Problem]:
    """Find owners that came with the project, so that nobody is asked to review."""
    path = root / OWNERS
    text = read_text(path, OWNERS, RECORDS)[0] if path.is_file() else None
    for number, line in enumerate((text or "").splitlines(), 1):
        for owner in _EXAMPLE_OWNER.findall(line.partition("#")[0]):
            yield Problem(Place(OWNERS, number), f'"{owner}" is an example', "Write your own.", "example")


def miscited(project: Project) -> Iterator[Problem]:
    """Find what CITATION.cff, if there is one, says otherwise than the project does."""
    path = project.root / _CITATION
    site = project.guide.site
    if not path.is_file() or not site:
        return
    text, problems = read_text(path, _CITATION, RECORDS)
    node, more = compose(_CITATION, text, records=False) if text is not None else (None, [])
    yield from [*problems, *more]
    cited = plain_value(node) if node is not None else {}
    said = {"version": version(), "url": site.address, "repository-code": site.repository}
    for key, value in said.items():
        if node is not None and isinstance(cited, dict) and cited.get(key) != value:
            wrong = f'{key} is "{cited.get(key, "")}", and the project\'s is "{value or ""}"'
            remedy = f'Write {key}: "{value}".' if value else f"Remove {key}."
            yield Problem(Place(_CITATION, line_of(node, (key,))), wrong, remedy, "citation-file")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if the site must not be released."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds data/ and deploy/")
    parser.add_argument("--site", type=Path, help="the built site (default: site/ in the root)")
    parser.add_argument("--today", type=date.fromisoformat, help="the day to compare with (default: today, in UTC)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    project = read_project(root)
    today = options.today or datetime.now(UTC).date()
    left = {
        *examples(project.guide),
        *example_addresses(project.guide),
        *example_owners(root),
        *left_of_the_example(root),
    }
    problems = sorted({*left, *future(project, today), *miscited(project)})
    for problem in problems:
        print(problem, file=sys.stderr)
    try:
        untold = unrecorded(project, needed=False)
    except NotReadable as error:
        untold = str(error)
    if untold:
        print(untold, file=sys.stderr)
    lost = check_addresses.main(["--root", str(root), "--site", str(options.site or root / "site")])
    return 1 if problems or untold or lost else 0


if __name__ == "__main__":
    sys.exit(main())
