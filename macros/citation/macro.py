"""The number of a source after a statement, and the list of all sources."""

from __future__ import annotations

from itertools import combinations_with_replacement
from string import ascii_lowercase
from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.model.problems import UnknownId
from guide.rendering import alphabet

if TYPE_CHECKING:
    from guide.model.guide import Guide
    from guide.rendering.page import PageRenderer


@macro("references", block=False, order=160)
def cite(page: PageRenderer, *reference_ids: str) -> Markup:
    """Cite sources for a paragraph or list item, as the last thing in it: their numbers are printed there.

    Args:
        reference_ids: One or more records of data/references.yaml.
    """
    if not reference_ids:
        raise TypeError("cite() needs the id of a source")
    return page.render("cite.html.j2", None, None, references=list(reference_ids))


_LETTERS = "0" + ascii_lowercase
"""What a title begins with; 0 stands for any digit."""


def _ranges(guide: Guide) -> set[str]:
    """Return what may stand in the parentheses of `sources`."""
    return {f"{first}-{last}" for first, last in combinations_with_replacement(_LETTERS, 2)}


@macro(shows="references", choices=_ranges, order=170)
def sources(page: PageRenderer, letters: str | None = None) -> Markup:
    """Show every source of the guide, by title, or those whose titles begin with some letters.

    Args:
        letters: The first letter and the last one, such as "a-f"; 0 stands for digits. All when left out.
    """
    if letters and letters not in _ranges(page.guide):
        raise UnknownId("the ranges of letters", letters, _ranges(page.guide))
    first, last = (letters or "0-z").split("-")
    small = page.words["passed-over"].split()
    titles = ((alphabet.without(small, source.title), source) for source in page.guide.references.values())
    listed = alphabet.by_letter(titles)
    shown = {letter: found for letter, found in listed.items() if first <= _initial(letter) <= last}
    return page.render("all-sources.html.j2", "references", None, letters=shown)


def _initial(letter: str) -> str:
    """Return a heading of the list as `letters` writes it."""
    return "0" if letter == alphabet.DIGITS else letter.lower()
