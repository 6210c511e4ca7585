"""A record with a page of its own is shown in full there only, so that readers don't meet the same list twice."""

from collections.abc import Iterator

from guide.model.kind import Kind
from guide.model.problems import Problem
from guide.model.registry import kinds
from guide.reading.calls import Call
from guide.reading.pages import Page
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that such records are shown in full on their page, and that other pages show them in brief."""
    if not project.guide.whole("site"):
        # It says which pages may show them twice.
        return
    for kind in kinds().values():
        if kind.home and kind.part:
            yield from _of_kind(project, kind, kind.part.macro)


def _of_kind(project: Project, kind: Kind, whole: str) -> Iterator[Problem]:
    """Check the records of a kind, which the macro `whole` shows in full and `kind.brief` in brief."""
    site = project.guide.site
    examples = site.plain_sections if site else []
    help_page = site.help_page if site and kind.helps else ""
    homes = {record_id: getattr(record, kind.home) for record_id, record in project.guide.records(kind.key).items()}
    shown = set()
    for page, call, record_id in _calls(project, whole):
        home = homes.get(record_id)
        shown.add((record_id, page.path))
        if home and page.path not in (home, help_page) and page.path.partition("/")[0] not in examples:
            wrong = f'"{record_id}" is shown in full here, but it has its own page, {home}'
            remedy = f'Write {{{{ {kind.brief}("{record_id}") }}}} here.'
            yield Problem(page.place(call.line), wrong, remedy, "one-home")
    for record_id, home in homes.items():
        if home in project.pages and (record_id, home) not in shown:
            wrong = f'{home} doesn\'t show "{record_id}" in full'
            remedy = f'Put {{{{ {whole}("{record_id}") }}}} on that page, or name the page that does.'
            yield Problem(project.guide.place(kind.key, record_id, kind.home), wrong, remedy, "one-home")
    for page, call, record_id in _calls(project, kind.brief):
        if record_id in homes and not homes[record_id] and (record_id, help_page) not in shown:
            wrong = f'"{record_id}" has no page for this to lead to'
            remedy = f"Write page: in data/{kind.key}/{record_id}.yaml, with the page that shows it in full."
            yield Problem(page.place(call.line), wrong, remedy, "one-home")


def _calls(project: Project, macro: str) -> Iterator[tuple[Page, Call, str]]:
    """Return the calls of a macro, each with the page that makes it and the record that it names."""
    for page in project.pages.values():
        for call in page.calls:
            if call.name == macro:
                yield from ((page, call, record_id) for record_id in call.strings())
