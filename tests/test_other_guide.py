"""A guide on another health subject: only words and data change. `make new-guide` writes one with an example."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import run_build
from tests.factories import ROOT
from tests.trees import parse

OTHER = ROOT / "tests" / "sites" / "other"
KEPT = ["macros", "guide", "schemas", "docs/assets", "pyproject.toml"]
KEPT_DATA = ["data/README.md"]

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project without its pages and records, with those of the other guide."""
    root = tmp_path_factory.mktemp("other")
    for name in [*KEPT, *KEPT_DATA]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    shutil.copytree(OTHER, root, dirs_exist_ok=True)
    own, changed = (yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8")) for folder in (ROOT, OTHER))
    (root / "mkdocs.yml").write_text(yaml.safe_dump({**own, **changed}, sort_keys=False), "utf-8")
    subprocess.run([sys.executable, "-m", "guide.commands.new_component", "sound"], cwd=root, check=True)
    return root


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """It, built by its own copy of the real command."""
    done = run_build(project, project / "site", code=project)
    assert done.returncode == 0, done.stderr
    return project / "site"


def test_it_changes_words_and_data_only() -> None:
    assert {path.relative_to(OTHER).parts[0] for path in OTHER.rglob("*") if path.is_file()} == {
        "docs",
        "data",
        "mkdocs.yml",
    }
    assert {path.suffix for path in OTHER.rglob("*") if path.is_file()} == {".md", ".yaml", ".yml"}


def test_its_pages_say_what_they_say_and_show_their_records(site: Path) -> None:
    text = parse((site / "index.html").read_text("utf-8"), whole=False).text
    for words in ("Getting used to a hearing aid", "Kinds of hearing aids", "Published by The Ear Society."):
        assert words in text
    assert "In the first week" in (site / "use/first-weeks/index.html").read_text("utf-8")


def test_it_has_embeds_and_data_of_its_own(site: Path) -> None:
    assert (site / "embed/v1/checklist/first-week/index.html").is_file()
    assert (site / "api/v1/comparisons/kinds-of-aids.json").is_file()


def test_it_has_a_kind_of_its_own(site: Path) -> None:
    page = parse((site / "use/first-weeks/index.html").read_text("utf-8"), whole=False)
    assert "A door that shuts" in page.find("section", id="sound-door").text
    assert (site / "embed/v1/sound/door/index.html").is_file()
    assert (site / "api/v1/sounds/door.json").is_file()
