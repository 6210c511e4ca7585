"""What each release changed, in plain words."""

from macros.change.macro import what_changed

MACROS = (what_changed,)
__all__ = ["MACROS"]
