"""Pages that moved between two versions of a guide."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from guide.model.moved import Moved
from guide.reading.pages import Page

_ALIKE = 0.5
"""The share of sentences that two pages have in common if one is the other, moved."""


def page_moves(old: Mapping[str, Page], new: Mapping[str, Page], recorded: Iterable[Moved]) -> dict[str, str]:
    """Return the pages that moved: their old path in docs/, and the new one.

    A record says so; or else a page is gone and a new one has its title, or most of its sentences.
    """
    gone, come = [path for path in old if path not in new], [path for path in new if path not in old]
    told = {record.was: record.instead.partition("#")[0] for record in recorded}
    moves: dict[str, str] = {}
    for was in gone:
        free = [path for path in come if path not in moves.values()]
        likely = [told[was]] if told.get(was) in free else [] if was in told else _likely(old[was], new, free)
        if likely:
            moves[was] = likely[0]
    return moves


def _likely(old: Page, new: Mapping[str, Page], paths: list[str]) -> list[str]:
    """Return the pages among others that may be an old one, the likeliest first."""
    same = [path for path in paths if old.title and new[path].title == old.title]
    shares = {path: _alike(old, new[path]) for path in paths}
    alike = [path for path in paths if shares[path] > _ALIKE]
    return same or sorted(alike, key=lambda path: -shares[path])


def _alike(one: Page, other: Page) -> float:
    return SequenceMatcher(None, sentences(one), sentences(other), autojunk=False).ratio()


def sentences(page: Page) -> list[str]:
    """Return the sentences of a page, in their order."""
    return list(_sentences(page))


def _sentences(page: Page) -> Iterator[str]:
    for passage in page.passages:
        yield from (sentence.text.replace("\n", " ") for sentence in passage.sentences)
