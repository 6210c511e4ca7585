"""What a data file contains twice: names and texts that readers would see twice, and ids of parts of a record."""

from collections.abc import Iterator
from typing import Any

from guide.model.guide import line_of
from guide.model.problems import Place, Problem
from guide.model.record import distinct_names

_LISTS = 2
"""Lists within lists whose names are unique in the whole record."""


def repeated_names(shown: str, node: Any, value: Any) -> Iterator[Problem]:
    """Find names that appear twice in a record, or in two records of one file.

    Args:
        shown: The file's path as messages show it.
        node: The node of the whole file.
        value: What the models make of it.
    """
    seen: dict[tuple[Any, ...], tuple[str | int, ...]] = {}
    for path, place, field, name in distinct_names(value):
        # Two lists of one kind, such as the items of two groups, are one list to readers. A list within those, such as
        # the options of a field, is one by itself.
        lists = [step for step in path if isinstance(step, str)]
        shape = (*(path[:-1] if len(lists) > _LISTS else lists), field, name.casefold().strip())
        if shape in seen:
            first = line_of(node, seen[shape])
            yield Problem(
                Place(shown, line_of(node, (*path, *place))),
                f'{place[0]} "{name}" appears here and on line {first}',
                "Readers would see it twice: delete one, or word it differently.",
                "repeated-name",
            )
        seen.setdefault(shape, (*path, *place))


def repeated_parts(shown: str, record: Any) -> Iterator[Problem]:
    """Find ids that two parts of a record share, and texts that appear twice in one of its lists.

    What stands below two parts with ids of their own may share an id: two fields can both have an option "yes".

    Args:
        shown: The file's path as messages show it.
        record: The node of the record.
    """
    ids: dict[tuple[str, ...], int] = {}
    waiting: list[tuple[tuple[str, ...], Any]] = [((), record)]
    while waiting:
        path, node = waiting.pop()
        if node.id == "mapping":
            waiting.extend(((*path, key.value), value) for key, value in reversed(node.value))
        elif node.id == "sequence":
            texts: dict[str, int] = {}
            below: list[tuple[tuple[str, ...], Any]] = []
            for item in node.value:
                own_id = (
                    next((value for key, value in item.value if key.value == "id"), None)
                    if item.id == "mapping"
                    else None
                )
                if own_id is not None and own_id.id == "scalar":
                    yield from _repetition(shown, ids, (*path, own_id.value), f'id "{own_id.value}"', own_id)
                    below.append(((*path, own_id.value), item))
                    continue
                if item.id == "scalar":
                    yield from _repetition(shown, texts, item.value, f'"{item.value[:60]}"', item)
                below.append((path, item))
            waiting.extend(reversed(below))


def _repetition(shown: str, seen: dict[Any, int], key: Any, named: str, node: Any) -> Iterator[Problem]:
    line = node.start_mark.line + 1
    if key in seen:
        remedy = "Ids are unique: rename or remove one." if named.startswith("id ") else "Delete one of them."
        rule = "repeated-id" if named.startswith("id ") else "repeated-entry"
        yield Problem(Place(shown, line), f"{named} appears here and on line {seen[key]}", remedy, rule)
    seen.setdefault(key, line)
