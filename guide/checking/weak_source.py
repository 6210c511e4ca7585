"""Every group of sources has one that is fit to rely on and one that somebody has read."""

from collections.abc import Iterator

from guide.model.guide import at, walk
from guide.model.problems import Place, Problem
from guide.model.registry import macros
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check each group of sources: one isn't of the kind `other`, and of one at least the abstract was read."""
    known = project.guide.references
    for references, place in _groups(project):
        sources = [known[reference] for reference in references if reference in known]
        named = ", ".join(source.id for source in sources)
        if sources and all(source.kind == "other" for source in sources):
            yield Problem(
                place,
                f"this rests only on sources of the kind other: {named}",
                "Cite an official page, a law, a guideline or a study that says so, instead or as well. If there is "
                "none, leave the statement out.",
                "weak-source",
            )
        if sources and all(source.read == "not-read" for source in sources):
            yield Problem(
                place,
                f"nobody has read {named}",
                "Read at least the abstract and write read: excerpt and accessed: in data/references.yaml, or cite a "
                "source that was read.",
                "unread-source",
            )


def _groups(project: Project) -> Iterator[tuple[list[str], Place]]:
    """Return the sources that are cited together, each group with its place."""
    for page in project.pages.values():
        for call in page.calls:
            macro = macros().get(call.name)
            if macro and macro.kind == "references":
                yield list(call.strings()), page.place(call.line)
    for kind, record_id, source in project.guide.written():
        lists = {path[: path.index("references") + 1] for path, _ in walk(source.plain) if "references" in path}
        for path in sorted(lists, key=str) if kind != "references" else ():
            yield at(source.plain, path), project.guide.place(kind, record_id, *path)
