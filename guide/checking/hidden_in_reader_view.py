"""No id contains the word "share": the reader views of browsers leave such elements out, whatever they say."""

from collections.abc import Iterator

from markdown.extensions.toc import slugify

from guide.model.problems import Place, Problem
from guide.model.registry import kinds
from guide.rendering.project import Book
from guide.rendering.reader_view import SHARING


def check(book: Book) -> Iterator[Problem]:
    """Check the ids of headings, records and items of checklists."""
    for page in book.pages.values():
        for anchor in page.anchors:
            if SHARING.search(anchor):
                yield _problem(page.place(1), f'the heading with the anchor "{anchor}"', "Choose another anchor")
        for level, text, line in page.headings:
            if level > 1 and SHARING.search(slugify(text, "-")):
                yield _problem(page.place(line), f'the heading "{text}"', "Say it with another word")
    for kind in (kind.key for kind in kinds().values() if kind.anchor is not None and kind.anchor_holds_text):
        for record_id in book.guide.records(kind):
            if SHARING.search(record_id):
                yield _problem(book.guide.place(kind, record_id, "id"), f'"{record_id}"', "Choose another id")
    for checklist in book.guide.records("checklists").values():
        for group_number, group in enumerate(checklist.groups):
            for number, item in enumerate(group.items):
                if SHARING.search(item.id):
                    place = book.guide.place("checklists", checklist.id, "groups", group_number, "items", number, "id")
                    yield _problem(place, f'"{item.id}"', "Choose another id")


def _problem(place: Place, named: str, remedy: str) -> Problem:
    wrong = f'reader views of browsers leave out {named}, since its id has the word "share"'
    return Problem(place, wrong, f"{remedy}.", "reader-view")
