"""How long a contributor waits: from saving a data file to seeing it, and for the checks. `make bench` prints it.

Time is that of the clock, as a person feels it, so it depends on what else the machine does.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.run import Row
from bench.sites import write_copies
from guide.commands.servers import free_port
from guide.model.addresses import page_address
from guide.rendering.project import read_book
from guide.reviewing.usage import where_shown

CODE = Path(__file__).parents[1]
SAVES, ROUNDS, PATIENCE = 10, 3, 120
ONE_FILE, TEST = 3, 600
KIND = "comparisons"


def rows(root: Path, saves: int = SAVES, *, tests: bool = False) -> list[Row]:
    """Measure what a contributor waits for.

    Args:
        root: The guide.
        saves: How many times to save a file.
        tests: Whether to run all tests too, which takes minutes.

    Raises:
        CalledProcessError: a command fails.
    """
    path, address, title = _shown_record(root)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "guide")
        write_copies(root, copy, 1)
        found = [Row("From saving a data file to seeing it", _saves(copy, path, address, title, saves), None, _seconds)]
    checks = [_make("check", f"FILES={path}") for _ in range(ROUNDS)] if _checks_files() else []
    if checks:
        found.append(Row("make check of one file", checks, ONE_FILE, _seconds))
    found.append(Row("make check", [_make("check") for _ in range(ROUNDS)], None, _seconds))
    if tests:
        found.append(Row("make test", [_make("test")], TEST, _seconds))
    return found


def _shown_record(root: Path) -> tuple[str, str, str]:
    """Choose a record that a page shows: its file, the address of the page, and its title."""
    book = read_book(root)
    for (kind, record_id), shown in where_shown(book).items():
        if kind == KIND and shown.pages:
            title = book.guide.records(kind)[record_id].title
            return book.guide.sources[kind][record_id].path, page_address(shown.pages[0]), title
    raise LookupError(f"no page shows a record of data/{KIND}/")


def _saves(project: Path, path: str, address: str, title: str, times: int) -> list[float]:
    """Change the title of a record again and again, each time until the browser shows the new one."""
    file, values = project / path, []
    text = file.read_text("utf-8")
    with _served(project) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("GUIDE_CHROMIUM"),
            # Chromium refuses its sandbox to root.
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(url + address)
        for number in range(1, times + 1):
            wanted = f"{title}, save {number} of {times}"
            start = time.monotonic()
            file.write_text(re.sub(r"^title: .*$", f"title: {json.dumps(wanted)}", text, flags=re.MULTILINE), "utf-8")
            page.wait_for_function("wanted => document.body.textContent.includes(wanted)", arg=wanted)
            values.append(time.monotonic() - start)
        browser.close()
    return values


@contextmanager
def _served(project: Path) -> Iterator[str]:
    """Run `make serve` for a project on a free port; gives its address when it answers."""
    port = free_port()
    command = [sys.executable, "-m", "guide.commands.serve", "--root", str(project), "--port", str(port)]
    with subprocess.Popen(command, cwd=CODE, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            while server.poll() is None and not _shows_guide(port):
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _shows_guide(port: int) -> bool:
    """Tell whether the first build is done; before that every address is missing."""
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _make(*arguments: str) -> float:
    """Run a command for contributors, where all is set up, and give the seconds that it takes."""
    # What this very run was given is not meant for another one.
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "ARGS")}
    start = time.monotonic()
    command = ["make", "--old-file=setup", *arguments]
    subprocess.run(command, cwd=CODE, env=environment, check=True, capture_output=True)  # noqa: S603
    return time.monotonic() - start


def _checks_files() -> bool:
    return "FILES" in (CODE / "Makefile").read_text("utf-8")


def _seconds(value: float) -> str:
    return f"{value:.1f} s"


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--tests", action="store_true", help="run all tests too, which takes minutes")
    options = parser.parse_args(arguments)
    print(*rows(options.root.resolve(), tests=options.tests), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
