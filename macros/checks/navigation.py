"""Every page is in the navigation, and the navigation has no page that is not there."""

from collections.abc import Iterator

from macros.book import Book
from macros.problems import Place, Problem, nearest


def check(book: Book) -> Iterator[Problem]:
    """Compare `nav` in mkdocs.yml with docs/."""
    unread = any(problem.place.path == "mkdocs.yml" for problem in book.problems)
    for page in book.pages.values() if not unread else []:
        if page.path not in book.navigation:
            remedy = f"Add {page.path} to nav in mkdocs.yml."
            yield Problem(page.place(1), "the page is not in the navigation", remedy, "navigation")
    for entry, line in book.navigation.items():
        if entry.endswith(".md") and entry not in book.pages:
            remedy = nearest(entry, book.pages) or "Correct the path, or remove the line."
            yield Problem(Place("mkdocs.yml", line), f'docs/ has no page "{entry}"', remedy, "navigation")
