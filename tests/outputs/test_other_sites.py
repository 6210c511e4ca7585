"""The scheduled look at other sites: what it says of each answer, how it asks, and the report that it is part of."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guide.commands import due
from guide.commands.external_links import RESERVED, external_links, main
from guide.model.problems import Place, Problem
from guide.rendering.project import read_project
from tests.factories import Project, plain


class Site(ThreadingHTTPServer):
    """Another site, on the loopback, which writes down how it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: Counter[str] = Counter()
        self.names: set[str] = set()
        self.open = self.most_open = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Site

    def do_HEAD(self) -> None:
        server, path = self.server, self.path
        with server.lock:
            server.asked[f"{self.command} {path}"] += 1
            server.names.add(str(self.headers["User-Agent"]))
            server.open += 1
            server.most_open = max(server.most_open, server.open)
        # Long enough for a second request to be seen beside this one, were there any.
        threading.Event().wait(0.02)
        code = {"/gone": 404, "/removed": 410, "/moved": 301, "/for-now": 302, "/private": 403, "/broken": 500}.get(
            path, 200
        )
        if path == "/get-only" and self.command == "HEAD":
            code = 405
        if path == "/busy" and server.asked["HEAD /busy"] == 1:
            code = 503
        self.send_response(code)
        if code in (301, 302):
            self.send_header("Location", "/new-home")
        if code == 503:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Length", "0")
        with server.lock:
            server.open -= 1
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def add_link(project: Project, address: str) -> int:
    """Link to an address from a page, and give the line."""
    return project.replace(
        "docs/help.md", "One line about swimming.", f"One [line]({address}).\n\nOne line about swimming."
    )


def look(project: Project, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    code = main(["--root", str(project.root), "--pause", "0", *options])
    return code, capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("path", ["/gone", "/removed"])
def test_page_that_is_gone_is_a_problem_with_its_line(project, site, capsys, path):
    line = add_link(project, site.address + path)
    code, said = look(project, capsys)
    assert code == 1
    assert said[0].startswith(f"docs/help.md:{line}: {site.address}{path} answers 4")
    assert said[0].endswith("[dead-link]")


def test_page_that_moved_for_good_says_where_to(project, site, capsys):
    add_link(project, f"{site.address}/moved")
    code, said = look(project, capsys)
    assert code == 1
    assert f"write {site.address}/new-home in its place. [moved-link]" in said[0]


@pytest.mark.parametrize("path", ["/fine", "/for-now", "/get-only", "/busy"])
def test_page_that_is_there_is_no_problem(project, site, capsys, path):
    add_link(project, site.address + path)
    assert look(project, capsys) == (0, ["0 problems, 0 inconclusive."])


@pytest.mark.parametrize("path", ["/private", "/broken"])
def test_answer_that_tells_nothing_is_said_and_fails_nothing(project, site, capsys, path):
    add_link(project, site.address + path)
    code, said = look(project, capsys)
    assert code == 0
    assert said[0].endswith("[inconclusive-link]")


def test_site_that_answers_nothing_fails_nothing(project, site, capsys):
    site.server_close()
    add_link(project, f"{site.address}/fine")
    code, said = look(project, capsys)
    assert code == 0
    assert said[0].endswith("[inconclusive-link]")


def test_one_site_is_asked_for_one_page_at_a_time_once_each_and_by_name(project, site, capsys):
    text = " ".join(f"[{number}]({site.address}/{number}#part)" for number in range(8))
    project.replace("docs/help.md", "One line about swimming.", f"{text} [0]({site.address}/0)")
    assert look(project, capsys)[0] == 0
    assert site.asked == {f"HEAD /{number}": 1 for number in range(8)}
    assert site.most_open == 1
    assert all(name.startswith("guide-link-check/") for name in site.names)


def test_nobody_is_asked_when_time_is_up(project, site, capsys):
    add_link(project, f"{site.address}/gone")
    code, said = look(project, capsys, "--seconds", "-1")
    assert code == 0
    assert "there was no time left to check it" in said[0]
    assert not site.asked


def test_addresses_of_records_are_found_and_names_that_nobody_owns_are_not(project):
    record = plain("references", id="lake-2021", URL="https://pool.swim/lake")
    project.write("data/references.yaml", [plain("references"), record])
    found = external_links(read_project(project.root))
    line = project.line("data/references.yaml", "https://pool.swim/lake")
    assert found == {"https://pool.swim/lake": Place("data/references.yaml", line)}
    assert RESERVED.search("guide.example.org") and not RESERVED.search("example.organic")


# The report


def problem(number: int) -> Problem:
    return Problem(Place("docs/x.md", number), "it is `old`", "Look.", "overdue")


def test_report_is_empty_where_nothing_is_due():
    assert due.report([], [], []) == ""
    assert due.report([], [], [problem(1)]) == ""


def test_report_names_each_thing_and_fits_an_issue():
    told = due.report([problem(3)], [], [problem(4)])
    assert "## Overdue, or dated in the future: 1\n\n- `docs/x.md:3: it is old. Look. [overdue]`\n" in told
    assert "## Could not be checked: 1" in told
    assert "dead or have moved" not in told
    long = due.report([problem(number) for number in range(3000)], [], [])
    assert len(long) < 65_536 and long.endswith("`make due` prints all of it.\n")


def test_report_of_a_project_that_cannot_be_read_is_refused(project, capsys):
    project.write("data/site.yaml", "x: [\n")
    assert due.main(["--root", str(project.root)]) == 1
    assert capsys.readouterr().out == ""
