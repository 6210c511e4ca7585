"""Schedules: a sample week as a timetable."""

from guide.model.kind import Kind, Part
from macros.schedule.macro import schedule
from macros.schedule.record import WEEKDAYS, Schedule, rows

KIND = Kind(
    "schedules",
    Schedule,
    order=70,
    names={"days": tuple(WEEKDAYS)},
    summary="for_whom",
    anchor="schedule-",
    part=Part("schedule", "schedule"),
    csv=rows,
    csv_each=True,
)
MACROS = (schedule,)
__all__ = ["KIND", "MACROS"]
