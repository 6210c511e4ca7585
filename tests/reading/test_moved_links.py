"""What names a page follows it when it moves, and nothing else of a file changes."""

from __future__ import annotations

from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from guide.reading.moved_links import NotRewritten, PageMove, moved_in_markdown, moved_in_yaml, moved_on_page
from guide.reading.pages import Page, read_page
from tests.factories import page as page_text

MOVE = PageMove("care/lanes.md", "people/swim/lanes.md")


def page(tmp_path: Path, path: str, body: str) -> Page:
    file = tmp_path / "docs" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page_text("Lanes", body), "utf-8")
    read, problems = read_page(tmp_path / "docs", file)
    assert read
    assert problems == []
    return read


def moved(tmp_path: Path, path: str, body: str) -> str:
    """Move the page in a body that stands alone in its page, and give the body afterwards."""
    read = page(tmp_path, path, f"BODY\n\n{body}\n\nEND")
    changed = moved_on_page(read, MOVE, lambda target: normpath(join(dirname(path), target)))
    return changed.partition("BODY\n\n")[2].partition("\n\nEND")[0]


LANES, NOW = "care/lanes.md", "people/swim/lanes.md"
OTHER_PAGES = [
    f"See [lanes]({LANES}).",
    f"See [lanes](<{LANES}>).",
    f'See [lanes]({LANES}#how "Here").',
    f"See [lanes][l].\n\n[l]: {LANES}",
    f"- [a]({LANES})\n- [b]({LANES}.md)",
    f'!!! note "A"\n\n    [lanes]({LANES})',
]


@pytest.mark.parametrize("body", OTHER_PAGES)
def test_links_on_other_pages_follow(tmp_path: Path, body: str) -> None:
    assert moved(tmp_path, "index.md", body) == body.replace(LANES, NOW).replace(f"{NOW}.md", f"{LANES}.md")


def test_link_that_is_written_in_a_roundabout_way_follows(tmp_path: Path) -> None:
    body = "[a](lanes.md), [b](./lanes.md), [c](../care/%6Canes.md#a)"
    now = f"../{NOW}"
    assert moved(tmp_path, "care/pool.md", body) == f"[a]({now}), [b]({now}), [c]({now}#a)"


@pytest.mark.parametrize(
    "body",
    [
        f"Write `[lanes]({LANES})`.",
        f"```text\n[lanes]({LANES})\n```",
        f"[a](other/{LANES}), [b](https://example.org/{LANES})",
        "{{ " + f'cite("{LANES}")' + " }}",
    ],
)
def test_what_is_no_link_to_the_page_stays(tmp_path: Path, body: str) -> None:
    assert moved(tmp_path, "index.md", body) == body
    both = f"[lanes]({LANES})\n\n{body}"
    assert moved(tmp_path, "people.md", both) == both.replace(LANES, NOW, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "[pool](pool.md), [self](lanes.md#a), [here](#a)",
            "[pool](../../care/pool.md), [self](lanes.md#a), [here](#a)",
        ),
        ("![A lane](../assets/lane.svg) [call](tel:911)", "![A lane](../../assets/lane.svg) [call](tel:911)"),
        ("[home](../index.md), [team](../people/team.md)", "[home](../../index.md), [team](../team.md)"),
    ],
)
def test_links_and_pictures_of_the_page_lead_where_they_led(tmp_path: Path, before: str, after: str) -> None:
    assert moved(tmp_path, LANES, before) == after


def test_page_that_keeps_its_folder_keeps_its_links_as_they_are_written(tmp_path: Path) -> None:
    read = page(tmp_path, "care/lanes.md", "[pool](../care/pool.md), [self](./lanes.md)")
    changed = moved_on_page(
        read, PageMove("care/lanes.md", "care/tracks.md"), lambda target: f"care/{target.split('/')[-1]}"
    )
    assert "[pool](../care/pool.md), [self](tracks.md)" in changed


def test_link_in_a_form_that_no_program_can_change_is_named_with_its_line(tmp_path: Path) -> None:
    body = "Fine.\n\nSee [lanes](care&#47;lanes.md)."
    with pytest.raises(NotRewritten) as refused:
        moved(tmp_path, "index.md", body)
    text = (tmp_path / "docs/index.md").read_text("utf-8")
    assert refused.value.line == text[: text.index("See [lanes]")].count("\n") + 1
    assert 'a link to "care/lanes.md" that a program can\'t change' in refused.value.wrong


YAML = """\
# A comment on care/lanes.md stays.
- id: lanes   # and so does this
  page: 'care/lanes.md'
  pages: [index.md, "care/lanes.md#how"]
  text: >-
    See [lanes](care/lanes.md) é,
    or [more](care/lanes.md#a), not [x](other/care/lanes.md).
  was: not-care/lanes.md
  place: docs/care/lanes.md#x
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_paths_in_data_follow_and_every_other_character_stays(mark: str) -> None:
    changed = moved_in_yaml(mark + YAML, MOVE.text)
    now = "people/swim/lanes.md"
    lines = (mark + YAML).split("\n")
    for number in (2, 3, 5, 8):
        lines[number] = lines[number].replace("care/lanes.md", now)
    lines[6] = lines[6].replace("(care/lanes.md", f"({now}")
    assert changed == "\n".join(lines)


def test_path_that_is_hidden_in_a_text_is_named_with_its_line() -> None:
    with pytest.raises(NotRewritten) as refused:
        moved_in_yaml('- id: a\n- page: "care\\/lanes.md"\n', MOVE.text)
    assert refused.value.line == 2


def test_settings_name_pages_by_path_and_by_address() -> None:
    text = "# c\ntheme:\n  name: care\nextra:\n  search: care/lanes/\nnav:\n  - Lanes: care/lanes.md\n"
    changed = text.replace("care/lanes", "people/swim/lanes")
    assert moved_in_yaml(text, MOVE.setting, records=False) == changed


def test_other_markdown_files_keep_all_but_their_links() -> None:
    text = "[a](docs/care/lanes.md#x) `docs/care/lanes.md`\n"
    assert moved_in_markdown(text, lambda target: target.replace("care", "pool")) == text.replace(
        "(docs/care", "(docs/pool"
    )
