"""YAML to records; the only reader of data/."""

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from markdown.extensions.toc import slugify
from pydantic import ValidationError

from macros.guide import Guide, Source, line_of
from macros.models import KINDS, Kind
from macros.models.base import ID_PATTERN
from macros.models.care import PHONE
from macros.problems import DataError, Place, Problem, nearest
from macros.slips import IN_QUOTES, misread, unreadable

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# The keys under which a one-file kind keeps its list, for kinds whose file has a head.
LISTS = {"timeline": "events", "glossary": "terms", "questions": "questions"}


def load_guide(data: Path) -> Guide:
    """Read data/ whole.

    Raises:
        DataError: with every problem of every file.
    """
    guide, problems = read_guide(data)
    if problems:
        raise DataError(problems)
    return guide


def read_guide(data: Path) -> tuple[Guide, list[Problem]]:
    """Read what can be read of data/, and say what cannot.

    Returns:
        The guide with its valid records, and the problems of the others.
    """
    guide = Guide(sources={key: {} for key in KINDS})
    problems: list[Problem] = []
    if not data.is_dir():
        return guide, [
            Problem(Place(data.name, 1), "there is no such folder", "A guide needs its data/.", "data-folder")
        ]
    with _keeping():
        for path in [data, *sorted(data.rglob("*"))]:
            shown = path.relative_to(data.parent).as_posix()
            led_out = bad_link(path, data.parent)
            if led_out:
                problems.append(led_out)
            elif path.is_file():
                problems.extend(_read_file(guide, data, path, shown))
    return guide, problems


@contextmanager
def _keeping() -> Iterator[None]:
    """Let Python look for nothing to let go of: what is read is kept, and the search takes as long as the reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def bad_link(path: Path, project: Path) -> Problem | None:
    """Refuse a symbolic link that leads out of the project, or nowhere."""
    if not path.is_symlink():
        return None
    place, rule = Place(path.relative_to(project).as_posix(), 1), "symbolic-link"
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(project)):
        return Problem(place, "this link leads out of the project", "Put the file itself here.", rule)
    if not path.exists():
        return Problem(place, "this link leads nowhere", "Put the file itself here, or remove the link.", rule)
    return None


def _kind_of(path: Path, data: Path) -> Kind | None:
    parts = path.relative_to(data).parts
    if len(parts) == 1:
        kind = KINDS.get(path.stem)
        return kind if kind and not kind.folder else None
    kind = KINDS.get(parts[0])
    return kind if kind and kind.folder and len(parts) == 2 else None


def _misplaced(path: Path, data: Path, shown: str) -> Problem | None:
    if path.name == "README.md" and path.parent == data:
        return None
    if path.suffix != ".yaml":
        return Problem(
            Place(shown, 1), f'"{path.name}" is not a data file', "Name it with .yaml, or move it.", "file-name"
        )
    if _kind_of(path, data):
        return None
    parts = path.relative_to(data).parts
    homes = [k.key if len(parts) == 1 else k.key for k in KINDS.values() if k.folder == (len(parts) > 1)]
    word = path.stem if len(parts) == 1 else parts[0]
    remedy = nearest(word, homes) or f"Put it in one of: {', '.join(sorted(homes))}."
    return Problem(Place(shown, 1), f'data/ has no place for "{"/".join(parts)}"', remedy, "file-place")


def _read_file(guide: Guide, data: Path, path: Path, shown: str) -> Iterator[Problem]:
    misplaced = _misplaced(path, data, shown)
    kind = _kind_of(path, data)
    if misplaced or not kind:
        if misplaced:
            yield misplaced
        return
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        yield Problem(Place(shown, line), "a letter that is not UTF-8", "Save the file as UTF-8.", "encoding")
        _unread(guide, kind, path, shown)
        return
    node, problems = compose(shown, text)
    yield from problems
    if node is None:
        _unread(guide, kind, path, shown)
        return
    plain = plain_value(node)
    yield from _records(guide, kind, path, shown, node, plain)


def _unread(guide: Guide, kind: Kind, path: Path, shown: str) -> None:
    """Remember what a file that cannot be read may hold, so that nobody is told that it is not there."""
    if kind.folder:
        guide.sources[kind.key][path.stem] = Source(shown, yaml.ScalarNode("", ""), None, valid=False)
    else:
        guide.unread.add(kind.key)


def compose(shown: str, text: str) -> tuple[Any, list[Problem]]:
    """Read YAML into nodes.

    Returns:
        The node, or None if nothing can be made of the text; and what is wrong.
    """
    try:
        node: Any = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return None, [unreadable(shown, text, error)]
    except yaml.YAMLError as error:
        line = text[: getattr(error, "position", 0)].count("\n") + 1
        remedy = "Delete the line and type it again, with plain characters."
        return None, [Problem(Place(shown, line), "a character that a data file cannot hold", remedy, "yaml")]
    if node is None or (node.id == "scalar" and not node.value):
        return None, [
            Problem(Place(shown, 1), "the file is empty", "Write a record, or delete the file.", "empty-file")
        ]
    odd = list(_odd(shown, node, set())) or list(misread(shown, text, node))
    return (None, odd) if odd else (node, list(_repeated_keys(shown, node)))


def _odd(shown: str, node: Any, seen: set[int]) -> Iterator[Problem]:
    """Find what YAML allows and records do not: keys that are not words, and copies of other parts."""
    if node.id != "scalar" and id(node) in seen:
        place = Place(shown, node.start_mark.line + 1)
        yield Problem(place, "a part that is used twice (& and *)", "Write it out in both places.", "yaml")
        return
    seen.add(id(node))
    for child in node.value if node.id != "scalar" else []:
        if node.id == "mapping":
            key, child = child
            if key.id != "scalar":
                yield Problem(
                    Place(shown, key.start_mark.line + 1), "a text that begins with a brace", IN_QUOTES, "yaml"
                )
        yield from _odd(shown, child, seen)


def _repeated_keys(shown: str, node: Any) -> Iterator[Problem]:
    if node.id == "mapping":
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                yield Problem(
                    Place(shown, line),
                    f'key "{key.value}" stands here and on line {seen[key.value]}',
                    'Keep one of them. If it begins a second entry, put "- " before it.',
                    "repeated-key",
                )
            seen.setdefault(str(key.value), line)
            yield from _repeated_keys(shown, value)
    elif node.id == "sequence":
        for item in node.value:
            yield from _repeated_keys(shown, item)


def read_otherwise(text: str) -> bool:
    """Tell whether other programs, such as editors, would take a text without quotes for a number, a day or a yes."""
    tag: str = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag != "tag:yaml.org,2002:str"


def plain_value(node: Any) -> Any:
    """Give what a node holds as texts, lists and dicts."""
    if node.id == "mapping":
        return {str(key.value): plain_value(value) for key, value in node.value}
    if node.id == "sequence":
        return [plain_value(item) for item in node.value]
    return node.value


def _records(guide: Guide, kind: Kind, path: Path, shown: str, node: Any, plain: Any) -> Iterator[Problem]:
    try:
        value = kind.adapter.validate_python(plain)
        faults: list[Any] = []
    except ValidationError as error:
        value, faults = None, error.errors(include_url=False)
    for fault in _once(faults):
        yield translate(kind, shown, node, plain, fault)
    if kind.folder:
        yield from _one_record(guide, kind, path, shown, node, plain, value)
    elif kind.many or kind.key in LISTS:
        yield from _many_records(guide, kind, shown, node, plain, value)
    else:
        guide.sources.setdefault(kind.key, {})[kind.key] = Source(shown, node, plain, value is not None)
        if value is not None:
            guide.records(kind.key)[kind.key] = value


def _once(faults: list[Any]) -> Iterator[Any]:
    """Leave out a key that is missing because it is misspelt: that it is not known says it all."""
    unknown: dict[tuple[str | int, ...], list[str]] = {}
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            unknown.setdefault(fault["loc"][:-1], []).append(str(fault["loc"][-1]).lower())
    for fault in faults:
        *holder, key = fault["loc"] or ("",)
        if fault["type"] != "missing" or not nearest(str(key), unknown.get(tuple(holder), ())):
            yield fault


def _one_record(
    guide: Guide, kind: Kind, path: Path, shown: str, node: Any, plain: Any, value: Any
) -> Iterator[Problem]:
    record_id = plain.get("language" if kind.key == "labels" else "id") if isinstance(plain, dict) else None
    name = path.stem
    if isinstance(record_id, str) and record_id != name:
        yield Problem(
            Place(shown, line_of(node, ("id",))),
            f'id "{record_id}" is not the name of the file',
            f"Name the file {record_id}.yaml, or correct the id.",
            "file-name",
        )
    guide.sources.setdefault(kind.key, {})[name] = Source(shown, node, plain, value is not None)
    if value is not None:
        guide.records(kind.key)[name] = value


def _many_records(guide: Guide, kind: Kind, shown: str, node: Any, plain: Any, value: Any) -> Iterator[Problem]:
    held = LISTS.get(kind.key)
    items = plain.get(held, []) if held and isinstance(plain, dict) else plain
    values = (getattr(value, held) if held else value) if value is not None else None
    if held and value is not None:
        guide.heads[kind.key] = value
    item_nodes = node
    if held and node.id == "mapping":
        item_nodes = next((v for k, v in node.value if k.value == held), None)
    sources = guide.sources.setdefault(kind.key, {})
    if not isinstance(items, list) or item_nodes is None:
        guide.unread.add(kind.key)
        return
    for index, item in enumerate(items):
        record_id = item.get("id") if isinstance(item, dict) else None
        if not isinstance(record_id, str):
            continue
        item_node = item_nodes.value[index]
        if record_id in sources:
            yield Problem(
                Place(shown, line_of(item_node, ("id",))),
                f'id "{record_id}" stands here and on line {line_of(sources[record_id].node, ("id",))}',
                "Ids are unique: rename or remove one.",
                "repeated-id",
            )
            continue
        sources[record_id] = Source(shown, item_node, item, values is not None)
        if values is not None:
            guide.records(kind.key)[record_id] = values[index]


_PATTERNS = {
    ID_PATTERN: ("id", "is not an id", "Use small letters, digits and hyphens, such as first-day."),
    PHONE: ("phone", "is not a phone number", "Write digits and hyphens, as it is dialed: 911 or 1-800-555-0100."),
}

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
    return f'"{value[:60]}"' if isinstance(value, str) else "what stands here"


def translate(kind: Kind, shown: str, node: Any, plain: Any, fault: Any) -> Problem:
    """Say pydantic's error in the author's words, at the author's line."""
    steps = _written_steps(plain, fault["loc"])
    place = Place(shown, line_of(node, steps))
    key = next((str(step) for step in reversed(fault["loc"]) if isinstance(step, str) and step[0] != "="), "this")
    code, given = fault["type"], fault["input"]
    context = fault.get("ctx", {})
    if code == "missing":
        means = str(_known_keys(kind, plain, steps[:-1]).get(key, {}).get("description", "as in the example."))
        remedy = f"Write {key}: {means[0].lower()}{means[1:]} data/README.md has an example."
        return Problem(place, f'"{key}" is missing', remedy, "missing-key")
    if code == "extra_forbidden":
        known = _known_keys(kind, plain, steps[:-1])
        remedy = nearest(key, known) or f"Known keys here: {', '.join(sorted(known))}."
        return Problem(place, f'key "{key}" is not known', remedy, "unknown-key")
    if "remedy" in context:
        if context.get("key"):
            place = Place(shown, line_of(node, (*steps, context["key"])))
        return Problem(place, fault["msg"], context["remedy"], code)
    if code == "literal_error":
        allowed = str(context["expected"]).replace("'", "")
        return Problem(place, f"{key} {_quoted(given)} is not allowed", f"Write {allowed}.", key.replace("_", "-"))
    if code == "string_pattern_mismatch":
        rule, wrong, remedy = _PATTERNS.get(
            context["pattern"],
            (key.replace("_", "-").lower(), "is not written as it should be", f"See {key} in data/README.md."),
        )
        if rule == "phone" and re.fullmatch(r"[\d-]+", given):
            wrong += f": it has {len(given.replace('-', ''))} digits"
        elif rule == "id" and re.search(r"[A-Za-z0-9]", given):
            remedy = f"Write {slugify(given, '-')}: small letters, digits and hyphens."
        return Problem(place, f"{key} {_quoted(given)} {wrong}", remedy, rule)
    if code in _TYPES:
        wrong, remedy = _TYPES[code]
        rule = "date" if "date" in code else "wrong-type"
        if given == "":
            return Problem(place, f'"{key}" is empty', "Write it, or leave the key out if it may be.", "too-short")
        return Problem(place, f"{key}: {_quoted(given)} {wrong}", remedy, rule)
    if code in ("string_too_short", "too_short"):
        return Problem(
            place, f'"{key}" is empty or too short', "Write it, or leave the key out if it may be.", "too-short"
        )
    if code in ("string_too_long", "too_long"):
        return Problem(place, f'"{key}" is too long', f"Keep it under {context.get('max_length')}.", "too-long")
    return Problem(
        place, f"{key} {_quoted(given)}: {fault['msg'].lower()}", f"See {key} in data/README.md.", "wrong-value"
    )


def _written_steps(plain: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Leave out of pydantic's path the tags of unions, which nobody wrote."""
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


def _at(plain: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        plain = plain[step]
    return plain


def _known_keys(kind: Kind, plain: Any, steps: tuple[str | int, ...]) -> dict[str, Any]:
    """Guess which object was meant, the one that shares most keys with what was written, and give its properties."""
    holder = _at(plain, steps)
    written = frozenset(holder) if isinstance(holder, dict) else frozenset[str]()
    schema = kind.adapter.json_schema()
    found = [schema, *schema.get("$defs", {}).values()]
    objects: list[dict[str, Any]] = [entry["properties"] for entry in found if "properties" in entry]
    return max(objects, key=lambda each: (len(each.keys() & written), -len(each)))
