"""Another guide's feed tells its own changes, and its pages lead to its own pages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from guide.commands.ownership import LOCK
from guide.outputs.feed import FEEDS
from guide.rendering.project import read_project
from tests.conftest import run_build
from tests.factories import ROOT, Project
from tests.trees import parse

pytestmark = pytest.mark.site

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGELOG = """# Changelog

## 1.0.0 (2026-02-01)

### Guidance

- Crawl comes first: [see why](https://example.org/why).
"""


@pytest.fixture
def site(project: Project) -> Path:
    """A small guide with a changelog of its own, built by the real command."""
    project.write("CHANGELOG.md", CHANGELOG)
    done = run_build(project.root, project.site)
    assert done.returncode == 0, done.stderr
    return project.site


def test_feeds_and_links_are_its_own(project: Project, site: Path) -> None:
    settings = read_project(project.root).guide.settings
    feeds = [ET.parse(site / name).getroot() for name in FEEDS]
    (entry,) = [entry for feed in feeds for entry in feed.iter(f"{ATOM}entry")]
    assert "Crawl comes first" in (entry.findtext(f"{ATOM}content") or "")
    for feed in feeds:
        assert all(str(link.get("href")).startswith(settings.address) for link in feed.iter(f"{ATOM}link"))
    ours = (ROOT / "CHANGELOG.md").read_text("utf-8")
    told = [line[2:] for line in ours.splitlines() if line.startswith("- ") and len(line) > 40]
    written = {path: path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".xml", ".html", ".json")}
    assert told or (ROOT / LOCK).exists()
    assert not [line for line in told for text in written.values() if line in text]
    for path, text in written.items():
        if path.suffix == ".html" and "embed" not in path.parts:
            for target in _targets(text):
                leads = (path.parent / target).resolve() if not target.startswith("/") else site / target[1:]
                assert (leads / "index.html").is_file() or leads.is_file(), f"{path.relative_to(site)}: {target}"


def _targets(html: str) -> list[str]:
    """Give where the links of a page lead within the site."""
    links = [node.attrs.get("href", "") for node in parse(html).find_all("a")]
    parts = [urlsplit(str(link)) for link in links if not re.match(r"[a-z]+:", str(link))]
    return [unquote(part.path) for part in parts if part.path]
