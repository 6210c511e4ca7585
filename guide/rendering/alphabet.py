"""Lists in the order of the alphabet, with a heading for each letter."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Entry = TypeVar("Entry")

DIGITS = "0–9"
"""The heading of what begins with no letter."""
_ALIKE = 3


def by_letter(named: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    """Sort entries by name, and gather them by its first letter or digit; what begins with a digit comes first."""
    found: dict[str, list[Entry]] = {}
    for name, entry in sorted(named, key=lambda each: _key(each[0])):
        initial = _key(name)[:1].upper()
        found.setdefault(initial if initial.isalpha() else DIGITS, []).append(entry)
    return dict(sorted(found.items(), key=lambda each: _order(each[0])))


def letters(*lists: Mapping[str, object]) -> list[str]:
    """Return every letter that one of the lists has, in order."""
    return sorted({letter for each in lists for letter in each}, key=_order)


def without(small: Iterable[str], name: str) -> str:
    """Leave out a small word at the beginning, for example "A guide to care" as "guide to care"."""
    first, _, rest = name.partition(" ")
    return rest if rest and first in small else name


def stands_apart(name: str, term: str) -> bool:
    """Return whether another name of a term would not be found beside it: it begins in another way."""
    return _letters(name)[:_ALIKE] != _letters(term)[:_ALIKE]


def _order(letter: str) -> tuple[bool, str]:
    return letter != DIGITS, letter


def _letters(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _key(name: str) -> str:
    """Return a name for sorting: in small letters, without a quotation mark or the like at its beginning."""
    folded = name.casefold()
    return folded[next((at for at, sign in enumerate(folded) if sign.isalnum()), 0) :]
