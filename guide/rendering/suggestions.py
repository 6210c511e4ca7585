"""Which page or heading is meant by a path or an anchor that leads nowhere."""

import posixpath

from guide.model.addresses import page_address
from guide.reading.renamed_pages import similarity
from guide.rendering.project import Book

_CLOSE = 0.7
"""How much of two names must be the same for one to be taken for the other."""


def meant_page(book: Book, path: str, written: str = "", source: str = "") -> str:
    """Return the page that is meant by a path which is none, or "" if nobody can tell.

    Args:
        book: The project.
        path: The path in docs/ that was arrived at, such as "care/first-day.md".
        written: As it stands in a link; somebody may have written it from docs/, or as an address.
        source: The page that holds the link.
    """
    for folder in _old_folders(book, source):
        before = posixpath.normpath(posixpath.join(folder, written))
        now = before if before in book.pages else _renamed(book, before)
        if now:
            return now
    now = _renamed(book, path)
    if now:
        return now
    by_address = {page_address(page): page for page in book.pages}
    by_letters = {page.casefold(): page for page in book.pages}
    as_address = posixpath.join(page_address(source), written) if source else written
    for guess in (path, written.removeprefix("/").removeprefix("docs/"), as_address):
        plain = posixpath.normpath(guess).casefold().replace(" ", "-").replace("_", "-").removesuffix(".html")
        found = by_letters.get(plain) or by_letters.get(f"{plain}.md") or by_address.get(f"{plain}/")
        if found:
            return found
    same_name = [page for page in book.pages if posixpath.basename(page) == posixpath.basename(path)]
    if len(same_name) == 1 and same_name[0] != "index.md":
        return same_name[0]
    alike = {page: _alike(page, path) for page in book.pages}
    best = max(alike, key=lambda page: (alike[page], page), default="")
    return best if alike.get(best, 0) >= _CLOSE else ""


def _renamed(book: Book, path: str) -> str:
    """Return what a page is called now, or "" if it was not renamed."""
    for move in book.guide.moved.values():
        if move.was == path and move.instead.partition("#")[0] in book.pages:
            return move.instead.partition("#")[0]
    return book.renamed.get(page_address(path), "")


def _old_folders(book: Book, source: str) -> list[str]:
    """Return the folders in which a page that was renamed may have been, where its links led somewhere."""
    old = [address for address, path in book.renamed.items() if path == source]
    old += [page_address(move.was) for move in book.guide.moved.values() if move.instead == source]
    return [folder for address in old for folder in (posixpath.dirname(address.rstrip("/")), address)]


def relative_path(source: str, target: str) -> str:
    """Return the path to write in one page for another, such as "../index.md"."""
    return posixpath.relpath(target, posixpath.dirname(source) or ".")


def with_anchor(book: Book, page: str, anchor: str) -> str:
    """Return a page with an anchor, if it has that one or one spelled nearly so."""
    if not anchor or not book.lacks_anchor(page, anchor):
        return f"{page}#{anchor}" if anchor else page
    near = nearest_anchor(book, page, anchor)
    return f"{page}#{near}" if near else page


def nearest_anchor(book: Book, page: str, anchor: str) -> str:
    """Return the anchor of a page that is spelled most like this one, or "" if none is."""
    alike = {each: similarity(each, anchor.casefold()) for each in sorted(book.anchors(page))}
    best = max(alike, key=lambda each: alike[each], default="")
    return best if alike.get(best, 0) >= _CLOSE else ""


def _alike(page: str, path: str) -> float:
    """Return how alike two paths are: as their names are, and their folders; a folder in common proves nothing."""
    names = similarity(posixpath.basename(page).removesuffix(".md"), posixpath.basename(path).removesuffix(".md"))
    folders = similarity(posixpath.dirname(page), posixpath.dirname(path))
    return min(names, folders) if posixpath.dirname(page) != posixpath.dirname(path) else names
