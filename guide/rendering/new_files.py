"""The text of new pages and records, with a note on each line, and the search for notes that are left."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pydantic import BaseModel

from guide.model import fields
from guide.model.kind import Kind
from guide.model.registry import kinds
from guide.model.site import FrontMatter

MARK = "[fill in:"
"""The beginning of each text on a new page that is to be replaced."""
FIRST = "# Fill in what is needed, take the # off what else you want to say, and delete the rest and these notes."
FORMS = "# There are {number} forms of this; data/README.md has an example of each."
HERE = ". Here: "
"""Before the choices that a guide's own labels have, at the end of a note."""
BODY = f"""
# {MARK} a title of up to 65 characters that no other page has]

{MARK} the answer first, in a few sentences]

## {MARK} what a reader would ask]

{MARK} one idea, one sentence a line; after a fact its source, with cite]

## What to do next

1. {MARK} a small step; write a few of them]
"""


def page() -> str:
    """Return a new page."""
    return "\n".join(["---", *_keys(FrontMatter), "---"]) + "\n" + BODY


def record(kind: Kind, item: str, names: Mapping[str, Iterable[str]] | None = None) -> list[str]:
    """Return the lines of a new record. If its kind has several forms, it is the first one.

    Args:
        kind: Its kind.
        item: Its id.
        names: The values that labels name, by group: notes list those that a field can hold.
    """
    forms = [kind.record] if kind.list_key else [part.model for part in fields.parts(kind) if not part.under]
    model = forms[0]
    choices = {key: ", ".join((names or {}).get(group, ())) for key, group in kind.chosen.items()}
    lines = list(_keys(model, choices))
    if len(forms) > 1:
        lines.insert(0, FORMS.format(number=len(forms)))
    return [f"id: {item}" if line.startswith("id:") else line for line in lines]


@cache
def notes() -> frozenset[str]:
    """Return every note that new pages and records contain, without its number sign."""
    lines = [FIRST, *_keys(FrontMatter)]
    lines += [line for kind in kinds().values() for line in record(kind, "x")]
    return frozenset(line.rpartition("# ")[2].strip() for line in lines if "# " in line) - {"-"}


def lines_with_notes(text: str) -> list[int]:
    """Return the lines of a file that contain such a note, from 1."""
    return [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if "# " in line and (line.rpartition("# ")[2].strip().partition(HERE)[0] in notes() or line.strip() == FIRST)
    ]


def _keys(model: type[BaseModel], choices: Mapping[str, str] | None = None) -> Iterator[str]:
    for field in fields.fields_of(model):
        lines = list(_lines(field, (choices or {}).get(field.key, "")))
        yield from lines if field.needed else (f"# {line}" for line in lines)


def _lines(field: fields.FieldEntry, choices: str = "") -> Iterator[str]:
    """Return the lines of a key with its note, and of the keys below it."""
    note = field.means.removesuffix(".").replace("\n", " ")
    if field.choices:
        note += f": {', '.join(field.choices)}"
    if choices:
        note += HERE + choices
    if not field.models:
        inline = " []" if field.many and field.takes == "id" else ""
        yield f"{field.key}:{inline} # {note}"
        if field.many and not inline:
            yield "  -"
        return
    yield f"{field.key}: # {note}"
    below = list(_keys(field.models[0]))
    if field.keyed:
        yield "  some-id: # the id that it is for"
        yield from (f"    {line}" for line in below)
    elif field.many:
        # An entry needs a first key, also where each may be left out.
        first = next((number for number, line in enumerate(below) if not line.startswith("#")), 0)
        below.insert(0, below.pop(first).removeprefix("# "))
        yield from (f"  {'  ' if number else '- '}{line}" for number, line in enumerate(below))
    else:
        yield from (f"  {line}" for line in below)
