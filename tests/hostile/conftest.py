"""What tests of hostile input share: a guide to break, a time limit, and what a refusal has to look like."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guide.model.characters import hidden_characters
from guide.model.problems import SHOWN_PER_FILE, Problem
from tests.factories import GOOD, Project

MESSAGE = re.compile(r"^.+:\d+: .*\. \S.*[.?] \[[a-z0-9-]+\]$")
"""path:line: what is wrong. What to do. [rule]"""
SECONDS = 20


@pytest.fixture
def guide(tmp_path: Path) -> Project:
    """A copy of the good site, to break."""
    return Project(Path(shutil.copytree(GOOD, tmp_path / "guide")))


class StillAtWorkError(BaseException):
    """Raised in what takes too long; none of the guide's own `except` takes it for an error of its own."""


@contextmanager
def within_time() -> Iterator[None]:
    """Stop what never ends."""

    def stop(_signal: int, _frame: object) -> None:
        raise StillAtWorkError(f"still at work after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def assert_told(problems: Iterable[Problem], path: str, line: int) -> None:
    """Check that a file was refused at a line, in messages that anybody can read and that no terminal obeys."""
    problems = list(problems)
    messages = [str(problem) for problem in problems]
    at_line = [problem for problem in problems if (problem.place.path, problem.place.line) == (path, line)]
    assert at_line, [f"{path}:{line}", *messages]
    for message in messages:
        assert MESSAGE.match(message), message
        assert not hidden_characters(message) and "\n" not in message, ascii(message)
        assert len(message) < 1000, message
    assert len(messages) <= SHOWN_PER_FILE + 1, "no more than a screen of them"
