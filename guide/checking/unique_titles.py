"""No two pages have the same title or description."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that titles and descriptions are unique."""
    titles: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    for page in book.pages.values():
        key = page.title.casefold()
        if key and key in titles:
            line = next((line for level, _, line in page.headings if level == 1), 1)
            yield Problem(
                page.place(line),
                f'the title "{page.title}" is also that of {titles[key]}',
                "Give one of them another title.",
                "unique-title",
            )
        titles.setdefault(key, page.shown)
        if page.front:
            text = page.front.description.casefold()
            if text in descriptions:
                yield Problem(
                    page.key_place("description"),
                    f"the description is also that of {descriptions[text]}",
                    "Say what only this page offers.",
                    "unique-description",
                )
            descriptions.setdefault(text, page.shown)
