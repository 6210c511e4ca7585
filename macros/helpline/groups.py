"""Groups of helplines, which other sites show as one table each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from guide.model.kind import PartItem

if TYPE_CHECKING:
    from guide.model.guide import Guide


def group_ids(lines: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the groups that some line is in: in the order of their names, then those without a name."""
    groups = [line.get("groups") for line in lines.values() if isinstance(line, dict)]
    used = dict.fromkeys(group for each in groups if isinstance(each, list) for group in each if isinstance(group, str))
    named = [group for group in names.get("groups", ()) if group in used]
    return [*named, *(group for group in used if group not in named)]


def group_item(guide: Guide, language: str, item_id: str) -> PartItem:
    """Return a group, with the dates of the line that was checked longest ago."""
    title = guide.labels[language].names["groups"].get(item_id, item_id)
    lines = [line for line in guide.records("helplines").values() if item_id in line.groups]
    oldest = min(lines, key=lambda line: line.sources_checked)
    return PartItem(item_id, title, f"helplines-{item_id}", oldest, (item_id,))
