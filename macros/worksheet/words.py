"""The words of a field, which may be those of a checklist's item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guide.model.guide import Guide
    from macros.worksheet.record import Field


@dataclass(frozen=True)
class Words:
    """What a field asks, why, help with the answer ("" for none of these), and the sources that say so."""

    ask: str
    why: str
    hint: str
    references: tuple[str, ...]


def item_of(guide: Guide, source: str) -> Any:
    """Return the item of a checklist that `from` names, such as checklists/first-day/bring-a-list, or None."""
    _, checklist, item = source.split("/")
    groups = getattr(guide.records("checklists").get(checklist), "groups", [])
    return next((each for group in groups for each in group.items if each.id == item), None)


def words_of(guide: Guide, field: Field) -> Words:
    """Return the words of a field.

    Raises:
        LookupError: There is no such item. A rule says so in the author's words.
    """
    if not field.source:
        return Words(field.ask or "", "", field.hint or "", tuple(field.references))
    item = item_of(guide, field.source)
    if item is None:
        raise LookupError(field.source)
    return Words(item.text, item.why or "", field.hint or "", (*item.references, *field.references))
