"""Care cards: what to do now, and whom to reach."""

from guide.model.inline import plain_text
from guide.model.kind import Kind, Part
from macros.care_card.macro import care_card, care_strip, short
from macros.care_card.record import URGENCIES, CareCard

KIND = Kind(
    "care-cards",
    CareCard,
    order=80,
    names={"urgency": URGENCIES},
    summary=lambda page, card: plain_text(card.steps[0]),
    anchor="care-",
    part=Part("care-card", "care_card"),
    csv=None,
    chosen={"lang": "languages"},
    refers={"helplines": "helplines"},
    helps=True,
    home="page",
    brief="care_strip",
    short=short,
    unseen=("mentions", "page"),
)
MACROS = (care_card, care_strip)
__all__ = ["KIND", "MACROS"]
