"""Pages that were renamed, recognized by comparing docs/ with the navigation and the addresses of the last release."""

import posixpath
from collections.abc import Iterable
from difflib import SequenceMatcher

from guide.model.addresses import page_address

_CLOSE = 0.6
"""How similar two names must be to belong to the same page."""
_LONGEST = 100
"""The number of characters above which only equal words are similar."""


def renamed_pages(pages: Iterable[str], listed: set[str], released: set[str], retired: set[str]) -> dict[str, str]:
    """Return the pages that were renamed, from their old address to their new path in docs/.

    An old address is one that the navigation or the last release has, and that no page has now. A new page is one that
    the navigation or the last release lacks. The two belong together if they have the same name; if their names are
    similar; or if they are the only ones left, in the navigation or in their folder.

    Args:
        pages: Paths in docs/.
        listed: Paths in the navigation.
        released: Addresses of the pages of the last release.
        retired: Old addresses for which data/ says what happened to the page.
    """
    current = {page_address(path): path for path in pages}
    dropped = {page_address(path) for path in listed if path.endswith(".md")} - current.keys() - retired
    old = dropped | (released - current.keys() - retired)
    new = {path for path in current.values() if path not in listed or (released and page_address(path) not in released)}
    renamed: dict[str, str] = {}

    def pair(address: str, candidates: list[str]) -> None:
        if len(candidates) == 1:
            renamed[address] = candidates[0]
            old.remove(address)
            new.remove(candidates[0])

    for address in sorted(old):
        pair(address, [path for path in new if _name(page_address(path)) == _name(address)])
    for address in sorted(old):
        similarities = {path: similarity(_name(page_address(path)), _name(address)) for path in new}
        best = max(similarities.values(), default=0)
        pair(address, [path for path in new if similarities[path] == best >= _CLOSE])
    left = sorted(dropped & old)
    for address in left if len(left) == 1 else []:
        pair(address, [path for path in new if path not in listed])
    for address in sorted(old):
        siblings = [other for other in old if _folder(other) == _folder(address)]
        pair(address, [path for path in new if _folder(page_address(path)) == _folder(address) and len(siblings) == 1])
    return renamed


def similarity(one: str, other: str) -> float:
    """Return how similar two words are, from 0 to 1; 0 below one half, and for different words that are very long."""
    if max(len(one), len(other)) > _LONGEST:
        return float(one == other)
    matcher = SequenceMatcher(None, one, other)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < 0.5:
        return 0
    return matcher.ratio()


def _name(address: str) -> str:
    return posixpath.basename(address.rstrip("/"))


def _folder(address: str) -> str:
    return posixpath.dirname(address.rstrip("/"))
