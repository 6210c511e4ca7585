"""What the last release published still exists, or a record says what became of it: other sites link to it."""

from collections.abc import Iterator

from guide.model.addresses import PAGE, page_address, page_id
from guide.model.problems import Place, Problem
from guide.model.registry import parts
from guide.reading.released_addresses import released_pages, released_parts, retired_pages
from guide.rendering.project import Project

_MOVED, _WITHDRAWN = "data/moved.yaml", "data/withdrawn.yaml"


def check(project: Project) -> Iterator[Problem]:
    """Check that no page and no embed has disappeared without a record in data/."""
    # A record with a mistake may be the one that says so.
    if project.guide.whole("moved") and project.guide.whole("withdrawn"):
        yield from _pages(project)
        yield from _parts(project)


def _pages(project: Project) -> Iterator[Problem]:
    current = {page_address(path) for path in project.pages}
    for address in sorted(released_pages(project.root) - current - retired_pages(project.guide)):
        was = f"{address.rstrip('/')}.md" if address else "index.md"
        if _is_unread(project, f"docs/{was}") or _is_unread(project, f"docs/{address}index.md"):
            continue
        name = page_id(was)
        new = project.renamed.get(address)
        if new:
            record = f"- {{id: {name.replace('--', '-')}, was: {was}, moved: YYYY-MM-DD, instead: {new}}}"
            yield Problem(
                _end(project, _MOVED),
                f'the page "{was}" has moved, and its old address leads nowhere',
                f"Run make move FROM=docs/{was} TO=docs/{new}. Or by hand: {_add(project, _MOVED)} this record, with "
                f"the day of the move: {record}",
                "lost-address",
            )
        else:
            yield Problem(
                _end(project, _WITHDRAWN),
                f'the page "{was}" is gone, and its address leads nowhere',
                f"If it was renamed, run make move FROM=docs/{was} TO= and its new path. If it was deleted, bring it "
                f"back and run make withdraw WHAT=docs/{was}. Or by hand: {_add(project, _WITHDRAWN)} a record with "
                f"address: {PAGE}/{name}, as in data/README.md.",
                "lost-address",
            )


def _parts(project: Project) -> Iterator[Problem]:
    withdrawn = {record.address for record in project.guide.withdrawn.values()}
    for name in sorted(set(released_parts(project.root)) - withdrawn):
        kind, _, item = name.partition("/")
        part = parts().get(kind)
        if not part or part.key in project.guide.unread or _is_unread(project, f"data/{part.key}/{item}.yaml"):
            continue
        if item not in parts_of(project, kind):
            yield Problem(
                _end(project, _WITHDRAWN),
                f'"{name}" is gone, and other sites may show it',
                f"If it was deleted, bring it back and run make withdraw WHAT={part.key}/{item}. Or by hand: "
                f"{_add(project, _WITHDRAWN)} a record with address: {name}, as in data/README.md. If it got a new id, "
                "undo that.",
                "lost-address",
            )


def _is_unread(project: Project, path: str) -> bool:
    """Return whether a file exists but isn't valid, or has another ending: that is reported elsewhere."""
    if (project.root / path).is_file():
        return True
    stem = path.rpartition(".")[0].lower()
    return any(problem.place.path.rpartition(".")[0].lower() == stem for problem in project.problems)


def parts_of(project: Project, key: str) -> set[str]:
    """Return the ids of one kind that other sites can embed, including those of records that aren't valid."""
    kind = parts()[key]
    written = {record_id: source.plain for record_id, source in project.guide.sources.get(kind.key, {}).items()}
    return set(kind.part.ids(written, {})) if kind.part else set()


def _add(project: Project, path: str) -> str:
    """Return the words of a remedy that adds a record to a file, which may contain an empty list."""
    file = project.root / path
    return "in place of [], write" if file.is_file() and file.read_text("utf-8").rstrip().endswith("[]") else "add"


def _end(project: Project, path: str) -> Place:
    """Return the last line of a file, after which a record can be added."""
    file = project.root / path
    return Place(path, max(1, file.read_bytes().rstrip().count(b"\n") + 1) if file.is_file() else 1)
