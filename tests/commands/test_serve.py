"""`make serve`: a real server that follows edits, and shows what is wrong in place of the page."""

from __future__ import annotations

import html
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.factories import GOOD, ROOT, Project, write_copy, write_project

pytestmark = pytest.mark.site

PATIENCE = 60.0
"""Seconds until a change must be seen; a change is waited for, never slept for."""
FAULT = ("data/comparisons/lessons.yaml", "basis: practice", "basis: habit")
MESSAGE = (
    'data/comparisons/lessons.yaml:{line}: basis "habit" is not allowed. Write rule, consensus or practice. [basis]'
)


class Serving:
    """A server of its own for one project, and a copy of the code if that is to be changed."""

    def __init__(self, project: Project, code: Path, log: Path) -> None:
        self.project = project
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        command = [sys.executable, "-m", "guide.commands.serve", "--root", str(project.root), "--port", str(port)]
        environment = {name: value for name, value in os.environ.items() if name != "GUIDE_PROGRESS"}
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=code, stdout=output, stderr=output, env=environment, start_new_session=True
            )

    def get(self, path: str = "") -> tuple[int, str]:
        """Ask for a page, once; the code is 0 while nobody answers."""
        try:
            with urlopen(self.url + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except (URLError, ConnectionError, TimeoutError):
            return 0, ""

    def until(self, fits: Callable[[int, str], bool], path: str = "") -> tuple[int, str]:
        """Ask until the answer fits."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            code, text = self.get(path)
            if code and fits(code, text):
                return code, text
            time.sleep(0.1)  # how often to ask, not how long to wait
        pytest.fail(f"{path!r} does not come to fit: {code} {text[-3000:]}\n{self.log.read_text()}")

    def newer(self, text: str) -> int:
        """Wait as the page's own script does, until there is a newer version than the one it shows."""
        found = re.search(r"livereload\((\d+)\);", text)
        assert found, "the page holds no reloading script"
        version = int(found[1])
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            _, answer = self.get(f"livereload/{version}")
            if answer and int(answer) > version:
                return int(answer)
        pytest.fail(f"no newer version\n{self.log.read_text()}")

    def stop(self) -> int:
        """Press Ctrl+C, which reaches every process of a terminal's group."""
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    """Start servers; all are stopped at the end."""
    started: list[Serving] = []

    def start(project: Project, code: Path = ROOT) -> Serving:
        started.append(Serving(project, code, tmp_path / f"serve-{len(started)}.log"))
        return started[-1]

    yield start
    for server in started:
        # It removes its temporary folder on the way out.
        server.process.terminate()
    for server in started:
        try:
            server.process.wait(PATIENCE)
        finally:
            server.process.kill()


def shows_page(code: int, text: str) -> bool:
    return code == 200 and "Learn to swim</h1>" in text


def shows_problems(code: int, text: str) -> bool:
    return code == 404 and "The guide cannot be shown yet" in text


def test_started_on_a_fault_it_shows_the_messages_and_comes_back_by_itself(
    project: Project, serve: Callable[..., Serving]
) -> None:
    path, good, bad = FAULT
    line = project.replace(path, good, bad)
    server = serve(project)
    for address in ("", "help/", "nowhere/at/all/"):
        _, text = server.until(shows_problems, address)
        assert text.count("<li>") == 2, "the problem, and how many there are"
        assert MESSAGE.format(line=line) in html.unescape(text)
    project.replace(path, bad, good)
    server.newer(text)
    server.until(shows_page)


def test_broken_while_running_it_shows_the_messages_and_comes_back_by_itself(
    project: Project, serve: Callable[..., Serving]
) -> None:
    path, good, bad = FAULT
    server = serve(project)
    _, text = server.until(shows_page)
    line = project.replace(path, good, bad)
    server.newer(text)
    _, text = server.until(shows_problems)
    assert MESSAGE.format(line=line) in html.unescape(text)
    assert "Traceback" not in text
    project.replace(path, bad, good)
    server.newer(text)
    server.until(shows_page)


def test_what_the_rules_find_stands_at_the_top_of_pages_that_can_be_shown(
    project: Project, serve: Callable[..., Serving]
) -> None:
    server = serve(project)
    _, text = server.until(shows_page)
    line = project.append("docs/help.md", "\nSee [the rules of the pool](nowhere.md).\n") + 1
    server.newer(text)
    for address in ("help/", ""):
        code, text = server.until(lambda code, text: "1 problem: the guide can" in text, address)
        assert code == 200
        assert f'docs/help.md:{line}: link to "nowhere.md", which doesn\'t exist.' in html.unescape(text)
    assert "Learn to swim</h1>" in text
    project.replace("docs/help.md", "[the rules of the pool](nowhere.md)", "the rules")
    server.newer(text)
    server.until(lambda code, text: shows_page(code, text) and "1 problem" not in text)


def test_changes_of_data_pages_and_configuration_are_followed(project: Project, serve: Callable[..., Serving]) -> None:
    server = serve(project)
    server.until(shows_page)
    project.replace("data/comparisons/lessons.yaml", "About six people.", "About seven people.")
    server.until(lambda code, text: "About seven people." in text)
    project.replace("docs/help.md", "One line about swimming.", "Another line.")
    server.until(lambda code, text: "Another line." in text, "help/")
    project.replace("mkdocs.yml", "site_name: Swimming", "site_name: Swimming today")
    server.until(lambda code, text: "Swimming today" in text)
    project.write("docs/more.md", "# More\n")
    _, text = server.until(shows_problems, "more/")
    assert "docs/more.md:1: the page doesn't begin with its description and dates" in html.unescape(text)
    assert shows_page(*server.get()), "the other pages can be shown"
    (project.root / "docs" / "more.md").unlink()
    server.until(lambda code, text: code == 404 and "Page not found" in text, "more/")


def test_changes_of_code_are_followed(tmp_path: Path, serve: Callable[..., Serving]) -> None:
    project = write_copy(GOOD, tmp_path / "code")
    server = serve(project, project.root)
    server.until(shows_page)
    changes = [
        ("macros/figure/wording.py", "return with_unit(number, figure.unit, words)", 'return "priceless"'),
        ("macros/figure/figure.html.j2", '"guide-figure"', '"guide-figure guide-figure--new"'),
        ("guide/theme/main.html", "</head>", '<meta name="new">\n</head>'),
        (
            "guide/engine/plugin.py",
            "content = renderer.page_html(html, text, examined.ids)\n",
            "content = renderer.page_html(html, text, examined.ids) + 'hooked'\n",
        ),
    ]
    for path, old, new in changes:
        project.replace(path, old, new)
    seen = ["priceless", "guide-figure--new", '<meta name="new">', "hooked"]
    server.until(lambda code, text: all(word in text for word in seen))
    project.replace("macros/figure/wording.py", 'return "priceless"', "return (")
    server.until(shows_problems)
    project.replace("macros/figure/wording.py", "return (", 'return "fixed again"')
    server.until(lambda code, text: "fixed again" in text)
    line = project.replace("guide/theme/main.html", "</main>", "</main>{% if %}")
    _, text = server.until(shows_problems)
    assert f"guide/theme/main.html:{line}: " in text
    project.replace("guide/theme/main.html", "</main>{% if %}", "</main>")
    server.until(lambda code, text: "fixed again" in text)


def test_missing_page_is_the_sites_own_404_and_comes_back(project: Project, serve: Callable[..., Serving]) -> None:
    server = serve(project)
    server.until(shows_page)
    code, text = server.get("nowhere/")
    assert code == 404
    assert "Page not found" in text
    assert re.search(r"livereload\(\d+\);", text)


def test_it_serves_this_machine_only_and_leaves_nothing_behind(project: Project, serve: Callable[..., Serving]) -> None:
    server = serve(project)
    server.until(shows_page)
    assert "http://127.0.0.1:" in server.log.read_text()
    assert server.stop() == 0
    assert "Traceback" not in server.log.read_text()
    assert sorted(path.name for path in project.root.iterdir()) == ["data", "docs", "mkdocs.yml"]


def test_port_in_use_is_said_before_anything_is_built(project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "guide.commands.serve", "--root", str(project.root), "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (1, "")
    found = re.fullmatch(
        rf"Port {port} is in use, maybe by another make serve\. "
        r'Use another one: make serve ARGS="--port (\d+)" \[port\]\n',
        done.stderr,
    )
    assert found, done.stderr
    assert int(found[1]) > port
    with socket.socket() as free:
        free.bind(("127.0.0.1", int(found[1])))


def test_it_says_what_it_does_and_names_an_address_that_answers(
    project: Project, serve: Callable[..., Serving]
) -> None:
    server = serve(project)
    deadline = time.monotonic() + PATIENCE
    while f"Serving the guide at {server.url}" not in server.log.read_text():
        assert time.monotonic() < deadline
    assert server.get()[0], "nobody answers at the address that was named"
    server.until(shows_page)
    lines = server.log.read_text().splitlines()
    assert lines[:2] == [f"Serving the guide at {server.url} (Ctrl+C stops it).", "Building..."]
    assert re.fullmatch(r"Built 2 pages in \d+\.\d s\.", lines[2])


def held_up(project: Project, folder: Path) -> Path:
    """Make a build wait for as long as a file is there; another file, "waits", says that it does."""
    waiting, hook = folder / "waiting", folder / "hook.py"
    hook.write_text(
        "import pathlib, time\n\ndef on_pre_build(**_):\n"
        f"    while pathlib.Path({str(waiting)!r}).exists():\n"
        f"        pathlib.Path({str(folder / 'waits')!r}).touch()\n        time.sleep(0.05)\n"
    )
    project.replace("mkdocs.yml", "nav:", f"hooks:\n- {hook}\nnav:")
    return waiting


def test_first_build_is_announced_by_a_page_that_gives_way_to_the_guide(
    project: Project, tmp_path: Path, serve: Callable[..., Serving]
) -> None:
    waiting = held_up(project, tmp_path)
    waiting.touch()
    server = serve(project)
    for address in ("", "help/", "nowhere/"):
        code, text = server.until(lambda code, text: "The guide is being built</h1>" in text, address)
        assert code == 404
    waiting.unlink()
    server.newer(text)
    server.until(shows_page)


def test_last_site_is_served_while_the_next_one_is_built(
    project: Project, tmp_path: Path, serve: Callable[..., Serving]
) -> None:
    waiting = held_up(project, tmp_path)
    server = serve(project)
    _, before = server.until(shows_page)
    waiting.touch()
    project.replace("mkdocs.yml", "site_name: Swimming", "site_name: Swimming today")
    deadline = time.monotonic() + PATIENCE
    while not (tmp_path / "waits").exists():
        assert time.monotonic() < deadline
    assert server.log.read_text().count("Building...") == 2
    for _ in range(3):
        code, text = server.get("help/")
        assert code == 200 and "Swimming today" not in text
    waiting.unlink()
    server.newer(before)
    assert "Swimming today" in server.get("help/")[1]


def test_stopped_during_a_build_it_leaves_nothing_behind(
    project: Project, tmp_path: Path, serve: Callable[..., Serving], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    waiting = held_up(project, tmp_path)
    waiting.touch()
    server = serve(project)
    server.until(lambda code, text: "being built" in text)
    deadline = time.monotonic() + PATIENCE
    while not (tmp_path / "waits").exists():
        assert time.monotonic() < deadline, "the control: there is a build"
    assert server.stop() == 0
    assert list((tmp_path / "temporary").iterdir()) == []
    assert server.log.read_text().splitlines()[1:] == ["Building..."]


@pytest.mark.browser
def test_in_a_browser_the_page_gives_way_to_the_messages_and_comes_back(
    tmp_path: Path, serve: Callable[..., Serving], browser: Browser
) -> None:
    """Nobody touches the browser after the first page is open."""
    project = write_project(tmp_path / "project")
    path, good, bad = FAULT
    server = serve(project)
    server.until(shows_page)
    tab = browser.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(server.url + "help/")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Ask the pool")
    line = project.replace(path, good, bad)
    expect(tab.get_by_role("heading", level=1)).to_have_text("The guide cannot be shown yet", timeout=PATIENCE * 1000)
    expect(tab.get_by_role("listitem").first).to_have_text(MESSAGE.format(line=line))
    project.replace(path, bad, good)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Ask the pool", timeout=PATIENCE * 1000)
    assert tab.url == server.url + "help/"
    assert faults == []
    tab.close()
