"""The table of preferred words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro(shows="language", order=180)
def preferred_words(page: PageRenderer) -> Markup:
    """Show what to write in place of words to avoid."""
    entries = list(page.guide.records("language").values())
    return page.render("preferred-words.html.j2", "language", None, entries=entries)
