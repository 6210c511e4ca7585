"""Check that the pages that the guide links to still exist, and that no paper was retracted: `make links`.

This is for a scheduled job: the build makes no requests. A host gets one request at a time, with pauses; the text of a
page isn't fetched; and after a time limit no more requests are made, whatever the other sites do.
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

from guide.commands.facts import SourceProblem, facts_by_source, with_facts
from guide.commands.outside_requests import BUSY, RESERVED, TIMEOUT, prepared, wait
from guide.commands.retractions import check_sources
from guide.model.guide import walk
from guide.model.problems import Place, Problem
from guide.model.release import CHANGES
from guide.rendering.project import Project, read_project

_THREADS = 8
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"]+")
_GONE = (404, 410)
_METHOD_NOT_ALLOWED = (405, 501)


@dataclass(frozen=True)
class Answer:
    """The result for one address; all fields are empty if it's fine."""

    dead: str = ""
    """Why it's dead."""
    moved: str = ""
    """The address that it has moved to permanently."""
    inconclusive: str = ""
    """Why the result is inconclusive."""


def external_links(project: Project) -> dict[str, Place]:
    """Return every address of another site that pages and records link to, with the first place where it's used."""
    places: dict[str, Place] = {}
    for page in project.pages.values():
        for target, _, line in page.links:
            if _ADDRESS.match(target):
                places.setdefault(urldefrag(target).url, page.place(line))
    for kind, record_id, source in project.guide.written():
        # What a release changed is history: addresses that are gone stay in it.
        for path, text in walk(source.plain) if kind != CHANGES else ():
            for address in _ADDRESS.findall(text):
                places.setdefault(urldefrag(address.rstrip(".,;:")).url, project.guide.place(kind, record_id, *path))
    return {
        address: place for address, place in places.items() if not RESERVED.search(urlsplit(address).hostname or "")
    }


class _Follower(HTTPRedirectHandler):
    """Follows redirects, and records whether all of them are permanent."""

    permanent = True

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        self.permanent = self.permanent and code in (301, 308)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def request(address: str, method: str = "HEAD", *, again: bool = True) -> Answer:
    """Request one address.

    Args:
        address: An address that begins with http:// or https://.
        method: The HTTP method. A server that refuses HEAD gets a GET request, whose body isn't read.
        again: Whether to try a second time if the server is busy.
    """
    follower = _Follower()
    try:
        with build_opener(follower).open(prepared(address, method), timeout=TIMEOUT) as response:
            target = urldefrag(response.url).url
        moved = target != address and follower.permanent and target.rstrip("/") != address.rstrip("/")
        return Answer(moved=target) if moved else Answer()
    except HTTPError as error:
        if method == "HEAD" and error.code in (*_METHOD_NOT_ALLOWED, *_GONE, 400, 403):
            # Some servers only refuse HEAD.
            return request(address, "GET", again=again)
        if again and error.code in BUSY:
            wait(error.headers)
            return request(address, method, again=False)
        answer = f"answers {error.code}"
        return Answer(dead=answer) if error.code in _GONE else Answer(inconclusive=answer)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_NONAME:
            return Answer(dead="is on a host that does not exist")
        return Answer(inconclusive=str(reason) or type(reason).__name__)


def _request_all(addresses: Iterable[str], pause: float, seconds: float) -> dict[str, Answer]:
    """Request every address, those of one host one after the other.

    Args:
        addresses: The addresses, each once.
        pause: Seconds between two requests to one host.
        seconds: Seconds after which no more requests are made.
    """
    end = time.monotonic() + seconds
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)

    def one_host(own: list[str]) -> Iterator[tuple[str, Answer]]:
        for number, address in enumerate(own):
            if number:
                time.sleep(pause)
            late = time.monotonic() > end
            yield address, Answer(inconclusive="there was no time left to check it") if late else request(address)

    with ThreadPoolExecutor(_THREADS) as pool:
        answers = pool.map(lambda own: list(one_host(own)), hosts.values())
        return {address: answer for pairs in answers for address, answer in pairs}


def check_outside(project: Project, pause: float, seconds: float) -> tuple[list[Problem], list[Problem]]:
    """Check every source that has a DOI, and then every link to another site.

    Args:
        project: The project.
        pause: Seconds between two requests to one host.
        seconds: Seconds after which no more requests are made.

    Returns:
        Sources that have been retracted or corrected, and links that are dead or have moved; and inconclusive results,
        which a person may look at.
    """
    end = time.monotonic() + seconds
    sources, silent = check_sources(project, pause, seconds)
    problems, inconclusive = check_links(project, pause, end - time.monotonic())
    return sorted([*sources, *problems]), sorted([*silent, *inconclusive])


def check_links(project: Project, pause: float, seconds: float) -> tuple[list[Problem], list[Problem]]:
    """Check every link to another site; the arguments and what it returns are as for `check_outside`."""
    links = external_links(project)
    cited = facts_by_source(project)
    facts = {
        urldefrag(source.URL).url: cited.get(source.id, ()) for source in project.guide.records("references").values()
    }
    answers = _request_all(links, pause, seconds)
    problems: list[Problem] = []
    inconclusive: list[Problem] = []
    for address, place in links.items():
        answer = answers[address]
        if answer.dead:
            remedy = "Find its new address, or another source that says the same."
            wrong = f"{address} {answer.dead}"
            problems.append(SourceProblem(place, wrong, remedy, "dead-link", facts=facts.get(address, ())))
        elif answer.moved:
            remedy = f"Check that it is the same page, and write {answer.moved} in its place."
            wrong = f"{address} has moved permanently"
            problems.append(SourceProblem(place, wrong, remedy, "moved-link", facts=facts.get(address, ())))
        elif answer.inconclusive:
            remedy = "Open it in a browser if this does not change."
            inconclusive.append(Problem(place, f"{address}: {answer.inconclusive}", remedy, "inconclusive-link"))
    return sorted(problems), sorted(inconclusive)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for requests."""
    parser.add_argument("--pause", type=float, default=2, help="seconds between two requests to one host (default 2)")
    parser.add_argument("--seconds", type=float, default=1200, help="seconds after which no more requests are made")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if a link is dead or has moved, or a source was retracted or corrected."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    add_options(parser)
    options = parser.parse_args(arguments)
    problems, inconclusive = check_outside(read_project(options.root.resolve()), options.pause, options.seconds)
    for problem in [*problems, *inconclusive]:
        print("\n".join(with_facts(problem)), file=sys.stderr)
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    print(f"{count}, {len(inconclusive)} inconclusive.", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
