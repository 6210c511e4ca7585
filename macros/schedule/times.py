"""Times of day and lengths of time in plain words."""

from collections.abc import Mapping

from guide.rendering.wording import with_unit
from macros.schedule.record import Session


def clock(minute: int, words: Mapping[str, str]) -> str:
    """Word a time of day given in minutes after midnight, for example "6:00 p.m."."""
    hour, rest = divmod(minute % (24 * 60), 60)
    half = words["before-noon" if hour < 12 else "after-noon"]
    return f"{(hour - 1) % 12 + 1}:{rest:02} {half}"


def session_time(session: Session, words: Mapping[str, str]) -> str:
    """Word a session's start and end, for example "6:00 p.m. to 7:30 p.m."."""
    start = session.start_minute
    return words["from-to"].format(start=clock(start, words), end=clock(start + session.minutes, words))


def duration(minutes: int, words: Mapping[str, str]) -> str:
    """Word minutes as hours and minutes, for example "1 hour" or "9 hours 35 minutes"."""
    whole, rest = divmod(minutes, 60)
    hours = with_unit(f"{whole}", "hours", words)
    if not rest:
        return hours
    return words["hours-minutes"].format(hours=hours, minutes=with_unit(f"{rest}", "minutes", words))
