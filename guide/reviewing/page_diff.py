"""The differences between two versions of a page in what its sentences don't show: where links lead, and pictures."""

import filecmp
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from guide.reading.pages import Page
from guide.reviewing.record_diff import quoted

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#]", re.IGNORECASE)
"""How addresses begin that aren't relative to a page's folder."""


def link_changes(old: Page, new: Page, moves: Mapping[str, str]) -> Iterator[str]:
    """Return the links that are new, gone or lead elsewhere, in words.

    Args:
        old: The page as it was.
        new: The page as it is.
        moves: The pages that moved: their old paths in docs/, and the new ones. Links that followed haven't changed.
    """
    before = Counter((words, _moved(_resolved(old, target), moves)) for target, words, _ in old.links)
    after = Counter((words, _resolved(new, target)) for target, words, _ in new.links)
    gone = list((before - after).elements())
    for words, target in (after - before).elements():
        was = next((link for link in gone if link[0] == words), None)
        if was:
            gone.remove(was)
            yield f"the link {quoted(words)} leads to {_code(target)}, and led to {_code(was[1])}"
        else:
            yield f"link added: {quoted(words)}, to {_code(target)}"
    yield from (f"link removed: {quoted(words)}, to {_code(target)}" for words, target in gone)


def picture_changes(old: Page | None, new: Page, roots: tuple[Path, Path]) -> Iterator[str]:
    """Return the pictures that are new, gone, replaced or described in other words.

    Args:
        old: The page as it was; None if it's new.
        new: The page as it is.
        roots: The folders of the project as it was, and as it is.
    """
    before, after = (
        Counter((_resolved(page, address), alternative) for address, alternative, _ in page.content.pictures)
        if page
        else Counter[tuple[str, str]]()
        for page in (old, new)
    )
    gone = list((before - after).elements())
    for picture, alternative in (after - before).elements():
        was = next((each for each in gone if each[0] == picture), None)
        if was:
            gone.remove(was)
            yield f"the picture {_code(picture)} is described as {quoted(alternative)}, and was as {quoted(was[1])}"
        else:
            yield f"picture added: {_code(picture)}, described as {quoted(alternative)}"
    yield from (f"picture removed: {_code(picture)}, {quoted(alternative)}" for picture, alternative in gone)
    for picture in dict.fromkeys(picture for picture, _ in after if picture in {each for each, _ in before}):
        one, other = (root / picture for root in roots)
        if one.is_file() and other.is_file() and not filecmp.cmp(one, other, shallow=False):
            yield f"the picture {_code(picture)} is another one: see whether its words still fit"


def _resolved(page: Page, target: str) -> str:
    """Return an address from the folder of the project; one of another site, or on the page itself, as it is."""
    if _ELSEWHERE.match(target):
        return target
    path, hash_, anchor = target.partition("#")
    return posixpath.normpath(posixpath.join("docs", posixpath.dirname(page.path), unquote(path))) + hash_ + anchor


def _moved(target: str, moves: Mapping[str, str]) -> str:
    path, hash_, anchor = target.partition("#")
    page = path.removeprefix("docs/")
    return f"docs/{moves[page]}{hash_}{anchor}" if page in moves else target


def _code(text: str) -> str:
    return f"`{text.replace('`', '')}`"
