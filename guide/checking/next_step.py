"""Every page ends with what the reader can do next."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that the last section of each page says what to do next."""
    labels = book.guide.labels.get(book.language)
    if not labels or "what-next" not in labels.words:
        return
    heading = labels.words["what-next"]
    for page in book.pages.values():
        sections = [(text, line) for level, text, line in page.headings if level == 2]
        if not sections or sections[-1][0] != heading:
            line = sections[-1][1] if sections else page.body_start
            remedy = f'End the page with "## {heading}" and one or more steps.'
            yield Problem(page.place(line), "the page does not end with what to do next", remedy, "next-step")
