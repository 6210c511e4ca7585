"""What each release changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.model.release import CHANGES

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer

FILE = "api/v1/changes.json"
"""The same as data."""
_RELEASES = 10
"""How many releases are shown; older ones are in the data."""
_TEXTS = 60
"""How many sentences of the newest release are shown that are no matter of safety; with more, only names are."""
_NAMES = 40
"""How many names are shown of what else it changed; with more, they're only counted, which keeps the page light."""


@macro(example=False, order=220)
def what_changed(page: PageRenderer) -> Markup:
    """Show what the newest releases changed: every sentence that's a matter of safety, and the names of the rest."""
    releases = sorted(page.guide.records(CHANGES).values(), key=lambda release: (release.day, release.id), reverse=True)
    others = [item for release in releases[:1] for item in release.items if not item.safety]
    return page.render(
        "what-changed.html.j2",
        None,
        None,
        releases=releases[:_RELEASES],
        older=len(releases) - len(releases[:_RELEASES]),
        named=len(others) <= _NAMES,
        written_out=sum(len(item.texts) for item in others) <= _TEXTS,
        file=page.link(f"/{FILE}"),
    )
