"""What the reference of macros says of each: its docstring, and an example from the guide's own records."""

import inspect
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from markupsafe import Markup
from pydantic import BaseModel


@dataclass(frozen=True)
class MacroEntry:
    """One macro for authors: what it shows, what stands in its parentheses, and an example."""

    name: str
    shows: str
    takes: list[tuple[str, str]]
    call: str
    html: Markup
    place: str


def described(function: Any) -> tuple[str, list[tuple[str, str]]]:
    """Read the docstring of a macro: its first sentence, and what it says of each argument."""
    text = inspect.getdoc(function) or ""
    arguments = re.search(r"^Args:\n(.*?)(?=^\S|\Z)", text, re.DOTALL | re.MULTILINE)
    lines = re.findall(r"^    (\w+): (.*(?:\n {6,}.*)*)", arguments[1] if arguments else "", re.MULTILINE)
    return text.split("\n")[0], [(name, " ".join(what.split())) for name, what in lines]


def written_call(name: str, arguments: tuple[str, ...]) -> str:
    """Return a call as an author writes it."""
    inside = ", ".join(f'"{argument}"' for argument in arguments)
    return f"{{{{ {name}({inside}) }}}}"


def telling(records: dict[str, Any], guarded: set[str], words: Mapping[str, str]) -> dict[str, Any]:
    """Return the records that make a good example: a calm card that needs no way off the page, a number with its unit.

    Args:
        records: Records of one kind, by id.
        guarded: Ids of those that no page shows without a way off it.
        words: The labels, which name the units.

    Returns:
        Some of the records; all of them, if none is left.
    """
    bare = {each for each, one in records.items() if words.get(f"unit-{getattr(one, 'unit', '')}") == "{number}"}
    left = {each: one for each, one in records.items() if each not in guarded | bare} or records
    calm = max((_urgency(one) for one in left.values()), default=0)
    return {each: one for each, one in left.items() if _urgency(one) == calm}


def _urgency(record: Any) -> int:
    """Return the place of a card's urgency among all of them, the most urgent first; 0 for what has none."""
    field = getattr(type(record), "model_fields", {}).get("urgency")
    return get_args(field.annotation).index(record.urgency) if field else 0


def smallest(records: dict[str, Any]) -> str | None:
    """Return the id of the record that is shortest to show, or None if there is none."""
    return min(records, key=lambda each: len(cast(BaseModel, records[each]).model_dump_json()), default=None)


def rarest(values: set[str], records: dict[str, Any]) -> str | None:
    """Return the value that fewest records have, or None if none has any of them."""
    held = [each for record in records.values() for each in vars(record).values()]
    counted = Counter(
        each for value in held for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)
    )
    return min((value for value in sorted(values) if counted[value]), key=lambda value: counted[value], default=None)
