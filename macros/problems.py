"""What is wrong, where, and what to do: the one shape of every message."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; `path` is relative to the project, `line` counts from 1."""

    path: str
    line: int


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. `wrong` has no full stop, `remedy` is whole sentences, `rule` is kebab-case."""

    place: Place
    wrong: str
    remedy: str
    rule: str

    def __str__(self) -> str:
        """Word it as `path:line: what is wrong. What to do. [rule]`, on one line."""
        line = f"{self.place.path}:{self.place.line}: {self.wrong.rstrip('.')}. {self.remedy} [{self.rule}]"
        return " ".join(line.split())


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
    close = get_close_matches(word, sorted(candidates), n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else ""
