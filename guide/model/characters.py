"""Characters that readers can't see or that change how others are read, and how messages show them."""

import re
import unicodedata
from functools import cache

_CATEGORIES = {
    "Cc": "a control character",
    "Cf": "a formatting character",
    "Cn": "not a character",
    "Co": "a character for private use",
    "Cs": "half a character",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
}
# Default_Ignorable_Code_Point outside these categories, and two that look like a space or like nothing.
_BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef]"
)
_SHORT_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def hidden_characters(text: str) -> set[str]:
    """Return the characters of a text that a reader can't see or that change how others are read.

    A line feed and a tab aren't among them, nor is a space of any width.
    """
    if text.isprintable() and not _BLANKS.search(text):
        return set()
    return {character for character in set(text) if character not in "\n\t" and _is_hidden(character)}


@cache
def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _CATEGORIES or bool(_BLANKS.match(character))


def describe(character: str) -> str:
    """Return the number and the name of a character, such as "U+202E, right-to-left override"."""
    known = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}, {known or _CATEGORIES[unicodedata.category(character)]}"


def visible(text: str) -> str:
    r"""Return a text with an escape such as \u202e for each hidden character, line feed and tab."""
    if text.isprintable() and not _BLANKS.search(text):
        return text
    return "".join(
        _escape(character) if character in "\n\t" or _is_hidden(character) else character for character in text
    )


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
