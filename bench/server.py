"""How Caddy and nginx, with the configurations of deploy/, answer many readers at once, on the loopback.

Each reader asks for every file of the site and for an address that is missing. An answer that is not the file to the
byte is an error. The client is in Python and on the same cores, so it is the limit: servers can do much more.
"""

import re
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from bench.measure import Row, built
from guide.commands import host
from guide.commands.servers import SERVERS, serving
from guide.outputs.hosting import MISSING

ROUNDS = 30
"""Seconds of load for each server."""
READERS, PATIENCE = 16, 20
COPIES = {"gzip": ".gz", "br": ".br"}
"""What a file's compressed copy ends in, by the name of its coding."""


@dataclass(frozen=True)
class Wish:
    """An address below the site's root, and the right answer: its status, and its bodies by their coding."""

    path: str
    bodies: dict[str, bytes]
    status: int = 200


class Answer(NamedTuple):
    """What a reader saw: the seconds until an answer was whole, and whether it was right."""

    seconds: float
    right: bool


def wishes(site: Path) -> Iterator[Wish]:
    """Yield what is asked for, from a site that `make host` has made ready: all but addresses that lead elsewhere."""
    moved = re.findall(r"^/(\S+) ", (site / "_redirects").read_text("utf-8"), re.MULTILINE)
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        # Names that begin with "_" are for hosts, which serve none of them.
        if file.is_file() and file.suffix not in COPIES.values() and path not in moved and not path.startswith("_"):
            yield Wish(path, _bodies(file))
    yield Wish("not-there/", _bodies(site / MISSING), 404)


def _bodies(file: Path) -> dict[str, bytes]:
    copies = {coding: file.with_name(file.name + end) for coding, end in COPIES.items()}
    return {"": file.read_bytes()} | {coding: copy.read_bytes() for coding, copy in copies.items() if copy.is_file()}


def load(port: int, wanted: list[Wish], seconds: float) -> list[Answer]:
    """Let readers ask a server for one thing after the other, all at the same time, each from a start of its own."""
    seen: list[Answer] = []
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(READERS) as threads:
        for number in range(READERS):
            # Every other one unpacks nothing.
            accepted = ", ".join(COPIES) if number % 2 else "identity"
            start = number * len(wanted) // READERS
            threads.submit(_read, port, islice(cycle(wanted), start, None), accepted, end, seen)
    return seen


def _read(port: int, wanted: Iterator[Wish], accepted: str, end: float, seen: list[Answer]) -> None:
    """Be one reader, who stays connected while the server does."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    while (sent := time.monotonic()) < end:
        wish = next(wanted)
        try:
            connection.request("GET", f"/{wish.path}", headers={"Accept-Encoding": accepted})
            answer = connection.getresponse()
            body = wish.bodies.get(answer.headers.get("Content-Encoding", ""))
            right = answer.read() == body and answer.status == wish.status
        except (OSError, HTTPException):
            right = False
            connection.close()
            time.sleep(0.1)
        seen.append(Answer(time.monotonic() - sent, right))
    connection.close()


def rows(root: Path, rounds: int) -> Iterator[Row]:
    """Build the guide, make it ready for servers, and load each of them."""
    with built(root) as site:
        host.main(["--root", str(root), "--site", str(site)])
        wanted = list(wishes(site))
        for kind in SERVERS:
            with tempfile.TemporaryDirectory() as folder, serving(kind, site, Path(folder)) as port:
                seen = load(port, wanted, rounds)
            waits = [1000 * answer.seconds for answer in seen]
            yield Row(f"{kind}: requests a second", [len(waits) / rounds])
            yield Row(f"{kind}: time to answer, median", [median(waits)], form="{:.1f} ms")
            yield Row(f"{kind}: time to answer, 99 of 100", [quantiles(waits, n=100)[-1]], form="{:.1f} ms")
            yield Row(f"{kind}: errors", [sum(not answer.right for answer in seen)], 0)
