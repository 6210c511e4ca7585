"""Helplines: tables of a group, and one number inside a sentence."""

from macros.helpline.macro import helplines, phone
from macros.helpline.record import KIND

MACROS = (helplines, phone)
__all__ = ["KIND", "MACROS"]
