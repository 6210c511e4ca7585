"""A care card, whole or as a strip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from guide.model.inline import plain_text
from guide.model.macro import macro
from guide.model.problems import UnknownId

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.care_card.record import CareCard


def _said(page: PageRenderer, card: CareCard, line: Any) -> bool:
    """Return whether a step of a card links an emergency number already, and the line offers nothing else."""
    site = page.guide.site
    if card.lang or not site or line.id not in site.emergency or line.text_to or line.chat_url or line.url:
        return False
    linked = re.compile(rf"\b{re.escape(page.words['call'])} {line.number}\b", re.IGNORECASE)
    return any(linked.search(plain_text(step)) for step in card.steps)


@macro("care-cards", order=100)
def care_card(page: PageRenderer, care_card_id: str) -> Markup:
    """Show what to do now: on the help page, and on the page about that danger.

    Args:
        care_card_id: A record of data/care-cards/.
    """
    record = page.record("care-cards", care_card_id)
    lines = [page.record("helplines", line) for line in record.helplines]
    lines = [line for line in lines if not _said(page, record, line)]
    return page.render("care-card.html.j2", "care-cards", care_card_id, card=record, helplines=lines)


@macro("care-cards", order=105)
def care_strip(page: PageRenderer, care_card_id: str) -> Markup:
    """Show the first step of a care card on one line, with a link to the whole card: on all other pages.

    Args:
        care_card_id: A record of data/care-cards/.
    """
    record = page.record("care-cards", care_card_id)
    site = page.guide.site
    home = record.page or (site.help_page if site else "")
    # In an emergency the first step says it all; another number would only hold people up.
    wanted = [] if record.urgency == "emergency" else record.helplines
    lines = [page.record("helplines", line) for line in wanted if not site or line not in site.emergency]
    return page.render("care-strip.html.j2", "care-cards", care_card_id, card=record, home=home, helplines=lines)


_PARTS = ("signs", "steps")


def short(page: PageRenderer, cards: list[CareCard], only: list[str]) -> Markup:
    """Show care cards in short: their signs and steps, or one of the two."""
    for part in only:
        if part not in _PARTS:
            raise UnknownId("the parts of a care card", part, _PARTS)
    return page.render("care-card-short.html.j2", None, None, cards=cards, parts=only or _PARTS)
