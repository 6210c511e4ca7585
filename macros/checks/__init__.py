"""Rules across records and pages, one file a rule: a module whose `check(book)` gives problems."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from macros.book import Book, read_book
from macros.problems import Problem


def check_book(book: Book) -> list[Problem]:
    """Run every rule and give all problems in the order of their places, those found in reading first of all."""
    found: set[Problem] = set(book.problems)
    exemptions = {(entry.rule, entry.place): entry.id for entry in book.guide.exemptions.values()}
    needed: set[str] = set()
    for module in iter_modules([str(Path(__file__).parent)]):
        for problem in import_module(f"macros.checks.{module.name}").check(book):
            exemption = exemptions.get((problem.rule, problem.place.path))
            if exemption:
                needed.add(exemption)
            else:
                found.add(problem)
    for exemption in set(exemptions.values()) - needed:
        place = book.guide.place("exemptions", exemption)
        found.add(Problem(place, f'nothing needs the exemption "{exemption}"', "Delete it.", "exemption"))
    return sorted(found)


def check_project(root: Path) -> list[Problem]:
    """Read a project and give all its problems."""
    return check_book(read_book(root))
