"""A level of certainty is based on results that somebody has read."""

from collections.abc import Iterator
from typing import get_args

from guide.model.guide import at, walk
from guide.model.problems import Problem
from guide.model.record import Certainty
from guide.rendering.project import Book

_LEVELS = set(get_args(Certainty)) - {"not-rated"}
_RESULTS_READ = ("whole", "excerpt")


def check(book: Book) -> Iterator[Problem]:
    """Check that a rated effect has a reference whose results were read, at least in an abstract."""
    references = book.guide.references
    for kind, record_id, source in book.guide.written():
        for path, value in walk(source.plain):
            if not path or path[-1] != "certainty" or value not in _LEVELS:
                continue
            names = at(source.plain, path[:-1]).get("references") or []
            known = [references[name] for name in names if isinstance(name, str) and name in references]
            if known and not any(reference.read in _RESULTS_READ for reference in known):
                unread = ", ".join(reference.id for reference in known)
                yield Problem(
                    book.guide.place(kind, record_id, *path),
                    f'certainty "{value}", though nobody has read the results of {unread}',
                    "Write certainty: not-rated, or read at least an abstract with its results and set read: excerpt "
                    "in data/references.yaml.",
                    "unread-results",
                )
