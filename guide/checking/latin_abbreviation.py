"""Latin short forms are written in English: "for example", not "e.g."."""

import re
from collections.abc import Iterator

from guide.model.problems import Problem
from guide.model.registry import quoting_fields
from guide.reading.passages import READ
from guide.rendering.project import Book

ENGLISH = {
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "and so on",
    "etc": "and so on",
    "et al.": "and others",
    "viz.": "namely",
    "cf.": "compare",
    "n.b.": "note",
    "vs.": "or, against, compared with",
    "vs": "or, against, compared with",
    "via": "by, through",
    "per se": "by itself",
    "ad hoc": "for this purpose",
}
_FOUND = re.compile(
    r"(?<![\w.@/-])(e\. ?g\.?|i\. ?e\.?|etc\.?|et al\.?|viz\.?|cf\.|n\.b\.|vs\.?|via|per se|ad hoc)(?![\w/-])",
    re.IGNORECASE,
)


def check(book: Book) -> Iterator[Problem]:
    """Find Latin short forms; titles of sources may hold them, and so may words that people search for."""
    for passage in book.passages(*READ, "heading", "text", "name"):
        if (passage.kind, passage.field) in quoting_fields():
            continue
        for match in _FOUND.finditer(passage.text):
            written = (
                match[1].lower().replace(" ", "") if "." in match[1] and "al" not in match[1] else match[1].lower()
            )
            english = ENGLISH.get(written) or ENGLISH.get(f"{written}.") or "the English words"
            yield Problem(
                passage.place(match.start()),
                f'"{match[1]}" is a Latin short form',
                f"Write it in plain English: {english}.",
                "latin-abbreviation",
            )
