"""Code knows records, pages and pictures; only data/, docs/ and mkdocs.yml know what the guide is about."""

import re
from pathlib import Path

import pytest

from tests.factories import ROOT

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
    assert topic_words(ROOT / folder) == []


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
