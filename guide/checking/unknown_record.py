"""The records that other records name exist."""

from collections.abc import Iterator

from guide.model.guide import walk
from guide.model.problems import Place, Problem, nearest
from guide.model.registry import answerable, kinds
from guide.rendering.project import Project


def _referring() -> list[tuple[str, str, str]]:
    """Return the fields with ids of other records: kind, field, and kind of the records named."""
    return [(kind.key, key, named) for kind in kinds().values() for key, named in kind.refers.items()]


def check(project: Project) -> Iterator[Problem]:
    """Check that ids and `from` fields lead to a record."""
    guide = project.guide
    for kind, key, named in _referring():
        for record_id, source in guide.sources.get(kind, {}).items():
            for path, value in walk(source.plain):
                if key in path[:2] and guide.lacks(named, value):
                    yield _problem(guide.place(kind, record_id, *path), value, named, guide.names(named))
    for record_id, source in guide.sources["comparisons"].items():
        for path, value in walk(source.plain):
            if path and path[-1] == "from" and value.count("/") == 2:
                yield from _from(project, guide.place("comparisons", record_id, *path), *value.split("/"))


def _from(project: Project, place: Place, kind: str, record_id: str, name: str) -> Iterator[Problem]:
    if kind not in answerable():
        remedy = nearest(kind, answerable()) or f"Kinds with such fields: {', '.join(answerable())}."
        yield Problem(place, f'"{kind}" has no field that a cell can show', remedy, "unknown-record")
        return
    if project.guide.lacks(kind, record_id):
        yield _problem(place, record_id, kind, project.guide.names(kind))
    if name not in answerable()[kind]:
        remedy = nearest(name, answerable()[kind]) or f"Fields that it can show: {', '.join(answerable()[kind])}."
        yield Problem(place, f'"{name}" is not a field of {kind} that a cell can show', remedy, "unknown-record")


def _problem(place: Place, value: str, where: str, known: object) -> Problem:
    ids = [str(name) for name in known]  # type: ignore[attr-defined]
    remedy = nearest(value, ids) or f"Write the id of a record of {kinds()[where].place}, or add one there."
    return Problem(place, f'"{value}" is not in {where}', remedy, "unknown-record")
