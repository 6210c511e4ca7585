"""The number of a source after a statement, and the list of all sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.rendering import alphabet

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro("references", block=False, order=160)
def cite(page: PageRenderer, *reference_ids: str) -> Markup:
    """Print the number of a source, straight after the statement that it supports.

    Args:
        reference_ids: One or more records of data/references.yaml.
    """
    if not reference_ids:
        raise TypeError("cite() needs the id of a source")
    return page.render("cite.html.j2", None, None, references=list(reference_ids))


@macro(shows="references", order=170)
def sources(page: PageRenderer) -> Markup:
    """Show every source of the guide, by title."""
    small = page.words["passed-over"].split()
    titles = ((alphabet.without(small, source.title), source) for source in page.guide.references.values())
    return page.render("all-sources.html.j2", "references", None, letters=alphabet.by_letter(titles))
