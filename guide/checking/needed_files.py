"""A guide has a site and the words of its language."""

from collections.abc import Iterator

from guide.model.problems import Place, Problem
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Find files that no guide can do without."""
    needed = [("site", "site", "data/site.yaml"), ("labels", book.language, f"data/labels/{book.language}.yaml")]
    for kind, record_id, path in needed:
        if record_id not in book.guide.sources[kind] and kind not in book.guide.unread:
            remedy = "Write it as in data/README.md."
            yield Problem(Place(path, 1), "there is no such file, and no guide is without it", remedy, "needed-file")
