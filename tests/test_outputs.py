"""An output is a module: adding one touches one file, and the line that lists it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guide.outputs import OUTPUTS
from tests.conftest import run_build
from tests.factories import GOOD, ROOT

TOY = '''"""The titles of all pages, for those who count them."""

from collections.abc import Iterator

from guide.outputs.site import File, Site


def files(site: Site) -> Iterator[File]:
    """Return one file."""
    yield File("titles.txt", lambda: "\\n".join(page.heading for page in site.pages))
'''


@pytest.mark.site
def test_output_is_one_file(tmp_path: Path) -> None:
    code = tmp_path / "code"
    for name in ("macros", "guide", "docs/assets", "tests/sites/good"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, code / name)
    (code / "guide/outputs/titles.py").write_text(TOY)
    listed = code / "guide/outputs/__init__.py"
    listed.write_text(listed.read_text("utf-8").replace(f'"{OUTPUTS[0]}",', f'"titles", "{OUTPUTS[0]}",', 1))
    done = run_build(code / GOOD.relative_to(ROOT), tmp_path / "site", code=code)
    assert done.returncode == 0, done.stderr
    assert "Learn to swim" in (tmp_path / "site/titles.txt").read_text("utf-8").splitlines()
    assert "/titles.txt" in (tmp_path / "site/_headers").read_text("utf-8"), "hosts know every file of the site"
