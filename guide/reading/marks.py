"""Marks in HTML that each output replaces in its own way: link targets, and parts that only some outputs show.

A page and a block are rendered once. In place of a link's address, and around a part that isn't for every output,
stands a mark. `written` replaces the marks: a page links to its neighbors, an embed to other embeds, a data file to
absolute addresses. A mark holds a secret of this process, so that no text can contain one.
"""

import re
import secrets
from collections.abc import Callable, Collection, Mapping
from html import escape
from urllib.parse import quote, unquote

from markupsafe import Markup

_SECRET = f"⟦{secrets.token_hex(8)}"
_MARK = re.compile(rf'href="{_SECRET}@([^⟧]*)⟧"|{_SECRET}([()=])([^⟧]*)⟧')
_SAFE = "/:#?=@,;+!$'()*~"

LinkWriter = Callable[[str], str]
"""Returns the attributes of a link, such as `href="../help/"`, for its target.

A target is a path from the root of the site ("/help/#numbers"), an id on the same page ("#numbers"), an address with
its scheme, or, in what Markdown made of a page, a path from that page ("../help/").
"""


def plain(target: str) -> str:
    """Return the attributes of a link that leads where its target says."""
    return f'href="{escape(target, quote=False).replace(chr(34), "&quot;")}"'


def link(target: str) -> Markup:
    """Return what stands in an `href` attribute for a target."""
    return Markup(f"{_SECRET}@{quote(target, safe=_SAFE)}⟧")  # noqa: S704


def begin(part: str) -> Markup:
    """Return the mark at which a part begins that only some outputs show, such as "site"."""
    return Markup(f"{_SECRET}({part}⟧")  # noqa: S704


def end(part: str) -> Markup:
    """Return the mark at which it ends."""
    return Markup(f"{_SECRET}){part}⟧")  # noqa: S704


def blank(name: str) -> Markup:
    """Return a mark in the place of something that each output fills in, such as the way to its root."""
    return Markup(f"{_SECRET}={name}⟧")  # noqa: S704


def written(
    marked: str,
    write_link: LinkWriter,
    *,
    without: Collection[str] = (),
    instead: Mapping[str, str] | None = None,
) -> Markup:
    """Return HTML without its marks.

    Args:
        marked: HTML with marks.
        write_link: Returns the attributes of a link.
        without: Parts to leave out.
        instead: What takes the place of a part, or fills a blank, by its name.

    Raises:
        KeyError: Nothing fills a blank.
    """
    instead = instead or {}
    # Slices of Markup are made in Python.
    marked = str(marked)
    pieces: list[str] = []
    position = 0
    hidden, depth = "", 0
    for mark in _MARK.finditer(marked):
        if not hidden:
            pieces.append(marked[position : mark.start()])
        position = mark.end()
        target, sign, name = mark.groups()
        if hidden:
            depth += {"(": 1, ")": -1}.get(sign, 0) if name == hidden else 0
            hidden = hidden if depth else ""
        elif target is not None:
            pieces.append(write_link(unquote(target)))
        elif sign == "=":
            pieces.append(instead[name])
        elif sign == "(" and (name in without or name in instead):
            pieces.append(instead.get(name, ""))
            hidden, depth = name, 1
    pieces.append(marked[position:])
    return Markup("".join(pieces))  # noqa: S704


def part(marked: str, name: str) -> str:
    """Return what stands inside a part, with its marks; "" if there is no such part."""
    start, finish = str(begin(name)), str(end(name))
    return marked.partition(start)[2].partition(finish)[0]


def lead_and_rest(marked: str) -> tuple[str, str]:
    """Return what stands before the first section, and the rest."""
    start = str(begin("section") + end("section"))
    lead, _, rest = marked.partition(start)
    return lead, rest
