"""How long a contributor waits for `make serve`: at the first start, and from saving a file to seeing it in a browser.

A copy of the whole project is served and edited, its code too. Beside it, stock `mkdocs serve` shows an edited page of
the plain twin. Times are those of the clock, as a person feels them, so they depend on what else the machine does.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from bench.measure import Row, chromium, stock_command
from bench.sites import write_twin
from guide.commands.servers import answers, free_port
from guide.model.addresses import page_address
from guide.rendering.project import read_book
from guide.reviewing.usage import where_shown

ROUNDS, PATIENCE = 10, 120
START, PAGES_OF_RECORD = 4.0, 10
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*cache", "__pycache__", "site", "site-*")

TEXT = "mark => document.body?.textContent.includes(mark)"
STYLE = "mark => document.body && getComputedStyle(document.body).getPropertyValue('--bench').trim() === mark"


class Edit(NamedTuple):
    """A file to save again and again, each time with another mark in it, and where a browser sees the mark.

    Attributes:
        name: What is edited.
        limit: Seconds that it may take.
        file: Its path below the project.
        after: A regular expression; the edit comes after its first match.
        text: What is added; MARK stands for the mark.
        address: The page to watch, below the site's root.
        shown: JavaScript that returns whether the page shows the mark.
    """

    name: str
    limit: float
    file: str
    after: str
    text: str
    address: str
    shown: str = TEXT

    def of(self, text: str, mark: str) -> str:
        """Return the text of the file with a mark in it."""
        added = self.text.replace("MARK", mark)
        return re.sub(self.after, lambda match: match[0] + added, text, count=1, flags=re.MULTILINE)


def rows(root: Path, rounds: int) -> Iterator[Row]:
    """Serve the project and its twin, and edit both."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        copy, twin = Path(name, "guide"), Path(name, "twin")
        shutil.copytree(root, copy, ignore=LEFT_OUT)
        write_twin(root, twin)
        # The site's policy would forbid what this module evaluates.
        page = browser.new_context(bypass_csp=True).new_page()
        page.set_default_timeout(PATIENCE * 1000)
        serve = [sys.executable, "-m", "guide.commands.serve", "--root", str(copy), "--port"]
        yield Row("First start", [_start(copy, serve, page) for _ in range(rounds)], START, "{:.2f} s")
        edits = _edits(copy)
        with _served(copy, serve) as url:
            for edit in edits:
                times = _times(copy, url, edit, page, rounds)
                yield Row(f"From saving {edit.name} to seeing it", times, edit.limit, "{:.2f} s")
        # A dirty build warns of itself, and the twin is as strict as the guide.
        for options in ((), ("--dirty", "--no-strict")):
            stock = [*stock_command("serve", twin, *options), "--dev-addr"]
            with _served(twin, stock, "127.0.0.1:") as url:
                times = _times(twin, url, edits[0], page, rounds)
            yield Row(" ".join(["The same of a page, plain twin, mkdocs serve", *options[:1]]), times, form="{:.2f} s")


def _edits(project: Path) -> list[Edit]:
    """Choose a page with a comparison, a record that ten pages show, and what renders the comparison."""
    book = read_book(project)
    path = next(path for path, page in book.pages.items() if "comparison_table" in {call.name for call in page.calls})
    page, address = f"docs/{path}", page_address(path)
    usage = {key: shown.pages for key, shown in where_shown(book).items() if key[0] == "references"}
    kind, record = min(usage, key=lambda key: abs(len(usage[key]) - PAGES_OF_RECORD))
    pages, source = usage[kind, record], book.guide.sources[kind][record].path
    title = re.escape(book.guide.references[record].title)
    template, style = (str(next(project.rglob(f"comparison.{end}"))) for end in ("html.j2", "css"))
    return [
        Edit("a page", 1.0, page, "^# .*$", "\n\nThis page has the mark MARK.", address),
        Edit(f"a record that {len(pages)} pages show", 1.5, source, title, " MARK", page_address(pages[0])),
        # Nothing but the message about it shows where the link leads.
        Edit("a mistake", 1.5, page, "^# .*$", "\n\nSee [another page](MARK.md).", address),
        Edit("a template", 2.0, template, r"\Z", "<p>MARK</p>\n", address),
        Edit("a style", 2.0, style, r"\Z", "body { --bench: MARK; }\n", address, STYLE),
    ]


def _start(project: Path, command: list[str], page: Page) -> float:
    """Return the seconds from the command to its start page, with nothing compiled or cached, as after `make setup`."""
    for folder in (*project.rglob("__pycache__"), project / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)
    start = time.monotonic()
    with _served(project, command) as url:
        page.goto(url)
        # No page that stands in for the guide has a menu.
        page.wait_for_selector("nav a", state="attached")
        return time.monotonic() - start


def _times(project: Path, url: str, edit: Edit, page: Page, rounds: int) -> list[float]:
    """Save an edit again and again, and return the seconds until the browser shows each one."""
    file, times = project / edit.file, []
    text = file.read_text("utf-8")
    page.goto(url + edit.address)
    page.wait_for_selector("nav a", state="attached")
    for number in range(rounds):
        # A word, since numbers need a source.
        mark = f"bench-{chr(ord('a') + number % 26)}"
        start = time.monotonic()
        file.write_text(edit.of(text, mark), "utf-8")
        page.wait_for_function(edit.shown, arg=mark)
        times.append(time.monotonic() - start)
        file.write_text(text, "utf-8")
        page.wait_for_function(f"mark => !({edit.shown})(mark)", arg=mark)
    return times


@contextmanager
def _served(project: Path, command: list[str], host: str = "") -> Iterator[str]:
    """Run a server in the folder of its project, on a free port, and yield its address once it answers there."""
    port = free_port()
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen([*command, f"{host}{port}"], cwd=project, stdout=log, stderr=log) as server,  # noqa: S603
    ):
        try:
            while not answers(port):
                if server.poll() is not None:
                    log.seek(0)
                    raise subprocess.CalledProcessError(server.returncode, command, log.read())
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
