"""`make fix` changes how things are written, and never what they say."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from guide.checking import check_book
from guide.commands.fix import declared_order, fixed_data, fixed_page, main
from guide.model.registry import kinds
from guide.rendering.project import Book, read_book
from tests.factories import GOOD, ROOT, Project

ORDER = declared_order(ROOT / "data" / "README.md")
LIST = "data/checklists/first-lesson.yaml"


def data(text: str, kind: str) -> str:
    return fixed_data(text, kinds()[kind], ORDER)


def said(book: Book) -> dict[str, object]:
    """Give what the records and pages of a project say, whatever their order in the files."""
    records = {kind: book.guide.records(kind) for kind in kinds()}
    pages = {
        path: [" ".join(passage.text.split()) for passage in page.passages] + [str(call.args) for call in page.calls]
        for path, page in book.pages.items()
    }
    return {**records, "pages": pages, "heads": book.guide.heads}


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the guide itself, fixed whole."""
    root = tmp_path_factory.mktemp("fixed")
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    main(["--root", str(root), *(str(path) for path in root.rglob("*") if path.suffix in (".md", ".yaml"))])
    return root


def test_guide_says_the_same_before_and_after(fixed: Path) -> None:
    after = read_book(fixed)
    assert said(after) == said(read_book(ROOT))
    assert check_book(after) == []


def test_what_was_fixed_does_not_change_again(fixed: Path) -> None:
    for path in [*fixed.glob("data/**/*.yaml"), *fixed.glob("docs/**/*.md")]:
        text = path.read_text("utf-8")
        parts = path.relative_to(fixed).parts
        kind = kinds().get(parts[1] if len(parts) > 2 else path.stem)
        assert (fixed_data(text, kind, ORDER) if path.suffix == ".yaml" else fixed_page(text)) == text, path


def test_keys_come_in_the_order_of_the_examples_with_their_comments() -> None:
    written = """# yaml-language-server: $schema=x
title: Before # the swim
# Who
# it is for
audience: swimmer
id: x

groups:
  # First
  - items:
      - why: Wet people get cold.
        text: A towel.
        id: towel
    title: To pack
review_due: 2027-01-05
when: Use it then.
sources_checked: 2026-01-05
"""
    assert (
        data(written, "checklists")
        == """# yaml-language-server: $schema=x
id: x
title: Before # the swim
# Who
# it is for
audience: swimmer
when: Use it then.
sources_checked: 2026-01-05
review_due: 2027-01-05

groups:
  # First
  - title: To pack
    items:
      - id: towel
        text: A towel.
        why: Wet people get cold.
"""
    )


def test_lists_that_have_an_order_are_put_in_it() -> None:
    written = """# The terms
terms:
  - id: pool
    term: Pool

  # Not a street
  - id: lane
    term: Lane
sources_checked: 2026-01-05
review_due: 2027-01-05
"""
    after = data(written, "glossary")
    assert after.index("# Not a street\n  - id: lane") < after.index("- id: pool")
    assert after.startswith("# The terms\n")


@pytest.mark.parametrize(
    ("written", "after"),
    [("message: 55501", 'message: "55501"'), ("hours: 9:30", 'hours: "9:30"'), ("name: NO", 'name: "NO"')],
)
def test_texts_that_an_editor_takes_for_something_else_are_quoted(tmp_path: Path, written: str, after: str) -> None:
    key, _, value = written.partition(": ")
    project = Project(Path(shutil.copytree(GOOD, tmp_path / "guide")))
    text = project.read("data/helplines.yaml")
    start = text.index(f"{key}: ")
    stop = start + min(text[start:].index(mark) for mark in ("\n", "}") if mark in text[start:])
    changed = data(text[:start] + written + text[stop:], "helplines")
    assert after in changed
    assert "check_due: 2026-04-05" in changed, "days stay as they are"


def test_spaces_line_ends_and_tabs_are_mended() -> None:
    assert data("id: x \r\ntitle: Y\t\r\n\r\n\r\n", "checklists") == "id: x\ntitle: Y\n"
    assert data("groups:\n\t- title: x\n", "checklists") == "groups:\n  - title: x\n"


@pytest.mark.parametrize(
    "text", ["title: One: two\nid: x\n", "title: “x”\nid: y\n", "id: x\nid: y\ntitle: z\n", "- a\n title: x\nid: y\n"]
)
def test_file_that_cannot_be_read_is_not_guessed_at(text: str) -> None:
    assert data(text, "checklists") == text


def test_step_that_would_change_a_text_is_not_taken() -> None:
    folded = "id: x\ntitle: |\n  a  \n  b\n"
    assert data(folded, "checklists") == folded


def test_sentences_get_a_line_each() -> None:
    page = """---
description: x
---

# A title. With two parts

It works for Dr. Lake.{{ cite("lake-2021") }} It is cold. **Swim on.**
See [the pool. And more](help.md) today! Then "Stop. Rest." he
said, and so on.

- An item. It stays on one line.

| a | b |
"""
    assert fixed_page(page) == page.replace(
        'It works for Dr. Lake.{{ cite("lake-2021") }} It is cold. **Swim on.**\n'
        'See [the pool. And more](help.md) today! Then "Stop. Rest." he\nsaid, and so on.\n',
        'It works for Dr. Lake.{{ cite("lake-2021") }}\nIt is cold.\n**Swim on.**\n'
        'See [the pool. And more](help.md) today!\nThen "Stop. Rest." he said, and so on.\n',
    )


@pytest.mark.parametrize(
    "text",
    [
        "One.  \nTwo. Three.\n",
        "```\nOne. Two.\n```\n",
        "    One. Two.\n",
        "!!! note\n\n    One. Two.\n",
        'One. Two.\n{{ helplines("pools") }}\n',
    ],
)
def test_lines_that_mean_something_stay(text: str) -> None:
    assert fixed_page(text) == text


def test_without_files_only_what_was_changed_is_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = Project(Path(shutil.copytree(GOOD, tmp_path / "guide")))
    git = ["git", "-C", str(project.root), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)
    project.replace(LIST, "title: Before the first lesson", "title: Before the first lesson   ")
    assert main(["--root", str(project.root)]) == 0
    assert capsys.readouterr().err == f"Fixed {LIST}\n"
    assert "lesson\n" in project.read(LIST)
