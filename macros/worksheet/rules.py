"""Checks worksheets: their formulas, their worked examples, and what they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guide.model.problems import Problem, nearest
from guide.rendering.project import Project
from guide.rendering.reader_view import SHARING
from macros.worksheet.examples import Refused, results
from macros.worksheet.formulas import RESERVED, FormulaError, compile_formula
from macros.worksheet.record import Worksheet
from macros.worksheet.words import item_of, said_in


def check(project: Project) -> Iterator[Problem]:
    """Check every worksheet."""
    for worksheet in project.guide.records("worksheets").values():
        wrong = list(_formulas(project, worksheet))
        yield from wrong
        yield from _names(project, worksheet)
        if not wrong:
            yield from _examples(project, worksheet)


def _problem(
    project: Project, worksheet: Worksheet, path: tuple[Any, ...], wrong: str, remedy: str, rule: str
) -> Problem:
    return Problem(project.guide.place("worksheets", worksheet.id, *path), wrong, remedy, rule)


def _formulas(project: Project, worksheet: Worksheet) -> Iterator[Problem]:
    for index, part in enumerate(worksheet.parts):
        operands = worksheet.operands(part)
        entries = [("results", number, "formula", each.formula) for number, each in enumerate(part.results)]
        entries += [("notes", number, "when", each.when) for number, each in enumerate(part.notes)]
        for key, number, name, text in entries:
            path = ("parts", index, key, number, name)
            try:
                unit = compile_formula(text, operands).unit
            except FormulaError as error:
                yield _problem(project, worksheet, path, error.wrong, error.remedy, "formula")
                continue
            if key == "results" and unit in ("truth", "option", "options"):
                remedy = "Write a formula here, or make it the condition of a note."
                yield _problem(project, worksheet, path, f'"{text}" works out no value', remedy, "formula")
            if key == "notes" and unit != "truth":
                remedy = "Compare it with something, as in hours < 9."
                yield _problem(project, worksheet, path, f'"{text}" is no condition', remedy, "formula")


def _names(project: Project, worksheet: Worksheet) -> Iterator[Problem]:
    """Check that whatever a worksheet names exists."""
    guide = project.guide

    def unknown(path: tuple[Any, ...], name: str, where: str, known: Any) -> Problem:
        remedy = nearest(name, list(known)) or f"Known there: {', '.join(sorted(known)) or 'none'}."
        return _problem(project, worksheet, path, f'"{name}" is not in {where}', remedy, "unknown-record")

    for number, name in enumerate(worksheet.wallet):
        if name not in worksheet.fields:
            yield unknown(("wallet", number), name, "the fields of this worksheet", worksheet.fields)
    path: tuple[Any, ...]
    seen: dict[str, str] = {}
    for index, part in enumerate(worksheet.parts):
        for number, field in enumerate(part.fields):
            if SHARING.search(field.id):
                wrong = f'reader views of browsers leave out "{field.id}", since its id has the word "share"'
                path = ("parts", index, "fields", number, "id")
                yield _problem(project, worksheet, path, wrong, "Choose another id.", "reader-view")
            if field.id in seen:
                wrong = f'"{field.id}" is the id of a field in "{seen[field.id]}" too'
                path = ("parts", index, "fields", number, "id")
                yield _problem(project, worksheet, path, wrong, "Ids of fields are unique: rename one.", "repeated-id")
            seen.setdefault(field.id, part.title)
            if field.id in RESERVED or not field.id[0].isalpha():
                remedy = "Choose another: formulas would read it as something else."
                path = ("parts", index, "fields", number, "id")
                yield _problem(project, worksheet, path, f'"{field.id}" can\'t be the id of a field', remedy, "id")
            if field.source and item_of(guide, field.source) is None:
                kind, record_id, item = field.source.split("/")
                path = ("parts", index, "fields", number, "from")
                if guide.lacks(kind, record_id):
                    yield unknown(path, record_id, kind, guide.names(kind))
                elif record_id in guide.records(kind):
                    where = f"the {'items' if kind == 'checklists' else 'fields with an ask'} of {record_id}"
                    yield unknown(path, item, where, said_in(guide, kind, record_id))
        for number, note in enumerate(part.notes):
            if note.card and guide.lacks("care-cards", note.card):
                path = ("parts", index, "notes", number, "card")
                yield unknown(path, note.card, "care-cards", guide.names("care-cards"))
        for number, name in enumerate(part.week.begin_with if part.week else []):
            if guide.lacks("schedules", name):
                path = ("parts", index, "week", "begin_with", number)
                yield unknown(path, name, "schedules", guide.names("schedules"))
        if part.weigh and guide.lacks("comparisons", part.weigh):
            yield unknown(("parts", index, "weigh"), part.weigh, "comparisons", guide.names("comparisons"))
        elif part.weigh and not getattr(guide.records("comparisons").get(part.weigh), "values", True):
            wrong = f'the comparison "{part.weigh}" has no values to rate'
            yield _problem(project, worksheet, ("parts", index, "weigh"), wrong, "Write values: there.", "worksheet")


def _examples(project: Project, worksheet: Worksheet) -> Iterator[Problem]:
    """Check that examples fit the fields, and that their results are right."""
    known = {result.id for part in worksheet.parts for result in part.results}
    if known and not worksheet.examples:
        remedy = "Write examples: with answers, and the results that they must give."
        yield _problem(project, worksheet, (), "it has results and no worked example", remedy, "worksheet-example")
    for number, example in enumerate(worksheet.examples):
        path = ("examples", number)
        for key, names in (("answers", worksheet.fields), ("results", known)):
            for name in getattr(example, key):
                if name not in names:
                    remedy = nearest(name, list(names)) or "Correct it, or delete it."
                    wrong = f'"{name}" has no place in the {key} of this worksheet'
                    yield _problem(project, worksheet, (*path, key, name), wrong, remedy, "worksheet-example")
        try:
            worked_out = results(worksheet, example)
        except Refused as error:
            place = (*path, "answers", error.field)
            yield _problem(project, worksheet, place, error.wrong, error.remedy, "worksheet-example")
            continue
        if not set(example.answers) <= set(worksheet.fields):
            continue
        for name, found in worked_out.items():
            expected = example.results.get(name, "")
            if expected != found:
                wrong = f"{name} comes to {found or 'nothing'} in this example, not {expected}"
                if not expected:
                    wrong = f"the results of this example lack {name}, which comes to {found}"
                do = f'write {name}: "{found}"' if found else f"delete {name}"
                remedy = f"Check the answers and the formula. If both are right, {do}."
                yield _problem(project, worksheet, (*path, "results", name), wrong, remedy, "worksheet-example")
