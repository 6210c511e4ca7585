"""Mark up words in finished HTML: numbers to call or text in an emergency, and names in another language."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

_TAG = re.compile(r"(<[^>]+>)")
_NO_LINK_INSIDE = {"a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "summary", "button"}
_PROSE = {"p", "li", "dd", "td"}

Dial = Callable[[str, str, str, str], Markup]
"""Return a link, from its scheme, its number, its words, and its name for those who hear it without the sentence."""


def link_numbers(html: str, lines: Iterable[Any], words: Mapping[str, str], dial: Dial, *, page: bool) -> str:
    """Link an emergency number with its verb, as in "call 123" and "call or text 123": one link for each way.

    Args:
        html: Text with inline markup, or, with `page`, a page; there only paragraphs, list items and cells hold prose.
        lines: The emergency helplines. A number is linked only in the way that its line answers.
        words: The labels, for the verbs "call" and "text"; capitals don't matter.
        dial: Makes the link.
        page: Whether `html` is a page.
    """
    lines = list(lines)
    tel = {line.number for line in lines if line.number}
    sms = {line.text_to.number for line in lines if line.text_to and not line.text_to.message}
    if not any(number in html for number in tel | sms):
        return html
    call, text = re.escape(words["call"]), re.escape(words["text"])
    numbers = "|".join(map(re.escape, sorted(tel | sms, key=len, reverse=True)))
    pattern = re.compile(
        rf"(?<![\w-])(?:(?P<both>{call})(?P<between> \w+ ))?(?P<verb>{call}|{text}) (?P<number>{numbers})(?![\w-])",
        re.IGNORECASE,
    )

    def link(match: re.Match[str]) -> str:
        verb, number = match["verb"], match["number"]
        scheme = "tel" if verb.casefold() == words["call"].casefold() else "sms"
        said = f"{verb} {number}"
        linked = str(dial(scheme, number, said, said)) if number in (tel if scheme == "tel" else sms) else said
        if not match["both"]:
            return linked
        first = match["both"]
        called = str(dial("tel", number, first, f"{first} {number}")) if number in tel else first
        return called + match["between"] + linked

    return _in_text(html, lambda piece: pattern.sub(link, piece), within=_PROSE if page else None)


def mark_language(html: str, names: Mapping[str, str], mark: Callable[[str, str], Markup]) -> str:
    """Say the language of names that aren't in the language of the page, such as the title of a card.

    Args:
        html: A page.
        names: Name: its language tag.
        mark: Returns the marked name, from the tag and the name.
    """
    if not any(name in html for name in names):
        return html
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    return _in_text(
        html, lambda piece: pattern.sub(lambda match: str(mark(names[match[0]], match[0])), piece), without=set()
    )


def _in_text(
    html: str,
    change: Callable[[str], str],
    *,
    within: set[str] | None = None,
    without: set[str] = _NO_LINK_INSIDE,
) -> str:
    """Change the text between tags, inside one of `within` if given, and outside all of `without`."""
    pieces: list[str] = []
    wanted = unwanted = 0
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            name = piece.strip("</>").split(" ")[0]
            step = -1 if piece.startswith("</") else 1
            wanted += step * (within is not None and name in within)
            unwanted += step * (name in without)
        elif not unwanted and (within is None or wanted):
            piece = change(piece)
        pieces.append(piece)
    return "".join(pieces)
