"""Problems of sources, with the facts that rest on them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from guide.model.problems import Place, Problem
from guide.rendering.project import Project

_NAMED = 40
"""The number of facts that are named; the others are counted."""


@dataclass(frozen=True, order=True)
class SourceProblem(Problem):
    """A problem of a source, with the places in pages and records that cite it."""

    facts: tuple[Place, ...] = ()


def facts_by_source(project: Project) -> dict[str, tuple[Place, ...]]:
    """Return where each source is cited, by its id."""
    places: dict[str, set[Place]] = defaultdict(set)
    for pairs in (project.references_in_pages(), project.references_in_records()):
        for source, place in pairs:
            places[source].add(place)
    return {source: tuple(sorted(found)) for source, found in places.items()}


def with_facts(problem: Problem) -> Iterator[str]:
    """Return the message of a problem, and a line for each fact that rests on its source."""
    yield str(problem)
    facts = problem.facts if isinstance(problem, SourceProblem) else ()
    yield from (f"  rests on it: {place.path}:{place.line}" for place in facts[:_NAMED])
    if len(facts) > _NAMED:
        yield f"  and {len(facts) - _NAMED} more"
