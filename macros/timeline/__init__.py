"""The timeline: events, oldest first."""

from macros.timeline.macro import timeline
from macros.timeline.record import KIND

MACROS = (timeline,)
__all__ = ["KIND", "MACROS"]
