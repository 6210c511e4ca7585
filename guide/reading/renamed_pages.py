"""Pages that have another path than before, told from the navigation and the addresses of the last release."""

import posixpath
from collections.abc import Iterable
from difflib import SequenceMatcher

from guide.model.addresses import page_address

_CLOSE = 0.6
"""How much of two names must be the same for one to be taken for the other."""
_LONGEST = 100


def renamed_pages(pages: Iterable[str], listed: set[str], released: set[str], kept: set[str]) -> dict[str, str]:
    """Return the pages that were renamed, from their old address to their new path in docs/.

    An old address is one that the navigation or the last release has, and that no page makes. A new page is one that
    the navigation or the last release lacks. Two belong together if they have one name; if their names are alike; or
    if they are the only ones left, in the navigation or in their folder.

    Args:
        pages: Paths in docs/.
        listed: Paths in the navigation.
        released: Addresses of the pages of the last release.
        kept: Old addresses of which the project says where they lead.
    """
    made = {page_address(path): path for path in pages}
    dropped = {page_address(path) for path in listed if path.endswith(".md")} - made.keys() - kept
    old = dropped | (released - made.keys() - kept)
    new = {path for path in made.values() if path not in listed or (released and page_address(path) not in released)}
    found: dict[str, str] = {}

    def pair(address: str, candidates: list[str]) -> None:
        if len(candidates) == 1:
            found[address] = candidates[0]
            old.remove(address)
            new.remove(candidates[0])

    for address in sorted(old):
        pair(address, [path for path in new if _name(page_address(path)) == _name(address)])
    for address in sorted(old):
        alike = {path: likeness(_name(page_address(path)), _name(address)) for path in new}
        best = max(alike.values(), default=0)
        pair(address, [path for path in new if alike[path] == best >= _CLOSE])
    left = sorted(dropped & old)
    for address in left if len(left) == 1 else []:
        pair(address, [path for path in new if path not in listed])
    for address in sorted(old):
        beside = [other for other in old if _folder(other) == _folder(address)]
        pair(address, [path for path in new if _folder(page_address(path)) == _folder(address) and len(beside) == 1])
    return found


def likeness(one: str, other: str) -> float:
    """Return how much of two words is the same, from 0 to 1; 0 if it is less than half, or if they are very long."""
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
