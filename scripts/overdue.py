"""Report what is due to be looked at again, for a scheduled job: `make overdue`.

The build never looks at today's date, so it never breaks by itself; this does.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from macros.book import Book, read_book
from macros.guide import line_of
from macros.loading import LISTS, compose, plain_value
from macros.problems import Place, Problem

ROOT = Path(__file__).parents[1]
LONGEST = timedelta(days=366)
REMEDIES = {
    "review_due": "Compare it with its sources, mend it, and set sources_checked and review_due.",
    "check_due": "Look the number up at its source, mend it, and set as_of or sources_checked, and check_due.",
}


def overdue(book: Book, today: date) -> list[Problem]:
    """Give every page and record whose day has passed, and every exemption that has run out or runs too long."""
    return sorted({*_pages(book, today), *_records(book, today), *_exemptions(book, today)})


def _pages(book: Book, today: date) -> Iterator[Problem]:
    for page in book.pages.values():
        if page.front and page.front.review_due < today:
            yield _problem(page.key_place("review_due"), "review_due", page.front.review_due)


def _records(book: Book, today: date) -> Iterator[Problem]:
    for kind, record_id, _ in book.guide.written():
        for key in REMEDIES:
            due = getattr(book.guide.records(kind).get(record_id), key, None)
            if due and due < today:
                yield _problem(book.guide.place(kind, record_id, key), key, due)
    # A list with a head, such as the glossary, is due as a whole; its entries do not hold the day.
    for kind in LISTS:
        path = book.root / "data" / f"{kind}.yaml"
        node = compose(path.name, path.read_text("utf-8"))[0] if path.is_file() else None
        day = plain_value(node).get("review_due") if node is not None else None
        if day and date.fromisoformat(day) < today:
            place = Place(path.relative_to(book.root).as_posix(), line_of(node, ("review_due",)))
            yield _problem(place, "review_due", date.fromisoformat(day))


def _exemptions(book: Book, today: date) -> Iterator[Problem]:
    for exemption_id, exemption in book.guide.exemptions.items():
        place = book.guide.place("exemptions", exemption_id, "until")
        if exemption.until < today:
            wrong = f'the exemption "{exemption_id}" ran out on {exemption.until}'
            remedy = "Mend what it lets off and take it out, or write until when it still holds."
            yield Problem(place, wrong, remedy, "overdue")
        elif exemption.until - today > LONGEST:
            wrong = f'the exemption "{exemption_id}" holds until {exemption.until}, more than a year from now'
            yield Problem(place, wrong, "Choose a day within twelve months.", "overdue")


def _problem(place: Place, key: str, due: date) -> Problem:
    return Problem(place, f"{key} was {due}", REMEDIES[key], "overdue")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if anything is overdue, or if the project cannot be read whole."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("--today", type=date.fromisoformat, help="the day to compare with (default: today, in UTC)")
    options = parser.parse_args(arguments)
    book = read_book(options.root.resolve())
    problems = book.problems or overdue(book, options.today or datetime.now(UTC).date())
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} overdue." if problems else "Nothing is overdue.", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
