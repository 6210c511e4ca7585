"""Words of the glossary in the text of a page: the first use of each leads to its meaning."""

import re
from collections.abc import Iterable
from typing import Protocol

from guide.reading import marks

_TAG = re.compile(r"(<[^>]+>)")
_PASSED_OVER = {"a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "summary", "sup", "button"}
_BLOCKS = ("<p>", "<p ", "<li>", "<li ")


class Term(Protocol):
    """A word with a meaning."""

    @property
    def id(self) -> str:
        """Part of its address."""

    @property
    def term(self) -> str:
        """The word."""


def mark_terms(html: str, terms: Iterable[Term]) -> tuple[str, list[Term]]:
    """Link the first use of each term to its meaning at the foot of the page, one at most in a paragraph or list item.

    Args:
        html: What Markdown made of a page; what macros show is still a token in it.
        terms: The terms to look for. One in capitals is found in capitals only.

    Returns:
        The HTML, in which a link leads to `#word-<id>` and carries the id `use-<id>`; and the terms found, in order.
    """
    # A term with its short form in brackets is found by its words.
    wanted = {term.term.partition(" (")[0].casefold(): term for term in terms}
    if not wanted:
        return html, []
    longest_first = sorted(wanted, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    found: list[Term] = []
    pieces: list[str] = []
    inside: list[str] = []
    # Python-Markdown hands over headings by themselves too: only what stands in a paragraph or list item is prose.
    free = False
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            name = piece.strip("</>").split(" ")[0]
            if name in _PASSED_OVER:
                if piece.startswith("</"):
                    inside.pop()
                else:
                    inside.append(name)
            free = free or piece.startswith(_BLOCKS)
        elif free and not inside:
            for match in pattern.finditer(piece):
                term = wanted[match[0].casefold()]
                if term not in found and (match[0].isupper() or not term.term.isupper()):
                    found.append(term)
                    target = marks.link(f"#word-{term.id}")
                    link = f'<a class="guide-define" href="{target}" id="use-{term.id}">{match[0]}</a>'
                    piece = piece[: match.start()] + link + piece[match.end() :]
                    free = False
                    break
        pieces.append(piece)
    return "".join(pieces), found
