"""Inline Markdown in records: strong, emphasis and links, and nothing else. One parser says what a text holds."""

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup

# What only texts with markup hold; most have none, and need no parser.
_MARKS = re.compile(r"[*_\[\]\\\r\0]")
_MARKS_IN_NAMES = re.compile(r"[*_\[\]\\!`<&{]")
_NUMBER = re.compile(r"(?<![\w-])1-\d{3}-\d{3}-\d{4}(?![\w-])")
_LIKE_A_LINK = re.compile(r"\]\(([^)]*)|\]\[([^\]]*)")
_NOT_IN_NAMES = re.compile(r"\]\(|\]\[|!\[|\{[:{%#]")
_INLINE = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
_ALL_MARKUP = MarkdownIt("commonmark")


def render_inline(text: str, link: Callable[[str], str]) -> Markup:
    """Turn a text of a record into HTML, in which a phone number can be called.

    Args:
        text: A text field; its model has refused all other markup.
        link: Returns the address to write for a page's path in docs/ or for an https address.
    """
    if not _MARKS.search(text) and not _NUMBER.search(text):
        return Markup(escapeHtml(text))  # noqa: S704
    tokens = list(_with_numbers(_tokens(text)))
    for token in tokens:
        target = token.attrGet("href")
        if isinstance(target, str) and not target.startswith("tel:"):
            token.attrSet("href", link(target))
    inline = Token("inline", "", 0, children=tokens)
    return Markup(_INLINE.renderer.render([inline], _INLINE.options, {}))  # noqa: S704


def plain_text(text: str) -> str:
    """Drop the inline markup of a text, for attributes and alternative texts."""
    if not _MARKS.search(text):
        return text
    return "".join(token.content for token in _tokens(text) if token.type == "text")


def link_targets(text: str) -> list[str]:
    """Return where the links of a text lead, as readers will follow them."""
    return [str(token.attrGet("href")) for token in _tokens(text) if token.type == "link_open"] if "](" in text else []


def broken_links(text: str) -> list[str]:
    """Return the targets of what looks like a link but isn't, or is one with a title, which readers can't see."""
    if "](" not in text and "][" not in text:
        return []
    tokens = _tokens(text)
    titled = [str(token.attrGet("href")) for token in tokens if token.attrGet("title") is not None]
    matches = [match for token in tokens if token.type == "text" for match in _LIKE_A_LINK.finditer(token.content)]
    return titled + [match[1] or match[2] or "" for match in matches]


def has_markup(name: str) -> bool:
    """Return whether a name would not be printed as it is written, by a template or in the Markdown of a page."""
    if not _MARKS_IN_NAMES.search(name):
        return False
    children = _ALL_MARKUP.parseInline(name)[0].children or []
    shown = "".join(child.content for child in children if child.type == "text")
    return bool(_NOT_IN_NAMES.search(name)) or shown != name


def _tokens(text: str) -> list[Token]:
    return _INLINE.parseInline(text)[0].children or []


def _with_numbers(tokens: list[Token]) -> Iterator[Token]:
    """Make links of phone numbers that are in no link yet."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("link") else 0
        numbers = list(_NUMBER.finditer(token.content)) if token.type == "text" and not depth else []
        end = 0
        for number in numbers:
            yield _text(token.content[end : number.start()])
            yield Token("link_open", "a", 1, attrs={"href": f"tel:{number[0].replace('-', '')}"})
            yield _text(number[0])
            yield Token("link_close", "a", -1)
            end = number.end()
        yield _text(token.content[end:]) if numbers else token


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
