"""What hosts need, for a site in a folder of its host, with a page that moved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from guide.checking import check_project
from guide.checking.moved import check
from guide.outputs.embeds import THEMES
from guide.outputs.feed import FEEDS
from guide.outputs.hosting import Hosting, UnsafeName, fingerprinted
from guide.outputs.security_policy import SHARED, Inline
from guide.rendering.project import read_project
from tests.conftest import run_build
from tests.factories import Project, plain, write_project
from tests.hosts import headers_for, read_headers, read_redirects
from tests.trees import parse

HOST = "https://swim.example.org"
FOLDER = "/guide/"
MOVED = [
    {"id": "one", "was": "help/old-name.md", "moved": "2026-01-05", "instead": "help.md"},
    {"id": "two", "was": "first.md", "moved": "2026-01-05", "instead": "index.md"},
]
SITE = pytest.mark.site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site below /guide/."""
    site_record = plain("site", address=HOST + FOLDER)
    project = write_project(tmp_path_factory.mktemp("sub"), data={"site": site_record, "moved": MOVED})
    done = run_build(project.root, project.site)
    assert done.returncode == 0, done.stderr
    return project.site


def links(site: Path) -> Iterator[tuple[str, str]]:
    """Give every address in the site's pages and style sheets that a browser follows, with the address it stands at."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        # The page for what is missing stands at any address.
        here = f"{HOST}{FOLDER}" + ("some/where/else/" if name == "404.html" else name.removesuffix("index.html"))
        if path.suffix == ".html":
            text = path.read_text("utf-8")
            for found in re.findall(r'\s(?:href|src)="([^"]*)"|content="0; url=([^"]*)"', text):
                yield here, unescape(found[0] or found[1])
        elif path.suffix == ".css":
            for found in re.findall(r"url\(['\"]?([^'\")]+)", path.read_text("utf-8")):
                yield here, found
        elif name == "sitemap.xml":
            for found in re.findall(r"<loc>(.*?)</loc>", path.read_text("utf-8")):
                yield here, found


@SITE
def test_every_address_leads_to_a_file_below_the_folder(site: Path) -> None:
    seen = set()
    for here, link in links(site):
        whole = urlsplit(urljoin(here, link))
        if link.startswith("#") or f"{whole.scheme}://{whole.netloc}" != HOST:
            continue
        assert whole.path.startswith(FOLDER), f"{here}: {link}"
        file = site / whole.path.removeprefix(FOLDER)
        assert (file / "index.html" if file.is_dir() else file).is_file(), f"{here}: {link}"
        seen.add(whole.path)
    assert {FOLDER, f"{FOLDER}help/", f"{FOLDER}assets/favicon.svg"} <= seen
    assert len(seen) > 12


@SITE
def test_search_and_what_programs_read_stay_below_the_folder_too(site: Path) -> None:
    described = json.loads((site / "oembed/v1/page/help.json").read_text("utf-8"))
    assert f'src="{HOST}{FOLDER}embed/v1/page/help/"' in described["html"]
    index = json.loads((site / "api/v1/pages/help.json").read_text("utf-8"))
    assert index["address"] == f"{HOST}{FOLDER}help/"


@SITE
@pytest.mark.parametrize(("old", "new"), [("help/old-name/", "help/"), ("first/", "")])
def test_old_address_leads_to_the_new_one(site: Path, old: str, new: str) -> None:
    page = parse((site / old / "index.html").read_text("utf-8").replace("<!doctype html>", ""))
    refresh = page.find("meta", **{"http-equiv": "refresh"}).attrs["content"].partition("url=")[2]
    assert urljoin(f"{HOST}{FOLDER}{old}", refresh) == f"{HOST}{FOLDER}{new}"
    assert page.find("a").attrs["href"] == refresh
    assert page.find("link", rel="canonical").attrs["href"] == f"{HOST}{FOLDER}{new}"
    assert page.find("meta", name="robots").attrs["content"] == "noindex"
    assert read_redirects(site)[FOLDER + old] == FOLDER + new
    assert f"{FOLDER}{old}<" not in (site / "sitemap.xml").read_text()


@SITE
def test_what_stood_below_the_old_name_is_there(site: Path) -> None:
    """Other sites show it in frames, some of which follow no redirect."""
    for theme in ("", *THEMES):
        old, new = (
            (site / "embed/v1" / theme / "page" / name / "index.html").read_text("utf-8")
            for name in ("help--old-name", "help")
        )
        assert parse_main(old) == parse_main(new)
    for name in ("oembed/v1/page", "api/v1/pages"):
        assert (site / name / "help--old-name.json").read_bytes() == (site / name / "help.json").read_bytes()


def parse_main(html: str) -> str:
    found = re.search(r"<main.*</main>", html, re.DOTALL)
    assert found
    return found[0]


@SITE
def test_headers_are_those_of_the_folder(site: Path) -> None:
    rules = read_headers(site)
    page = headers_for(rules, f"{FOLDER}help/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"][0]
    embed = headers_for(rules, f"{FOLDER}embed/v1/page/help/")
    assert "frame-ancestors" not in embed["Content-Security-Policy"][0]
    assert f"{HOST}{FOLDER}embed/v1/assets/" in embed["Content-Security-Policy"][0]
    for path in ("api/v1/index.json", "oembed/v1/page/help.json", "feed.xml", "safety.xml"):
        assert headers_for(rules, FOLDER + path)["Access-Control-Allow-Origin"] == ["*"]
    assert "Access-Control-Allow-Origin" not in page


@SITE
def test_every_file_at_the_top_has_its_policies_and_each_header_once(site: Path) -> None:
    """The start page at both of its addresses."""
    rules = read_headers(site)
    pages = {"", *(path.name for path in site.glob("*.html")), "offline.js"}
    others = {path.name for path in site.iterdir() if path.is_file() and not path.name.startswith("_")}
    assert len(pages) >= 4
    assert {"sitemap.xml", "feed.xml", "safety.xml"} <= others - pages
    for name in pages | others:
        found = headers_for(rules, FOLDER + name)
        assert {header: found[header] for header in SHARED} == {header: [value] for header, value in SHARED.items()}
        assert found["Cross-Origin-Resource-Policy"] == ["cross-origin" if name in FEEDS else "same-origin"]
        if name in pages:
            (policy,) = found["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


@SITE
def test_other_sites_may_load_what_is_meant_for_them_and_nothing_else(site: Path) -> None:
    rules = read_headers(site)
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith("_"):
            shared = name.startswith(("api/", "embed/", "oembed/")) or name in FEEDS
            found = headers_for(rules, FOLDER + name)["Cross-Origin-Resource-Policy"]
            assert found == ["cross-origin" if shared else "same-origin"], name


@pytest.fixture
def hosting(tmp_path: Path) -> Hosting:
    """A site of two files."""
    (tmp_path / "index.html").touch()
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.12345678.css").touch()
    return Hosting(tmp_path, "https://swim.example.org:8443/guide/", {"a/": "b/"}, Inline())


def texts(hosting: Hosting) -> list[str]:
    return [make() for make in (hosting.headers, hosting.redirects, hosting.caddy, hosting.nginx_maps, hosting.nginx)]


EVIL = [
    "a\n  X-pwn: 1\n",
    "a b",
    "a;b",
    "a{b",
    "a}b",
    'a"b',
    "a'b",
    "a#b",
    "a$b",
    "a\\b",
    "a*b",
    "a\rb",
    "a\tb",
    "ä",
    "a|b",
    "a:b",
]


@pytest.mark.parametrize("name", EVIL)
def test_name_that_could_say_something_to_a_server_is_refused(hosting: Hosting, name: str) -> None:
    assert all(texts(hosting)), "the control"
    file = hosting.site / "assets" / f"{name}.12345678.css"
    file.touch()
    for make in (hosting.headers, hosting.caddy):
        with pytest.raises(UnsafeName):
            make()
    file.unlink()
    (hosting.site / name).mkdir()
    with pytest.raises(UnsafeName):
        hosting.headers()


@pytest.mark.parametrize("name", EVIL)
def test_address_that_could_say_something_to_a_server_is_refused(hosting: Hosting, name: str) -> None:
    for address in (f"https://swim.example.org/{name}/", f"https://{name}.example.org/"):
        with pytest.raises(UnsafeName):
            Hosting(hosting.site, address, {}, Inline())
    for moved in ({f"{name}/": "b/"}, {"a/": f"{name}/"}):
        with pytest.raises(UnsafeName):
            Hosting(hosting.site, hosting.address, moved, Inline())


@SITE
def test_build_refuses_such_a_name(project: Project, tmp_path: Path) -> None:
    """The checker refuses it in docs/; a plugin may write anything."""
    hook = tmp_path / "hook.py"
    hook.write_text(
        "from pathlib import Path\n\ndef on_post_build(config, **_):\n"
        "    Path(config['site_dir'], 'a\\n  X-pwn: 1\\n.12345678.css').touch()\n"
    )
    project.replace("mkdocs.yml", "nav:", f"hooks:\n- {hook}\nnav:")
    done = run_build(project.root, project.site)
    assert done.returncode == 1
    assert "can't be listed for servers" in done.stderr
    assert not project.site.exists()


@SITE
def test_only_what_is_named_by_its_content_is_kept_for_ever(site: Path) -> None:
    rules = read_headers(site)
    kept = {pattern for pattern, name, _ in rules if name == "Cache-Control"}
    files = {FOLDER + path.relative_to(site).as_posix() for path in site.rglob("*") if fingerprinted(path.name)}
    assert kept == files
    assert any(name.startswith(f"{FOLDER}assets/guide.") and name.endswith(".js") for name in kept)
    assert not any(name.endswith((".html", "favicon.svg", "embed.js")) for name in kept)


def test_address_of_a_page_is_moved_once_and_free(project: Project) -> None:
    records = [
        {"id": "a", "was": "help.md", "moved": "2026-01-05", "instead": "index.md"},
        {"id": "b", "was": "old.md", "moved": "2026-01-05", "instead": "index.md"},
        {"id": "c", "was": "old.md", "moved": "2026-01-05", "instead": "help.md"},
    ]
    project.write("data/moved.yaml", records)
    assert [str(problem) for problem in check(read_project(project.root))] == [
        'data/moved.yaml:2: "help.md" is still a page. Delete the page, or this record. [moved]',
        'data/moved.yaml:10: "old.md" has moved twice. Keep the record of where it is now. [moved]',
    ]


def test_page_that_moved_is_somewhere(project: Project) -> None:
    project.write("data/moved.yaml", [{"id": "a", "was": "b.md", "moved": "2026-01-05", "instead": "zzz.md"}])
    (problem,) = check_project(project.root)
    assert str(problem).startswith('data/moved.yaml:4: there is no page "zzz.md". ')
