"""A number with its unit and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from macros.figure.wording import quantity

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.figure.record import Figure


@macro("figures", block=False, order=140)
def figure(page: PageRenderer, figure_id: str) -> Markup:
    """Print a number with its unit and its source, inside a sentence.

    Args:
        figure_id: A record of data/figures.yaml.
    """
    record = page.record("figures", figure_id)
    return page.render("figure.html.j2", None, None, figure=record, shown=quantity(record, page.words))


def block(page: PageRenderer, record: Figure) -> Markup:
    """Show one figure by itself, with its name."""
    return page.render("figure-block.html.j2", None, None, figure=record, shown=figure(page, record.id))


def summary(page: PageRenderer, record: Figure) -> str:
    """Return a figure with its unit."""
    return quantity(record, page.words)
