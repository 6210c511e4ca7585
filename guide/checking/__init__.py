"""Checks a project by rules across records and pages, one module a rule.

A rule is a module with a function `check`, which takes the project and yields problems: one of this package, or the
`rules` of a component, about its records alone. It never raises, prints or
stops at the first problem. `run_rules` runs all rules, leaves out what exemptions cover, adds the problems found while
reading, and returns the list in the order of files and lines.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from guide.model.guide import Source
from guide.model.problems import Problem, UnknownId, limited
from guide.model.registry import COMPONENTS, component_folders
from guide.rendering.project import Project, read_project

_MOST_PER_RULE = 1_000
"""The number of problems after which a rule is stopped: finding the nearest valid value takes time."""


def run_rules(project: Project) -> list[Problem]:
    """Run every rule, and return all problems in the order of their places."""
    problems: set[Problem] = set()
    complete = project.whole
    for name in _rules():
        rule = import_module(name)
        reported = list(islice(rule.check(project), _MOST_PER_RULE))
        complete = complete and len(reported) < _MOST_PER_RULE
        problems.update(reported)
    exempted: dict[str, set[Problem]] = {
        exemption.id: {problem for problem in problems if _covers(project, exemption.rule, exemption.place, problem)}
        for exemption in project.guide.exemptions.values()
    }
    problems = problems.difference(*exempted.values())
    problems.update(project.problems, *(page.content.problems for page in project.pages.values()))
    problems.update(list(_unexplained(project, problems)))
    if complete:
        problems.update(_needless(project, [exemption for exemption, covered in exempted.items() if not covered]))
    return limited(problems)


def _rules() -> list[str]:
    """Return the names of all modules with a rule: the generator's own, and those of components."""
    own = [f"guide.checking.{module.name}" for module in iter_modules([str(Path(__file__).parent)])]
    folders = [folder.name for folder in component_folders() if (folder / "rules.py").is_file()]
    return [*own, *(f"{COMPONENTS}.{folder}.rules" for folder in folders)]


def _unexplained(project: Project, problems: set[Problem]) -> Iterator[Problem]:
    """Report calls that fail, unless there is a problem at the call or in a file of the records involved."""
    kinds = {_kind_of_file(problem.place.path) for problem in problems}
    places = {problem.place for problem in problems}
    for failure in project.failures():
        if failure.place in places or "data" in kinds or not kinds.isdisjoint(failure.kinds):
            continue
        if isinstance(failure.error, UnknownId):
            if not any(f'"{failure.error.wanted}"' in problem.wrong for problem in problems):
                yield Problem(failure.place, failure.error.wrong, failure.error.remedy, "cannot-show")
        else:
            cause = f"{type(failure.error).__name__}: {failure.error}"
            wrong = f"this can't be shown ({cause})"
            remedy = "No rule says why, so this is likely an error in the code of the guide: report it to the editors."
            yield Problem(failure.place, wrong, remedy, "cannot-show")


def _kind_of_file(path: str) -> str:
    """Return the kind of the records in a file; the labels of a component are labels too."""
    return "labels" if "/labels." in path else re.split(r"[/.]", path.removeprefix("data/"))[0]


def check_project(root: Path) -> list[Problem]:
    """Read a project and return all its problems."""
    return run_rules(read_project(root))


def _covers(project: Project, rule: str, place: str, problem: Problem) -> bool:
    """Return whether an exemption covers a problem.

    The place of an exemption is a file ("docs/index.md"), or a record or a field of a record, after a "#"
    ("data/questions.yaml#who-pays", "data/questions.yaml#who-pays/answer").
    """
    path, _, inside = place.partition("#")
    if (rule, path) != (problem.rule, problem.place.path):
        return False
    return not inside or problem.place.line in _lines(project, path, inside.split("/"))


def _lines(project: Project, path: str, steps: list[str]) -> set[int]:
    """Return the lines of a record, or of a field of it, on which a key or a value begins."""
    for _, record_id, source in project.guide.written():
        if source.path == path and record_id == steps[0]:
            return set(_first_lines(source, steps[1:]))
    return set()


def _first_lines(source: Source, steps: list[str]) -> Iterator[int]:
    node = source.node
    yield from [node.start_mark.line + 1] if not steps else []
    for step in steps:
        entry = _entry(node, step)
        if entry is None:
            return
        key, node = entry
        if step == steps[-1]:
            yield key.start_mark.line + 1
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part.start_mark.line + 1
        if part.id == "mapping":
            waiting.extend(key_or_value for pair in part.value for key_or_value in pair)
        elif part.id == "sequence":
            waiting.extend(part.value)


def _entry(node: Any, step: str) -> tuple[Any, Any] | None:
    """Return the node of a key and of its value, or twice that of a list item, whose number counts from 0."""
    if node.id == "mapping":
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if node.id == "sequence" and step.isdigit() and int(step) < len(node.value):
        return node.value[int(step)], node.value[int(step)]
    return None


def _needless(project: Project, exemptions: list[str]) -> Iterator[Problem]:
    """Report exemptions that cover no problem."""
    for exemption_id in exemptions:
        place = project.guide.place("exemptions", exemption_id)
        wrong = f'the exemption "{exemption_id}" is not needed'
        yield Problem(place, wrong, "Delete it.", "needless-exemption")
