"""The timeline: events, oldest first."""

from guide.model.kind import Kind, Part, Stored
from macros.timeline.macro import block, timeline, whole, whole_item
from macros.timeline.record import Timeline

KIND = Kind(
    "timeline",
    Timeline,
    Stored.LIST_WITH_HEAD,
    "events",
    order=100,
    summary="text",
    block=block,
    anchor="event-",
    anchor_holds_text=False,
    part=Part("timeline", "timeline", titled=False, ids=whole, item=whole_item),
    csv=("id", "year", "when", "title", "text", "references"),
    sorted_by=lambda event: int(event["year"]),
)
MACROS = (timeline,)
__all__ = ["KIND", "MACROS"]
