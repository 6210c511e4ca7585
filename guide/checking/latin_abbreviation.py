"""Texts use English words in place of Latin abbreviations: "for example", not "e.g."."""

import re
from collections.abc import Iterator

from guide.model.problems import Problem
from guide.model.registry import quoting_fields
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.project import Book

_ENGLISH = {
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
_LATIN = re.compile(
    r"(?<![\w.@/-])(e\. ?g\.?|i\. ?e\.?|etc\.?|et al\.?|viz\.?|cf\.|n\.b\.|vs\.?|via|per se|ad hoc)(?![\w/-])",
    re.IGNORECASE,
)


def check(book: Book) -> Iterator[Problem]:
    """Check that texts contain no Latin abbreviations. Titles of sources may, and words that people search for."""
    for passage in book.passages(*RUNNING_TEXT, "heading", "text", "name"):
        if (passage.kind, passage.field) in quoting_fields():
            continue
        for match in _LATIN.finditer(passage.text):
            written = (
                match[1].lower().replace(" ", "") if "." in match[1] and "al" not in match[1] else match[1].lower()
            )
            english = _ENGLISH.get(written) or _ENGLISH.get(f"{written}.") or "the English words"
            yield Problem(
                passage.place(match.start()),
                f'"{match[1]}" is a Latin short form',
                f"Write it in plain English: {english}.",
                "latin-abbreviation",
            )
