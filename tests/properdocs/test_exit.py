"""The guide can leave MkDocs: ProperDocs, in an environment without MkDocs, writes the same files to the byte.

`make test-properdocs` runs these; scripts/properdocs.sh sets up the environment.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import run_build
from tests.factories import ROOT

PYTHON = ROOT / ".cache" / "properdocs" / "bin" / "python"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ProperDocs's Python in the folder of the code."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [PYTHON, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that two folders don't both have with the same bytes."""
    ours, theirs = (
        {file.relative_to(root): file for file in root.rglob("*") if file.is_file()} for root in (one, other)
    )
    shared = ours.keys() & theirs.keys()
    unequal = {path for path in shared if ours[path].read_bytes() != theirs[path].read_bytes()}
    return sorted(map(str, (ours.keys() ^ theirs.keys()) | unequal))


def test_mkdocs_is_not_there() -> None:
    assert run("-c", "import properdocs").returncode == 0
    assert "No module named 'mkdocs'" in run("-c", "import mkdocs").stderr


def test_all_else_has_the_versions_of_the_guide() -> None:
    ours, theirs = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", path.read_text("utf-8"), re.MULTILINE))
        for path in (ROOT / "requirements.lock", Path(__file__).with_name("requirements.lock"))
    )
    assert "mkdocs" not in theirs
    assert theirs.pop("properdocs")
    assert theirs == {name: ours[name] for name in theirs}


@pytest.mark.parametrize("root", [ROOT / "tests" / "sites" / "good", ROOT], ids=["good site", "guide"])
def test_properdocs_writes_the_same_files(root: Path, tmp_path: Path) -> None:
    theirs, ours = tmp_path / "properdocs", tmp_path / "mkdocs"
    for done in (
        run("-m", "tests.properdocs.build", "--root", str(root), "--site", str(theirs)),
        run_build(root, ours, timeout=300),
    ):
        assert done.returncode == 0, done.stderr
    assert (ours / "index.html").is_file()
    assert differences(ours, theirs) == []


def test_a_file_that_differs_or_is_missing_is_found(tmp_path: Path) -> None:
    for folder, texts in {"one": {"a": "a", "b/c": "c"}, "other": {"a": "A", "b/c": "c", "d": "d"}}.items():
        for path, text in texts.items():
            file = tmp_path / folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    assert differences(tmp_path / "one", tmp_path / "other") == ["a", "d"]
