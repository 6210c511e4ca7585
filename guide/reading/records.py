"""Records from data/: the only reader of that folder.

`read_guide` walks the folder, decides by its path which kind a file is, parses it with `guide.reading.yaml_nodes`,
validates it with the kind's model, and adds the records to a `Guide`. Every file is read, and every problem returned.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from guide.model.guide import Guide, Source, line_of
from guide.model.kind import Kind
from guide.model.problems import SHOWN_PER_FILE, DataError, Place, Problem, left_out, limited, nearest
from guide.model.record import ID_PATTERN, Unquoted
from guide.model.registry import kinds
from guide.reading.files import RECORDS, bad_link, read_text, walk_folder
from guide.reading.labels import add_default_labels
from guide.reading.model_errors import distinct_errors, explain_model_error
from guide.reading.repetitions import repeated_names, repeated_parts
from guide.reading.unchanged import Unchanged
from guide.reading.yaml_nodes import compose, empty_node, plain_value


def load_guide(data: Path) -> Guide:
    """Read data/, all or nothing.

    Raises:
        DataError: With the problems of all files.
    """
    guide, problems = read_guide(data)
    if problems:
        raise DataError(problems)
    return guide


def read_guide(data: Path, unchanged: Unchanged | None = None) -> tuple[Guide, list[Problem]]:
    """Read data/.

    Args:
        data: The folder.
        unchanged: Remembers what was read the time before, so that only what has changed is read again.

    Returns:
        The guide with its valid records, and the problems of the others.
    """
    guide = Guide(sources={key: {} for key in kinds()})
    unchanged = unchanged or Unchanged()
    problems: list[Problem] = []
    if not data.is_dir():
        return guide, [
            Problem(Place(data.name, 1), "there is no such folder", "A guide needs its data/.", "data-folder")
        ]
    for path, bad_name in walk_folder(data, data.parent):
        shown = path.relative_to(data.parent).as_posix()
        unusable = bad_name or bad_link(path, data.parent)
        if unusable:
            problems.append(unusable)
        elif not path.is_dir():
            part, told = unchanged.get(path, partial(_read_file, data, path, shown))
            guide.add(part)
            problems.extend(told)
    problems.extend(add_default_labels(guide))
    return guide, problems


def _read_file(data: Path, path: Path, shown: str) -> tuple[Guide, list[Problem]]:
    part = Guide()
    problems = limited(_file_problems(part, data, path, shown))
    return part, problems


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
    names = [kind.key for kind in kinds().values() if kind.folder == (len(parts) > 1)]
    word = path.stem if len(parts) == 1 else parts[0]
    remedy = nearest(word, names) or f"Put it in one of: {', '.join(sorted(names))}."
    return Problem(Place(shown, 1), f'data/ has no place for "{"/".join(parts)}"', remedy, "file-place")


def _file_problems(guide: Guide, data: Path, path: Path, shown: str) -> Iterator[Problem]:
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
        _note_unread(guide, kind, path, shown)
        return
    yield from _add_records(guide, kind, path, shown, node)


def _note_unread(guide: Guide, kind: Kind, path: Path, shown: str) -> None:
    """Note which records an unreadable file may contain, so that they aren't reported as unknown."""
    if kind.folder:
        guide.sources.setdefault(kind.key, {})[path.stem] = Source(shown, empty_node(), None, valid=False)
    else:
        guide.unread.add(kind.key)


def _add_records(guide: Guide, kind: Kind, path: Path, shown: str, node: Any) -> Iterator[Problem]:
    """Validate a file and add its records to the guide; return the problems."""
    plain = plain_value(node, unquoted=Unquoted)
    try:
        value = kind.adapter.validate_python(plain)
        errors: list[Any] = []
    except ValidationError as error:
        value, errors = None, error.errors(include_url=False)
    reported = list(islice(distinct_errors(errors), SHOWN_PER_FILE))
    for model_error in reported:
        yield explain_model_error(kind, shown, node, plain, model_error)
    if len(reported) == SHOWN_PER_FILE < len(errors):
        yield left_out(Place(shown, node.start_mark.line + 1), len(errors) - len(reported))
    if kind.folder:
        yield from _add_one(guide, kind, path, shown, node, plain, value)
        record_nodes = [node]
    elif kind.listed:
        yield from _add_many(guide, kind, shown, node, plain, value)
        record_nodes = _record_nodes(kind, node)
    else:
        guide.sources.setdefault(kind.key, {})[kind.key] = Source(shown, node, plain, value is not None)
        if value is not None:
            guide.records(kind.key)[kind.key] = value
        record_nodes = [node]
    for record_node in record_nodes:
        yield from repeated_parts(shown, record_node)
    if value is not None:
        yield from repeated_names(shown, node, value)


def _record_nodes(kind: Kind, node: Any) -> list[Any]:
    """Return the nodes of the records in a file of many."""
    list_key = kind.list_key
    if list_key and node.id == "mapping":
        node = next((value for key, value in node.value if key.value == list_key), node)
    return node.value if node.id == "sequence" else []


def _add_one(guide: Guide, kind: Kind, path: Path, shown: str, node: Any, plain: Any, value: Any) -> Iterator[Problem]:
    key = kind.id_key
    record_id = plain.get(key) if isinstance(plain, dict) else None
    name = path.stem
    if isinstance(record_id, str) and record_id != name:
        yield Problem(
            Place(shown, line_of(node, (key,))),
            f'{key} "{record_id}" is not the name of the file',
            _rename_advice(path, key, record_id),
            "file-name",
        )
    guide.sources.setdefault(kind.key, {})[name] = Source(shown, node, plain, value is not None)
    if value is not None:
        guide.records(kind.key)[name] = value


def _rename_advice(path: Path, key: str, record_id: str) -> str:
    """Return what to do about a file whose name isn't its record's id; following it never overwrites a file."""
    if not re.fullmatch(ID_PATTERN, record_id.lower()):
        return f"Correct the {key}, and name the file after it."
    named = path.with_name(f"{record_id}.yaml")
    if named.exists() and not named.samefile(path):
        return (
            f"{named.name} has that {key} already. If this is a copy of it, delete it; if not, give it "
            f"a new {key}, and name the file after that."
        )
    return f"Name the file {named.name}, or correct the {key}."


def _add_many(guide: Guide, kind: Kind, shown: str, node: Any, plain: Any, value: Any) -> Iterator[Problem]:
    list_key = kind.list_key
    items = plain.get(list_key, []) if list_key and isinstance(plain, dict) else plain
    values = (getattr(value, list_key) if list_key else value) if value is not None else None
    if list_key and value is not None:
        guide.heads[kind.key] = value
    item_nodes = node
    if list_key and node.id == "mapping":
        item_nodes = next((value for key, value in node.value if key.value == list_key), None)
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
                f'id "{record_id}" appears here and on line {line_of(sources[record_id].node, ("id",))}',
                "Ids are unique: rename or remove one.",
                "repeated-id",
            )
            continue
        sources[record_id] = Source(shown, item_node, item, values is not None)
        if values is not None:
            guide.records(kind.key)[record_id] = values[index]
