"""Code knows records, pages and pictures; only data/, docs/ and mkdocs.yml know what the guide is about."""

import re
from pathlib import Path

import pytest

from guide.reading.labels import default_labels
from tests.factories import EXAMPLES, ROOT

WORDS = [
    "IOPs?",
    "PHPs?",
    "intensive.outpatient",
    "outpatients?",
    "partial.hospitali[sz]ation",
    "addict(s|ed|ion|ions|ive)?",
    "alcohol(ic|ics|ism)?",
    "alcoholics.anonymous",
    "ASAM",
    "buprenorphine",
    "CBT",
    "craving",
    "cravings",
    "DBT",
    "detox(ification)?",
    "drugs?",
    "drunk",
    "fentanyl",
    "Medicaid",
    "Medicare",
    "methadone",
    "naloxone",
    "naltrexone",
    "Narcan",
    "opioids?",
    "opiates?",
    "overdos(e|es|ed|ing)",
    "psychiatr(ic|ist|ists|y)",
    "rehabs?",
    "relapse[sd]?",
    "SAMHSA",
    "self.harm",
    "sober",
    "sobriety",
    "substances?",
    "suicid(e|es|al)",
    "TRICARE",
    "withdrawals?",
    "988",
    "741741",
]
TOPIC = re.compile(rf"\b({'|'.join(WORDS)})\b", re.IGNORECASE)
FOLDERS = ["macros", "guide", "schemas"]
OWN = tuple(f"{path.parent}/" for path in EXAMPLES.values()) + tuple(f"{ROOT}/schemas/{kind}.json" for kind in EXAMPLES)
"""What a guide has added to the generator, which may name its topic."""
LABELS = re.compile(r"\b(treatments?|levels? of care|clients?|(?<!for )programs?)\b", re.IGNORECASE)
"""Words that code needs, and that no label of the generator says: each guide has its own for them."""


def topic_words(root: Path) -> list[str]:
    """Give each word of the topic below a folder, with its place."""
    found = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
                found += [f"{path}:{number}: {match[0]}" for match in TOPIC.finditer(line)]
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_code_does_not_name_the_topic(folder: str) -> None:
    assert list((ROOT / folder).rglob("*"))
    assert [place for place in topic_words(ROOT / folder) if not place.startswith(OWN)] == []


def test_labels_of_the_generator_leave_the_topic_to_the_guide() -> None:
    labels = default_labels()[0]["en"].values()
    assert len(labels) > 300
    named = [label for label in labels if LABELS.search(label.text) or TOPIC.search(label.text)]
    assert [label for label in named if not str(ROOT / label.place.path).startswith(OWN)] == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("In a program", True),
        ("{hours} of program time", True),
        ("Levels of care", True),
        ("Treatment", True),
        ("The same data for programs:", False),
        ("Programmed", False),
    ],
)
def test_topic_is_seen_in_labels(words: str, named: bool) -> None:
    assert bool(LABELS.search(words)) == named


@pytest.mark.parametrize(
    "line", ["An iop is", "the IOPs", "call 988.", "substance-use", "<b>Overdose</b>", "x_alcohol x"]
)
def test_topic_words_are_seen(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.css").write_text(f"/* fine */\n{line}\n")
    expected = 0 if "_" in line else 1
    assert len(topic_words(tmp_path)) == expected


def test_words_that_only_look_like_the_topic_pass(tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text(
        "#9880a1 {} /* biopsy, dialect, php7: no */ .addictive-less {}\n".replace(".addictive-less", "")
    )
    assert topic_words(tmp_path) == []


def test_the_guide_itself_names_its_topic() -> None:
    """Were the pattern broken, this would find nothing."""
    assert len(topic_words(ROOT / "data")) > 100
