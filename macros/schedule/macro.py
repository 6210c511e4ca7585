"""The timetable of a sample week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from macros.schedule import geometry, times
from macros.schedule.record import WEEKDAYS

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro("schedules", order=70)
def schedule(page: PageRenderer, schedule_id: str) -> Markup:
    """Show a sample week as a timetable.

    Args:
        schedule_id: A record of data/schedules/.
    """
    record = page.record("schedules", schedule_id)
    days = [
        (day, sorted((s for s in record.sessions if s.day == day), key=lambda s: s.start_minute)) for day in WEEKDAYS
    ]
    return page.render(
        "schedule.html.j2",
        "schedules",
        schedule_id,
        schedule=record,
        days=[(day, sessions) for day, sessions in days if sessions],
        picture=geometry.week(record),
        times=times,
    )
