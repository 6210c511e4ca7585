"""Pages that records link to exist."""

import re
from collections.abc import Iterator

from macros.book import Book
from macros.guide import walk
from macros.problems import Problem, nearest

_LINK = re.compile(r"\]\(([a-z0-9/-]+\.md(?:#[a-z0-9-]+)?)\)")


def check(book: Book) -> Iterator[Problem]:
    """Find page paths in data that lead nowhere."""
    for kind, record_id, source in book.guide.written():
        for path, value in walk(source.plain):
            targets = [value] if path and path[-1] in ("page", "help_page") else _LINK.findall(value)
            for target in targets:
                page, _, anchor = target.partition("#")
                if page not in book.pages:
                    remedy = nearest(page, book.pages) or "Write the path of a page in docs/."
                else:
                    anchors = book.anchors(page) if anchor else None
                    if anchors is None or anchor in anchors:
                        continue
                    remedy = nearest(anchor, anchors) or f"{page} has no such heading."
                yield Problem(
                    book.guide.place(kind, record_id, *path), f'there is no page "{target}"', remedy, "broken-link"
                )
