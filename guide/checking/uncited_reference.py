"""Every source in data/references.yaml is cited by a record or a page."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that every reference is cited."""
    if not book.whole:
        return
    cited = {reference for reference, _ in book.references_in_records()}
    cited |= {reference for reference, _ in book.references_in_pages()}
    for reference in book.guide.sources["references"]:
        if reference not in cited:
            yield Problem(
                book.guide.place("references", reference),
                f'nobody cites "{reference}"',
                "Cite it where it supports a statement, or delete it.",
                "uncited-reference",
            )
