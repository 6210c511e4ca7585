"""A guide has data/site.yaml and the labels of its language."""

from collections.abc import Iterator

from guide.model.problems import Place, Problem
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that the files that every guide needs exist."""
    needed = [("site", "site", "data/site.yaml"), ("labels", book.language, f"data/labels/{book.language}.yaml")]
    for kind, record_id, path in needed:
        if record_id not in book.guide.sources[kind] and kind not in book.guide.unread:
            remedy = "Write it as in data/README.md."
            yield Problem(Place(path, 1), "this file is missing, and every guide needs it", remedy, "needed-file")
