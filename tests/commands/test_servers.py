"""Caddy and nginx, with the configurations of deploy/, on the loopback."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from bench import server as bench_server
from guide.commands import host, servers
from guide.outputs.security_policy import SHARED
from tests.conftest import run_build
from tests.factories import plain, write_project

pytestmark = pytest.mark.site

MOVED = [{"id": "one", "was": "first.md", "moved": "2026-01-05", "instead": "help.md"}]
FOLDER = "/guide/"


def hosted(folder: Path, **site: object) -> Path:
    """Give a small site, with what `make host` adds."""
    project = write_project(folder, data={"moved": MOVED, "site": plain("site", **site)})
    done = run_build(project.root, project.site)
    assert done.returncode == 0, done.stderr
    assert host.main(["--root", str(project.root)]) == 0
    return project.site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has its host for itself."""
    return hosted(tmp_path_factory.mktemp("hosted"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a host serves that has the site in a folder, as deploy/README.md says."""
    site, served = hosted(tmp_path_factory.mktemp("sub"), address=f"https://swim.example.org{FOLDER}"), "served"
    (site.parent / served).mkdir()
    site.rename(site.parent / served / FOLDER.strip("/"))
    site.with_name(f"{site.name}-host").rename(site.parent / f"{served}-host")
    return site.parent / served


@pytest.fixture(scope="module", params=servers.SERVERS)
def port(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a running server."""
    with servers.serving(request.param, site, tmp_path_factory.mktemp(request.param)) as port:
        yield port


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Give status, headers and body; a header that came twice is an error."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Accept-Encoding": "identity", **sent})
    answer = connection.getresponse()
    body = answer.read()
    found = [(name.lower(), value) for name, value in answer.getheaders()]
    connection.close()
    twice = [name for name, _ in found if [each for each, _ in found].count(name) > 1 and name != "vary"]
    assert twice == []
    return answer.status, dict(found), body


def test_pages_and_embeds_have_their_headers(port: int, site: Path) -> None:
    for path in ("/", "/help/", "/embed/v1/page/help/"):
        status, headers, body = ask(port, path)
        assert status == 200
        assert headers["content-type"].replace(" ", "").lower() == "text/html;charset=utf-8"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert ("frame-ancestors 'none'" in policy) is not path.startswith("/embed")
        assert body == (site / path[1:] / "index.html").read_bytes()


def test_every_header_that_a_host_sends_is_sent_with_every_file(port: int) -> None:
    for path in ("/", "/help/", "/embed/v1/page/help/", "/api/v1/index.json", "/assets/favicon.svg", "/nothing"):
        headers = ask(port, path)[1]
        for name, value in SHARED.items():
            assert headers[name.lower()] == value, path


def test_other_sites_may_load_what_is_meant_for_them_and_nothing_else(port: int, site: Path) -> None:
    style = next((site / "embed/v1/assets").glob("*.css")).relative_to(site).as_posix()
    for path in ("/embed/v1/page/help/", f"/{style}", "/oembed/v1/page/help.json", "/api/v1/index.json", "/feed.xml"):
        assert ask(port, path)[1]["cross-origin-resource-policy"] == "cross-origin", path
    for path in (
        "/",
        "/help/",
        "/assets/favicon.svg",
        "/sitemap.xml",
        "/offline.js",
        "/nothing",
        "/embeds",
        "/feed.xml/",
    ):
        assert ask(port, path)[1]["cross-origin-resource-policy"] == "same-origin", path


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW"])
def test_files_are_read_and_nothing_else(port: int, site: Path, method: str, request: pytest.FixtureRequest) -> None:
    for path in ("/help/", "/first/x", "/nothing/", "/assets/favicon.svg", "/api/v1/index.json"):
        status, headers, body = ask(port, path, method)
        assert status == 405, path
        # nginx doesn't say what it allows, as its own refusals don't.
        assert headers.get("allow") == ("GET, HEAD" if "caddy" in request.node.name else None)
        assert b"Ask the pool" not in body


def test_headers_alone_can_be_asked_for(port: int) -> None:
    status, headers, body = ask(port, "/help/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/help/%00",
        "/a%00b/",
        "/" + "a" * 256,
        "/" + "a" * 9_000,
        "/" + "a/" * 3_500,
        "/%ff%fe",
        "/%0d%0aX-a:%20b/",
    ],
)
def test_address_that_no_file_can_have_is_no_fault_of_the_server(port: int, path: str) -> None:
    status, headers, _ = ask(port, path)
    assert status in (400, 404, 414, 431)
    assert "x-a" not in headers


def test_longest_name_that_a_file_can_have_is_looked_for(port: int, site: Path) -> None:
    name = "n" * 250 + ".html"
    (site / name).write_text("here")
    try:
        assert ask(port, f"/{name}")[0] == 200
    finally:
        (site / name).unlink()


def test_copies_are_nothing_by_themselves(port: int, site: Path) -> None:
    copies = [path for end in host.COPIES for path in site.rglob(f"*{end}")]
    assert len(copies) > 20
    for path in ("help/index.html.br", "help/index.html.gz", "sitemap.xml.gz", "404.html.br"):
        assert ask(port, f"/{path}")[0] == 404


def test_server_does_not_name_its_version(port: int) -> None:
    for path in ("/", "/nothing", "/%00"):
        _, headers, body = ask(port, path)
        assert not re.search(r"\d", headers["server"])
        assert not re.search(rb"nginx/|Caddy/", body)


def test_connection_that_stays_half_open_is_ended(port: int) -> None:
    """Within the ten seconds of deploy/; nginx by itself waits sixty, Caddy for ever."""
    with ExitStack() as open_at_once:
        connections = []
        for sent in (b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow:"):
            connections.append(open_at_once.enter_context(socket.create_connection(("127.0.0.1", port), timeout=40)))
            connections[-1].sendall(sent)
        for connection in connections:
            answer = b""
            while more := connection.recv(4096):
                answer += more
            assert b" 200 " not in answer


def test_copies_are_served_as_they_are(port: int, site: Path, request: pytest.FixtureRequest) -> None:
    whole = (site / "help/index.html").read_bytes()
    status, headers, body = ask(port, "/help/", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert body == (site / "help/index.html.gz").read_bytes()
    assert gzip.decompress(body) == whole
    assert "accept-encoding" in headers.get("vary", "").lower()
    if "caddy" in request.node.name:
        status, headers, body = ask(port, "/help/", Accept_Encoding="gzip, br")
        assert (status, headers["content-encoding"]) == (200, "br")
        assert brotli.decompress(body) == whole


def test_only_what_is_named_by_its_content_is_kept_for_ever(port: int, site: Path) -> None:
    for path in [*(site / "embed/v1/assets").glob("*.css"), *(site / "assets").glob("guide*.js")]:
        _, headers, _ = ask(port, f"/{path.relative_to(site).as_posix()}")
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
    for name in (
        "/",
        "/help/",
        "/assets/favicon.svg",
        "/embed/v1/embed.js",
        "/api/v1/index.json",
        "/_none.12345678.js",
    ):
        assert ask(port, name)[1]["cache-control"] == "no-cache", name


def test_page_that_is_known_is_not_sent_again(port: int) -> None:
    _, headers, _ = ask(port, "/help/")
    status, _, body = ask(port, "/help/", If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")


def test_missing_page_says_so(port: int, site: Path) -> None:
    for path in ("/nothing/here", "/embed/v1/page/nothing/", "/assets/none.css", "/assets/"):
        status, headers, body = ask(port, path)
        assert status == 404
        assert body == (site / "404.html").read_bytes()
        assert "default-src 'none'" in headers["content-security-policy"]


def test_tables_and_other_files_say_what_they_are(port: int, site: Path) -> None:
    table = next(site.rglob("*.csv")).relative_to(site)
    kinds = {
        f"/{table}": "text/csv;charset=utf-8",
        "/api/v1/index.json": "application/json",
        "/feed.xml": "text/xml;charset=utf-8",
        "/assets/favicon.svg": "image/svg+xml",
        "/none.csv": "text/html;charset=utf-8",
    }
    for path, kind in kinds.items():
        found = ask(port, path)[1]["content-type"].replace(" ", "").lower()
        assert found == kind, path


DESCRIBED = {
    "help/": "page/help",
    "help": "page/help",
    "help/#numbers": "page/help",
    "help/?2": "page/help",
    "first/": "page/first",
    "embed/v1/page/help/": "page/help",
    "embed/v1/dark/page/help/": "dark/page/help",
}
UNKNOWN = [
    *(
        "",
        "nothing/",
        "help/../help/",
        "help//",
        "embed/v1/help/",
        "x" * 300 + "/",
        "help/%0d%0aX:y",
        "../../etc/passwd/",
    ),
    *("help.json", "embed/v1/nothing/help/", "he lp/", "a/b/c/d/e/"),
]
OWN = plain("site")["address"].rstrip("/")


def described(port: int, root: str, address: str, more: str = "") -> tuple[int, str, bytes]:
    """Ask as programs do; give the status, the type and the body."""
    status, headers, body = ask(port, f"{root}oembed/v1/?url={quote(address, safe='')}{more}")
    return status, headers["content-type"].partition(";")[0], body


def test_programs_ask_for_the_description_of_an_address(port: int, site: Path) -> None:
    for path, name in DESCRIBED.items():
        wanted = (200, "application/json", (site / f"oembed/v1/{name}.json").read_bytes())
        assert described(port, "/", f"{OWN}/{path}") == wanted, path
        assert described(port, "/", f"{OWN}/{path}", "&format=json&maxwidth=600") == wanted, path
        if "#" not in path:
            status, _, body = ask(port, f"/oembed/v1/?maxwidth=600&url={OWN}/{path}")
            assert (status, body) == (200, wanted[2]), path
    assert ask(port, "/oembed/v1/?url=" + quote(f"{OWN}/help/"))[1]["access-control-allow-origin"] == "*"


def test_other_addresses_and_forms_have_no_description(port: int) -> None:
    for path in UNKNOWN:
        assert described(port, "/", f"{OWN}/{path}")[0] == 404, path
    for address in ("", "https://evil.example.org/help/", f"{OWN}.evil.example.org/help/", f"{OWN.upper()}x/help/"):
        assert described(port, "/", address)[0] == 404, address
    assert ask(port, "/oembed/v1/")[0] == 404
    assert described(port, "/", f"{OWN}/help/", "&format=xml")[0] == 501


@pytest.mark.parametrize("kind", servers.SERVERS)
def test_programs_ask_a_site_in_a_folder_too(kind: str, served: Path, tmp_path: Path) -> None:
    with servers.serving(kind, served, tmp_path) as port:
        for path, name in DESCRIBED.items():
            wanted = (served / FOLDER[1:] / f"oembed/v1/{name}.json").read_bytes()
            assert described(port, FOLDER, f"https://swim.example.org{FOLDER}{path}")[::2] == (200, wanted), path
        assert described(port, FOLDER, "https://swim.example.org/help/")[0] == 404


@pytest.mark.parametrize("kind", servers.SERVERS)
def test_no_visit_is_written_down(kind: str, site: Path, tmp_path: Path) -> None:
    with servers.serving(kind, site, tmp_path) as port:
        for path in ("/help/", "/nothing-here", "/nothing-here/", "/assets/"):
            ask(port, path)
    log = (tmp_path / "log").read_text()
    assert "GET" not in log and "nothing-here" not in log and "client" not in log


@pytest.mark.parametrize("kind", servers.SERVERS)
def test_site_in_a_folder_of_its_host_has_all_of_it_there(kind: str, served: Path, tmp_path: Path) -> None:
    with servers.serving(kind, served, tmp_path) as port:
        for path in (f"{FOLDER}nothing/here", f"{FOLDER}embed/v1/page/nothing/", "/nothing"):
            status, headers, body = ask(port, path)
            assert status == 404
            assert body == (served / FOLDER[1:] / "404.html").read_bytes()
            assert "default-src 'none'" in headers["content-security-policy"]
        status, headers, body = ask(port, f"{FOLDER}help/")
        assert (status, body) == (200, (served / FOLDER[1:] / "help/index.html").read_bytes())
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        status, headers, _ = ask(port, f"{FOLDER}first/")
        assert (status, headers["location"]) == (301, f"{FOLDER}help/")
        assert ask(port, f"{FOLDER}api/v1/index.json")[1]["access-control-allow-origin"] == "*"
        script = next((served / FOLDER[1:] / "assets").glob("guide*.js"))
        assert "immutable" in ask(port, f"{FOLDER}assets/{script.name}")[1]["cache-control"]
        assert ask(port, f"{FOLDER}_headers")[0] == 404


def test_other_sites_of_the_same_nginx_keep_their_headers(site: Path) -> None:
    """What stands outside of `server` looks things up for the guide, and sets nothing."""
    outside = (site.with_name(f"{site.name}-host") / "nginx-maps.conf").read_text("utf-8")
    assert re.fullmatch(r"(?:#.*\n|map \$(?:uri|arg_url) \$guide_\w+ \{\n(?:\t.*\n)*\}\n)+", outside)


def test_missing_page_is_whole_each_time(port: int, site: Path) -> None:
    whole = (site / "404.html").read_bytes()
    _, headers, _ = ask(port, "/nothing/")
    again = {"If_None_Match": headers["etag"], "If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    for name, value in {**again, "Range": "bytes=0-9"}.items():
        status, _, body = ask(port, "/nothing/", **{name: value})
        assert (status, body) == (404, whole), name


def test_files_for_other_hosts_are_not_shown(port: int) -> None:
    assert ask(port, "/_headers")[0] == ask(port, "/_redirects")[0] == 404


def test_page_that_moved_and_missing_slash_lead_on(port: int) -> None:
    status, headers, _ = ask(port, "/first/")
    assert (status, headers["location"]) == (301, "/help/")
    status, headers, _ = ask(port, "/help")
    assert status in (301, 308)
    assert headers["location"] == "/help/"


def test_part_of_a_file_is_sent_where_it_is_asked_for(port: int, site: Path) -> None:
    whole = (site / "help/index.html").read_bytes()
    status, headers, body = ask(port, "/help/", Range="bytes=10-29")
    assert (status, body) == (206, whole[10:30])
    assert headers["content-range"] == f"bytes 10-29/{len(whole)}"


def test_scripts_of_other_sites_may_read_the_data_and_nothing_else(port: int) -> None:
    assert ask(port, "/api/v1/index.json")[1]["access-control-allow-origin"] == "*"
    assert ask(port, "/feed.xml")[1]["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in ask(port, "/help/")[1]


def test_load_of_the_bench_meets_no_error_and_would_see_one(port: int, site: Path) -> None:
    wanted = list(bench_server.wishes(site))
    assert {"", "help/", "embed/v1/page/help/", "api/v1/pages/help.json"} <= {wish.path for wish in wanted}
    seen = bench_server.load(port, wanted, 0.5)
    assert len(seen) >= bench_server.READERS
    assert all(answer.right for answer in seen)
    short = {coding: body[:-1] for coding, body in wanted[0].bodies.items()}
    for wrong in (replace(wanted[0], bodies=short), replace(wanted[0], status=404)):
        seen = bench_server.load(port, [wrong], 0.1)
        assert seen and not any(answer.right for answer in seen)
    nobody = bench_server.load(servers.free_port(), wanted, 0.1)
    assert nobody and not any(answer.right for answer in nobody)


def test_nothing_outside_the_site_is_served(port: int) -> None:
    for path in ("/../mkdocs.yml", "/..%2fmkdocs.yml", "/%2e%2e/data/site.yaml"):
        assert ask(port, path)[0] in (400, 404)


def test_site_that_is_not_built_has_nothing_to_host(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert host.main(["--root", str(tmp_path)]) == 1
    assert "Run make build first." in capsys.readouterr().err
