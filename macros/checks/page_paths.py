"""Pages that records link to exist."""

from collections.abc import Iterator

from macros.book import Book
from macros.guide import walk
from macros.inline import link_targets
from macros.problems import Problem, nearest

# Fields that hold a page or a list of pages, beside those that end in _page and the links in texts.
_FIELDS = {"page", "pages", "instead", "more"}
NOT_THERE = "Write the path of a page in docs/, such as index.md. If the page was renamed, write its new path here."


def check(book: Book) -> Iterator[Problem]:
    """Find page paths in data that lead nowhere."""
    for kind, record_id, source in book.guide.written():
        # Among the words that templates print, "page" is a word.
        for path, value in walk(source.plain) if kind != "labels" else ():
            is_page = any(name in _FIELDS or str(name).endswith("_page") for name in path[-2:])
            links = [target for target in link_targets(value) if not target.startswith("https:")]
            targets = [value] if is_page else links
            for target in targets:
                page, _, anchor = target.partition("#")
                if page not in book.pages:
                    remedy = nearest(page, book.pages) or NOT_THERE
                elif anchor and book.lacks_anchor(page, anchor):
                    remedy = nearest(anchor, book.anchors(page)) or f"{page} has no such heading."
                else:
                    continue
                yield Problem(
                    book.guide.place(kind, record_id, *path), f'there is no page "{target}"', remedy, "broken-link"
                )
