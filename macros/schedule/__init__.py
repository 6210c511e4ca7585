"""Sample weeks, as timetables."""

from macros.schedule.macro import schedule
from macros.schedule.record import KIND

MACROS = (schedule,)
__all__ = ["KIND", "MACROS"]
