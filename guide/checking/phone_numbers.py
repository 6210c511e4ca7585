"""Phone numbers are written as they are dialed: with the leading 1, if other numbers of the guide have it."""

import re
from collections.abc import Iterator

from guide.model.guide import walk
from guide.model.problems import Problem
from guide.model.record import PHONE
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.project import Book

_KEYS = {"number", "tty"}
_TEN = re.compile(r"(?<![\d-])(?<!\d )(?<!\d\.)\(?(\d{3})\)?[-. ]{1,2}(\d{3})[-. ](\d{4})(?![\d-])")
_ELEVEN = re.compile(r"1-\d{3}-\d{3}-\d{4}")
_LINK = re.compile(r"(tel|sms):(\d{3})-?(\d{3})-?(\d{4})")


def check(book: Book) -> Iterator[Problem]:
    """Check that no number in records, links or texts has ten digits, if others have eleven."""
    numbers = [
        (value, record_id, path)
        for record_id, source in book.guide.sources["helplines"].items()
        for path, value in walk(source.plain)
        if path and path[-1] in _KEYS
    ]
    if not any(_ELEVEN.fullmatch(value) for value, _, _ in numbers):
        return
    for value, record_id, path in numbers:
        # The model reports what is no phone number at all.
        match = re.match(PHONE, value) and _TEN.fullmatch(value)
        if match:
            place = book.guide.place("helplines", record_id, *path)
            yield Problem(
                place, f'"{value}" is a phone number without its 1', f"Write {_with_leading_1(match, 1)}.", "phone"
            )
    for page in book.pages.values():
        for target, _, line in page.links:
            match = _LINK.fullmatch(target)
            if match:
                remedy = f"Write {match[1]}:{_with_leading_1(match, 2)}."
                yield Problem(page.place(line), f'"{target}" is a phone number without its 1', remedy, "phone")
    for passage in book.passages(*RUNNING_TEXT, "text"):
        for match in _TEN.finditer(passage.text):
            if passage.kind != "references":
                wrong = f'"{match[0]}" is a phone number without its 1'
                yield Problem(passage.place(match.start()), wrong, f"Write {_with_leading_1(match, 1)}.", "phone")


def _with_leading_1(match: re.Match[str], first: int) -> str:
    return f"1-{match[first]}-{match[first + 1]}-{match[first + 2]}"
