"""Which parts of a record are shown, where only some are wanted."""

from collections.abc import Collection, Iterable
from typing import Any

from guide.model.problems import UnknownId


def selected(name: str, parts: Iterable[Any], wanted: Collection[str] | None) -> list[Any]:
    """Return the parts of a record that are wanted, in the order of the record; all if none is named.

    Args:
        name: What they are, such as "the rows of lessons".
        parts: All of them; each has an id.
        wanted: Ids.

    Raises:
        UnknownId: There is none of that id.
    """
    by_id = {part.id: part for part in parts}
    for part_id in wanted or ():
        if part_id not in by_id:
            raise UnknownId(name, part_id, by_id)
    return [part for part_id, part in by_id.items() if not wanted or part_id in wanted]
