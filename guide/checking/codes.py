"""Codes that pages and records name are in their system, each code leads somewhere, and one page lists them."""

from collections.abc import Iterator

from guide.model.addresses import CODES_PAGE
from guide.model.code import codes_of
from guide.model.problems import Place, Problem, nearest
from guide.model.registry import kinds
from guide.rendering.project import Project

_MACRO = "code_list"


def named_codes(project: Project) -> Iterator[tuple[Place, str, str]]:
    """Return each code that a page or record names: its place, its system and the code."""
    for page in project.pages.values():
        for number, which, system, code, _ in codes_of(page.front):
            yield page.key_place("codes", number, "codes", which), system, code
    for kind in kinds().values():
        for record_id, record in project.guide.records(kind.key).items():
            for number, which, system, code, _ in codes_of(record):
                yield project.guide.place(kind.key, record_id, "codes", number, "codes", which), system, code


def check(project: Project) -> Iterator[Problem]:
    """Check that codes are known and used, that sections exist, and that a page lists all codes."""
    guide = project.guide
    systems = guide.records("code-systems")
    named: set[tuple[str, str]] = set()
    for place, system, code in named_codes(project):
        named.add((system, code))
        if guide.lacks("code-systems", system):
            remedy = nearest(system, guide.names("code-systems")) or "Write its record in data/code-systems/."
            yield Problem(place, f'"{system}" is not in code-systems', remedy, "unknown-code")
        elif system in systems and code not in (known := [each.code for each in systems[system].codes]):
            remedy = nearest(code, known) or f"Add it to data/code-systems/{system}.yaml, with its name and source."
            yield Problem(place, f'"{code}" is not among the codes of {system}', remedy, "unknown-code")
    for path, page in project.pages.items():
        for number, _, _, _, section in codes_of(page.front):
            if section and project.lacks_anchor(path, section):
                remedy = nearest(section, project.anchors(path)) or "Write the anchor of one of its headings."
                place = page.key_place("codes", number, "section")
                yield Problem(place, f'this page has no section "{section}"', remedy, "unknown-code")
    if project.whole:
        for system in systems.values():
            for number, each in enumerate(system.codes):
                if (system.id, each.code) not in named:
                    place = guide.place("code-systems", system.id, "codes", number)
                    remedy = "Name it under codes: of what answers it, or delete it here."
                    yield Problem(place, f"nothing answers {each.code}", remedy, "unused-code")
        yield from _unlisted(project)


def _unlisted(project: Project) -> Iterator[Problem]:
    """Check that links that hold a code find the list of codes."""
    listing = project.pages.get(CODES_PAGE)
    calls = listing and any(call.name == _MACRO for call in listing.calls)
    if not calls and project.guide.records("code-systems"):
        remedy = f"Write {{{{ {_MACRO}() }}}} on docs/{CODES_PAGE}: clinics link to that page."
        place = listing.place(listing.body_start) if listing else Place(f"docs/{CODES_PAGE}", 1)
        yield Problem(place, "no page lists the codes", remedy, "code-list")
