"""A worksheet to fill in, and the card that leads to it."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from guide.model.addresses import page_address
from guide.model.macro import macro
from guide.rendering.selection import selected
from macros.worksheet import examples
from macros.worksheet.record import SCALE, WEEKDAYS, Part, Worksheet
from macros.worksheet.words import words_of

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer

FORMAT = 1
"""Of saved files and of what a browser keeps: it rises when old answers can't be read any more."""
_SIGNS = {"money": ("$", ""), "percent": ("", "%")}
_BY_SCRIPT = "worksheet-js-"
"""How the labels begin that the script prints."""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _weekly(page: PageRenderer, part: Part) -> list[dict[str, Any]]:
    """Return the sample schedules that a week can begin with: title and entries, each with its days, start and end."""
    samples = []
    for name in part.week.begin_with if part.week else []:
        schedule = page.record("schedules", name)
        entries: dict[tuple[int, int, str], list[str]] = {}
        for day, start, end, activity in _blocks(schedule.sessions, page.words["worksheet-sessions"]):
            entries.setdefault((start, end, activity), []).append(day)
        samples.append(
            {
                "title": schedule.title,
                "entries": [
                    {"days": days, "starts": _clock(start), "ends": _clock(end), "name": activity}
                    for (start, end, activity), days in entries.items()
                ],
            }
        )
    return samples


def _blocks(sessions: list[Any], several: str) -> list[tuple[str, int, int, str]]:
    """Return the day, start, end and name of what is attended: sessions with no time between them are one block.

    Args:
        sessions: Of a sample schedule.
        several: The name of a block of several sessions.
    """
    blocks: list[tuple[str, int, int, str]] = []
    for session in sorted(sessions, key=lambda each: (WEEKDAYS.index(each.day), each.start_minute)):
        day, start, end = session.day, session.start_minute, session.start_minute + session.minutes
        if blocks and blocks[-1][0] == day and blocks[-1][2] == start:
            blocks[-1] = (day, blocks[-1][1], end, several)
        else:
            blocks.append((day, start, end, session.activity))
    return blocks


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _weighed(page: PageRenderer, part: Part) -> Any:
    """Return the comparison whose values a part lets readers rate; None if it has none."""
    return page.record("comparisons", part.weigh) if part.weigh else None


@macro("worksheets", order=30)
def worksheet(page: PageRenderer, worksheet_id: str) -> Markup:
    """Show a worksheet to fill in, on screen and on paper: on its own page.

    Args:
        worksheet_id: A record of data/worksheets/.
    """
    record: Worksheet = page.record("worksheets", worksheet_id)
    settings = page.guide.site
    said = {key.removeprefix(_BY_SCRIPT): text for key, text in page.words.items() if key.startswith(_BY_SCRIPT)}
    return page.render(
        "worksheet.html.j2",
        "worksheets",
        worksheet_id,
        worksheet=record,
        words_of=partial(words_of, page.guide),
        program=lambda compiled: _json(compiled.program),
        weekly=partial(_weekly, page),
        weighed=partial(_weighed, page),
        helplines=[page.record("helplines", line) for line in record.helplines],
        samples=[
            (example, _answers(page, record, example), _results(page, record, example)) for example in record.examples
        ],
        address=settings.address + page_address(record.page) if settings and record.page else "",
        said=_json(said),
        json=_json,
        format=FORMAT,
        scale=range(1, SCALE + 1),
        weekdays=WEEKDAYS,
    )


def _answers(page: PageRenderer, record: Worksheet, example: Any) -> list[tuple[str, str]]:
    """Return what is asked and what is answered in an example, in the words of readers."""
    shown: dict[str, list[str]] = {}
    for answer in examples.typed(record, example):
        names = {option.id: option.name for option in answer.field.options}
        said = (
            ", ".join(names.get(each.strip(), each.strip()) for each in answer.text.split(","))
            if names
            else _dated(page, answer.text)
            if answer.field.type == "date"
            else answer.text
        )
        before, after = _SIGNS.get(answer.field.type, ("", ""))
        unit = f" {answer.field.unit}" if answer.field.unit else ""
        shown.setdefault(answer.field.id, []).append(f"{before}{said}{after}{unit}" if said else "")
    return [(words_of(page.guide, record.fields[name]).ask, " | ".join(said)) for name, said in shown.items()]


def _dated(page: PageRenderer, text: str) -> str:
    """Return dates as readers see them: March 14, 2026 for 2026-03-14; anything else as it is."""
    return re.sub(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", lambda match: page.day(date.fromisoformat(match[0])), text)


def _results(page: PageRenderer, record: Worksheet, example: Any) -> list[tuple[str, str]]:
    """Return the names and the values of the results of an example."""
    worked_out = examples.results(record, example)
    return [
        (result.name, f"{_dated(page, worked_out[result.id])} {result.unit or ''}".strip())
        for part in record.parts
        for result in part.results
        if worked_out[result.id]
    ]


@macro("worksheets", order=35)
def worksheet_card(page: PageRenderer, worksheet_id: str) -> Markup:
    """Show the title of a worksheet, when to use it, and a link to it: on all other pages.

    Args:
        worksheet_id: A record of data/worksheets/.
    """
    record = page.record("worksheets", worksheet_id)
    return page.render("worksheet-card.html.j2", "worksheets", worksheet_id, worksheet=record)


WALLET = "wallet"
"""What names a worksheet's small card among its fields."""


def short(page: PageRenderer, worksheets: list[Worksheet], only: list[str]) -> Markup:
    """Show worksheets in short, to fill in by hand: all their fields, those named, or the small card."""
    shown = []
    for record in worksheets:
        wanted = record.wallet if WALLET in only else only
        fields = selected(f"the fields of {record.id}", record.fields.values(), wanted)
        parts = [(part, [field for field in part.fields if field in fields]) for part in record.parts]
        shown.append((record, [(part, fields) for part, fields in parts if fields]))
    return page.render(
        "worksheet-short.html.j2",
        None,
        None,
        worksheets=shown,
        wallet=WALLET in only,
        words_of=partial(words_of, page.guide),
        lines=lambda record: [page.record("helplines", line) for line in record.helplines],
    )
