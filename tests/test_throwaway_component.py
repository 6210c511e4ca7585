"""A component is a folder: what `make new-component` writes is in every output at once, and nothing else is edited."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CUT_OFF, STICKS_OUT, Server
from tests.browser.test_axe import violations
from tests.factories import DATES, ROOT, Project, plain, write_project
from tests.trees import parse

pytestmark = pytest.mark.site

NAME, KIND, FOLDER = "pool-drill", "pool-drills", "pool_drill"
RECORD = {
    "id": "bubbles",
    "title": "Blowing bubbles",
    "summary": "It unhurriedly calms breathing.",
    "points": ["Breathe out under water.", "Then breathe in above it."],
    "references": ["river-2020"],
    **DATES,
}
PAGE = """---
description: A drill to do in shallow water, and where it comes from, for the first lessons.
sources_checked: 2026-01-05
review_due: 2027-01-05
---

# Practice

Do this in shallow water.

{{ pool_drill("bubbles") }}

## What to do next

1. Go [home](index.md).
"""
LOOKED_UP = (
    PAGE.replace("A drill to do", "What to look up")
    .replace("# Practice", "# Look it up")
    .replace('{{ pool_drill("bubbles") }}', "{{ status() }}\n\n{{ field_reference() }}\n\n{{ macro_reference() }}")
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the generator with a small guide in it, a new folder, a record, and a page that calls it."""
    code = tmp_path_factory.mktemp("copy")
    pages = {"practice.md": PAGE, "look-it-up.md": LOOKED_UP}
    comparison = plain("comparisons")
    cells = comparison["rows"][0]["cells"]
    cells[next(iter(cells))] = {"from": f"{KIND}/bubbles/summary"}
    data = {"comparisons/lessons": comparison, "site": plain("site", embed_page="look-it-up.md")}
    project = write_project(code, pages=pages, data=data)
    for name in ("macros", "guide"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", code)
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    settings["theme"].update(dict.fromkeys(("logo", "favicon"), "assets/favicon.svg"))
    nav = [{"Home": "index.md"}, {"Help": "help.md"}, {"Practice": "practice.md"}, {"Look it up": "look-it-up.md"}]
    project.write("mkdocs.yml", {**settings, "extra": {"generator": False}, "nav": nav})
    done = run(project, "new_component", NAME)
    assert done.returncode == 0, done.stderr
    project.write(f"data/{KIND}/bubbles.yaml", RECORD)
    done = run(project, "handouts")
    assert done.returncode == 0, done.stderr
    return project


def run(project: Project, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = [] if command == "new_component" else ["--root", str(project.root)]
    line = [sys.executable, "-m", f"guide.commands.{command}", *root, *arguments]
    return subprocess.run(line, cwd=project.root, capture_output=True, text=True, check=False, timeout=300)


def read(project: Project, path: str) -> str:
    return (project.site / path).read_text("utf-8")


def test_it_is_on_its_page_with_its_style_and_its_words(copy: Project) -> None:
    page = read(copy, "practice/index.html")
    block = parse(page.replace("<!doctype html>", ""), whole=False).find("section", id="pool-drill-bubbles")
    for words in ("Blowing bubbles", "What to know:", "Then breathe in above it.", "Embed this part"):
        assert words in block.text
    [style] = (copy.site / "assets").glob(f"{FOLDER}.*.css")
    assert ".guide-pool-drill{" in style.read_text("utf-8")
    assert f"assets/{style.name}" in page
    assert style.name not in read(copy, "index.html")


def test_it_is_in_data_files_and_tables(copy: Project) -> None:
    record = json.loads(read(copy, "api/v1/pool-drills/bubbles.json"))
    assert (record["title"], record["summary"]) == ("Blowing bubbles", "It unhurriedly calms breathing.")
    assert record["address"].endswith("/practice/#pool-drill-bubbles")
    assert record["embed"].endswith("/embed/v1/pool-drill/bubbles/")
    assert json.loads(read(copy, "api/v1/schemas/pool-drills.json"))["$schema"]
    index = json.loads(read(copy, "api/v1/index.json"))
    assert KIND in {entry["kind"] for entry in index["entries"]} & set(index["schemas"])
    rows = list(csv.DictReader(read(copy, "api/v1/pool-drills.csv").removeprefix("\ufeff").splitlines()))
    assert [row["title"] for row in rows] == ["Blowing bubbles"]


def test_other_sites_can_show_it(copy: Project) -> None:
    embed = read(copy, "embed/v1/dark/pool-drill/bubbles/index.html")
    assert "Blowing bubbles" in embed
    [style] = (copy.site / "embed/v1/assets").glob(f"{FOLDER}.*.css")
    assert style.name in embed
    assert json.loads(read(copy, "oembed/v1/pool-drill/bubbles.json"))["title"] == "Blowing bubbles"


def test_search_finds_its_title_and_the_words_of_its_page(copy: Project) -> None:
    script = next((copy.site / "assets").glob("search.*.js")).read_text("utf-8")
    index = json.loads(script[script.index("=") + 1 : script.index(";\n")])
    assert "unhurriedly" in index["body"].split()
    headings = next(page[4] for page in index["pages"] if page[0] == "practice/")
    assert ["pool-drill-bubbles", "Blowing bubbles"] in headings


def test_status_and_references_for_contributors_list_it(copy: Project) -> None:
    status = {(entry["kind"], entry["id"]) for entry in json.loads(read(copy, "api/v1/status.json"))["entries"]}
    assert (KIND, "bubbles") in status
    text = parse(read(copy, "look-it-up/index.html").replace("<!doctype html>", ""), whole=False).text
    assert "data/pool-drills/<id>.yaml" in text
    assert "What it is about, in a sentence or two." in text
    assert '{{ pool_drill("bubbles") }}' in text


def test_it_is_printed(copy: Project) -> None:
    assert (copy.site / "handouts/pool-drill/bubbles.pdf").read_bytes().startswith(b"%PDF")


def test_check_knows_its_fields_and_where_it_is_meant(copy: Project) -> None:
    original = copy.read("data/pool-drills/bubbles.yaml")
    copy.write("data/pool-drills/bubbles.yaml", original.replace("summary:", "sumary:"))
    copy.write("docs/practice.md", PAGE.replace('"bubbles"', '"bubble"'))
    done = run(copy, "check", "data/pool-drills/bubbles.yaml", "docs/practice.md")
    assert (
        'data/pool-drills/bubbles.yaml:3: key "sumary" is not known. Did you mean "summary"? [unknown-key]'
        in done.stderr
    )
    assert '"bubble" is not' in done.stderr
    copy.write("data/pool-drills/bubbles.yaml", original)
    copy.write("docs/practice.md", PAGE)


def test_cells_of_comparisons_can_show_its_answers(copy: Project) -> None:
    assert "It unhurriedly calms breathing." in read(copy, "index.html")
    path = "data/comparisons/lessons.yaml"
    line = copy.replace(path, "pool-drills/bubbles/summary", "pool-drills/bubbles/sumary")
    done = run(copy, "check", path)
    copy.replace(path, "pool-drills/bubbles/sumary", "pool-drills/bubbles/summary")
    wrong = '"sumary" is not a field of pool-drills that a cell can show. Did you mean "summary"? [unknown-record]'
    assert f"{path}:{line}: {wrong}" in done.stderr


def test_a_new_one_can_be_begun(copy: Project) -> None:
    done = run(copy, "new", KIND, "floating")
    assert done.returncode == 0, done.stderr
    begun = copy.read("data/pool-drills/floating.yaml")
    assert "id: floating" in begun
    assert "summary: # What it is about, in a sentence or two" in begun
    (copy.root / "data/pool-drills/floating.yaml").unlink()


def test_its_schema_is_fresh(copy: Project) -> None:
    written = copy.read(f"schemas/{KIND}.json")
    subprocess.run([sys.executable, "-m", "guide.commands.schemas"], cwd=copy.root, check=True, capture_output=True)
    assert copy.read(f"schemas/{KIND}.json") == written


def test_diff_says_what_changed(copy: Project) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "before"]):
        subprocess.run([*git, *arguments], cwd=copy.root, check=True, capture_output=True)
    original = copy.read("data/pool-drills/bubbles.yaml")
    copy.write("data/pool-drills/bubbles.yaml", original.replace("calms", "slows"))
    done = run(copy, "diff", "--base", "HEAD")
    copy.write("data/pool-drills/bubbles.yaml", original)
    assert done.returncode == 0, done.stderr
    assert (
        "**Blowing bubbles** (`data/pool-drills/bubbles.yaml`), shown on 3 pages (Learn to swim; Look it up; Practice)"
        in done.stdout
    )
    assert '"It unhurriedly slows breathing." was "It unhurriedly calms breathing."' in done.stdout


def test_nothing_else_was_edited(copy: Project) -> None:
    for name in ("guide", "macros"):
        ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / name).rglob("*") if path.suffix != ".pyc"}
        theirs = {
            path.relative_to(copy.root).as_posix() for path in (copy.root / name).rglob("*") if path.suffix != ".pyc"
        }
        own = {path for path in theirs - ours if "__pycache__" not in path}
        assert all(f"{path}/".startswith(f"macros/{FOLDER}/") for path in own), own
        for path in ours & theirs:
            if Path(ROOT / path).is_file():
                assert (ROOT / path).read_bytes() == (copy.root / path).read_bytes(), path


@pytest.fixture(scope="module")
def address(copy: Project) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(copy.site))) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["practice/", f"embed/v1/{NAME}/bubbles/", f"embed/v1/dark/{NAME}/bubbles/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_phone_has_room_for_it(browser: Browser, address: str, path: str, scheme: str) -> None:
    page: Page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page.goto(address + path)
    assert page.locator(f".guide-{NAME}").is_visible()
    assert violations(page) == []
    assert page.evaluate(STICKS_OUT) == page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    assert violations(page) == []
    page.close()


def add_tests(copy: Project) -> None:
    shutil.copytree(ROOT / "tests", copy.root / "tests", dirs_exist_ok=True)
    shutil.copy(ROOT / "data/README.md", copy.root / "data")


def test_its_code_and_its_test_pass_what_the_project_asks_of_code(copy: Project) -> None:
    add_tests(copy)
    files = [f"macros/{FOLDER}", f"tests/macros/test_{FOLDER}.py"]
    for line in (["ruff", "check", "--no-cache"], ["ruff", "format", "--check", "--no-cache"], ["codespell_lib"]):
        done = subprocess.run(
            [sys.executable, "-m", *line, *files], cwd=copy.root, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
    typed = [sys.executable, "-m", "mypy", "--no-error-summary", "--cache-dir", os.devnull, files[0]]
    done = subprocess.run(typed, cwd=copy.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_its_own_test_passes_and_so_do_those_that_look_at_every_kind(copy: Project) -> None:
    add_tests(copy)
    chosen = {
        f"tests/macros/test_{FOLDER}.py": "",
        "tests/model/test_models.py": f"every_kind or {KIND}",
        "tests/test_data_readme.py": f"every_kind or table_of_kinds or {KIND}",
        "tests/macros/test_manual.py": "",
        "tests/rendering/test_page.py": f"every_macro or [{FOLDER}]",
        "tests/rendering/test_failing_calls.py": KIND,
        "tests/reading/test_labels.py": "stands",
    }
    for path, named in chosen.items():
        line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", path, *(["-k", named] if named else [])]
        done = subprocess.run(line, cwd=copy.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
