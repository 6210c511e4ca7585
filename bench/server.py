"""How Caddy and nginx, with the configurations of deploy/, answer many readers of the guide at once.

The client is this process: it looks at every byte, on the cores that the server has too, and nginx has one process
here. So a server with cores of its own answers more.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from bench.readers import load_of
from bench.run import Row, whole
from bench.search import LOADED
from guide.commands import host
from guide.commands.servers import KINDS, serving
from guide.model.addresses import API, EMBEDS, page_address, page_id
from guide.outputs.hosting import MISSING

SECONDS, READERS, PATIENCE = 30, 16, 20
SELDOM = 10
"""One reader in so many searches, follows a link that is dead, and has a browser that unpacks nothing."""
COPIES = {"gzip": ".gz", "br": ".br"}
"""What a file's compressed copy ends in, by the name of its coding."""


@dataclass(frozen=True)
class Wish:
    """A request, and its right answers.

    Attributes:
        request: What is sent.
        status: What the answer says.
        bodies: What it may hold, by its coding.
    """

    request: bytes
    status: int
    bodies: dict[str, bytes]

    @classmethod
    def of_file(cls, path: str, file: Path, *, status: int = 200, accepted: str = "gzip, br") -> "Wish":
        """Ask for an address.

        Args:
            path: The address below the site's root.
            file: What the answer holds.
            status: What it says.
            accepted: The codings that the browser unpacks; those of today.
        """
        request = f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {accepted}\r\n\r\n"
        bodies = {"": file.read_bytes()}
        for coding, end in COPIES.items():
            copy = file.with_name(file.name + end)
            if coding in accepted and copy.is_file():
                bodies[coding] = copy.read_bytes()
        return cls(request.encode(), status, bodies)


@dataclass
class Load:
    """What many readers saw.

    Attributes:
        answers: Each one's second, the seconds until it was whole, and its bytes.
        errors: How many answers were wrong, short or missing.
    """

    answers: list[tuple[int, float, int]] = field(default_factory=list)
    errors: int = 0


def wishes(site: Path, pages: list[str]) -> Iterator[Wish]:
    """Give what is asked for: each page with all that it loads, its embed and its data, and now and then the search.

    Args:
        site: The folder of a site that `make host` has made ready.
        pages: Paths of pages below docs/.
    """
    for number, source in enumerate(pages):
        page, name = page_address(source), page_id(source)
        _, *others = load_of(site, page).requests
        yield Wish.of_file(page, site / page / "index.html")
        for path in (*others, f"{API}pages/{name}.json"):
            yield Wish.of_file(path, site / path)
        embed = f"{EMBEDS}page/{name}/"
        yield Wish.of_file(embed, site / embed / "index.html")
        if number % SELDOM == 0:
            for pattern in LOADED:
                file = next(site.glob(pattern))
                yield Wish.of_file(file.relative_to(site).as_posix(), file)
            yield Wish.of_file(f"{page}not-there/", site / MISSING, status=404)
            yield Wish.of_file(page, site / page / "index.html", accepted="identity")


def load(port: int, wanted: list[Wish], seconds: float) -> Load:
    """Let readers ask a server of the loopback for one thing after the other, all at the same time.

    Args:
        port: That of the server.
        wanted: What they ask for; each begins somewhere else.
        seconds: How long.
    """
    seen = Load()

    async def all_of_them() -> None:
        start = time.monotonic()
        offsets = (number * len(wanted) // READERS for number in range(READERS))
        await asyncio.gather(*(_read(port, islice(cycle(wanted), at, None), start, seconds, seen) for at in offsets))

    # In a thread of its own, for the caller's may have a loop that runs.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, all_of_them()).result()
    return seen


async def _read(port: int, wanted: Iterator[Wish], start: float, seconds: float, seen: Load) -> None:
    """Be one reader, who stays connected while the server does."""
    while time.monotonic() < start + seconds:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                stays = True
                while stays and (sent := time.monotonic()) < start + seconds:
                    wish = next(wanted)
                    writer.write(wish.request)
                    async with asyncio.timeout(PATIENCE):
                        stays, right, size = await _answer(reader, wish)
                    end = time.monotonic()
                    seen.answers.append((int(end - start), end - sent, size))
                    seen.errors += not right
            finally:
                writer.close()
        except (OSError, ValueError, asyncio.IncompleteReadError):
            seen.errors += 1
            await asyncio.sleep(0.1)


async def _answer(reader: asyncio.StreamReader, wish: Wish) -> tuple[bool, bool, int]:
    """Read one answer: whether the connection stays open, whether it is right, and its bytes."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    named = {name.lower(): value for name, value in re.findall(r"\r\n([\w-]+): *([^\r]*)", head)}
    if "content-length" in named:
        body = await reader.readexactly(int(named["content-length"]))
    else:
        body = b""
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    right = int(head[9:12]) == wish.status and body == wish.bodies.get(named.get("content-encoding", ""))
    return named.get("connection") != "close", right, len(head) + len(body)


def rows(root: Path, site: Path, seconds: float = SECONDS) -> list[Row]:
    """Make a site ready for servers, and load each of them, for the table of the bench.

    Args:
        root: The guide.
        site: What was built of it.
        seconds: How long each server is loaded.
    """
    host.main(["--root", str(root), "--site", str(site)])
    pages = [path.relative_to(root / "docs").as_posix() for path in sorted((root / "docs").rglob("*.md"))]
    wanted, found = list(wishes(site, pages)), []
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder, serving(kind, site, Path(folder)) as port:
            seen = load(port, wanted, seconds)
        waits = [1000 * wait for _, wait, _ in seen.answers]
        sizes: list[list[int]] = [[] for _ in range(int(seconds) + PATIENCE)]
        for second, _, size in seen.answers:
            sizes[second].append(size)
        whole_seconds = sizes[: int(seconds)]
        found += [
            Row(f"{kind}: requests a second", [len(each) for each in whole_seconds], None, whole),
            Row(f"{kind}: megabytes a second", [sum(each) / 1_000_000 for each in whole_seconds], None, _one_digit),
            Row(f"{kind}: time to answer, median", [median(waits)], None, _milliseconds),
            Row(f"{kind}: time to answer, 99 of 100", [quantiles(waits, n=100)[-1]], None, _milliseconds),
            Row(f"{kind}: errors", [seen.errors], 0, whole),
        ]
    return found


def _one_digit(value: float) -> str:
    return f"{value:.1f}"


def _milliseconds(value: float) -> str:
    return f"{value:.1f} ms"
