"""Ask other sites whether the pages that the guide links to are still there: `make links`.

For a scheduled job: the build never asks anybody. One request at a time to a host, with a pause; no more than is
needed to know (the text of a page is not fetched); and an end, whatever the other sites do.
"""

import argparse
import http.client
import re
import socket
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urldefrag, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from guide.model.guide import walk
from guide.model.problems import Place, Problem
from guide.rendering.project import Book, read_book
from guide.versions import version

PATIENCE, LONGEST_WAIT, AT_ONCE = 20, 30, 8
ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"]+")
# Names that nobody can own, by RFC 2606: what a guide has before its publisher has set its own.
RESERVED = re.compile(r"(^|\.)(example(\.(com|net|org))?|invalid|localhost|test)$")
GONE = (404, 410)
NOT_ALLOWED = (405, 501)
LATER = (429, 503)


@dataclass(frozen=True)
class Answer:
    """What became of one address; nothing is said of one that is fine."""

    gone: str = ""
    """Why there is nothing."""
    moved: str = ""
    """Where it has gone for good."""
    unsure: str = ""
    """Why nobody can tell."""


def links(book: Book) -> dict[str, Place]:
    """Give every address of another site that pages and records link to, with the first place where it stands."""
    found: dict[str, Place] = {}
    for page in book.pages.values():
        for target, _, line in page.links:
            if ADDRESS.match(target):
                found.setdefault(urldefrag(target).url, page.place(line))
    for kind, record_id, source in book.guide.written():
        for path, text in walk(source.plain):
            for address in ADDRESS.findall(text):
                found.setdefault(urldefrag(address.rstrip(".,;:")).url, book.guide.place(kind, record_id, *path))
    return {address: place for address, place in found.items() if not RESERVED.search(urlsplit(address).hostname or "")}


class _Follower(HTTPRedirectHandler):
    """Follows, and remembers whether every step was for good."""

    for_good = True

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        self.for_good = self.for_good and code in (301, 308)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(address: str, method: str = "HEAD", *, again: bool = True) -> Answer:
    """Ask for one address.

    Args:
        address: Its beginning is http:// or https://.
        method: What to ask with; a server that refuses HEAD is asked with GET, and its text not read.
        again: Whether to ask a second time if the server is busy.
    """
    follower = _Follower()
    name = f"guide-link-check/{version()}"
    request = Request(address, headers={"User-Agent": name, "Accept": "*/*"}, method=method)  # noqa: S310
    try:
        with build_opener(follower).open(request, timeout=PATIENCE) as response:
            went = urldefrag(response.url).url
        moved = went != address and follower.for_good and went.rstrip("/") != address.rstrip("/")
        return Answer(moved=went) if moved else Answer()
    except HTTPError as error:
        if method == "HEAD" and error.code in (*NOT_ALLOWED, *GONE, 400, 403):
            # Some answer so to HEAD alone.
            return ask(address, "GET", again=again)
        if again and error.code in LATER:
            wait = error.headers.get("Retry-After", "")
            time.sleep(min(int(wait) if wait.isdigit() else PATIENCE, LONGEST_WAIT))
            return ask(address, method, again=False)
        return Answer(gone=f"answers {error.code}") if error.code in GONE else Answer(unsure=f"answers {error.code}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_NONAME:
            return Answer(gone="is on a host that does not exist")
        return Answer(unsure=str(reason) or type(reason).__name__)


def ask_all(addresses: Iterable[str], pause: float, seconds: float) -> dict[str, Answer]:
    """Ask for every address, those of one host one after the other.

    Args:
        addresses: All different.
        pause: Seconds between two requests to one host.
        seconds: After so long, no more is asked.
    """
    end = time.monotonic() + seconds
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)

    def one_host(mine: list[str]) -> Iterator[tuple[str, Answer]]:
        for number, address in enumerate(mine):
            if number:
                time.sleep(pause)
            late = time.monotonic() > end
            yield address, Answer(unsure="there was no time left to ask") if late else ask(address)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(lambda mine: list(one_host(mine)), hosts.values())
        return {address: answer for pairs in found for address, answer in pairs}


def look(book: Book, pause: float, seconds: float) -> tuple[list[Problem], list[Problem]]:
    """Look at every link.

    Returns:
        What has gone or moved; and what nobody can tell, which a person may look at.
    """
    found = links(book)
    answers = ask_all(found, pause, seconds)
    problems, unsure = [], []
    for address, place in found.items():
        answer = answers[address]
        if answer.gone:
            remedy = "Find where it has gone, or another source that says the same."
            problems.append(Problem(place, f"{address} {answer.gone}", remedy, "dead-link"))
        elif answer.moved:
            remedy = f"See that it is the same, and write {answer.moved} in its place."
            problems.append(Problem(place, f"{address} has moved for good", remedy, "moved-link"))
        elif answer.unsure:
            unsure.append(
                Problem(place, f"{address}: {answer.unsure}", "Open it in a browser if this stays so.", "unsure-link")
            )
    return sorted(problems), sorted(unsure)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how to ask."""
    parser.add_argument("--pause", type=float, default=2, help="seconds between two requests to one host (default 2)")
    parser.add_argument("--seconds", type=float, default=1200, help="seconds after which nobody is asked any more")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if a link has gone or moved."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    add_options(parser)
    options = parser.parse_args(arguments)
    problems, unsure = look(read_book(options.root.resolve()), options.pause, options.seconds)
    for problem in [*problems, *unsure]:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} to mend, {len(unsure)} that nobody can tell.", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
