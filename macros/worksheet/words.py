"""The words of a field, which may be those of a checklist's item or of another worksheet's field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guide.model.problems import UnknownId

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


def said_in(guide: Guide, kind: str, record_id: str) -> dict[str, Any]:
    """Return what `from` can name in a record: a checklist's items, or a worksheet's fields with own words."""
    record = guide.records(kind).get(record_id)
    if record is None:
        return {}
    if kind == "worksheets":
        return {name: field for name, field in record.fields.items() if field.ask}
    return {each.id: each for group in record.groups for each in group.items}


def item_of(guide: Guide, source: str) -> Any:
    """Return what `from` names, such as checklists/first-day/bring-a-list, or None."""
    kind, record_id, name = source.split("/")
    return said_in(guide, kind, record_id).get(name)


def words_of(guide: Guide, field: Field) -> Words:
    """Return the words of a field.

    Raises:
        UnknownId: There is nothing of that name. A rule says so in the author's words.
    """
    if not field.source:
        return Words(field.ask or "", "", field.hint or "", tuple(field.references))
    item = item_of(guide, field.source)
    if item is None:
        kind, record_id, name = field.source.split("/")
        if record_id not in guide.records(kind):
            raise UnknownId(kind, record_id, guide.names(kind))
        raise UnknownId(f"the parts of {record_id}", name, said_in(guide, kind, record_id))
    if field.source.startswith("worksheets/"):
        return Words(item.ask, "", field.hint or item.hint or "", (*item.references, *field.references))
    return Words(item.text, item.why or "", field.hint or "", (*item.references, *field.references))
