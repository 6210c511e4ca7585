"""The list of technologies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.model.problems import UnknownId
from macros.technology.record import MATURITIES, Technology

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro(choices=lambda guide: set(MATURITIES), order=50)
def technologies(page: PageRenderer, maturity: str | None = None) -> Markup:
    """Show technologies with their maturity, evidence and regulator's position.

    Args:
        maturity: routine, available, early or research; all when left out.
    """
    if maturity is not None and maturity not in MATURITIES:
        raise UnknownId("the maturities of technologies", maturity, MATURITIES)
    shown = sorted(
        (t for t in page.guide.records("technologies").values() if maturity in (None, t.maturity)),
        key=lambda t: (MATURITIES.index(t.maturity), t.name),
    )
    first = shown[0].id if shown else None
    for technology in shown:
        page.note_file("technologies", technology.id)
    return page.render("technologies.html.j2", "technologies", first, technologies=shown)


def block(page: PageRenderer, technology: Technology) -> Markup:
    """Show one technology by itself."""
    return page.render("technologies.html.j2", None, None, technologies=[technology])
