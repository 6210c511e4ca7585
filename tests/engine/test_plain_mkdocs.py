"""`mkdocs build` and `mkdocs serve` by themselves, in a copy of the project: they work, and say what they leave out."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from macros import PLAIN
from tests.conftest import run_build
from tests.factories import GOOD, Project, fingerprint, write_copy

pytestmark = pytest.mark.site

MKDOCS = str(Path(sys.executable).with_name("mkdocs"))
PATIENCE = 60.0


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    """The good site with a generator of its own, as a guide has it."""
    return write_copy(GOOD, tmp_path / "copy")


def environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def mkdocs_build(project: Project) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MKDOCS, "build"], cwd=project.root, env=environment(), capture_output=True, text=True, check=False, timeout=120
    )


def test_mkdocs_build_writes_the_site_of_make_build_and_says_what_it_leaves_out(copy: Project, tmp_path: Path) -> None:
    done = mkdocs_build(copy)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(PLAIN) == 1
    made = run_build(copy.root, tmp_path / "site", code=copy.root)
    assert made.returncode == 0, made.stderr
    assert PLAIN not in made.stderr
    plain, ours = fingerprint(copy.root / "site"), fingerprint(tmp_path / "site")
    assert sorted(plain) == sorted(ours)
    assert [path for path in ours if plain[path] != ours[path]] == []
    again = run_build(copy.root, copy.root / "site", code=copy.root)
    assert again.returncode == 0, "make build replaces what mkdocs build has written"


def test_mkdocs_build_refuses_what_cannot_be_published(copy: Project) -> None:
    line = copy.replace("data/comparisons/ways.yaml", "certainty: moderate", "certainty: middling")
    done = mkdocs_build(copy)
    assert done.returncode == 1
    assert f'data/comparisons/ways.yaml:{line}: certainty "middling"' in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def served(copy: Project) -> Iterator[tuple[Project, str, Path]]:
    """A project that `mkdocs serve` shows, its address, and what the command has said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = copy.root / "log"
    with log.open("wb") as output:
        command = [MKDOCS, "serve", "--dev-addr", address]
        process = subprocess.Popen(command, cwd=copy.root, stdout=output, stderr=output, env=environment())
    yield copy, f"http://{address}/", log
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0, log.read_text()


def shows(address: str, words: str) -> bool:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return words in answer.read().decode()
    except (URLError, ConnectionError, TimeoutError):
        return False


def until_shown(address: str, words: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not shows(address, words):
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)  # how often to ask, not how long to wait


def test_mkdocs_serve_follows_pages_and_facts(served: tuple[Project, str, Path]) -> None:
    project, address, log = served
    until_shown(f"{address}help/", "<h1", log)
    assert PLAIN in log.read_text()
    project.replace("docs/contribute.md", "Look up what you need.", "Look up whatever you need.")
    until_shown(f"{address}contribute/", "Look up whatever you need.", log)
    project.replace("data/comparisons/ways.yaml", "title: ", "title: As of now, ")
    until_shown(f"{address}calls/top-level/", "As of now, ", log)
