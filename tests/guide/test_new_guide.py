"""What a new guide gets from this project: all of the generator, and none of the words of this guide."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from guide.commands import new_guide
from guide.commands.ownership import BOTH, GENERATOR, GUIDE, files_below, is_generators, is_guides
from guide.model.registry import kinds
from guide.reading.records import load_guide
from tests.conftest import run_build
from tests.factories import ROOT
from tests.guide.test_topic import WORDS

OWN = [name for name in WORDS if name != "PHPs?"]  # the language of WordPress's plugin
SITE = load_guide(ROOT / "data").settings
NAME = str(yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["site_name"])
WORDS_OF_THIS_GUIDE = re.compile(rf"\b({'|'.join([*OWN, NAME, re.escape(SITE.publisher)])})\b", re.IGNORECASE)
LEFT_OUT = {"changes", "clinics", "reviews"}
"""What a release writes, what only a real clinician can say, and what would be in the addresses of embeds."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside") / "garden"
    new_guide.write(ROOT, folder, "Another guide", date(2026, 11, 30))
    return folder


def words_of_this_guide(root: Path, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        for number, line in enumerate((root / path).read_text("utf-8", errors="ignore").splitlines(), 1):
            found += [f"{path}:{number}: {match[0]}" for match in WORDS_OF_THIS_GUIDE.finditer(line)]
    return found


def test_every_file_is_the_generators_or_the_guides() -> None:
    paths = files_below(ROOT)
    assert [path for path in paths if is_generators(path) is is_guides(path)] == []
    for name in (*GENERATOR, *GUIDE, *BOTH):
        later = ("deploy/last-release.jsonl", "generator.lock")
        assert name in later or any(path == name or path.startswith(name) for path in paths), name
    assert all(is_generators(name) for name in BOTH)


def test_starter_has_a_record_of_every_kind() -> None:
    data = ROOT / "starter/data"
    has = {path.relative_to(data).parts[0].removesuffix(".yaml") for path in data.rglob("*.yaml")}
    assert has == set(kinds()) - LEFT_OUT


def test_project_has_no_word_of_this_guide(made: Path) -> None:
    assert words_of_this_guide(made, files_below(made)) == []


@pytest.mark.site
def test_site_has_no_word_of_this_guide(made: Path) -> None:
    done = run_build(made, made / "site", code=made)
    assert done.returncode == 0, done.stderr
    paths = [path.relative_to(made).as_posix() for path in (made / "site").rglob("*") if path.is_file()]
    assert len(paths) > 100
    assert words_of_this_guide(made, [path for path in paths if not path.endswith((".png", ".pdf"))]) == []


def test_words_of_this_guide_are_seen() -> None:
    assert words_of_this_guide(ROOT, ["README.md"])
