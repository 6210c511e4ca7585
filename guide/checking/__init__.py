"""Rules across records and pages, one file a rule: a module whose `check(book)` gives problems."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from guide.model.guide import Source
from guide.model.problems import Problem, UnknownId, limited
from guide.rendering.project import Book, read_book

MOST_PER_RULE = 1_000
"""After how many problems a rule is stopped: to find the nearest valid value takes time."""


def check_book(book: Book) -> list[Problem]:
    """Run every rule and give all problems in the order of their places, those found in reading first of all."""
    found: set[Problem] = set()
    whole = book.whole
    for module in iter_modules([str(Path(__file__).parent)]):
        told = list(islice(import_module(f"guide.checking.{module.name}").check(book), MOST_PER_RULE))
        whole = whole and len(told) < MOST_PER_RULE
        found.update(told)
    let_off: dict[str, set[Problem]] = {
        exemption.id: {problem for problem in found if _covers(book, exemption.rule, exemption.place, problem)}
        for exemption in book.guide.exemptions.values()
    }
    found = found.difference(*let_off.values())
    found.update(book.problems, *(page.content.problems for page in book.pages.values()))
    found.update(list(_unexplained(book, found)))
    if whole:
        found.update(_needless(book, [exemption for exemption, problems in let_off.items() if not problems]))
    return limited(found)


def _unexplained(book: Book, found: set[Problem]) -> Iterator[Problem]:
    """Report what cannot be shown, unless a problem stands at the call or in a file of the records involved."""
    by_kind = {re.split(r"[/.]", problem.place.path.removeprefix("data/"))[0] for problem in found}
    places = {problem.place for problem in found}
    for failure in book.failures():
        if failure.place in places or "data" in by_kind or not by_kind.isdisjoint(failure.kinds):
            continue
        if isinstance(failure.error, UnknownId):
            if not any(f'"{failure.error.wanted}"' in problem.wrong for problem in found):
                yield Problem(failure.place, failure.error.wrong, failure.error.remedy, "cannot-show")
        else:
            cause = f"{type(failure.error).__name__}: {failure.error}"
            wrong = f"this cannot be shown ({cause})"
            remedy = "No rule says why, so this is likely an error in the code of the guide: report it to the editors."
            yield Problem(failure.place, wrong, remedy, "cannot-show")


def check_project(root: Path) -> list[Problem]:
    """Read a project and give all its problems."""
    return check_book(read_book(root))


def _covers(book: Book, rule: str, place: str, problem: Problem) -> bool:
    """Tell whether an exemption is meant for a problem.

    Its place is a file ("docs/index.md"), or a record of a file or a field of a record, after a "#"
    ("data/questions.yaml#who-pays", "data/questions.yaml#who-pays/answer").
    """
    path, _, inside = place.partition("#")
    if (rule, path) != (problem.rule, problem.place.path):
        return False
    return not inside or problem.place.line in _lines(book, path, inside.split("/"))


def _lines(book: Book, path: str, steps: list[str]) -> set[int]:
    """Give the lines of a record, or of a field of it, on which something begins."""
    for _, record_id, source in book.guide.written():
        if source.path == path and record_id == steps[0]:
            return set(_beginnings(source, steps[1:]))
    return set()


def _beginnings(source: Source, steps: list[str]) -> Iterator[int]:
    node = source.node
    yield from [node.start_mark.line + 1] if not steps else []
    for step in steps:
        inner = _inside(node, step)
        if inner is None:
            return
        key, node = inner
        if step == steps[-1]:
            yield key.start_mark.line + 1
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each.start_mark.line + 1
        if each.id == "mapping":
            waiting.extend(part for pair in each.value for part in pair)
        elif each.id == "sequence":
            waiting.extend(each.value)


def _inside(node: Any, step: str) -> tuple[Any, Any] | None:
    """Give what a key of a mapping, or the number of an item (from 0), leads to, with where that is written."""
    if node.id == "mapping":
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if node.id == "sequence" and step.isdigit() and int(step) < len(node.value):
        return node.value[int(step)], node.value[int(step)]
    return None


def _needless(book: Book, exemptions: list[str]) -> Iterator[Problem]:
    for exemption_id in exemptions:
        place = book.guide.place("exemptions", exemption_id)
        wrong = f'nothing needs the exemption "{exemption_id}"'
        yield Problem(place, wrong, "Delete it.", "needless-exemption")
