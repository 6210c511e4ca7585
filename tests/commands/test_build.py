"""`make build`: all or nothing, the same bytes every time, nothing left over."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import run_build
from tests.factories import GOOD, ROOT, Project, fingerprint, write_project

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site again, by a copy of the whole project, in another time zone, with another order of hashes, by a
    Python that was asked to drop docstrings."""
    code = tmp_path_factory.mktemp("copy") / "a b"
    for name in ("macros", "guide", "docs/assets", "tests/sites/good"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, code / name)
    site = tmp_path_factory.mktemp("other") / "deep" / "site"
    names = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONOPTIMIZE": "2"}
    done = run_build(code / GOOD.relative_to(ROOT), site, code=code, names=names)
    assert done.returncode == 0, done.stderr
    return site


def test_good_site_is_whole(good_site: Path) -> None:
    names = set(fingerprint(good_site))
    assert {
        "index.html",
        "404.html",
        "sitemap.xml",
        "help/index.html",
    } <= names
    inner = [name for name in names if name.endswith((".yaml", ".j2", ".md", ".py", ".gz"))]
    assert set(inner) <= {"accessibility-report.yaml"}


def test_build_says_what_it_has_written(project: Project) -> None:
    done = run_build(project.root, project.site)
    assert (done.returncode, done.stdout) == (0, "")
    written = rf"{re.escape(str(project.site))}: 2 pages, 5 embeds, written in \d+\.\d seconds\.\n"
    assert re.fullmatch(written, done.stderr)
    assert sorted(path.name for path in project.root.iterdir()) == ["data", "docs", "mkdocs.yml", "site"]


def test_two_builds_are_the_same_to_the_byte(good_site: Path, other_site: Path) -> None:
    assert fingerprint(good_site) == fingerprint(other_site)
    assert sorted(path.name for path in other_site.parent.iterdir()) == ["site"]


def test_date_of_the_site_is_that_of_the_last_check(good_site: Path) -> None:
    """Not today's: nothing in a build depends on it."""
    assert set(re.findall(r"<lastmod>(.*?)</lastmod>", (good_site / "sitemap.xml").read_text())) == {"2026-01-05"}


def test_each_page_has_the_date_of_its_own_last_check(project: Project) -> None:
    project.replace("docs/help.md", "sources_checked: 2026-01-05", "sources_checked: 2026-01-09")
    assert run_build(project.root, project.site).returncode == 0
    pages = re.findall(r"<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", (project.site / "sitemap.xml").read_text())
    assert {address.endswith("/help/"): day for address, day in pages} == {True: "2026-01-09", False: "2026-01-05"}


def test_warning_of_the_engine_refuses_and_keeps_the_old_site(project: Project) -> None:
    """A picture that is not there is the engine's to find: the checker passes it."""
    assert run_build(project.root, project.site).returncode == 0
    before = fingerprint(project.site)
    project.replace("docs/help.md", "One line", "![A lane](lane.png)\n\nOne line")
    done = run_build(project.root, project.site)
    assert done.returncode == 1
    assert "lane.png" in done.stderr
    assert "help.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].endswith("; site not written.")
    assert fingerprint(project.site) == before
    assert sorted(path.name for path in project.root.iterdir()) == ["data", "docs", "mkdocs.yml", "site"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("site_name: Swimming", "site_name: [Swimming]"), ("plugins:", "theme_color: red\nplugins:")],
)
def test_fault_of_the_configuration_refuses_without_a_traceback(project: Project, old: str, new: str) -> None:
    project.write("site/index.html", "old")
    project.replace("mkdocs.yml", old, new)
    done = run_build(project.root, project.site)
    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert fingerprint(project.site).keys() == {"index.html"}
    assert (project.site / "index.html").read_text() == "old"


def test_pages_that_are_gone_leave_the_site(project: Project) -> None:
    project.write("site/index.html", "old")
    project.write("site/old-page/index.html", "old")
    assert run_build(project.root, project.site).returncode == 0
    assert not (project.site / "old-page").exists()
    assert (project.site / "index.html").is_file()


def test_root_may_have_spaces_and_letters_of_any_script(tmp_path: Path) -> None:
    project = write_project(tmp_path / "Schwimmen für alle")
    assert run_build(project.root, project.site).returncode == 0


def test_build_reads_nothing_outside_its_root(tmp_path: Path) -> None:
    """The good site moved away, with the project's code named by its address, is the same site."""
    project = write_project(tmp_path / "project")
    shutil.move(project.root, tmp_path / "moved")
    moved = Project(tmp_path / "moved")
    assert run_build(moved.root, moved.site).returncode == 0
    text = (moved.site / "index.html").read_text("utf-8")
    assert str(tmp_path) not in text
    assert "data/comparisons/lessons.yaml" in text


def test_no_page_names_a_path_of_the_machine(good_site: Path) -> None:
    for path in good_site.rglob("*"):
        if path.suffix in (".html", ".json", ".xml", ".css", ".js"):
            assert str(GOOD) not in path.read_text("utf-8"), path
