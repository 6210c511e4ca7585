"""Helplines: tables of a group, and one number inside a sentence."""

from guide.model.kind import Kind, Part, Stored
from macros.helpline.groups import group_ids, group_item
from macros.helpline.macro import block, helplines, phone, short
from macros.helpline.record import Helpline, rows

KIND = Kind(
    "helplines",
    Helpline,
    Stored.LIST,
    order=130,
    title="name",
    summary="for_whom",
    block=block,
    anchor="helpline-",
    part=Part("helplines", "helplines", titled=False, ids=group_ids, item=group_item),
    csv=rows,
    chosen={"groups": "groups"},
    helps=True,
    short=short,
)
MACROS = (
    helplines,
    phone,
)
__all__ = ["KIND", "MACROS"]
