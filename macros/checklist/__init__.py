"""Checklists: groups of things to do or ask, to tick on screen and on paper."""

from macros.checklist.macro import checklist
from macros.checklist.record import KIND

MACROS = (checklist,)
__all__ = ["KIND", "MACROS"]
