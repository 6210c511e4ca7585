"""The copy that opens from a disk: every link names a file that is in it, and it holds nothing that needs a server."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from guide.commands.command import Refused
from guide.commands.disk_copy import main, pack_copy
from guide.outputs.disk_copy import README
from tests.factories import GOOD, Project
from tests.trees import Node, parse

TOP = "learn-to-swim/"
ASKING = re.compile(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|serviceWorker|import)\b")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, printed_good: Path) -> dict[str, bytes]:
    """The files of the good site's copy, with its PDFs."""
    archive = tmp_path_factory.mktemp("copy") / "copy.zip"
    count = pack_copy(GOOD, printed_good, archive)
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        assert len(names) == count
        return {name: packed.read(name) for name in names}


@pytest.fixture(scope="module")
def pages(copy: dict[str, bytes]) -> dict[str, Node]:
    """Its pages."""
    return {name: parse(copy[name].decode(), whole=False) for name in copy if name.endswith(".html")}


def ids(page: Node) -> set[str]:
    return {node.attrs["id"] for node in page.walk() if "id" in node.attrs}


def addresses(page: Node) -> list[str]:
    names = ("href", "src", "data-script", "data-answers")
    return [node.attrs[name] for node in page.walk() for name in names if name in node.attrs]


@pytest.mark.site
def test_all_stands_in_one_folder_without_what_only_a_website_needs(copy: dict[str, bytes], printed_good: Path) -> None:
    assert {name.partition("/")[0] + "/" for name in copy} == {TOP}
    assert {f"{TOP}index.html", f"{TOP}help/index.html", f"{TOP}{README}"} <= set(copy)
    first = {name.removeprefix(TOP).partition("/")[0] for name in copy}
    assert not first & {"embed", "oembed", "api", "feed.xml", "offline.js", "404.html", "sitemap.xml", "_headers"}
    pdfs = {path.relative_to(printed_good).as_posix() for path in printed_good.rglob("*.pdf")}
    assert {name.removeprefix(TOP) for name in copy if name.endswith(".pdf")} == pdfs != set()


@pytest.mark.site
def test_every_link_names_a_file_of_the_copy_and_an_id_that_is_there(
    copy: dict[str, bytes], pages: dict[str, Node]
) -> None:
    followed = 0
    for name, page in pages.items():
        for address in addresses(page):
            if urlsplit(address).scheme:
                continue
            path, _, anchor = address.partition("#")
            target = urljoin(name, path) if path else name
            assert target in copy, f"{name}: {address}"
            if anchor and target in pages:
                assert unquote(anchor) in ids(pages[target]), f"{name}: {address}"
            followed += 1
        root = page.find("div", id="guide-search").attrs["data-root"]
        assert urljoin(name, root) == TOP, name
    assert followed > 100


@pytest.mark.site
def test_search_finds_files(copy: dict[str, bytes], pages: dict[str, Node]) -> None:
    (code,) = (copy[name].decode() for name in copy if name.startswith(f"{TOP}assets/search."))
    found = re.findall(r'"((?:[\w-]+/)*index\.html)(?:#([\w-]+))?"', code.partition("\n")[0])
    assert {TOP + name for name, _ in found} >= {f"{TOP}index.html", f"{TOP}help/index.html"}
    for name, anchor in found:
        assert not anchor or anchor in ids(pages[TOP + name]), f"{name}#{anchor}"


@pytest.mark.site
def test_no_script_asks_for_anything_and_the_policy_allows_none(copy: dict[str, bytes], pages: dict[str, Node]) -> None:
    scripts = [name for name in copy if name.endswith(".js")]
    assert len(scripts) > 3
    for name in scripts:
        code = copy[name].decode().partition("\n")[2] if "/search." in name else copy[name].decode()
        assert not ASKING.search(code), name
    for name, page in pages.items():
        policy = page.find("meta", http_equiv="Content-Security-Policy").attrs["content"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, name
        assert not re.search(r"connect-src|frame-src|frame-ancestors", policy), name
        inline = [script for script in page.find_all("script") if "src" not in script.attrs]
        assert {script.attrs.get("type") for script in inline} <= {"application/ld+json"}, name
        loaded = [script.attrs["src"].rpartition("/")[2] for script in page.find_all("script") if "src" in script.attrs]
        assert loaded[0].startswith("forget."), f"{name}: nothing runs before what keeps it from keeping anything"


@pytest.mark.site
def test_pages_say_how_old_they_are_and_offer_nothing_that_needs_the_website(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        notice = page.find("p", class_="guide-copy")
        assert re.match(r"This copy is from [A-Z]\w+ \d+, \d{4}\.", notice.text), name
        address = notice.find("a").attrs["href"]
        assert address == "https://swim.example.org/" + name.removeprefix(TOP).removesuffix("index.html")
        for part in ("guide-embed-link", "guide-foot__embed", "guide-foot__offline"):
            assert not page.find_all(class_=part), name
        assert not page.find_all("link", rel="alternate"), name


@pytest.mark.site
def test_readme_says_where_to_begin(copy: dict[str, bytes]) -> None:
    text = copy[TOP + README].decode()
    assert "open the file index.html" in text
    assert "https://swim.example.org/" in text
    assert "{" not in text
    assert max(map(len, text.splitlines())) < 90


@pytest.mark.site
def test_same_project_gives_the_same_bytes(tmp_path: Path, good_site: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    assert pack_copy(GOOD, good_site, one) == pack_copy(GOOD, good_site, two)
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as packed:
        assert not [name for name in packed.namelist() if name.endswith(".pdf")], "the site has none"


@pytest.mark.site
def test_site_that_lacks_a_pdf_is_refused(tmp_path: Path, printed_good: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(printed_good, site)
    pdf = next(site.rglob("first-lesson.pdf"))
    pdf.unlink()
    with pytest.raises(Refused, match=re.escape(f"{pdf} is missing") + ".* Run make handouts"):
        pack_copy(GOOD, site, tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()


def test_command_refuses_what_is_no_site(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--root", str(project.root), "--zip", str(project.root / "x.zip")]
    assert main(arguments) == 1
    assert "Run make build first." in capsys.readouterr().err
    project.write("site/index.html", "<p>")
    line = project.replace("docs/help.md", 'helplines("pools")', 'helplines("pool")')
    assert main(arguments) == 1
    assert line > 2
    assert "docs/help.md: " in capsys.readouterr().err
    line = project.append("data/glossary.yaml", "- id: [\n")
    assert main(arguments) == 1
    assert f"data/glossary.yaml:{line}: " in capsys.readouterr().err
    assert not (project.root / "x.zip").exists()
