"""One source has one record: no two references share an address or a DOI."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that no address or DOI is that of two references."""
    for key in ("URL", "DOI"):
        seen: dict[str, str] = {}
        for reference, source in book.guide.sources["references"].items():
            value = str(source.plain.get(key, "")).rstrip("/").casefold()
            if value and value in seen:
                yield Problem(
                    book.guide.place("references", reference, key),
                    f'{key} of "{reference}" is also that of "{seen[value]}"',
                    "Keep one record, and cite that.",
                    "repeated-address",
                )
            seen.setdefault(value, reference)
