"""The documents for developers name what there is: every dependency, and no file that is gone."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from guide.commands.ownership import LOCK
from tests.factories import ROOT

TEXT = (ROOT / "DEVELOPING.md").read_text("utf-8")
DOCUMENTS = [
    "DEVELOPING.md",
    "README.md",
    "tests/README.md",
    "guide/theme/README.md",
    "macros/README.md",
    "scripts/README.md",
    "bench/RESULTS.md",
]
MADE = (
    "site/",
    "site-host/",
    "site-release/",
    ".cache/",
    ".venv",
    "data/moved.yaml",
    "data/changes/",
    "deploy/last-release.jsonl",
    *(["tests/guide/", "data/", "docs/"] if (ROOT / LOCK).exists() else []),
)
"""What is there only after a command, or only in some guides."""


def first_cells(text: str) -> list[str]:
    """Return the first cell of each row of the only table."""
    rows = re.findall(r"^\| (.*?) \|", text, re.MULTILINE)
    return [row for row in rows if not row.startswith("-")][1:]


def test_every_dependency_has_its_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = {re.split(r"[=<>!~\[; ]", entry)[0] for group in groups for entry in group}
    cells = first_cells((ROOT / "scripts/README.md").read_text("utf-8"))
    named = {name for cell in cells for name in re.sub(r" \(.*\)", "", cell).split(", ")}
    assert named == wanted


def test_contents_lead_to_sections():
    headings = {
        re.sub(r"[^a-z -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^## (.*)$", TEXT, re.M)
    }
    assert set(re.findall(r"^- \[.*\]\(#(.*)\)$", TEXT, re.MULTILINE)) <= headings


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_is_named_is_there(document: str):
    text = (ROOT / document).read_text("utf-8")
    paths = re.findall(r"`((?:guide|macros|tests|scripts|bench|deploy|data|docs|\.github)/[\w./-]*)[`*<]", text)
    assert paths
    for path in paths:
        if not path.startswith(MADE):
            assert (ROOT / path).exists(), path


def test_it_is_short_enough_to_be_read():
    assert len(TEXT.split()) < 3000


def test_text_without_quotes_changes_nothing() -> None:
    """Make would withdraw with the first word alone, and then look for a target called after the second."""
    command = ["make", "withdraw", "WHAT=docs/x.md", "INSTEAD=docs/index.md", "WHY=The", "page"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'put the whole text after = in double quotes, such as WHY="The page says the same."' in done.stderr
