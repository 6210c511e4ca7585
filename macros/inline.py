"""Inline Markdown in records: strong, emphasis and links, and nothing else."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markupsafe import Markup

# What only texts with markup hold; most have none, and need no parser.
_MARKS = re.compile(r"[*_\[\]\\\r\0]")
_LINK_OR_NUMBER = re.compile(r"(\[[^\]]*\]\([^)]*\))|(?<![\w-])1-\d{3}-\d{3}-\d{4}(?![\w-])")
_INLINE = MarkdownIt("zero").enable(["emphasis", "link", "escape"])


def render_inline(text: str, link: Callable[[str], str]) -> Markup:
    """Turn a text of a record into HTML, in which a phone number can be called.

    Args:
        text: A text field; its model has refused all other markup.
        link: Gives the address for a page's path in docs/.
    """
    text = _LINK_OR_NUMBER.sub(lambda found: found[1] or f"[{found[0]}](tel:{found[0].replace('-', '')})", text)
    if not _MARKS.search(text):
        return Markup(escapeHtml(text))  # noqa: S704
    tokens = _INLINE.parseInline(text)
    for token in tokens[0].children or []:
        target = token.attrGet("href")
        if isinstance(target, str) and not target.startswith(("https://", "tel:")):
            token.attrSet("href", link(target))
    return Markup(_INLINE.renderer.render(tokens, _INLINE.options, {}))  # noqa: S704


def plain_text(text: str) -> str:
    """Drop the inline markup of a text, for attributes and alternative texts."""
    if not _MARKS.search(text):
        return text
    tokens = _INLINE.parseInline(text)[0].children or []
    return "".join(token.content for token in tokens if token.type == "text")
