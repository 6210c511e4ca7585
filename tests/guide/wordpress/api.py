"""A guide's data files on the loopback, behind TLS, that answers as a test wants it to."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.guide.wordpress.conftest import TLSServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test put at a path."""

    def __init__(self, api: Api, *arguments: Any) -> None:
        self.api = api
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer, and remember that and how it was asked."""
        self.api.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        answer = self.api.down or self.api.answers.get(self.path.removeprefix("/guide/api/v1/").removesuffix(".json"))
        if answer is None:
            self.send(b"{}", status=404)
        else:
            answer(self)

    def send(self, body: bytes, *headers: tuple[str, str], status: int = 200, length: int | None = None) -> None:
        """Send a body as JSON, or with other headers."""
        self.send_response(status)
        names = {name.lower() for name, _ in headers}
        for name, value in headers:
            self.send_header(name, value)
        if "content-type" not in names:
            self.send_header("Content-Type", "application/json")
        if length != -1:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Api:
    """What the guide answers, by the names of parts, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.down: Answer | None = None
        """What it answers to everything, while it is down."""
        self.address = ""

    def part(self, name: str, **fields: Any) -> dict[str, Any]:
        """Return a part as the guide writes it, with other fields."""
        kind, _, item = name.partition("/")
        return {
            "$schema": f"../schemas/{kind}.json",
            "kind": kind,
            "id": item,
            "title": "Before you swim",
            "summary": "Read this first.",
            "language": "en",
            "html": "<section>\n<p>Before you swim</p>\n<ul>\n<li>Look for the lifeguard.</li>\n</ul>\n</section>",
            "text": "Before you swim\nLook for the lifeguard.",
            "sources": [],
            "sources_checked": "2026-11-30",
            "review_due": "2027-05-30",
            "clinical_review": None,
            "reviews": [],
            "publisher": "The swimmers",
            "disclaimer": "This is general information.",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
            "address": f"{self.address}{kind}/#{item}",
            "embed": None,
            "content_hash": "0" * 64,
            **fields,
        }

    def has(self, name: str, **fields: Any) -> None:
        """Answer with a part."""
        body = json.dumps(self.part(name, **fields)).encode()
        self.answers[name] = lambda handler: handler.send(body)


@contextmanager
def serving(certificate: Path) -> Iterator[Api]:
    """Serve a guide's data files."""
    api = Api()
    with TLSServer(("127.0.0.1", 0), partial(Handler, api)) as server:
        api.address = f"https://127.0.0.1:{server.server_port}/guide/"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        yield api
        server.shutdown()
        thread.join()


def drip(handler: Handler, seconds: float = 60) -> None:
    """Send a letter now and then, so that no single wait is long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        handler.wfile.write(b" ")
        time.sleep(0.2)


def flood(handler: Handler) -> None:
    """Send without an end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)
