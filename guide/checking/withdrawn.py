"""What is withdrawn is no longer in the guide, and had an address."""

from collections.abc import Iterator

from guide.checking.lost_addresses import parts_of
from guide.model.addresses import PAGE, page_id
from guide.model.problems import Problem, nearest
from guide.model.registry import embed_kinds, parts, reader_kinds
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that no withdrawn address is impossible or still in use."""
    data_only = {key for key, kind in reader_kinds().items() if not kind.part}
    for record_id, gone in project.guide.withdrawn.items():
        kind, _, item = gone.address.partition("/")
        place = project.guide.place("withdrawn", record_id, "address")
        if kind in data_only:
            in_use = item in project.guide.names(kind)
        elif kind in embed_kinds():
            in_use = item in ({page_id(path) for path in project.pages} if kind == PAGE else parts_of(project, kind))
        else:
            known = [*embed_kinds(), *sorted(data_only)]
            remedy = nearest(kind, known) or f"It is one of: {', '.join(known)}."
            yield Problem(place, f'nothing of the kind "{kind}" has an address', remedy, "withdrawn")
            continue
        if gone.shows:
            new_kind, _, new = gone.shows.partition("/")
            if kind not in parts() or new_kind not in parts() or new not in parts_of(project, new_kind):
                yield Problem(
                    project.guide.place("withdrawn", record_id, "shows"),
                    f'nothing that a frame can show has the address "{gone.shows}"',
                    "Write the kind and the id of what took its place, such as checklist/first-day, or leave it out.",
                    "withdrawn",
                )
        if in_use:
            yield Problem(place, f'"{gone.address}" is still in the guide', "Delete it there, or here.", "withdrawn")
