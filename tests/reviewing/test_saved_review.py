"""A review that comes back: what is whole becomes a record, and what is hostile, forged or a draft is refused."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guide.checking import check_project
from guide.commands import changed_reviews, review_pack, review_read
from guide.outputs.review_pack import Pack
from guide.rendering.project import read_project
from guide.reviewing.saved_review import read_review
from tests.factories import Project, make, plain
from tests.pdfs import Printed
from tests.reviewing.test_diff import commit, git
from tests.trees import parse

TODAY = date(2026, 1, 8)
SIGNER = {
    "by": "A. Coach, RN",
    "license": "W-1234",
    "state": "Lakeland",
    "conflicts": "None",
    "on": "2026-01-06",
}


def saved(project: Project, **changes: Any) -> dict[str, Any]:
    """Give what a pack saves of the first page, every passage marked right."""
    read = read_project(project.root)
    pack = Pack(read.guide, read.pages["index.md"], "Swimming", "en")
    passages = [
        {
            "hash": item.statement.hash,
            "text": item.statement.text,
            "mark": "right" if item.number else "read",
            "comment": "",
        }
        for item in pack.items
    ]
    return {"format": "1", "page": "index.md", "signed": "true", **SIGNER, "passages": passages, **changes}


def write(project: Project, content: Any, name: str = "review-index.json") -> Path:
    path = project.root / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, indent=1).encode())
    return path


def refusals(project: Project, content: Any) -> list[str]:
    review, problems = read_review(write(project, content), read_project(project.root), TODAY)
    assert review is None and problems
    told = [str(problem) for problem in problems]
    assert all(re.fullmatch(r"review-index\.json:\d+: .+\. .+ \[[a-z-]+\]", each) for each in told), told
    return told


def run(project: Project, content: Any) -> int:
    return review_read.main(["--root", str(project.root), str(write(project, content))])


def test_a_review_becomes_a_record_that_waits_for_a_maintainer(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    content = saved(project)
    content["passages"][1] |= {"mark": "wrong", "comment": "It's two lines."}
    assert run(project, content) == 0
    shown = capsys.readouterr()
    assert 'Passage 1, wrong: "One line about swimming." Comment: It\'s two lines.' in shown.out
    assert "Wrote data/reviews/index.yaml. Look the license up, fill in verified" in shown.err
    [problem] = check_project(project.root)
    assert str(problem).startswith('data/reviews/index.yaml:2: "verified" is missing. Write verified: who looked')
    text = project.read("data/reviews/index.yaml").replace("# verified:", "verified:")
    text = re.sub(r"#   by: .*", "  by: The editor", text)
    text = re.sub(r"#   on: .*", "  on: 2026-01-07", text)
    text = re.sub(r"#   register_page: .*", "  register_page: https://example.org/register", text)
    project.write("data/reviews/index.yaml", text)
    assert check_project(project.root) == []
    review = read_project(project.root).guide.reviews["index"]
    assert (review.by, review.conflicts, len(review.open)) == ("A. Coach, RN", "None.", 1)
    assert content["passages"][1]["hash"] in review.open and len(review.signed) == len(content["passages"]) - 1


def test_the_same_person_signs_anew_and_another_one_beside(project: Project) -> None:
    for license_number in ("W-1234", "W-1234", "W-5678"):
        assert run(project, saved(project, license=license_number)) == 0
    assert sorted(path.name for path in (project.root / "data/reviews").iterdir()) == ["index-2.yaml", "index.yaml"]


def test_what_changed_since_the_pack_was_written_is_not_signed(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    content = saved(project)
    project.replace("docs/index.md", "One line about swimming.", "Another line about swimming.")
    assert run(project, content) == 0
    told = capsys.readouterr().out
    assert "Not signed, because the guide no longer has them as they were in the pack: 1.\n" in told
    assert "Not signed, because they stand on the page and weren't in the pack: 1.\n" in told
    assert content["passages"][1]["hash"] not in project.read("data/reviews/index.yaml")


def test_the_same_words_marked_in_two_ways_are_not_signed(project: Project) -> None:
    content = saved(project)
    content["passages"].append({**content["passages"][1], "mark": "unsure"})
    review, _ = read_review(write(project, content), read_project(project.root), TODAY)
    assert review and content["passages"][1]["hash"] in review.open


DEEP = b'{"passages": ' + b"[" * 60_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'"x"',
        b"# a comment\n{}",
        b"id: yaml",
        b"!!python/object/apply:os.system [id]",
        b'{"a": &a 1, "b": *a}',
        b'{"format": "1", "format": "1"}',
        DEEP,
        b'{"a": "' + b"x" * 2_000_000 + b'"}',
        b'{"by": "\\ud800"}',
        b'{"by": "\\u202e"}',
        b"<script>alert(1)</script>",
    ],
    ids=lambda content: repr(content[:20]),
)
def test_what_is_no_review_is_refused(project: Project, content: bytes) -> None:
    assert refusals(project, content)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"page": "../mkdocs.yml"}, 'page "../mkdocs.yml" isn\'t written correctly'),
        ({"page": "lake.md"}, 'there is no page "lake.md"'),
        ({"signed": "false"}, "this is a draft"),
        ({"signed": "yes"}, "signed"),
        ({"state": "Lake\u001b[31mland"}, "invisible"),
        ({"format": "2"}, "format"),
        ({"on": "2026-01-09"}, "which is still to come"),
        ({"on": "01/06/2026"}, '"01/06/2026" is not a date'),
        ({"by": ""}, "by"),
        ({"by": "<b>A. Coach</b>"}, "HTML in a text"),
        ({"by": "[A. Coach](https://example.org/)"}, "markup in a name"),
        ({"license": "W" * 200}, "a name of 200 characters"),
        ({"conflicts": "<script>1</script>"}, "HTML in a text"),
        ({"conflicts": "![a](https://example.org/a.png)"}, "markup that a text cannot hold"),
        ({"verified": plain("reviews")["verified"]}, 'key "verified" is not known'),
        ({"passages": []}, '"passages" is empty'),
        ({"passages": "all"}, "passages"),
        (
            {"passages": [{"hash": "0" * 32, "text": "x", "mark": "right", "comment": ""}]},
            "none of these passages stands",
        ),
        ({"passages": [{"hash": "0", "text": "x", "mark": "right", "comment": ""}]}, "hash"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_review_with_a_fault_is_refused(project: Project, changes: dict[str, Any], words: str) -> None:
    assert words in "\n".join(refusals(project, saved(project, **changes)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "Swim after a meal."}, '"Swim after a meal." was read in place of "One line about swimming."'),
        ({"mark": "read"}, "has the mark"),
        ({"mark": "excellent"}, "is not allowed"),
        ({"comment": "x" * 501}, "too long"),
        ({"comment": ["x"]}, "comment"),
        ({"weight": "2"}, 'key "weight" is not known'),
    ],
)
def test_a_forged_passage_is_refused(project: Project, changes: dict[str, Any], words: str) -> None:
    content = saved(project)
    content["passages"][1] |= changes
    assert words in "\n".join(refusals(project, content))


def test_nothing_marked_right_is_no_signature(project: Project) -> None:
    content = saved(project)
    for passage in content["passages"]:
        passage["mark"] = "unsure" if passage["mark"] == "right" else "read"
    assert "no passage is marked right" in refusals(project, content)[0]


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_refused_at_once(project: Project, kind: str) -> None:
    path = project.root / "review-index.json"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    review, [problem] = read_review(path, read_project(project.root), TODAY)
    assert review is None and str(problem).startswith("review-index.json:1: there is no such file.")


def test_nothing_is_written_of_a_refused_review(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, saved(project, signed="false")) == 1
    assert capsys.readouterr().err.endswith("Nothing written.\n")
    assert not (project.root / "data/reviews").exists()


# The pack


def test_pack_holds_each_passage_with_its_sources_and_certainty(project: Project) -> None:
    assert review_pack.main(["--root", str(project.root), "index"]) == 0
    folder = project.root / "review-packs"
    assert Printed((folder / "review-index.pdf").read_bytes()).all_faults() == []
    page = parse((folder / "review-index.html").read_text("utf-8"), whole=False)
    passages = page.find_all("fieldset")
    read = read_project(project.root)
    pack = Pack(read.guide, read.pages["index.md"], "Swimming", "en")
    assert [passage.attrs["data-hash"] for passage in passages] == [
        item.statement.hash for item in pack.items if item.number
    ]
    assert [item for section in pack.sections for item in section.items] == [
        item for item in pack.items if item.statement.role != "heading"
    ]
    by_text = {passage.find(class_="guide-review__text").text: passage for passage in passages}
    assert "Lakes" in page.find(class_="guide-review__list").text or "Swimming lessons" in page.text
    assert "The Pool Society, 2020" in by_text["The course works for some people."].text
    assert "No source is given." in by_text["One line about swimming."].text
    cell = next(text for text in by_text if "certainty" in text.lower() or "practice" in text.lower())
    assert by_text[cell].find(class_="guide-review__context")


def test_pack_says_where_to_look_in_a_source_and_what_it_says(project: Project) -> None:
    sources = [plain("references"), plain("references", id="lake-2021", URL="https://example.org/lake")]
    sources[1] |= {"place": "page 12", "quote": "Most people float."}
    project.write("data/references.yaml", sources)
    read = read_project(project.root)
    page = parse(Pack(read.guide, read.pages["index.md"], "Swimming", "en").html(), whole=False)
    assert 'Where to look: page 12. It says: "Most people float."' in page.find(class_="guide-review__list").text
    assert "The Pool Society, 2020 (page 12)" in page.text


@pytest.mark.parametrize("page", ["", "lake", "../mkdocs", "index.md/x"])
def test_there_is_no_pack_of_what_is_no_page(project: Project, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert review_pack.main(["--root", str(project.root), page]) == 1
    assert capsys.readouterr().err.startswith('There is no page "')


# A proposal


def test_a_proposal_that_changes_signatures_is_refused_and_others_pass(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    git(project, "init", "--quiet", "--initial-branch=main")
    commit(project)

    def guard(base: str = "HEAD") -> int:
        return changed_reviews.main(["--root", str(project.root), "--base", base])

    project.append("docs/help.md", "\nAnother line.\n")
    project.write("data/site.yaml", plain("site", funding="Nobody pays."))
    assert guard() == 0
    project.write("data/reviews/index.yaml", make("reviews").as_kept())
    assert guard() == 1
    assert "data/reviews/index.yaml:1: this proposal changes who has signed a page." in capsys.readouterr().err
    (project.root / "data/reviews/index.yaml").unlink()
    project.write("data/site.yaml", plain("site", verifiers=["Somebody"]))
    assert guard() == 1
    assert "data/site.yaml:1: this proposal changes who vouches for licenses." in capsys.readouterr().err
    assert guard("nowhere") == 1
    assert '"nowhere" is not a commit here.' in capsys.readouterr().err
