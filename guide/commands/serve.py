"""Show the guide in a browser and follow every edit: `make serve`.

Each change of a page, of data or of code builds the site in a process of its own, so that code is always fresh; until
that is done, the last site is served. While something is wrong, every address shows the problems; once that is fixed,
the browser comes back by itself.
"""

import argparse
import errno
import html
import logging
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from guide.commands.build import built_site
from guide.commands.command import Refused
from guide.commands.progress import OFF

WATCHED = ["docs", "data", "macros", "guide", "mkdocs.yml"]
HOST = "127.0.0.1"
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{then}</p>
<ul>
{items}
</ul></main></body>
</html>"""


_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


class Server(LiveReloadServer):
    """Serves the last build, or what is wrong with it."""

    def __init__(self, root: Path, port: int, folder: Path) -> None:
        super().__init__(self.build, HOST, port, root=str(folder / "none"))
        self.project = root
        self.site = folder / "site"
        self.built = False
        self.messages: list[str] = []
        self.error_handler = self.problems_page
        # The first build begins when the port is open.
        self._want_rebuild = True
        for name in WATCHED:
            path = root / name
            if path.exists():
                self.watch(str(path))

    def server_bind(self) -> None:
        """Open the port, or say what to do: nothing is built before.

        Raises:
            Refused: The port is somebody else's.
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
        """Say where the guide is as soon as somebody answers there."""
        super().server_activate()
        self.url = f"http://{HOST}:{self.server_port}/"
        print(f"Serving the guide at {self.url} (Ctrl+C stops it).", file=sys.stderr, flush=True)

    def build(self) -> None:
        """Build in a process of its own, and choose what to serve."""
        print("Building...", file=sys.stderr, flush=True)
        # The engine's server holds requests back until the version that it wants is there: until then it wants the one
        # that it has.
        with self._epoch_cond:
            wanted, self._wanted_epoch = self._wanted_epoch, self._visible_epoch
            self._epoch_cond.notify_all()
        start = time.monotonic()
        try:
            self.messages = self._build()
        except OSError as error:
            self.messages = [f"The build can't be started: {error}"]
        finally:
            self._wanted_epoch = wanted
        self.built = True
        self.root = str(self.site.with_name("none") if self.messages else self.site)
        if not self.messages:
            pages = sum(1 for _ in (self.project / "docs").rglob("*.md"))
            print(f"Built {pages} pages in {time.monotonic() - start:.1f} s.", file=sys.stderr, flush=True)
            return
        print(*self.messages, sep="\n", file=sys.stderr, flush=True)

    def _build(self) -> list[str]:
        """Run the command, and return what is wrong."""
        command = [sys.executable, "-m", "guide.commands.build", "--root", str(self.project), "--site", str(self.site)]
        # Ctrl+C may be for this process alone: then it ends that one, and waits until it has tidied up.
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=Path(__file__).parents[2],
            env=os.environ | {OFF: "0"},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _, errors = process.communicate()
        finally:
            process.terminate()
            process.wait()
        return errors.splitlines() if process.returncode else []

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Add the engine's script, which asks for changes; its text differs each time, so no policy could name it."""
        return _POLICY.sub(b"", super()._inject_js_into_html(content, epoch))  # type: ignore[no-untyped-call]

    def problems_page(self, code: int) -> bytes | None:
        """Return what stands for every address until there is a site to show, else the site's own 404 page."""
        if self.messages:
            items = "\n".join(f"<li>{html.escape(message)}</li>" for message in self.messages)
            content = PAGE.format(
                title="The guide cannot be shown yet",
                then="The page comes back by itself when this is fixed.",
                items=items,
            ).encode()
        elif not self.built:
            content = PAGE.format(
                title="The guide is being built", then="This page changes by itself in a few seconds.", items=""
            ).encode()
        else:
            missing = self.site / "404.html"
            content = missing.read_bytes() if missing.is_file() else b""
        return self._inject_js_into_html(content, self._visible_epoch) if content else None


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
    logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
    built_site(options.root.resolve() / "site")
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        server = Server(options.root.resolve(), options.port, Path(folder))
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown(wait=server.serve_thread.is_alive())
    return 0


if __name__ == "__main__":
    sys.exit(main())
