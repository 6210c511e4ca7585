"""Caddy and nginx, with the configurations of deploy/, on the loopback."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from scripts import host
from tests.conftest import run_build
from tests.factories import ROOT, write_project

pytestmark = pytest.mark.site

MOVED = [{"id": "one", "was": "first.md", "moved": "2026-01-05", "instead": "help.md"}]
KINDS = ("caddy", "nginx")


@pytest.fixture(scope="module")
def programs() -> dict[str, str]:
    """Where the servers are."""
    found = subprocess.run([ROOT / "scripts/servers.sh"], capture_output=True, text=True, check=False, timeout=300)
    assert found.returncode == 0, found.stderr
    return dict(zip(KINDS, found.stdout.split(), strict=True))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, with what `make host` adds."""
    project = write_project(tmp_path_factory.mktemp("hosted"), data={"moved": MOVED})
    done = run_build(project.root, project.site)
    assert done.returncode == 0, done.stderr
    assert host.main(["--root", str(project.root)]) == 0
    return project.site


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_caddy(program: str, site: Path, folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """Give the command and its environment; the configuration is that of deploy/, without the port of control."""
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + (ROOT / "deploy/Caddyfile").read_text())
    names = {"GUIDE_ADDRESS": f"http://127.0.0.1:{port}", "GUIDE_SITE": str(site), "GUIDE_HOST": f"{site}-host"}
    names |= {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], names


def as_nginx(program: str, site: Path, folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """Give the command and its environment; the configuration is that of deploy/, at other paths and another port."""
    own = (ROOT / "deploy/nginx.conf").read_text()
    own = own.replace("/srv/guide/site", str(site)).replace("listen 80", f"listen 127.0.0.1:{port}")
    (folder / "guide.conf").write_text(own)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = "text/html html; text/css css; application/javascript js; application/json json; image/svg+xml svg;"
    (folder / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\n{temporary}types {{ {types} }}\ninclude {folder}/guide.conf;\n}}\n"
    )
    return [program, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")], {}


@pytest.fixture(scope="module", params=KINDS)
def port(
    request: pytest.FixtureRequest, programs: dict[str, str], site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of a running server."""
    port, folder = free_port(), tmp_path_factory.mktemp(request.param)
    prepare = as_caddy if request.param == "caddy" else as_nginx
    command, names = prepare(programs[request.param], site, folder, port)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | names)
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0 or process.poll() is not None:
                        break
                time.sleep(0.1)
            assert process.poll() is None, (folder / "log").read_text()
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Give status, headers and body; a header that came twice is an error."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers={"Accept-Encoding": "identity", **sent})
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
    for path in [*(site / "assets").glob("guide*.css"), *(site / "assets").glob("guide*.js")]:
        _, headers, _ = ask(port, f"/assets/{path.name}")
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
    for path in ("/nothing/here", "/embed/v1/page/nothing/", "/assets/none.css"):
        status, headers, body = ask(port, path)
        assert status == 404
        assert body == (site / "404.html").read_bytes()
        assert "default-src 'none'" in headers["content-security-policy"]


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


def test_nothing_outside_the_site_is_served(port: int) -> None:
    for path in ("/../mkdocs.yml", "/..%2fmkdocs.yml", "/%2e%2e/data/site.yaml"):
        assert ask(port, path)[0] in (400, 404)


def test_site_that_is_not_built_has_nothing_to_host(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert host.main(["--root", str(tmp_path)]) == 1
    assert "Run make build first." in capsys.readouterr().err
