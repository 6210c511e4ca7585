"""A hostile page is refused with its place and what to do, or shows what it holds; nothing in it is ever run."""

from __future__ import annotations

import faulthandler
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from guide.model.problems import Problem
from guide.reading.allowed_html import ALLOWED, examine
from guide.reading.calls import TOKEN
from guide.reading.page_html import to_html
from guide.reading.pages import Page, read_page, read_pages
from guide.rendering.page import PageRenderer
from tests.conftest import run_build
from tests.factories import Project, make_guide
from tests.hostile.pages import HEAD, SLOW, TITLE, attempts

ATTEMPTS = list(attempts())
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


STOP = 20
"""Seconds after which an input is taken to hang; the process then ends, in C code too, and says where it was."""


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    """Stop nothing after a test."""
    yield
    faulthandler.cancel_dump_traceback_later()


def read(folder: Path, text: str) -> tuple[Page | None, list[Problem]]:
    """Read one page as the checker does."""
    faulthandler.dump_traceback_later(STOP, exit=True)
    path = folder / "docs" / "x.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    page, problems = read_page(path.parent, path)
    return page, [*problems, *(page.content.problems if page and not problems else [])]


def published(page: Page) -> str:
    """Return the HTML of a page, as it would be in the site."""
    html = to_html(page.text.text, page.anchors)
    assert not examine(html).violations
    return PageRenderer(make_guide(), "x.md").page_html(html, page.text)


class Seen(HTMLParser):
    """Reads HTML by itself, with no list of ours: its elements, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self.elements.append("a declaration")


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


def test_the_corpus_is_large() -> None:
    assert len(ATTEMPTS) > 2_000
    assert len({attempt.name for attempt in ATTEMPTS}) == len(ATTEMPTS)


@pytest.mark.parametrize("kind", sorted({attempt.name.split()[0] for attempt in ATTEMPTS}))
def test_page_is_refused_with_its_line_or_shows_what_it_holds(tmp_path: Path, kind: str) -> None:
    wrong = []
    for attempt in ATTEMPTS:
        if attempt.name.split()[0] == kind:
            page, problems = read(tmp_path, attempt.page)
            if attempt.shown:
                if problems or page is None:
                    wrong.append((attempt.name, str(problems[0])))
                continue
            lines = attempt.page.count("\n") + 1
            if not problems:
                wrong.append((attempt.name, "accepted"))
            for problem in problems:
                assert problem.place.path == "docs/x.md"
                assert 1 <= problem.place.line <= lines, attempt.name
                assert problem.remedy and problem.rule, attempt.name
                assert "\n" not in str(problem)
                assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", str(problem)), (
                    problem
                )
    assert not wrong, wrong[:20]


def test_what_is_shown_is_the_text_that_was_written(tmp_path: Path) -> None:
    for attempt in ATTEMPTS:
        if attempt.shown:
            page, _ = read(tmp_path, attempt.page)
            assert page
            html = published(page)
            found = seen(html)
            assert set(found.elements) <= set(ALLOWED), attempt.name
            assert not TOKEN.search(html)
            written = attempt.page.removeprefix(HEAD + TITLE)
            payload = re.sub(r"^[ `]+|[ `]+$|^(?:Word|Text\.)\s+`*|`* here\.$", "", written.strip(), flags=re.MULTILINE)
            payload = payload.replace('!!! note "Box"', "").replace("html\n", "").strip()
            assert "".join(payload.split()) in "".join("".join(found.words).split()), attempt.name


def test_what_markdown_makes_of_a_refused_page_is_harmless(tmp_path: Path) -> None:
    """The engine renders no such page; if it did, there would be no script, handler, style or frame in it."""
    for attempt in ATTEMPTS:
        page, _ = read(tmp_path, attempt.page)
        if page is None:
            continue
        found = seen(to_html(page.text.text, page.anchors))
        assert set(found.elements) <= set(ALLOWED), attempt.name
        for name, _value in found.attributes:
            assert not name.startswith("on") and name not in ("style", "srcdoc", "target", "ping"), attempt.name


@pytest.mark.parametrize("name", SLOW)
def test_large_and_deep_page_is_read_or_refused_in_time(tmp_path: Path, name: str) -> None:
    page, problems = read(tmp_path, f"{HEAD}{TITLE}{SLOW[name]}\n")
    for problem in problems:
        assert len(str(problem)) < 500
    if page and not problems:
        assert set(seen(published(page)).elements) <= set(ALLOWED)


def test_no_template_of_a_page_title_or_file_name_is_run(project: Project) -> None:
    """By the real command, with the guide's own engine: what the checker refuses is not run beside it either."""
    for number, payload in enumerate(template for template in ATTEMPTS if template.name.startswith("template")):
        if number % 40 == 0:
            project.write(f"docs/page-{number}.md", payload.page)
    project.write("docs/{{ lipsum.__globals__['os'].system('touch ran') }}.md", HEAD + TITLE)
    settings = project.read("mkdocs.yml")
    label = '{{ lipsum.__globals__["os"].system("touch ran") }}'
    project.write("mkdocs.yml", settings.replace("- Home: index.md", f"- '{label}': index.md\n- page-0.md"))
    done = run_build(project.root, project.site)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not project.site.exists()
    assert not list(project.root.rglob("ran"))
    assert not Path("ran").exists()


@pytest.mark.parametrize("label", ["{{ 7 * 7 }}", "{{ lipsum }}", "{% set x = 1 %}", "<script>x</script>"])
def test_label_with_markup_is_refused_and_never_a_template(project: Project, label: str) -> None:
    settings = project.read("mkdocs.yml")
    project.write("mkdocs.yml", settings.replace("Home: index.md", f"'{label}': index.md"))
    done = run_build(project.root, project.site)
    assert done.returncode == 1
    assert f'markup in the label "{label}"' in done.stderr
    assert "Traceback" not in done.stderr


# Files of docs/


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.html", "<script>document.title='owned'</script>"),
        ("evil.htm", "x"),
        ("evil.xhtml", "x"),
        ("evil.js", "alert(1)"),
        ("evil.css", "body {}"),
        ("evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("handler.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("foreign.svg", "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>"),
        ("link.svg", "<svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:alert(1)'><path/></a></svg>"),
        ("use.svg", "<svg xmlns='http://www.w3.org/2000/svg'><use href='https://pwn.example/x.svg#a'/></svg>"),
        ("fill.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path fill='url(https://pwn.example/)'/></svg>"),
        ("style.svg", "<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'https://pwn.example/'</style></svg>"),
        ("entity.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>"),
        ("sheet.svg", "<?xml-stylesheet href='x.css'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("html.svg", "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>"),
        ("broken.svg", "<svg"),
        ("fake.png", "<script>alert(1)</script>"),
        ("fake.webp", "RIFFxxxxWEBX"),
        ("x.gif", "GIF89a"),
        ("patients-list.docx", "x"),
        ("new.md.txt", "x"),
        ("x.markdown", HEAD),
        ("x.mkd", HEAD),
        ("x.mdown", HEAD),
        ("page.MD", HEAD),
        ("README.md", HEAD),
        ("_headers.md", HEAD),
        ("feed.xml.md", HEAD),
        ("offline.js.md", HEAD),
        ("{{x}}.md", HEAD),
        ("a b.md", HEAD),
        ("a\nX-pwn: 1\n.md", HEAD),
        ("a\nX-pwn: 1\n.12345678.png", "x"),
        ("api.md", HEAD),
        ("embed/v1/x.md", HEAD),
        ("assets/x.js", "alert(1)"),
        ("Upper/x.md", HEAD),
        (".hidden.md", HEAD),
        ("robots.txt", "x"),
    ],
)
def test_file_that_docs_may_not_hold_is_refused(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    _, problems = read_pages(tmp_path / "docs")
    assert problems
    for problem in problems:
        assert problem.place.path.startswith("docs/")
        assert problem.remedy
        assert "\n" not in str(problem)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini", "index.md~", ".#index.md", ".index.md.swp"])
def test_what_systems_and_editors_leave_is_ignored_and_not_published(project: Project, name: str) -> None:
    project.write(f"docs/{name}", "x")
    done = run_build(project.root, project.site)
    assert done.returncode == 0, done.stderr
    assert not list(project.site.rglob(name))


def test_advice_to_rename_never_leads_over_another_page(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("first-visit.md", "First Visit.md"):
        (docs / name).write_text(HEAD, "utf-8")
    _, problems = read_pages(docs)
    (renamed,) = [problem for problem in problems if problem.rule == "file-name"]
    assert "first-visit.md" not in renamed.remedy


def test_fifo_and_link_to_a_folder_are_refused(tmp_path: Path) -> None:
    import os

    docs = tmp_path / "docs"
    docs.mkdir()
    os.mkfifo(docs / "f.md")
    os.mkfifo(docs / "f.png")
    (docs / "s").symlink_to("..", target_is_directory=True)
    _, problems = read_pages(docs)
    assert {problem.place.path for problem in problems} == {"docs/f.md", "docs/f.png", "docs/s"}
