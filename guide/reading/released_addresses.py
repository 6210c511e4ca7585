"""The addresses of the last release (deploy/addresses.txt), and those of pages that have moved or are withdrawn."""

from collections.abc import Iterator
from pathlib import Path

from guide.model.addresses import page_address
from guide.model.guide import Guide

ADDRESS_LIST = "deploy/addresses.txt"
NOT_PAGES = ("api/", "embed/", "oembed/", "handouts/", "print/", "assets/")
"""The beginnings of addresses that aren't pages."""


def released_addresses(root: Path) -> list[str]:
    """Return the addresses of the last release, relative to the site's root; none without a list."""
    path = root / ADDRESS_LIST
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [line.removeprefix("/") for line in lines if line.startswith("/")]


def released_pages(root: Path) -> set[str]:
    """Return the addresses of the pages of the last release."""
    return {
        name for name in released_addresses(root) if not name.startswith(NOT_PAGES) and (name.endswith("/") or not name)
    }


def released_parts(root: Path) -> Iterator[str]:
    """Return the kind and id of every record that other sites may embed since the last release, as "chart/finish"."""
    for name in released_addresses(root):
        if name.startswith("embed/v1/") and name.count("/") == 4 and not name.startswith("embed/v1/page/"):
            yield name.removeprefix("embed/v1/").rstrip("/")


def retired_pages(guide: Guide) -> set[str]:
    """Return the addresses of pages that have moved or are withdrawn. A build still makes them."""
    moved = {page_address(move.was) for move in guide.moved.values()}
    addresses = (record.address.partition("/") for record in guide.withdrawn.values())
    withdrawn = {page for kind, _, page in addresses if kind == "page"}
    return moved | {"" if page == "index" else page.replace("--", "/") + "/" for page in withdrawn}
