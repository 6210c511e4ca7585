"""Files that hold matters of safety have owners in .github/CODEOWNERS, so that the forge asks for a second reviewer."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from guide.model.problems import Place, Problem
from guide.model.registry import kinds, macros
from guide.reading.files import RECORDS, read_text
from guide.rendering.project import Project

OWNERS = ".github/CODEOWNERS"
_OWN = ".github/"
"""Who could change this file could change who must review."""


def check(project: Project) -> Iterator[Problem]:
    """Check that each of them has an owner; a project without such a file has chosen another way."""
    path = project.root / OWNERS
    if not path.is_file():
        return
    text, problems = read_text(path, OWNERS, RECORDS)
    yield from problems
    if text is None:
        return
    lines = [line.partition("#")[0].split() for line in text.splitlines()]
    rules = [(pattern, [name for name in names if "@" in name]) for pattern, *names in filter(None, lines)]
    usual = next((owners for _, owners in rules if owners), ["@owner"])
    for needed in dict.fromkeys(_needed(project)):
        # The last line that fits is the one that counts.
        owners = next((owners for pattern, owners in reversed(rules) if _fits(pattern, needed)), [])
        if not owners:
            wrong = f"{needed} holds a matter of safety, and nobody owns it"
            remedy = f'Add a line at the end: "/{needed} {" ".join(usual)}".'
            yield Problem(Place(OWNERS, max(len(lines), 1)), wrong, remedy, "code-owners")


def _needed(project: Project) -> Iterator[str]:
    """Return the files, and the folders with a slash at the end."""
    yield _OWN
    for kind in kinds().values():
        if (kind.helps or kind.safety) and project.guide.sources[kind.key]:
            yield f"data/{kind.key}/" if kind.folder else f"data/{kind.key}.yaml"
    for path in project.guide.site.safety_pages if project.guide.site else ():
        page = project.pages.get(path.partition("#")[0])
        if not page:
            continue
        yield page.shown
        for call in page.calls:
            macro = macros().get(call.name)
            shown = kinds()[macro.kind] if macro and macro.kind and macro.block else None
            if shown and shown.folder and not shown.helps:
                records = project.guide.sources[shown.key]
                yield from (project.guide.place(shown.key, item).path for item in call.strings() if item in records)


def _fits(pattern: str, needed: str) -> bool:
    bare = pattern.lstrip("/")
    return needed.startswith(bare) if bare.endswith("/") else fnmatchcase(needed, bare)
