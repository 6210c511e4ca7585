"""Links in pages lead to pages, files and headings that exist, or to https addresses."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from macros.book import Book
from macros.checks.page_paths import NOT_THERE
from macros.problems import Problem, nearest


def check(book: Book) -> Iterator[Problem]:
    """Find links that lead nowhere."""
    for page in book.pages.values():
        for target, _, line in page.links:
            for wrong, remedy, rule in _faults(book, page.path, unquote(target)):
                yield Problem(page.place(line), wrong, remedy, rule)


def _faults(book: Book, source: str, target: str) -> Iterator[tuple[str, str, str]]:
    if target.startswith(("https://", "tel:", "sms:", "mailto:")):
        return
    if target.startswith("http:"):
        yield f'"{target}" is not an https address', "Write https://, if the site has it.", "https"
        return
    path, _, anchor = target.partition("#")
    found = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
    if found not in book.pages:
        if (book.root / "docs" / found).is_file() and not found.endswith(".md") and ".." not in found:
            return
        near = nearest(found, book.pages)
        yield f'link to "{target}", which does not exist', near or NOT_THERE, "broken-link"
        return
    if anchor and book.lacks_anchor(found, anchor):
        near = nearest(anchor, book.anchors(found))
        yield (
            f'link to "#{anchor}", which {found} does not have',
            near or "Write the heading's anchor.",
            "broken-anchor",
        )
