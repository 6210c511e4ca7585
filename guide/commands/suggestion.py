"""Make the change that somebody suggested in the form: `make suggestion FROM=letter.txt`, or from an issue's event.

One text of one record changes in data/, if the guide's rules find nothing new in it. From a letter, that is all; an
editor looks at it and goes on. From an event of the forge (a file that ends in .json), the change becomes a patch for
another job of the workflow `suggestion.yml`, which runs none of this.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from guide.checking import run_rules
from guide.commands.diff import GitError, compared
from guide.model.editable import Editable, editable_values
from guide.model.editable import Path as Steps
from guide.model.guide import Guide, Source
from guide.model.kind import Kind
from guide.model.problems import Place, Problem
from guide.model.registry import reader_kinds
from guide.reading.labels import names_of_all
from guide.reading.records import read_guide
from guide.reading.suggestion import HEADINGS, RULE, Suggestion, one_line, read_suggestion
from guide.reading.yaml_edit import CannotChange, with_text
from guide.rendering.project import read_project

ROOT = Path(__file__).parents[2]
HANDED_OVER = "suggestion"
"""The folder for the next job: `change.patch` and, if a second person must review it, `safety.txt`."""
_LARGEST = 2_000_000
"""Bytes of what the command reads."""


class Refused(Exception):
    """A suggestion that can't become a change; holds the problems."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__()


def _text(path: Path) -> str:
    """Return the text of a letter, or of the issue of an event."""
    place = Place(path.name, 1)
    try:
        raw = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except IsADirectoryError:
        raise Refused(Problem(Place("FROM", 1), "no letter is named", "Write FROM=letter.txt.", RULE)) from None
    except OSError as error:
        raise Refused(Problem(place, f"it can't be read: {error.strerror}", "Name a text file.", RULE)) from None
    if raw is None:
        raise Refused(Problem(place, "the file is too large", "A form makes none like that.", RULE))
    try:
        text = raw.decode("utf-8")
        return text if path.suffix != ".json" else str(json.loads(text)["issue"]["body"] or "")
    except (ValueError, LookupError, TypeError, RecursionError):
        remedy = "Name a text file, or the event of an issue."
        raise Refused(Problem(place, "this holds no suggestion", remedy, RULE)) from None


def _read(guide: Guide, shown: str, text: str) -> Suggestion:
    """Return what a text suggests; its headings are in a language of the guide."""
    problems: list[Problem] = []
    for labels in guide.labels.values():
        if not labels.words.keys() >= HEADINGS:
            continue
        suggestion, problems = read_suggestion(shown, text, labels.words)
        if suggestion:
            return suggestion
    raise Refused(*(problems or [Problem(Place("data/labels", 1), "no labels can be read", "Fix them first.", RULE)]))


def _record(guide: Guide, suggestion: Suggestion, place: Place) -> tuple[Kind, Source]:
    """Return the record that a suggestion names: the file that it names must be the one that the record is in."""
    for key, kind in reader_kinds().items():
        source = guide.sources.get(key, {}).get(suggestion.record)
        if source and source.path == suggestion.file:
            return kind, source
    wrong = f'no record "{suggestion.record}" that readers see is in "{suggestion.file}"'
    raise Refused(Problem(place, wrong, "It may have moved. Make the change by hand.", RULE))


def _value(guide: Guide, kind: Kind, source: Source, suggestion: Suggestion, place: Place) -> Editable:
    """Return the value that a suggestion is about, if it's still what the suggestion says."""
    values = {value.name: value for value in editable_values(kind, source.plain, names_of_all(guide))}
    if suggestion.field not in values:
        wrong = f'the record has no text "{suggestion.field}" that a form can change'
        raise Refused(Problem(place, wrong, "Make the change by hand.", RULE))
    value = values[suggestion.field]
    if one_line(value.value) != suggestion.was:
        wrong = f'"{suggestion.field}" no longer says what the suggestion was made for'
        raise Refused(Problem(place, wrong, "Ask for a new one, or make the change by hand.", RULE))
    if suggestion.now == suggestion.was:
        raise Refused(Problem(place, "the suggestion changes nothing", "Close it, or ask what was meant.", RULE))
    return value


def _from_top(kind: Kind, source: Source, guide: Guide, value: Editable) -> Steps:
    """Return the path of a value from the top of its file."""
    if not kind.listed:
        return value.path
    siblings = [each for each in guide.sources[kind.key].values() if each.path == source.path]
    ordered = sorted(siblings, key=lambda each: int(each.node.start_mark.index))
    place = next(index for index, each in enumerate(ordered) if each is source)
    return (*((kind.list_key,) if kind.list_key else ()), place, *value.path)


def change(root: Path, shown: str, text: str) -> Place:
    """Make the change that a text suggests.

    Args:
        root: The folder of the project.
        shown: What messages call the text.
        text: An issue or a letter; untrusted.

    Returns:
        The line that changed.

    Raises:
        Refused: It can't become one; data/ is as it was.
    """
    guide, _ = read_guide(root / "data")
    suggestion = _read(guide, shown, text)
    place = Place(shown, 1)
    kind, source = _record(guide, suggestion, place)
    value = _value(guide, kind, source, suggestion, place)
    path = root / source.path
    before = path.read_bytes()
    try:
        after = with_text(before.decode("utf-8"), _from_top(kind, source, guide, value), suggestion.now)
    except CannotChange as error:
        raise Refused(Problem(place, "this can't be written into the file", str(error), RULE)) from None
    path.write_text(after, "utf-8", newline="")
    found = run_rules(read_project(root))
    if found:
        path.write_bytes(before)
        known = {_said(problem) for problem in run_rules(read_project(root))}
        new = [problem for problem in found if _said(problem) not in known]
        if new:
            raise Refused(*new)
        path.write_text(after, "utf-8", newline="")
    pairs = zip(before.decode("utf-8").split("\n"), after.split("\n"), strict=False)
    line = next((number for number, (old, new_line) in enumerate(pairs, 1) if old != new_line), 1)
    return Place(source.path, line)


def _said(problem: Problem) -> tuple[str, str, str]:
    return problem.place.path, problem.wrong, problem.rule


def _hand_over(root: Path, changed: Place) -> None:
    """Write what the next job of the workflow takes."""
    folder = root / HANDED_OVER
    folder.mkdir(exist_ok=True)
    plain = ["--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/"]
    done = subprocess.run(  # noqa: S603
        ["git", "-C", str(root), "diff", *plain, "HEAD", "--", changed.path],  # noqa: S607
        capture_output=True,
        check=True,
    )
    (folder / "change.patch").write_bytes(done.stdout)
    with compared(root, "HEAD") as review:
        matters = review.matters_of_safety()
    for matter in matters:
        print(matter)
    if matters:
        (folder / "safety.txt").write_text("".join(f"{matter}\n" for matter in matters), "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if the suggestion can't become a change."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("text", type=Path, help="a letter, or the event of an issue (.json)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    try:
        changed = change(root, options.text.name, _text(options.text))
        if options.text.suffix == ".json":
            _hand_over(root, changed)
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        return 1
    except GitError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Changed {changed.path}:{changed.line}. Look at it with `git diff`.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
