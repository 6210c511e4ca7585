"""What many tests share: a small project on disk, golden files, a site built for real."""

from __future__ import annotations

import difflib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guide.outputs.handouts import WANTED
from tests.factories import GOOD, ROOT, Project, write_project
from tests.trees import indented

GOLDEN = Path(__file__).parent / "golden"

# What a command says while it works depends on the clock; tests look at what it says in the end.
os.environ.setdefault("GUIDE_PROGRESS", "0")

# A run in the background inherits that these are ignored, and so would every command that a test starts and stops.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden/ anew; read the difference in review"
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project without a fault, to break."""
    return write_project(tmp_path / "project")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare HTML, indented, with tests/golden/<name>."""

    def compare(name: str, html: str) -> None:
        path = GOLDEN / name
        seen = indented(html)
        if request.config.getoption("--update-golden"):
            path.write_text(seen, "utf-8")
        wanted = path.read_text("utf-8") if path.is_file() else ""
        change = difflib.unified_diff(wanted.splitlines(), seen.splitlines(), f"golden/{name}", "now", lineterm="")
        assert wanted == seen, "\n".join(["pytest --update-golden writes it anew; read the change:", *change])

    return compare


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How Chromium is started; it refuses its sandbox to root."""
    return {
        "executable_path": os.environ.get("GUIDE_CHROMIUM"),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }


def run_build(
    root: Path, site: Path, *, code: Path = ROOT, names: dict[str, str] | None = None, timeout: int = 120
) -> subprocess.CompletedProcess[str]:
    """Run `python -m guide.commands.build` as `make build` does."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(names or {})}
    command = [sys.executable, "-m", "guide.commands.build", "--root", str(root), "--site", str(site)]
    return subprocess.run(
        command, cwd=code, env=environment, capture_output=True, text=True, check=False, timeout=timeout
    )


def built_once(factory: pytest.TempPathFactory, name: str, root: Path, *, names: dict[str, str] | None = None) -> Path:
    """Build a site by the real command, once for all workers of a run.

    Args:
        factory: Pytest's, for the folder.
        name: Of the folder.
        root: The project.
        names: Variables of the environment, beside those of this process.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    folder = factory.getbasetemp().parent / f"{name}-{run}" if run else factory.mktemp(name)
    if run and not _is_first(folder):
        return _built_by_another(folder)
    done = run_build(root, folder / "site", names=names, timeout=600)
    if done.returncode:
        (folder / "failed").touch()
        pytest.fail(f"The site cannot be built:\n{done.stderr}", pytrace=False)
    return folder / "site"


def _is_first(folder: Path) -> bool:
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True


def _built_by_another(folder: Path) -> Path:
    """Wait for the site of another worker: the build puts it in its place in one step, when it is whole."""
    for _ in range(6000):
        if (folder / "site").is_dir():
            return folder / "site"
        if (folder / "failed").exists():
            break
        time.sleep(0.1)
    pytest.fail("The site cannot be built: see the other worker.", pytrace=False)


@pytest.fixture(scope="session")
def printed_guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with its PDFs, built by the real command."""
    return built_once(tmp_path_factory, "printed-guide", ROOT, names={WANTED: "1"})


@pytest.fixture(scope="session")
def printed_good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site with its PDFs, built by the real command."""
    return built_once(tmp_path_factory, "printed-good", GOOD, names={WANTED: "1"})


@pytest.fixture(scope="session")
def good_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site, built by the real command."""
    return built_once(tmp_path_factory, "good", GOOD)
