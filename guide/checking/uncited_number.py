"""A number of something, a statistic or a law has its source beside it, on pages and in records."""

import re
from collections.abc import Iterator

from guide.model.problems import Problem
from guide.model.registry import unsourced_fields
from guide.reading.claims import LAW, numbers, statements
from guide.reading.passages import Passage
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Find paragraphs, list items and texts of records that count or name a law, and name no source.

    What counts: an amount of money, a percentage, a number of people, of hours and longer, or of what the labels say is
    `counted`; "3 in 10", "on average" and the like; a law, a regulation, an act. What does not: questions, advice
    without a limit ("start three weeks before"), words in quotation marks, words of links, what nobody knows, minutes,
    clock times, phone numbers, numbers of steps and pages, and what says that it is made up.
    """
    labels = book.guide.labels.get(book.language)
    number = numbers(labels.counted if labels else [])
    for passage in book.passages("paragraph", "item", "text"):
        if not passage.cited and not passage.made_up and (passage.kind, passage.field) not in unsourced_fields():
            yield from _uncited(passage, number)


def _uncited(passage: Passage, number: re.Pattern[str]) -> Iterator[Problem]:
    for text, start in statements(passage):
        found = number.search(text) or LAW.search(text)
        if found:
            what = "law" if found.re is LAW else "number"
            where = "to its references" if passage.kind else 'with {{ cite("...") }} straight after it'
            yield Problem(
                passage.place(start + found.start()),
                f'a {what} without a source: "{found[0]}"',
                f"Add the source that says so {where}, or take the {what} out.",
                "uncited-number",
            )
            return
