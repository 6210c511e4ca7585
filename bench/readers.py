"""What a reader's browser loads for a page before it is touched: requests, and their bytes as brotli packs them."""

import zlib
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import brotli

from bench.run import Row, whole
from guide.model.addresses import page_address
from guide.model.guide import Guide
from guide.reading.pages import Page, read_pages
from guide.reading.records import load_guide

MOST_BYTES, MOST_REQUESTS = 45_000, 6


class _Fetched(HTMLParser):
    """Collects what a browser fetches for a page by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        named = {"script": "src", "img": "src", "iframe": "src"}.get(tag)
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload"):
            named = "href"
        if named and given.get(named) and given.get("loading") != "lazy":
            self.found.append(str(given[named]))


@dataclass(frozen=True)
class Load:
    """What one page costs its reader before the first touch."""

    requests: list[str]
    """Addresses below the site's root, the page first."""
    size: int
    """Bytes of all of them, compressed."""


def load_of(site: Path, page: str) -> Load:
    """Count what a browser loads for a page of a built site.

    Args:
        site: The folder of the site.
        page: Address of the page below its root, e.g. `reference/glossary/`.
    """
    file = site / page / "index.html"
    reader = _Fetched()
    reader.feed(file.read_text("utf-8"))
    others = (urlsplit(urljoin(f"/{page}", address)).path.removeprefix("/") for address in reader.found)
    requests = list(dict.fromkeys([page, *others]))
    return Load(requests, sum(_packed(site / each if each != page else file) for each in requests))


@cache
def _packed(path: Path) -> int:
    return len(brotli.compress(path.read_bytes(), quality=11))


def rows(root: Path, site: Path) -> list[Row]:
    """Measure what some pages cost their reader, for the table of the bench.

    Args:
        root: The guide, for what its pages hold.
        site: What was built of it.
    """
    guide, (pages, _) = load_guide(root / "data"), read_pages(root / "docs")
    measured = []
    for name, page in _measured(guide, pages, site).items():
        load = load_of(site, page)
        measured.append(Row(f"Bytes before the first touch, {name}", [load.size], MOST_BYTES, whole))
        measured.append(Row(f"Requests before the first touch, {name}", [len(load.requests)], MOST_REQUESTS, whole))
    return measured


def _measured(guide: Guide, pages: dict[str, Page], site: Path) -> dict[str, str]:
    """Give the address of a page of each kind; where there are several, of the heaviest."""

    def heaviest(*calls: str) -> str:
        chosen = (path for path, page in pages.items() if not calls or {call.name for call in page.calls} & set(calls))
        addresses = map(page_address, chosen)
        return max(addresses, key=lambda address: len(zlib.compress((site / address / "index.html").read_bytes())))

    return {
        "start page": "",
        "help page": page_address(guide.settings.help_page),
        "heaviest page with a comparison": heaviest("comparison_table"),
        "heaviest page with a checklist": heaviest("checklist"),
        "heaviest page": heaviest(),
    }
