"""The scheduled look at papers: what it makes of the answers of Crossref and PubMed, and which facts it names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from guide.commands import due, retractions
from guide.commands.external_links import main
from guide.commands.facts import with_facts
from guide.commands.retractions import check_sources
from guide.model.problems import Place
from guide.rendering.project import read_project
from tests.factories import Project, plain

ANSWERS = Path(__file__).parent / "answers"
PLAIN = '{"status": "ok", "message": {"DOI": "x", "title": ["x"]}}'
NOBODY = '{"esearchresult": {"count": "0", "idlist": []}}'


class Services(ThreadingHTTPServer):
    """Crossref and PubMed, on the loopback."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.says: dict[str, str | int] = {"esearch.fcgi": NOBODY}
        """An answer, or the number of an error, by the end of a path."""


class Handler(BaseHTTPRequestHandler):
    server: Services

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        path = unquote(urlsplit(self.path).path)
        answer = next((said for end, said in self.server.says.items() if path.endswith(end)), PLAIN)
        self.send_response(answer if isinstance(answer, int) else 200)
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(b"" if isinstance(answer, int) else answer.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with Services() as server:
        for name in ("CROSSREF", "PUBMED"):
            monkeypatch.setattr(retractions, name, f"http://127.0.0.1:{server.server_port}/")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def answer(name: str) -> str:
    return (ANSWERS / f"{name}.json").read_text("utf-8")


def papers(project: Project, *numbers: int, **changes: str) -> None:
    """Give the project a source with a DOI for each number, beside the one that it has."""
    project.write(
        "data/references.yaml",
        [
            *(
                plain("references", id=f"pool-{n}", URL=f"https://example.org/{n}", DOI=f"10.1234/pool.{n}", **changes)
                for n in numbers
            ),
            plain("references"),
        ],
    )


def said(project: Project) -> tuple[list[str], list[str]]:
    problems, silent = check_sources(read_project(project.root), 0, 60)
    return [str(problem) for problem in problems], [str(problem) for problem in silent]


def test_source_without_a_doi_asks_nobody(project: Project, services: Services) -> None:
    assert said(project) == ([], [])
    assert services.asked == []


def test_retracted_paper_is_said_once_by_both_with_the_line_of_its_doi(project: Project, services: Services) -> None:
    papers(project, 1)
    services.says = {
        "pool.1": answer("crossref-retracted"),
        "esearch.fcgi": answer("pubmed-search"),
        "esummary.fcgi": answer("pubmed-summary"),
    }
    line = project.line("data/references.yaml", "10.1234/pool.1")
    assert said(project) == (
        [
            f'data/references.yaml:{line}: "pool-1" has been retracted: retraction of 2024-03-01, says Crossref'
            " (10.1234/pool.1.r); retraction, says PubMed (https://pubmed.ncbi.nlm.nih.gov/1001/). Read the notice,"
            " take the source out, and correct what rests on it. [retracted-source]"
        ],
        [],
    )


def test_one_service_is_enough_and_letters_of_a_doi_have_no_case(project: Project, services: Services) -> None:
    papers(project, 2, 4)
    services.says = {"esearch.fcgi": answer("pubmed-search"), "esummary.fcgi": answer("pubmed-summary")}
    (problem,), silent = said(project)
    assert '"pool-4" has been retracted: retraction, says PubMed' in problem
    assert silent == []


@pytest.mark.parametrize(("read", "count"), [("2026-01-04", 1), ("2026-01-05", 0), ("2026-02-01", 0)])
def test_concern_counts_until_an_editor_has_read_the_source_again(
    project: Project, services: Services, read: str, count: int
) -> None:
    papers(project, 2, accessed=read)
    services.says["pool.2"] = answer("crossref-corrected")
    problems, _ = said(project)
    assert len(problems) == count
    for problem in problems:
        assert '"pool-2" has changed since it was read: expression of concern of 2026-01-05, says Crossref' in problem
        assert problem.endswith("[corrected-source]")


def test_notice_of_a_retraction_is_not_what_it_retracts(project: Project, services: Services) -> None:
    papers(project, 3)
    services.says["pool.3"] = answer("crossref-notice")
    assert said(project) == ([], [])


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"pool.1": 404}, "Crossref answers 404"),
        ({"pool.1": 500}, "Crossref answers 500"),
        ({"pool.1": "<html>"}, "Crossref Expecting value"),
        ({"pool.1": "[]"}, "Crossref answers something else than a paper"),
        ({"esearch.fcgi": 429}, "PubMed answers 429"),
        ({"esearch.fcgi": '{"error": "API rate limit exceeded"}'}, "PubMed answers something else than a list"),
        ({"esearch.fcgi": answer("pubmed-search"), "esummary.fcgi": "{}"}, "PubMed answers without some"),
    ],
)
def test_answer_that_tells_nothing_is_said_and_is_no_problem(
    project: Project, services: Services, answers: dict[str, str | int], why: str
) -> None:
    papers(project, 1)
    services.says = {"esearch.fcgi": NOBODY, **answers}
    problems, (silent,) = said(project)
    assert problems == []
    assert f": 10.1234/pool.1: {why}" in silent
    assert silent.endswith("[inconclusive-source]")


@pytest.mark.parametrize("updates", ["3", '"x"', "[3]", '[{"type": 3}]', '[{"type": "retraction", "updated": []}]'])
def test_odd_notices_stop_nothing(project: Project, services: Services, updates: str) -> None:
    papers(project, 1)
    services.says["pool.1"] = f'{{"message": {{"updated-by": {updates}}}}}'
    problems, silent = said(project)
    assert silent == []
    assert len(problems) == ("retraction" in updates)


def test_services_are_asked_by_name_in_batches_and_never_with_an_example(project: Project, services: Services) -> None:
    papers(project, *range(45))
    said(project)
    works = [path for path in services.asked if path.startswith("/works/")]
    assert works[0] == "/works/10.1234%2Fpool.0" and len(works) == 45
    terms = [parse_qs(urlsplit(path).query)["term"][0] for path in services.asked if "esearch" in path]
    assert [term.count("[doi]") for term in terms] == [40, 5]
    assert terms[1].startswith('"10.1234/pool.40"[doi] OR ')
    project.write("data/site.yaml", plain("site", contact="pool@swim.org"))
    services.asked.clear()
    said(project)
    assert services.asked[0] == "/works/10.1234%2Fpool.0?mailto=pool%40swim.org"


def test_nobody_is_asked_when_time_is_up(project: Project, services: Services) -> None:
    papers(project, 1)
    problems, (silent,) = check_sources(read_project(project.root), 0, -1)
    assert problems == [] and "there was no time left" in str(silent)
    assert services.asked == []


def cite(project: Project) -> list[Place]:
    """Let a page and a record rest on a source, and give where."""
    papers(project, 1)
    page = project.replace("docs/help.md", "One line about swimming.", 'One line about swimming. {{ cite("pool-1") }}')
    project.write("data/checklists/first-lesson.yaml", plain("checklists"))
    record = project.replace("data/checklists/first-lesson.yaml", "river-2020", "pool-1")
    return [Place("data/checklists/first-lesson.yaml", record), Place("docs/help.md", page)]


def test_facts_that_rest_on_a_source_are_named(
    project: Project, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    places = cite(project)
    services.says["pool.1"] = answer("crossref-retracted")
    (problem,), _ = check_sources(read_project(project.root), 0, 60)
    lines = list(with_facts(problem))[1:]
    assert lines == [f"  rests on it: {place.path}:{place.line}" for place in places]

    assert main(["--root", str(project.root), "--pause", "0"]) == 1
    assert lines[0] in capsys.readouterr().err.splitlines()
    assert due.main(["--root", str(project.root), "--pause", "0", "--today", "2026-02-01"]) == 0
    told = capsys.readouterr().out
    assert "## Retracted or corrected: 1\n\n- `data/references.yaml:" in told
    assert f"\n  - rests on it: {places[1].path}:{places[1].line}\n" in told
