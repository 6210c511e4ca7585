"""One level by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.inline import plain_text
from guide.model.record import NotKnown
from macros.level.record import Level

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


def block(page: PageRenderer, level: Level) -> Markup:
    """Show one level by itself."""
    return page.render("level.html.j2", None, None, level=level)


def summary(page: PageRenderer, level: Level) -> str:
    """Return for whom a level is."""
    cell = level.typical_for
    return plain_text(cell.not_known if isinstance(cell, NotKnown) else cell.text)
