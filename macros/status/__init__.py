"""The state of the guide: when its sources were checked, how sure it is, and what nobody knows."""

from macros.status.macro import status

MACROS = (status,)
__all__ = ["MACROS"]
