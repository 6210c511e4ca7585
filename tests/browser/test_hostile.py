"""Pages that only show what is hostile: in Chromium, under the real headers, nothing of it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Server, Witness
from tests.conftest import run_build
from tests.factories import Project, write_project
from tests.hostile.pages import HEAD, HTML, SHOWN_IN, TEMPLATES

pytestmark = [pytest.mark.browser, pytest.mark.site]
PLACES = [place for place in SHOWN_IN if place != "a code span"]
"""A code span is part of a sentence, and the rules for sentences refuse most of these."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of such pages, built by the real command after all rules."""
    project = write_project(tmp_path_factory.mktemp("hostile") / "project")
    settings = project.read("mkdocs.yml")
    for number, place in enumerate(PLACES):
        shown = "\n".join(
            f"## Part {part}\n\nIt is shown.\n\n{SHOWN_IN[place].format(payload)}"
            for part, payload in enumerate([*HTML, *TEMPLATES])
        )
        head = HEAD.replace("the page", f"page {number}")
        last = "## What to do next\n\n1. Look at it.\n"
        project.write(
            f"docs/shown-{number}.md", f"{head}\n# What page {number} shows\n\nIt shows text.\n\n{shown}\n{last}"
        )
        settings += f"- Page {number}: shown-{number}.md\n"
    project.write("mkdocs.yml", settings)
    done = run_build(project.root, project.site)
    assert done.returncode == 0, done.stderr
    assert not ran(project)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(project.site))) as server:
        threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def ran(project: Project) -> list[Path]:
    """Return what the commands in the pages would have made."""
    return [path for path in (*project.root.rglob("ran"), Path("ran")) if path.exists()]


@pytest.mark.parametrize("number", range(len(PLACES)))
@pytest.mark.parametrize("where", ["", "embed/v1/page/"])
def test_nothing_runs(browser: Browser, hostile: str, number: int, where: str) -> None:
    context = browser.new_context()
    witness = Witness(hostile)
    witness.watch(context)
    page = context.new_page()
    page.goto(f"{hostile}{where}shown-{number}/", wait_until="load")
    assert "owned" not in page.title()
    assert page.locator("article, main").first.locator("pre").count() == len(HTML) + len(TEMPLATES)
    assert page.locator("article script, article iframe, article style, article form, article img").count() == 0
    assert witness.seen == []
    context.close()
