"""What is wrong, where, and what to do: the one shape of every message."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from itertools import groupby
from os.path import commonprefix

from guide.model.characters import visible

SHOWN_PER_FILE = 20
"""How many problems of one file are shown; one more line counts the others."""
_SPACES = re.compile(r"[ \t\r\n]+")
_NEAR = 0.75
_SOME = 0.4
_LONGEST_WORD = 100


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; `path` is relative to the project, `line` counts from 1."""

    path: str
    line: int


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. `wrong` has no period, `remedy` is whole sentences, `rule` is kebab-case.

    `stands_for` is the number of problems that one counts for: more than 1 only where `limited` has left some out.
    """

    place: Place
    wrong: str
    remedy: str
    rule: str
    stands_for: int = 1

    def __str__(self) -> str:
        """Return `path:line: what is wrong. What to do. [rule]`, on one line, with every hidden character escaped."""
        said = _SPACES.sub(" ", f"{self.wrong.rstrip('.')}. {self.remedy}").strip()
        return visible(f"{self.place.path}:{self.place.line}: {said} [{self.rule}]")


Fault = tuple[str, str, str]
"""A problem without its place: what is wrong, what to do, and the rule."""


def left_out(place: Place, number: int) -> Problem:
    """Return the problem that stands for others of its file."""
    wrong = f"and {number:,} more {'problem' if number == 1 else 'problems'} in this file"
    return Problem(place, wrong, "Fix the ones above first.", "more-problems", stands_for=number)


def limited(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems, and keep the first of each file with one that counts the others of that file."""
    kept: list[Problem] = []
    for _, group in groupby(sorted(problems), key=lambda problem: problem.place.path):
        of_file = list(group)
        own = [problem for problem in of_file if problem.rule != "more-problems"]
        others = sum(problem.stands_for for problem in of_file) - min(len(own), SHOWN_PER_FILE)
        kept.extend(own[:SHOWN_PER_FILE])
        if others > 0:
            last = own[:SHOWN_PER_FILE][-1].place if own else of_file[0].place
            kept.append(left_out(last, others))
    return kept


class DataError(Exception):
    """Data or pages cannot be published; holds every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownId(LookupError):
    """A macro was asked for a record that does not exist."""

    def __init__(self, kind: str, wanted: object, known: Iterable[str]) -> None:
        self.kind, self.wanted = kind, wanted
        self.wrong = f'"{wanted}" is not in {kind}'
        self.remedy = nearest(str(wanted), known) or f"See data/README.md for what {kind} holds."
        super().__init__(f"{self.wrong}. {self.remedy}")


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Offer the nearest valid value as a sentence, or "" if none is near."""
    if len(word) > _LONGEST_WORD:
        return ""
    candidates = list(candidates)
    # "pool-office" may be short for "pool-front-office", which is more likely than a slip in one of its words.
    steps = set(word.split("-"))
    longer = [value for value in candidates if len(steps) > 1 and steps < set(value.split("-"))]
    if len(longer) == 1:
        return f'Did you mean "{longer[0]}"?'
    room = max(1, len(word) // 4)
    similar = sorted(value for value in candidates if abs(len(value) - len(word)) <= room)
    close = get_close_matches(word, similar, n=3, cutoff=_NEAR)
    meant = next((value for value in close if _may_be_a_slip(word, value)), None)
    return f'Did you mean "{meant}"?' if meant else ""


def _may_be_a_slip(word: str, value: str) -> bool:
    """Return whether one may be the other mistyped: what two paths or ids share at their ends says little."""
    folder = commonprefix([word, value]).rfind("/") + 1
    names = [path[folder:].partition(".")[0] for path in (word, value)]
    if SequenceMatcher(None, names[0], names[1]).ratio() < _NEAR:
        return False
    start = len(commonprefix(names))
    end = len(commonprefix([name[start:][::-1] for name in names]))
    differ = [name[start : len(name) - end] for name in names]
    one_letter = max(map(len, differ)) <= 1
    return (
        one_letter
        or sorted(differ[0]) == sorted(differ[1])
        or SequenceMatcher(None, differ[0], differ[1]).ratio() >= _SOME
    )
