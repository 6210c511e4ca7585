"""Records to CSV: one row for each thing that a reader sees as one, with its sources."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it a common spreadsheet takes UTF-8 for something else."""

_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")

Row = dict[str, Any]
Rows = Callable[[dict[str, Any]], Iterable[Row]]


def safe(value: object) -> str:
    """Write a value so that no spreadsheet runs it: what begins like a formula gets an apostrophe in front.

    Source:
        https://owasp.org/www-community/attacks/CSV_Injection
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return safe("; ".join(str(each) for each in value))
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def sheet(rows: Iterable[Row]) -> str:
    """Write rows of one shape as CSV by RFC 4180, with a byte order mark."""
    found = list(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(found[0] if found else [])
    writer.writerows([safe(value) for value in row.values()] for row in found)
    return BYTE_ORDER_MARK + text.getvalue()


def _keys(*names: str) -> Rows:
    """Make one row of a record: these fields."""
    return lambda record: [{name: record[name] for name in names}]


def _evidence(entries: list[dict[str, Any]]) -> list[str]:
    return [f"{entry['outcome']}: {entry['text']} ({entry['certainty']})" for entry in entries]


def _cited(record: dict[str, Any]) -> list[str]:
    """Give every source that a record cites, once, in the order in which it does."""
    return list(dict.fromkeys(_references(record)))


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key == "references" else _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _comparison(record: dict[str, Any]) -> Iterator[Row]:
    for row in record["rows"]:
        for option in record["options"]:
            cell = row["cells"][option["id"]]
            yield {
                "comparison": record["id"],
                "question_id": row["id"],
                "question": row["question"],
                "option_id": option["id"],
                "option": option["name"],
                "answer": cell["text"] or _evidence(cell["evidence"]),
                "not_known": cell["not_known"],
                "certainty": cell["certainty"],
                "basis": cell["basis"],
                "references": _cited(cell),
            }


def _checklist(record: dict[str, Any]) -> Iterator[Row]:
    for group in record["groups"]:
        for item in group["items"]:
            named = {"checklist": record["id"], "title": record["title"], "group": group["title"]}
            yield named | {key: item[key] for key in ("id", "text", "why", "references")}


def _option(*names: str) -> Rows:
    def rows(record: dict[str, Any]) -> Iterator[Row]:
        row = {name: record[name] for name in names}
        if "status" in row:
            row["status"] = record["status"]["text"]
        yield row | {"evidence": _evidence(record["evidence"]), "references": _cited(record)}

    return rows


def _level(record: dict[str, Any]) -> Iterator[Row]:
    hours = record["hours_per_week"]
    row = {name: record[name] for name in ("id", "name", "short_name", "in_plain_words", "step", "overnight")}
    row["codes"] = [f"{code['system']}: {code['code']}" for code in record["codes"]]
    for people in ("adults", "adolescents"):
        bounds = hours.get(people) or {}
        row |= {f"hours_{people}_{bound}": bounds.get(bound) for bound in ("min", "max")}
    for name in ("setting", "staff", "typical_for", "length", "work_or_school", "cost"):
        row[name] = record[name].get("text") or record[name].get("not_known")
    yield row | {"references": _cited(record)}


def _schedule(record: dict[str, Any]) -> Iterator[Row]:
    for session in record["sessions"]:
        yield {"schedule": record["id"], "title": record["title"], **session}


def _helpline(record: dict[str, Any]) -> Iterator[Row]:
    text_to = record["text_to"] or {}
    yield {
        **{name: record[name] for name in ("id", "name", "groups", "for_whom", "number", "then")},
        "text_to": text_to.get("number"),
        "text_message": text_to.get("message"),
        **{name: record[name] for name in ("tty", "chat_url", "url", "instructions", "hours", "languages", "cost")},
        **{name: record[name] for name in ("sources_checked", "check_due", "secondhand", "references")},
    }


SHEETS: dict[str, Rows] = {
    "comparisons": _comparison,
    "checklists": _checklist,
    "therapies": _option(
        *("id", "name", "abbreviation", "family", "what_it_is", "session", "format", "used_for"),
        *("in_program", "cautions", "sources_checked", "review_due"),
    ),
    "technologies": _option(
        *("id", "name", "maturity", "what_it_is", "status", "regulator", "risks", "sources_checked", "review_due")
    ),
    "levels": _level,
    "schedules": _schedule,
    "helplines": _helpline,
    "glossary": _keys("id", "term", "also", "definition", "references"),
    "questions": _keys("id", "topic", "question", "answer", "references"),
    "timeline": _keys("id", "year", "when", "title", "text", "references"),
    "figures": _keys("id", "name", "value", "unit", "as_of", "check_due", "references"),
    "references": _keys(
        *("id", "type", "title", "author", "publisher", "container-title", "issued", "undated", "URL", "DOI"),
        *("kind", "read", "accessed", "note"),
    ),
}
"""How the records of a kind become rows."""

OWN = ("comparisons", "checklists", "schedules")
"""The kinds whose every record is a table of its own too."""
