"""A real WordPress on the loopback, and beside it the real guide behind TLS, built for that address."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Server
from tests.conftest import run_build
from tests.factories import ROOT

HERE = Path(__file__).parent
PROJECT = [
    "data",
    "docs",
    "macros",
    "guide",
    "schemas",
    "scripts",
    "mkdocs.yml",
    "pyproject.toml",
]
PASSWORD = "for-these-tests-only"
EXTENSIONS = ["mysqlnd", "mysqli", "ctype", "iconv", "tokenizer"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], ready: Any, **options: Any) -> Iterator[None]:
    """Run a server until it is no longer needed, with all that it started; begin when it is ready."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True, **options)
        try:
            for _ in range(300):
                if process.poll() is not None or ready():
                    break
                time.sleep(0.1)
            if process.poll() is not None or not ready():
                said.seek(0)
                pytest.fail(
                    f"{command[0]} did not start:\n{said.read().decode(errors='replace')[-2000:]}", pytrace=False
                )
            yield
        finally:
            # Nothing of it is kept, so nothing needs to be written first.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)


def open_port(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("localhost", port)) == 0


class TLSServer(ThreadingHTTPServer):
    """Says nothing of a browser that first looks at the certificate and hangs up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


class WordPress:
    """A site of a clinic, and the guide that it shows."""

    def __init__(
        self, home: str, guide: str, site: Path, installed: dict[str, Any], certificate: Path, run: Callable[[str], str]
    ) -> None:
        self.home = home
        self.guide = guide
        """The address of the guide; ends in "/"."""
        self.site = site
        """The folder of the guide's site."""
        self.version: str = installed["version"]
        self.certificate = certificate
        """What servers on the loopback show, for WordPress to trust them; with its key."""
        self.run = run
        """Run PHP inside WordPress, and return what it prints."""
        self._passwords: dict[str, str] = installed["passwords"]

    def php(self, code: str, **values: Any) -> Any:
        """Run PHP inside WordPress, with variables of these names; return what the code returns."""
        made = "".join(
            f"${name} = json_decode(base64_decode('{base64.b64encode(json.dumps(value).encode()).decode()}'), true);\n"
            for name, value in values.items()
        )
        names = f" use ({', '.join(f'${name}' for name in values)})" if values else ""
        printed = self.run(f'{made}echo "\\n" . json_encode((function (){names} {{ {code} }})());')
        return json.loads(printed.splitlines()[-1])

    def ask(self, path: str, role: str = "", content: dict[str, Any] | None = None) -> str:
        """Ask WordPress for something, as one of its users; with content, send it."""
        headers = {"Content-Type": "application/json"}
        if role:
            word = base64.b64encode(f"{role}:{self._passwords[role]}".encode()).decode()
            headers["Authorization"] = f"Basic {word}"
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(self.home + path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path} answers {error.code}: {error.read().decode()[:500]}") from None

    def publish(self, role: str, content: str) -> dict[str, Any]:
        """Publish a post as its editor does, by REST; gives how it was kept, and its address."""
        fields = "_fields=id,link,slug,content.raw,content.rendered&context=edit"
        told: dict[str, Any] = json.loads(
            self.ask(
                f"/wp-json/wp/v2/posts?{fields}", role, {"title": "Our page", "content": content, "status": "publish"}
            )
        )
        return told


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    """The site of a clinic."""
    found = subprocess.run([ROOT / "scripts/wordpress.sh"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(found.stderr, pytrace=False)
    packages = Path(found.stdout.strip())
    # The path of a socket may have 107 letters.
    with tempfile.TemporaryDirectory(prefix="guide-") as name, ExitStack() as stack:
        folder = Path(name)
        libraries = {str(path.parent) for path in packages.glob("usr/lib/*/lib*.so*")}
        environment = {**os.environ, "LD_LIBRARY_PATH": ":".join(sorted(libraries))}
        certificate = _certificate(packages, folder, environment)
        guide, site = stack.enter_context(_guide(folder, certificate))
        home = f"http://localhost:{free_port()}"
        environment |= {
            "GUIDE_TEST_SOCKET": str(folder / "socket"),
            "GUIDE_TEST_HOME": home,
            "GUIDE_TEST_CERTIFICATE": str(certificate),
            "PHP_CLI_SERVER_WORKERS": "4",
        }
        stack.enter_context(_database(packages, folder, environment))
        php = _php(packages)
        root = _files(packages, folder)
        made = "$link = new mysqli('localhost', 'root', '', '', 0, getenv('GUIDE_TEST_SOCKET'));"
        subprocess.run([*php, "-r", f"{made} $link->query('CREATE DATABASE wordpress');"], env=environment, check=True)
        done = subprocess.run(
            [*php, "install.php", PASSWORD], cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        installed = json.loads(done.stdout.splitlines()[-1])
        port = int(home.rpartition(":")[2])
        serve = [*php, "-S", f"localhost:{port}", "-t", str(root), str(root / "router.php")]
        stack.enter_context(running(serve, partial(open_port, port), env=environment, cwd=root))

        def run(code: str) -> str:
            loaded = f"$_SERVER['HTTP_HOST'] = 'localhost:{port}';\nrequire 'wp-load.php';\n{code}"
            done = subprocess.run(
                [*php, "-r", loaded],
                cwd=root,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=300,
            )
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
            return done.stdout

        yield WordPress(home, guide, site, installed, certificate, run)


def _certificate(packages: Path, folder: Path, environment: dict[str, str]) -> Path:
    """Make a certificate for the loopback, for two days; the file holds its key too."""
    path, settings = folder / "certificate.pem", folder / "openssl.cnf"
    settings.write_text("[req]\ndistinguished_name = name\n[name]\n")
    command = [packages / "usr/bin/openssl", "req", "-config", settings, "-x509", "-newkey", "rsa:2048", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", path, "-out", folder / "only.pem"], env=environment, check=True)
    path.write_text(path.read_text() + (folder / "only.pem").read_text())
    return path


@contextmanager
def _guide(folder: Path, certificate: Path) -> Iterator[tuple[str, Path]]:
    """Build the real guide for an address on the loopback, and serve it there behind TLS."""
    project = folder / "project"
    project.mkdir()
    for name in PROJECT:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, project / name)
    with TLSServer(("127.0.0.1", 0), partial(Server, directory=str(folder / "site"))) as server:
        address = f"https://127.0.0.1:{server.server_port}/"
        record = project / "data/site.yaml"
        lines = [
            f"address: {address}" if line.startswith("address: ") else line
            for line in record.read_text("utf-8").splitlines()
        ]
        record.write_text("\n".join(lines) + "\n", "utf-8")
        done = run_build(project, folder / "site", code=project)
        assert done.returncode == 0, done.stderr
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # Each connection greets in a thread of its own: one that does not must not stop the others.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        yield address, folder / "site"
        server.shutdown()
        thread.join()


def _database(packages: Path, folder: Path, environment: dict[str, str]) -> Any:
    """Start MariaDB on a socket, without a network, a password, or anything kept."""
    (folder / "database").mkdir()
    share = packages / "usr/share/mysql"
    command = [
        *(str(packages / "usr/sbin/mariadbd"), "--no-defaults", "--skip-networking", "--skip-grant-tables"),
        *(f"--datadir={folder / 'database'}", f"--socket={folder / 'socket'}", f"--tmpdir={folder}"),
        *(f"--lc-messages-dir={share}", f"--character-sets-dir={share / 'charsets'}"),
        *("--innodb-buffer-pool-size=32M", "--innodb-flush-method=nosync", "--skip-innodb-doublewrite"),
    ]
    if os.geteuid() == 0:
        command.append("--user=root")
    return running(command, (folder / "socket").exists, env=environment)


def _php(packages: Path) -> list[str]:
    """Give PHP with what WordPress needs, without any configuration of this machine."""
    (program,) = (path for path in packages.glob("usr/bin/php[0-9]*"))
    (modules,) = {path.parent for path in packages.glob("usr/lib/php/*/mysqli.so")}
    command = [str(program), "-n", "-d", f"extension_dir={modules}", "-d", "zend_extension=opcache"]
    command += ["-d", "opcache.enable_cli=1", "-d", "memory_limit=512M", "-d", "display_errors=stderr"]
    return [*command, *(part for name in EXTENSIONS for part in ("-d", f"extension={name}"))]


def _files(packages: Path, folder: Path) -> Path:
    """Copy WordPress, with what makes it one of the tests."""
    root = folder / "wordpress"
    # A link to the machine's list of certificates may lead nowhere here.
    shutil.copytree(packages / "usr/share/wordpress", root, ignore_dangling_symlinks=True)
    (root / "wp-content/mu-plugins").mkdir()
    shutil.copy(HERE / "loopback.php", root / "wp-content/mu-plugins/loopback.php")
    shutil.copytree(ROOT / "deploy/wordpress/guide-part", root / "wp-content/plugins/guide-part")
    (root / "wp-config.php").unlink()
    for name in ("wp-config.php", "install.php", "router.php"):
        shutil.copy(HERE / name, root / name)
    return root


@pytest.fixture
def visit(browser: Browser, wordpress: WordPress) -> Iterator[Any]:
    """Open an address in a browser that trusts the certificate made for the test."""
    contexts: list[BrowserContext] = []

    def visited(address: str, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, ignore_https_errors=True, locale="en-US", **options
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(address, wait_until="load")
        return page

    yield visited
    for context in contexts:
        context.close()
