"""Show the guide in a browser and follow every edit: `make serve`.

An edited page appears within a few tenths of a second. While it can't be shown, its address shows the problems; what
the rules find is shown at the top of every page. Once that is fixed, the browser returns to the page by itself.
`guide.commands.preview` decides what to show and when; this module only speaks to browsers.
"""

import argparse
import errno
import mimetypes
import os
import re
import socket
import sys
import tempfile
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guide.commands.command import Refused
from guide.commands.output_folder import built_site
from guide.commands.preview import Preview, View

HOST = "127.0.0.1"
RELOAD = "/livereload/"
PATIENCE = 60
"""Seconds until a browser that waits for news gets an answer without any."""
TEMPLATES = Path(__file__).parents[1] / "theme" / "serve"
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_BODY = re.compile(rb"<body[^>]*>")


class Server(ThreadingHTTPServer):
    """Serves what a preview shows, on this machine only."""

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        super().__init__((HOST, port), Handler)

    def server_bind(self) -> None:
        """Open the port, or say what to do, before anything is built.

        Raises:
            Refused: Another program is using the port.
        """
        try:
            super().server_bind()
        except OSError as error:
            wrong = {errno.EADDRINUSE: "is in use, maybe by another make serve", errno.EACCES: "needs rights of root"}
            if error.errno not in wrong:
                raise
            port = self.server_address[1]
            remedy = f'Use another one: make serve ARGS="--port {free_port_after(max(port, 7999))}"'
            raise Refused(f"Port {port} {wrong[error.errno]}", remedy, "port") from None

    def server_activate(self) -> None:
        """Print the guide's address as soon as the server answers there."""
        super().server_activate()
        url = f"http://{HOST}:{self.server_port}/"
        print(f"Serving the guide at {url} (Ctrl+C stops it).", file=sys.stderr, flush=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore browsers that disconnect before they have their answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server

    def do_GET(self) -> None:  # noqa: N802
        """Send what stands at the address, or, when there is a newer version, its number."""
        path = urlsplit(self.path).path
        if path.startswith(RELOAD) and path.removeprefix(RELOAD).isdecimal():
            newer = self.server.preview.newer(int(path.removeprefix(RELOAD)), PATIENCE)
            self._send(200, "text/plain", b"%d" % newer)
            return
        address = unquote(path).lstrip("/")
        view = self.server.preview.view(address)
        if view is None:
            self.send_response(302)
            self.send_header("Location", f"/{quote(address)}/")
            self.end_headers()
        elif not view.path:
            self._send(404, "text/html; charset=utf-8", _with_script(_problems_page(view).encode(), view.version))
        elif view.path.endswith(".html"):
            page = _with_script(_POLICY.sub(b"", _with_banner(view)), view.version)
            self._send(view.status, "text/html; charset=utf-8", page)
        else:
            self._send(view.status, mimetypes.guess_type(view.path)[0] or "application/octet-stream", view.content)

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        # What is shown may be another thing at any time.
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing: the terminal is for what is wrong with the guide."""


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _problems_page(view: View) -> str:
    """Return what stands in place of a page, or of all pages."""
    count = len(view.problems)
    if not count:
        title, then, lines = "The guide is being built", "This page changes by itself in a few seconds.", []
    else:
        title, then = "The guide cannot be shown yet", "The page comes back by itself when this is fixed."
        lines = [*view.problems, f"{count} problem{'' if count == 1 else 's'}."]
    return _templates().get_template("problems.html.j2").render(title=title, then=then, problems=lines)


def _with_banner(view: View) -> bytes:
    """Put what the rules found at the top of a page."""
    if not view.problems:
        return view.content
    banner = _templates().get_template("banner.html.j2").render(problems=view.problems).encode()
    return _BODY.sub(lambda body: body[0] + banner, view.content, count=1)


def _with_script(page: bytes, version: int) -> bytes:
    """Add the script that loads newer versions; its text is new each time, so no policy could name it."""
    script = (TEMPLATES / "reload.js").read_bytes() + b"livereload(%d);\n" % version
    start, end, rest = page.rpartition(b"</body>")
    return b"%b<script>\n%b</script>\n%b%b" % (start, script, end, rest) if end else page + script


def free_port_after(port: int) -> int:
    """Return the next port that nobody listens to."""
    for number in range(port + 1, 65536):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, number))
            except OSError:
                continue
            return number
    return 0


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 65536:
        raise ValueError
    return port


def main(arguments: list[str] | None = None) -> int:
    """Run the command until it is interrupted."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--port", type=_port, default=8000, help="a number from 0 (any that is free) to 65535")
    options = parser.parse_args(arguments)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    root = options.root.resolve()
    built_site(root / "site")
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        preview = Preview(root, Path(folder))
        with Server(preview, options.port) as server:
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            try:
                preview.follow()
            except KeyboardInterrupt:
                pass
            finally:
                server.shutdown()
                preview.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
