"""Checks one-page handouts: what they name is there, and the page of each cites its sources."""

from __future__ import annotations

from collections.abc import Iterator

from guide.model.problems import Problem, UnknownId
from guide.model.registry import kinds, macros
from guide.rendering.page import PageRenderer
from guide.rendering.project import FAILS, Project
from macros.sheet.macro import shown
from macros.sheet.record import Part, Sheet


def check(project: Project) -> Iterator[Problem]:
    """Check every sheet."""
    for sheet in project.guide.records("sheets").values():
        missing = [
            problem for index, part in enumerate(sheet.parts) for problem in _missing(project, sheet, index, part)
        ]
        yield from missing
        if not missing and sheet.page in project.pages and project.whole:
            yield from _uncited(project, sheet)


def _missing(project: Project, sheet: Sheet, index: int, part: Part) -> Iterator[Problem]:
    """Check that the records of a part are there, and that they have what it names of them."""
    guide = project.guide
    kind = part.show[0].partition("/")[0] if part.show else ""
    if not kind or (kind in kinds() and not guide.whole(kind)):
        return
    try:
        shown(PageRenderer(guide, "", project.language), part)
    except UnknownId as error:
        if error.wanted not in {*part.only, *(piece for name in part.show for piece in name.split("/"))}:
            # A record that the part names is at fault, and another rule says so.
            return
        key = "only" if error.wanted in part.only else "show"
        near = error.remedy if "Did you mean" in error.remedy else ""
        remedy = near or '"One-page handout" in data/README.md lists what can stand here.'
        yield Problem(guide.place("sheets", sheet.id, "parts", index, key), error.wrong, remedy, "sheet")
    except FAILS:
        # A rule about that record says why.
        return


def _uncited(project: Project, sheet: Sheet) -> Iterator[Problem]:
    """Check that the page of a sheet cites all of its sources: the sheet leads there in place of a list."""
    page = PageRenderer(project.guide, sheet.page, project.language)
    for call in project.pages[sheet.page].calls:
        try:
            macros()[call.name](page, *call.args, **call.kwargs)
        except (*FAILS, KeyError):
            # Another rule says why.
            return
    for index, part in enumerate(sheet.parts):
        paper = PageRenderer(project.guide, "", project.language)
        paper.source_numbers(reference for sentence in part.says for reference in sentence.references)
        if part.show:
            shown(paper, part)
        lacking = [reference for reference in paper.cited if reference not in page.cited]
        if lacking:
            wrong = f'"{part.title}" rests on {", ".join(lacking)}, which docs/{sheet.page} doesn\'t cite'
            remedy = "Show it on that page too, name less of it by only, or lead to a page that cites its sources."
            yield Problem(project.guide.place("sheets", sheet.id, "parts", index), wrong, remedy, "sheet")
