"""YAML to records; the only reader of data/."""

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from markdown.extensions.toc import slugify
from pydantic import ValidationError

from guide.model.guide import Guide, Source, line_of
from guide.model.kind import Kind
from guide.model.problems import SHOWN_PER_FILE, DataError, Place, Problem, left_out, limited, nearest
from guide.model.record import ID_PATTERN, NOT_WORDS, PHONE, Unquoted, distinct_names
from guide.model.registry import kinds
from guide.reading.limits import DEPTH, ENTRIES, KEYS, NODES, RECORDS, read_text, walk_folder
from guide.reading.yaml_mistakes import IN_QUOTES, invisible, misread, says_nothing, unreadable

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


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
    guide = Guide(sources={key: {} for key in kinds()})
    problems: list[Problem] = []
    if not data.is_dir():
        return guide, [
            Problem(Place(data.name, 1), "there is no such folder", "A guide needs its data/.", "data-folder")
        ]
    with _keeping():
        for path, bad_name in walk_folder(data, data.parent):
            shown = path.relative_to(data.parent).as_posix()
            unusable = bad_name or bad_link(path, data.parent)
            if unusable:
                problems.append(unusable)
            elif not path.is_dir():
                problems.extend(limited(_read_file(guide, data, path, shown)))
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
    """Refuse a symbolic link that leads out of the project, nowhere, or to a folder."""
    if not path.is_symlink():
        return None
    place, rule = Place(path.relative_to(project).as_posix(), 1), "symbolic-link"
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(project)):
        return Problem(place, "this link leads out of the project", "Put the file itself here.", rule)
    if not path.exists():
        return Problem(place, "this link leads nowhere", "Put the file itself here, or remove the link.", rule)
    if path.is_dir():
        return Problem(place, "this link leads to a folder", "Put the files themselves here.", rule)
    return None


def _kind_of(path: Path, data: Path) -> Kind | None:
    parts = path.relative_to(data).parts
    if len(parts) == 1:
        kind = kinds().get(path.stem)
        return kind if kind and not kind.folder else None
    kind = kinds().get(parts[0])
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
    homes = [k.key for k in kinds().values() if k.folder == (len(parts) > 1)]
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
    text, problems = read_text(path, shown, RECORDS)
    node = None
    if text is not None:
        node, problems = compose(shown, text)
    yield from problems
    if node is None:
        _unread(guide, kind, path, shown)
        return
    plain = plain_value(node, unquoted=Unquoted)
    yield from _records(guide, kind, path, shown, node, plain)


def _unread(guide: Guide, kind: Kind, path: Path, shown: str) -> None:
    """Remember what a file that cannot be read may hold, so that nobody is told that it is not there."""
    if kind.folder:
        guide.sources[kind.key][path.stem] = Source(shown, yaml.ScalarNode("", ""), None, valid=False)
    else:
        guide.unread.add(kind.key)


def compose(shown: str, text: str, *, records: bool = True) -> tuple[Any, list[Problem]]:
    """Read YAML into nodes.

    Args:
        shown: The file, as problems name it.
        text: What it holds.
        records: False for a file of settings, which may hold tags and empty values.

    Returns:
        The node, or None if nothing can be made of the text; and what is wrong.
    """
    unseen = list(invisible(shown, text))
    if unseen:
        return None, unseen
    try:
        node, odd = _nodes(shown, text.removeprefix("\ufeff"), records)
    except yaml.MarkedYAMLError as error:
        return None, [unreadable(shown, text, error)]
    except yaml.YAMLError as error:
        line = text[: getattr(error, "position", 0)].count("\n") + 1
        remedy = "Delete the line and type it again, with plain characters."
        return None, [Problem(Place(shown, line), "a character that a data file cannot hold", remedy, "yaml")]
    if odd:
        return None, odd
    if node is None or (node.id == "scalar" and (not node.value or says_nothing(node))):
        return None, [
            Problem(Place(shown, 1), "the file is empty", "Write a record, or delete the file.", "empty-file")
        ]
    odd = list(misread(shown, text, node, records=records))
    return (None, odd) if odd else (node, list(_repeated_keys(shown, node)))


@dataclass
class _Open:
    """A list or group of which the end was not read yet, and the key that waits for its value."""

    node: Any
    key: Any = None


def _nodes(shown: str, text: str, records: bool) -> tuple[Any, list[Problem]]:
    """Build nodes from the parser's events, without recursion and within limits.

    PyYAML's own composer ends the process where lists are nested 50,000 deep.

    Returns:
        The node, or None for a file of comments; and what YAML allows and data does not: copies of other parts, tags,
        keys that are not words, too much of something. After the first of these nothing more is read.
    """
    loader = _Loader(text)
    top: Any = None
    open_nodes: list[_Open] = []
    number = 0
    try:
        while True:
            event = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node: Any = yaml.ScalarNode(event.tag, event.value, event.start_mark, event.end_mark, event.style)
            elif kind is yaml.MappingStartEvent:
                node = yaml.MappingNode(event.tag, [], event.start_mark, None, event.flow_style)
            elif kind is yaml.SequenceStartEvent:
                node = yaml.SequenceNode(event.tag, [], event.start_mark, None, event.flow_style)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                open_nodes.pop().node.end_mark = event.end_mark
                continue
            elif kind is yaml.AliasEvent:
                return None, [_problem(shown, event, 'a text that begins with "*"', IN_QUOTES, "yaml")]
            elif kind is yaml.DocumentStartEvent and top is not None:
                raise yaml.composer.ComposerError(
                    "expected a single document", top.start_mark, "but found another", event.start_mark
                )
            elif kind is yaml.StreamEndEvent:
                return top, []
            else:
                continue
            number += 1
            fault = _unlike_data(event, open_nodes, number, records)
            if fault:
                return None, [_problem(shown, event, *fault)]
            if not open_nodes:
                top = node
            else:
                _put(node, open_nodes[-1])
            if kind is not yaml.ScalarEvent:
                open_nodes.append(_Open(node))
    finally:
        loader.dispose()


def _put(node: Any, into: _Open) -> None:
    """Add a node to the list or group that it stands in."""
    if into.node.id == "sequence":
        into.node.value.append(node)
    elif into.key is None:
        into.key = node
    else:
        into.node.value.append((into.key, node))
        into.key = None


_COPIED = (
    "a part that is used twice (& and *)",
    "Write it out in both places. If it is a text that begins with &, put it in straight double quotes.",
    "yaml",
)


def _unlike_data(event: Any, open_nodes: list[_Open], number: int, records: bool) -> tuple[str, str, str] | None:
    """Return what is wrong, what to do and the rule, if a part of a file is not what data may hold."""
    around = open_nodes[-1] if open_nodes else None
    is_key = around is not None and around.node.id == "mapping" and around.key is None
    is_text = isinstance(event, yaml.ScalarEvent)
    if number > NODES:
        return f"the file holds more than {NODES:,} values", "Split it, or shorten it.", "file-size"
    if len(open_nodes) >= DEPTH:
        return (f"a list or group inside {DEPTH} others", "Write it as data/README.md shows.", "nesting")
    if around and len(around.node.value) >= (KEYS if around.node.id == "mapping" else ENTRIES):
        most = f"{KEYS:,} keys" if around.node.id == "mapping" else f"{ENTRIES:,} entries"
        return f"more than {most} in one place", "Split the file, or shorten it.", "file-size"
    if is_key and not is_text:
        return "a text that begins with a brace", IN_QUOTES, "yaml"
    if is_key and not event.value:
        return "a key without a name", "Write its name before the colon, or delete the line.", "yaml"
    if event.anchor:
        return _COPIED
    if records and event.tag:
        return 'a text that begins with "!"', IN_QUOTES, "yaml"
    return None


def _problem(shown: str, event: Any, wrong: str, remedy: str, rule: str) -> Problem:
    return Problem(Place(shown, event.start_mark.line + 1), wrong, remedy, rule)


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


def plain_value(node: Any, *, unquoted: type[str] = str) -> Any:
    """Give what a node holds as texts, lists and dicts.

    Args:
        node: Of YAML.
        unquoted: What a text becomes that has no quotes and that other programs don't read as words.
    """
    if node.id == "mapping":
        return {str(key.value): plain_value(value, unquoted=unquoted) for key, value in node.value}
    if node.id == "sequence":
        return [plain_value(item, unquoted=unquoted) for item in node.value]
    return unquoted(node.value) if not node.style and NOT_WORDS.fullmatch(node.value) else node.value


def _records(guide: Guide, kind: Kind, path: Path, shown: str, node: Any, plain: Any) -> Iterator[Problem]:
    try:
        value = kind.adapter.validate_python(plain)
        faults: list[Any] = []
    except ValidationError as error:
        value, faults = None, error.errors(include_url=False)
    told = list(islice(_once(faults), SHOWN_PER_FILE))
    for fault in told:
        yield translate(kind, shown, node, plain, fault)
    if len(told) == SHOWN_PER_FILE < len(faults):
        yield left_out(Place(shown, node.start_mark.line + 1), len(faults) - len(told))
    if kind.folder:
        yield from _one_record(guide, kind, path, shown, node, plain, value)
    elif kind.listed:
        yield from _many_records(guide, kind, shown, node, plain, value)
    else:
        guide.sources.setdefault(kind.key, {})[kind.key] = Source(shown, node, plain, value is not None)
        if value is not None:
            guide.records(kind.key)[kind.key] = value
    yield from _told_twice(kind, shown, node, value)


def _told_twice(kind: Kind, shown: str, node: Any, value: Any) -> Iterator[Problem]:
    """Find what stands twice inside a record, or under two records of one file, where readers would see it twice."""
    for each in _records_of(kind, node) if kind.listed else [node]:
        yield from _repeated_inside(shown, each)
    if value is not None:
        seen: dict[tuple[Any, ...], tuple[str | int, ...]] = {}
        for path, field, name in distinct_names(value):
            # Two lists of one kind, such as the items of two groups, are one list to readers.
            shape = (*(step for step in path if isinstance(step, str)), field, name.casefold().strip())
            if shape in seen:
                first = line_of(node, (*seen[shape], field))
                yield Problem(
                    Place(shown, line_of(node, (*path, field))),
                    f'{field} "{name}" stands here and on line {first}',
                    "Readers would see it twice: delete one, or word it otherwise.",
                    "repeated-name",
                )
            seen.setdefault(shape, path)


def _records_of(kind: Kind, node: Any) -> list[Any]:
    """Give the nodes of the records of a file that holds many."""
    held = kind.list_key
    if held and node.id == "mapping":
        node = next((value for key, value in node.value if key.value == held), node)
    return node.value if node.id == "sequence" else []


def _repeated_inside(shown: str, record: Any) -> Iterator[Problem]:
    """Find ids that two parts of a record share, and texts that stand twice in one of its lists."""
    ids: dict[tuple[str, ...], int] = {}
    waiting: list[tuple[tuple[str, ...], Any]] = [((), record)]
    while waiting:
        path, node = waiting.pop()
        if node.id == "mapping":
            waiting.extend(((*path, key.value), value) for key, value in reversed(node.value))
        elif node.id == "sequence":
            texts: dict[str, int] = {}
            for item in node.value:
                own_id = (
                    next((value for key, value in item.value if key.value == "id"), None)
                    if item.id == "mapping"
                    else None
                )
                if own_id is not None and own_id.id == "scalar":
                    yield from _again(shown, ids, (*path, own_id.value), f'id "{own_id.value}"', own_id)
                elif item.id == "scalar":
                    yield from _again(shown, texts, item.value, f'"{item.value[:60]}"', item)
            waiting.extend((path, item) for item in reversed(node.value))


def _again(shown: str, seen: dict[Any, int], key: Any, named: str, node: Any) -> Iterator[Problem]:
    line = node.start_mark.line + 1
    if key in seen:
        remedy = "Ids are unique: rename or remove one." if named.startswith("id ") else "Delete one of them."
        rule = "repeated-id" if named.startswith("id ") else "repeated-entry"
        yield Problem(Place(shown, line), f"{named} stands here and on line {seen[key]}", remedy, rule)
    seen.setdefault(key, line)


def _once(faults: list[Any]) -> Iterator[Any]:
    """Leave out a key that is missing because it is misspelt: that it is not known says it all."""
    unknown: dict[tuple[str | int, ...], list[str]] = {}
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            unknown.setdefault(fault["loc"][:-1], []).append(str(fault["loc"][-1]).lower())
    unknown = {holder: keys[:SHOWN_PER_FILE] for holder, keys in unknown.items()}
    for fault in faults:
        *holder, key = fault["loc"] or ("",)
        if fault["type"] != "missing" or not nearest(str(key), unknown.get(tuple(holder), ())):
            yield fault


def _one_record(
    guide: Guide, kind: Kind, path: Path, shown: str, node: Any, plain: Any, value: Any
) -> Iterator[Problem]:
    key = kind.id_key
    record_id = plain.get(key) if isinstance(plain, dict) else None
    name = path.stem
    if isinstance(record_id, str) and record_id != name:
        yield Problem(
            Place(shown, line_of(node, (key,))),
            f'{key} "{record_id}" is not the name of the file',
            _renaming(path, key, record_id),
            "file-name",
        )
    guide.sources.setdefault(kind.key, {})[name] = Source(shown, node, plain, value is not None)
    if value is not None:
        guide.records(kind.key)[name] = value


def _renaming(path: Path, key: str, record_id: str) -> str:
    """Say what to do about a file that isn't named as its record, so that no other file is lost."""
    if not re.fullmatch(ID_PATTERN, record_id.lower()):
        return f"Correct the {key}, and name the file after it."
    named = path.with_name(f"{record_id}.yaml")
    if named.exists() and not named.samefile(path):
        return (
            f"{named.name} has that {key} already. If this is a copy of it, delete it; if not, give it "
            f"a new {key}, and name the file after that."
        )
    return f"Name the file {named.name}, or correct the {key}."


def _many_records(guide: Guide, kind: Kind, shown: str, node: Any, plain: Any, value: Any) -> Iterator[Problem]:
    held = kind.list_key
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
    key = next((str(step) for step in reversed(fault["loc"]) if isinstance(step, str) and step[:1] != "="), "this")
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
        elif rule == "id":
            remedy = _id_remedy(given, key, remedy, isinstance(fault["loc"][-1], int))
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


def _id_remedy(given: str, key: str, remedy: str, in_list: bool) -> str:
    """Say what to do about a text that stands where an id is asked for."""
    if re.search(r"://|^www\.|^doi:|^10\.\d", given, re.IGNORECASE):
        if key == "references":
            return "Add a record with this address to data/references.yaml, and write the record's id here."
        return "Write the id of a record here, not an address."
    parts = re.split(r"[\s,;]+", given.strip())
    if in_list and len(parts) > 1 and all(re.fullmatch(ID_PATTERN, part) for part in parts):
        return f"If it is one id, write {'-'.join(parts)}. If there are {len(parts)}, write [{', '.join(parts)}]."
    slug = slugify(given, "-")
    return f"Write {slug}: small letters, digits and hyphens." if re.fullmatch(ID_PATTERN, slug) else remedy


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
    return max(_objects(kind), key=lambda each: (len(each.keys() & written), -len(each)))


@cache
def _objects(kind: Kind) -> list[dict[str, Any]]:
    """Give the properties of every object of a kind's schema."""
    schema = kind.adapter.json_schema()
    found = [schema, *schema.get("$defs", {}).values()]
    return [entry["properties"] for entry in found if "properties" in entry]
