"""The whole glossary, by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.rendering import alphabet

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.glossary.record import Term


@macro(order=110)
def glossary(page: PageRenderer) -> Markup:
    """Show every term of the glossary, by letter, and lead from its other names to it."""
    terms = alphabet.by_letter((term.term, term) for term in page.guide.records("glossary").values())
    others = alphabet.by_letter(
        (name, (name, term))
        for term in page.guide.records("glossary").values()
        for name in term.also
        if alphabet.stands_apart(name, term.term)
    )
    letters = alphabet.letters(terms, others)
    return page.render("glossary.html.j2", "glossary", None, letters=letters, terms=terms, others=others)


def block(page: PageRenderer, term: Term) -> Markup:
    """Show one term by itself."""
    return page.render("term.html.j2", None, None, term=term)
