"""The models' validation errors, in the author's words and at the author's line."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from markdown.extensions.toc import slugify

from guide.model.guide import at, line_of
from guide.model.kind import Kind
from guide.model.problems import SHOWN_PER_FILE, Place, Problem, nearest
from guide.model.record import ID_PATTERN, PHONE

# By the pattern: the rule, what is wrong, and what to do.
_PATTERNS = {
    ID_PATTERN: ("id", "is not an id", "Use small letters, digits and hyphens, such as first-day."),
    PHONE: ("phone", "is not a phone number", "Write digits and hyphens, as it's dialed: 911 or 1-800-555-0100."),
}

# By pydantic's error type: what is wrong, and what to do.
_TYPES = {
    "string_type": ("is not a text", "Write words here."),
    "list_type": ("is not a list", 'Begin each entry with "- ", or write them as [first, second].'),
    "dict_type": ("is not a group of keys", "Write key: value lines below it, indented by two spaces."),
    "model_type": ("is not a group of keys", "Write key: value lines below it, indented by two spaces."),
    "model_attributes_type": ("is not a group of keys", "Write key: value lines below it, indented by two spaces."),
    "int_parsing": ("is not a whole number", "Write digits only."),
    "int_type": ("is not a whole number", "Write digits only."),
    "decimal_parsing": ("is not a number", "Write digits, with a point for decimals."),
    "bool_parsing": ("is not true or false", "Write true or false."),
    "date_from_datetime_parsing": ("is not a date", "Write year-month-day, such as 2026-11-23."),
    "date_parsing": ("is not a date", "Write year-month-day, such as 2026-11-23."),
    "date_type": ("is not a date", "Write year-month-day, such as 2026-11-23."),
}


def _quoted(value: Any) -> str:
    return f'"{value[:60]}"' if isinstance(value, str) else "what is written here"


def distinct_errors(errors: list[Any]) -> Iterator[Any]:
    """Return pydantic's errors without those on a key that is missing only because it is misspelled.

    The error on the unknown key is enough.
    """
    unknown: dict[tuple[str | int, ...], list[str]] = {}
    for error in errors:
        if error["type"] == "extra_forbidden":
            unknown.setdefault(error["loc"][:-1], []).append(str(error["loc"][-1]).lower())
    unknown = {parent: keys[:SHOWN_PER_FILE] for parent, keys in unknown.items()}
    for error in errors:
        *parent, key = error["loc"] or ("",)
        if error["type"] != "missing" or not nearest(str(key), unknown.get(tuple(parent), ())):
            yield error


def explain_model_error(kind: Kind, shown: str, node: Any, plain: Any, error: Any) -> Problem:
    """Return the problem that one of pydantic's errors stands for.

    Args:
        kind: The kind of the records in the file.
        shown: The file's path as messages show it.
        node: The node of the whole file.
        plain: Its plain value, which was validated.
        error: One entry of `ValidationError.errors()`.
    """
    steps = _written_steps(plain, error["loc"])
    place = Place(shown, line_of(node, steps))
    key = next((str(step) for step in reversed(error["loc"]) if isinstance(step, str) and step[:1] != "="), "this")
    code, given = error["type"], error["input"]
    context = error.get("ctx", {})
    field = _known_keys(kind, plain, steps[:-1]).get(key, {}) if code != "missing" else {}
    if code == "missing":
        means = str(_known_keys(kind, plain, steps[:-1]).get(key, {}).get("description", "as in the example."))
        remedy = f"Write {key}: {means[0].lower()}{means[1:]} data/README.md has an example."
        return Problem(place, f'"{key}" is missing', remedy, "missing-key")
    if code == "extra_forbidden":
        known = _known_keys(kind, plain, steps[:-1])
        if key in known:
            remedy = "Compare it with the examples in data/README.md: each shows the keys that go together, and where."
            return Problem(place, f'key "{key}" does not go with the others here', remedy, "unknown-key")
        remedy = nearest(key, known) or f"Known keys here: {', '.join(sorted(known))}."
        return Problem(place, f'key "{key}" is not known', remedy, "unknown-key")
    if "remedy" in context:
        if context.get("key"):
            place = Place(shown, line_of(node, (*steps, context["key"])))
        return Problem(place, error["msg"], context["remedy"], code)
    if code == "literal_error":
        remedy = f"Write {str(context['expected']).replace(chr(39), '')}."
        other = _key_with_value(kind, plain, steps[:-1], given)
        if other:
            remedy = f"It's a value of {other}: write {other}: {given} instead. For {key}, write {remedy[6:]}"
        return Problem(place, f"{key} {_quoted(given)} is not allowed", remedy, key.replace("_", "-"))
    if code == "string_pattern_mismatch":
        example = examples(kind).get(context["pattern"])
        remedy = f'Write it like this: "{example}".' if example else f"See {key} in data/README.md."
        rule, wrong, remedy = _PATTERNS.get(
            context["pattern"], (key.replace("_", "-").lower(), "isn't written correctly", remedy)
        )
        if rule == "phone" and re.fullmatch(r"[\d-]+", given):
            wrong += f": it has {len(given.replace('-', ''))} digits"
        elif rule == "id":
            remedy = _id_remedy(given, key, remedy, isinstance(error["loc"][-1], int))
        return Problem(place, f"{key} {_quoted(given)} {wrong}", remedy, rule)
    if code in _TYPES:
        wrong, remedy = _TYPES[code]
        rule = "date" if "date" in code else "wrong-type"
        if given == "":
            return Problem(place, f'"{key}" is empty', _write_it(field), "too-short")
        if rule == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(given)):
            wrong, remedy = "is not a day of the calendar", "Write year-month-day, with a day that exists."
        return Problem(place, f"{key}: {_quoted(given)} {wrong}", remedy, rule)
    if code in ("string_too_short", "too_short") and not given:
        return Problem(place, f'"{key}" is empty', _write_it(field), "too-short")
    if code in ("string_too_short", "too_short", "string_too_long", "too_long"):
        much = "long" if code.endswith("long") else "short"
        wrong = f'"{key}" is too {much}: {_count(len(given), given)}'
        return Problem(place, wrong, f"Write {_asked(field, context, given)}.", f"too-{much}")
    return Problem(
        place, f"{key} {_quoted(given)}: {error['msg'].lower()}", f"See {key} in data/README.md.", "wrong-value"
    )


def _id_remedy(given: str, key: str, remedy: str, in_list: bool) -> str:
    """Return what to do about a text in the place of an id.

    Args:
        given: The text.
        key: The key that it belongs to.
        remedy: What to do where nothing better is known.
        in_list: Whether it is an entry of a list.
    """
    if re.search(r"://|^www\.|^doi:|^10\.\d", given, re.IGNORECASE):
        if key == "references":
            return "Add a record with this address to data/references.yaml, and write the record's id here."
        return "Write the id of a record here, not an address."
    parts = re.split(r"[\s,;]+", given.strip())
    if in_list and len(parts) > 1 and all(re.fullmatch(ID_PATTERN, part) for part in parts):
        return f"If it is one id, write {'-'.join(parts)}. If there are {len(parts)}, write [{', '.join(parts)}]."
    slug = slugify(given.replace("_", "-"), "-")
    return f"Write {slug}: small letters, digits and hyphens." if re.fullmatch(ID_PATTERN, slug) else remedy


def _write_it(field: dict[str, Any]) -> str:
    """Return what to do about an empty value; a field without a default is needed."""
    return "Write it, or leave the key out." if "default" in field else "Write it: it's required."


def _count(number: int, given: Any) -> str:
    """Return a number with the unit of a text or a list."""
    one, more = ("character", "characters") if isinstance(given, str) else ("entry", "entries")
    return f"{number:,} {one if number == 1 else more}"


def _asked(field: dict[str, Any], context: dict[str, Any], given: Any) -> str:
    """Return how long a text or a list has to be.

    Args:
        field: The schema of its field.
        context: The limit that it doesn't keep to, as pydantic says it.
        given: The text or the list.
    """
    name = "Length" if isinstance(given, str) else "Items"
    parts = [field, *field.get("anyOf", [])]
    least, most = (
        context.get(f"{end}_length") or next((part[f"{end}{name}"] for part in parts if f"{end}{name}" in part), None)
        for end in ("min", "max")
    )
    if least and most:
        return f"{least} to {_count(most, given)}"
    return f"at least {_count(least, given)}" if least else f"{_count(most or 0, given)} at most"


def _key_with_value(kind: Kind, plain: Any, steps: tuple[str | int, ...], value: Any) -> str | None:
    """Return the key that a value belongs to, of those that the object at a path could have and hasn't."""
    written = at(plain, steps)
    for name, field in _known_keys(kind, plain, steps).items():
        values = [each for part in [field, *field.get("anyOf", [])] for each in part.get("enum", [])]
        if value in values and not (isinstance(written, dict) and name in written):
            return name
    return None


def _written_steps(plain: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the path of an error without the tags of unions, which nobody wrote."""
    steps: list[str | int] = []
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        in_list = isinstance(plain, list) and isinstance(step, int) and step < len(plain)
        if in_list or (isinstance(plain, dict) and step in plain):
            steps.append(step)
            plain = plain[step]
        elif last and not str(step).startswith("="):
            steps.append(step)
    return tuple(steps)


def _known_keys(kind: Kind, plain: Any, steps: tuple[str | int, ...]) -> dict[str, Any]:
    """Return the properties of the object that was probably meant: the one that shares the most keys with the text."""
    parent = at(plain, steps)
    written = frozenset(parent) if isinstance(parent, dict) else frozenset[str]()
    return max(_objects(kind), key=lambda properties: (len(properties.keys() & written), -len(properties)))


@cache
def examples(kind: Kind) -> dict[str, str]:
    """Return an example of each pattern in a kind's schema, by the pattern."""
    found: dict[str, str] = {}
    waiting: list[Any] = [kind.adapter.json_schema()]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if "pattern" in part and "examples" in part:
                found.setdefault(part["pattern"], part["examples"][0])
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return found


@cache
def _objects(kind: Kind) -> list[dict[str, Any]]:
    """Return the properties of every object in a kind's schema."""
    schema = kind.adapter.json_schema()
    objects = [schema, *schema.get("$defs", {}).values()]
    return [definition["properties"] for definition in objects if "properties" in definition]
