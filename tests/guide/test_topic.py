"""The generator knows records, pages and pictures; only data/, docs/ and mkdocs.yml know what the guide is about.

Its texts for contributors are the generator's too: data/README.md, CONTRIBUTING.md, and every other README.
"""

import re
from pathlib import Path

import pytest

from guide.commands.ownership import generators_files
from guide.reading.labels import default_labels
from guide.reading.records import load_guide
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
TEXTS = re.compile(
    r"\b(treatments?|levels? of care|clients?|aftercare|counselors?|in recovery|"
    r"(?:a|your own|other|which|of|most) programs?|programs? (?:time|hours?|commonly))\b",
    re.IGNORECASE,
)
"""Words of this topic in texts for contributors and in models; "program" means software too."""
LEFT_OUT = ("tests/", "bench/", "deploy/")
"""Texts that speak of software, or of tests of this guide alone."""


def texts() -> dict[str, str]:
    """Give the generator's texts and schemas, as a new guide gets them."""
    files = generators_files(ROOT).items()
    named = [(path, text) for path, text in files if path.endswith(".md") or path.startswith("schemas/")]
    own = tuple(path.removeprefix(f"{ROOT}/") for path in OWN)
    return {path: text.decode("utf-8") for path, text in named if not path.startswith((*LEFT_OUT, *own))}


def places(pattern: re.Pattern[str], shown: dict[str, str]) -> list[str]:
    """Give each match in a text, with its place."""
    lines = [(path, number, line) for path in shown for number, line in enumerate(shown[path].splitlines(), 1)]
    return [f"{path}:{number}: {found[0]}" for path, number, line in lines for found in pattern.finditer(line)]


def test_texts_of_the_generator_do_not_name_the_topic() -> None:
    shown = texts()
    assert {"data/README.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "macros/README.md"} < set(shown)
    assert places(TOPIC, shown) == []
    assert places(TEXTS, shown) == []


def test_texts_of_the_generator_name_no_source_and_no_page_that_only_this_guide_has() -> None:
    starter = {path.relative_to(ROOT / "starter/docs").as_posix() for path in (ROOT / "starter/docs").rglob("*.md")}
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - starter
    names = [*load_guide(ROOT / "data").references, *pages]
    assert len(names) > 500
    pattern = re.compile(rf"(?<![\w/-])(?:docs/)?(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    assert places(pattern, texts()) == []
    assert len(places(pattern, {"data/README.md": f"references: [{names[0]}]\npage: {names[-1]}\n"})) == 2


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Hours of treatment a week", True),
        ("One level of care.", True),
        ("How a program uses it.", True),
        ("whether its minutes are program hours", True),
        ("Call two or three programs. Which program is it?", True),
        ("Files for programs", False),
        ("The program that builds pages", False),
    ],
)
def test_topic_is_seen_in_texts(words: str, named: bool) -> None:
    assert bool(TEXTS.search(words)) == named


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
