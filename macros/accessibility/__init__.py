"""The accessibility report, criterion by criterion."""

from macros.accessibility.macro import accessibility_report

MACROS = (accessibility_report,)
__all__ = ["MACROS"]
