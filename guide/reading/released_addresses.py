"""The addresses of the last release (deploy/addresses.txt), and those that a project keeps of what it has no more."""

from collections.abc import Iterator
from pathlib import Path

from guide.model.addresses import page_address
from guide.model.guide import Guide

LIST = "deploy/addresses.txt"
MACHINES = ("api/", "embed/", "oembed/", "handouts/", "assets/")
"""The beginnings of addresses that are no pages."""


def read_list(root: Path) -> list[str]:
    """Return the addresses of the last release, relative to the site's root; empty without a list."""
    path = root / LIST
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [line.removeprefix("/") for line in lines if line.startswith("/")]


def released_pages(root: Path) -> set[str]:
    """Return the addresses of the pages of the last release."""
    return {name for name in read_list(root) if not name.startswith(MACHINES) and (name.endswith("/") or not name)}


def released_parts(root: Path) -> Iterator[str]:
    """Return kind and id of every part of the last release that other sites may show, such as "chart/finish"."""
    for name in read_list(root):
        if name.startswith("embed/v1/") and name.count("/") == 4 and not name.startswith("embed/v1/page/"):
            yield name.removeprefix("embed/v1/").rstrip("/")


def kept_pages(guide: Guide) -> set[str]:
    """Return the addresses of pages that have moved or are withdrawn, and that a build still makes."""
    moved = {page_address(move.was) for move in guide.moved.values()}
    gone = {
        item for kind, _, item in (each.address.partition("/") for each in guide.withdrawn.values()) if kind == "page"
    }
    return moved | {"" if item == "index" else item.replace("--", "/") + "/" for item in gone}
