"""Records that name other records name ones that exist."""

from collections.abc import Iterator

from macros.book import Book
from macros.guide import walk
from macros.models import KINDS
from macros.problems import Place, Problem, nearest

# Where a record of one kind holds ids of another: kind, key, kind of what is named.
NAMED = [
    ("charts", "levels", "levels"),
    ("charts", "therapies", "therapies"),
    ("care-cards", "helplines", "helplines"),
    ("site", "emergency", "helplines"),
    ("search", "care_card", "care-cards"),
    ("site", "cards", "care-cards"),
]


def check(book: Book) -> Iterator[Problem]:
    """Find ids and `from` fields that lead nowhere."""
    guide = book.guide
    for kind, key, named in NAMED:
        for record_id, source in guide.sources[kind].items():
            for path, value in walk(source.plain):
                if key in path[:2] and guide.lacks(named, value):
                    yield _problem(guide.place(kind, record_id, *path), value, named, guide.names(named))
    for record_id, source in guide.sources["comparisons"].items():
        for path, value in walk(source.plain):
            if path and path[-1] == "from" and value.count("/") == 2:
                yield from _from(book, guide.place("comparisons", record_id, *path), value)


def _from(book: Book, place: Place, value: str) -> Iterator[Problem]:
    kind, record_id, name = value.split("/")
    if kind not in KINDS:
        yield _problem(place, kind, "the kinds of records", KINDS)
    elif book.guide.lacks(kind, record_id):
        yield _problem(place, record_id, kind, book.guide.names(kind))
    elif record_id in book.guide.records(kind):
        fields = type(book.guide.records(kind)[record_id]).model_fields
        if name not in fields:
            yield _problem(place, name, f"the fields of {kind}", fields)


def _problem(place: Place, value: str, where: str, known: object) -> Problem:
    ids = [str(name) for name in known]  # type: ignore[attr-defined]
    remedy = nearest(value, ids) or "Correct the id, or add the record."
    return Problem(place, f'"{value}" is not in {where}', remedy, "unknown-record")
