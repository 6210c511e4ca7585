"""A suggestion is read from what a form filled in, whatever else the text says."""

import pytest

from guide.reading.labels import default_labels
from guide.reading.suggestion import LONGEST, Suggestion, headings, read_suggestion

WORDS = {name: default.text for (group, name, *_), default in default_labels()[0]["en"].items() if group == "words"}
WANTED = Suggestion("data/helplines.yaml", "pool-office", "hours", "Every day", "Every day but Monday")


def written(**changes: str) -> str:
    """Give a suggestion as the form writes it."""
    values = {"was": "```text\nEvery day\n```", "now": "```text\nEvery day but Monday\n```", **changes}
    plain = {"file": WANTED.file, "record": WANTED.record, "field": WANTED.field}
    parts = {**plain, **values}
    return "\n".join(f"### {heading}\n\n{parts[part]}\n" for part, heading in headings(WORDS).items())


def read(text: str) -> tuple[Suggestion | None, list[str]]:
    suggestion, problems = read_suggestion("issue", text, WORDS)
    return suggestion, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        written(),
        written().replace("\n", "\r\n"),
        f"### Page\n\nhttps://swim.example.org/\n\n### Suggestion\n\n{written()}\n### Conflicts\n\n_No response_",
        written().replace("```text\n", "").replace("\n```", ""),
        written().replace("Every day but Monday", "Every  day\nbut\u00a0Monday"),
        "Dear editors,\n\n" + written() + "\nKind regards",
        written() + "\n### Why\n\n```diff\n--- a/.github/x\n+++ b/.github/x\n```\n",
    ],
    ids=["form", "CRLF", "issue", "no fences", "folded by mail", "letter", "more headings"],
)
def test_what_the_form_wrote_is_read(text: str) -> None:
    assert read(text) == (WANTED, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'the heading "File" appears 0 times'),
        (written() + written(), 'issue:24: the heading "File" appears 2 times'),
        (written(now="x\n\n### File\n\ndata/site.yaml"), 'the heading "File" appears 2 times'),
        (written(was=""), 'nothing stands below the heading "What it says now"'),
        (written(now="```text\n```"), 'nothing stands below the heading "What it should say"'),
        (written(now="Every day\u202e"), "U+202E, right-to-left override"),
        (written(now="Every\u200b day"), "U+200B, zero width space"),
        (written(file="data/helplines.yaml\u2066"), "U+2066"),
        (written(now="x" * LONGEST), "characters long"),
    ],
)
def test_anything_else_is_refused_in_words(text: str, said: str) -> None:
    suggestion, problems = read(text)
    assert suggestion is None
    assert said in " ".join(problems)
    assert all(problem.endswith("[suggestion]") for problem in problems)
