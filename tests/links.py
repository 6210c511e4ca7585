"""A built site as programs follow it: every document with its ids, and every address that is written in it."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pikepdf

from guide.outputs.feed import FEEDS
from guide.outputs.suggest import FOLDER as FORM_FILES

REFERS = {"for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "aria-owns"}
"""Attributes that hold the ids of other elements."""
BESIDE = {"$schema", "changes", "file", "description", "feed", "safety", "safety_feed", "status"}
"""Keys of the files for programs that hold an address, relative to the file."""


@dataclass
class Document:
    """One file of the site.

    Attributes:
        name: Its path in the site; "index.html" at the end is left out.
    """

    name: str
    ids: list[str] = field(default_factory=list)
    refers: list[tuple[str, str]] = field(default_factory=list)
    """Attribute and id of each reference to another element."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Element and address of each link, as written."""

    @cached_property
    def known(self) -> set[str]:
        """Its ids."""
        return set(self.ids)

    @property
    def kind(self) -> str:
        """What it is: page, embed, oembed, api, pdf, ..."""
        return kind_of(self.name)

    @property
    def repeated(self) -> list[str]:
        """The ids that two elements have."""
        return [name for name, count in Counter(self.ids).items() if count > 1]


def kind_of(name: str) -> str:
    """Tell what stands at a path of the site."""
    if name.endswith(".pdf"):
        return "pdf"
    first = name.partition("/")[0]
    if first in ("embed", "oembed", "api", "assets", "search"):
        return "asset" if first in ("assets", "search") or "/assets/" in name else first
    if first == "print":
        return "handout"
    return "page" if name.endswith("/") or name in ("", "404.html") else name


def form_places(folder: Path) -> list[str]:
    """Give what may stand after # in the address of the form for suggestions: its script finds the file of each."""
    files = (folder / FORM_FILES).rglob("*.json")
    return [path.relative_to(folder / FORM_FILES).with_suffix("").as_posix() for path in files]


class _Reader(HTMLParser):
    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.document.ids.append(value or "")
            elif name in ("href", "src", "action", "data-link"):
                self.document.links.append((tag, value or ""))
            elif name in REFERS:
                self.document.refers += [(name, each) for each in (value or "").split()]

    def handle_data(self, data: str) -> None:
        """Read the HTML that a reader is given to copy."""
        if self.lasttag == "textarea" and "<" in data:
            _Reader(self.document).feed(data)


class Links:
    """All documents of a built site.

    Attributes:
        folder: The site.
        address: Where it will be; absolute, ends in "/".
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = json.loads((folder / "api/v1/index.json").read_text("utf-8"))["address"]
        self.documents: dict[str, Document] = {}
        self._followed: dict[str, list[tuple[str, str, str, str]]] = {}
        self._inside = re.compile(re.escape(self.address) + r"[^\s\"'<>)\]\\]*")
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            read = {".html": self._html, ".json": self._json, ".pdf": self._pdf, ".csv": self._text, ".xml": self._text}
            if path.is_file() and path.suffix in read:
                document = Document(name.removesuffix("index.html"))
                read[path.suffix](document, path)
                self.documents[document.name] = document
            elif path.is_file():
                self.documents[name] = Document(name)
        for document in self.documents.values():
            document.ids += form_places(folder) if "guide-suggest" in document.ids else []

    def _html(self, document: Document, path: Path) -> None:
        _Reader(document).feed(path.read_text("utf-8"))

    def _text(self, document: Document, path: Path) -> None:
        text = path.read_text("utf-8")
        document.links += [("text", found.rstrip(".,;:")) for found in self._inside.findall(text)]
        if path.name in FEEDS:
            for content in re.findall(r'<content type="html">(.*?)</content>', text, re.DOTALL):
                part = Document("")
                _Reader(part).feed(unescape(content))
                document.links += part.links

    def _json(self, document: Document, path: Path) -> None:
        if path.name == "openapi.json" or document.name.startswith(FORM_FILES) or "/schemas/" in document.name:
            return
        for key, value in _strings(json.loads(path.read_text("utf-8"))):
            if key == "html":
                part = Document("")
                _Reader(part).feed(value)
                document.links += part.links
            elif key in BESIDE and re.fullmatch(r"[\w/-]*[./][\w./-]*", value):
                document.links.append((key, value))
            elif key != "text":
                document.links += [(key, found.rstrip(".,;:")) for found in self._inside.findall(value)]

    def _pdf(self, document: Document, path: Path) -> None:
        pdf = pikepdf.open(io.BytesIO(path.read_bytes()))
        names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
        pages = {page.objgen for page in pdf.pages}
        places = zip(names[::2], names[1::2], strict=True) if names else ()
        document.ids += [str(name) for name, place in places if place[0].objgen in pages]
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                if "/Dest" in note:
                    document.links.append(("place", "#" + str(note.Dest)))
                else:
                    document.links.append(("link", str(note.A.URI)))

    # What is wrong

    def inside(self, document: Document) -> list[tuple[str, str, str, str]]:
        """Give each link of a document that stays in the site: element, address as written, path and fragment."""
        if document.name not in self._followed:
            self._followed[document.name] = list(self._follow(document))
        return self._followed[document.name]

    def _follow(self, document: Document) -> Iterator[tuple[str, str, str, str]]:
        here = urljoin(self.address, document.name)
        root = urlsplit(self.address).path
        for element, written in document.links:
            whole = urljoin(here, written)
            if whole.startswith(self.address):
                parts = urlsplit(whole)
                path = unquote(parts.path)[len(root) :].removesuffix("index.html")
                yield element, written, path, unquote(parts.fragment)

    def dead(self, kind: str) -> list[str]:
        """Give what leads nowhere in the documents of a kind."""
        found = []
        for document in self.of(kind):
            for _, written, path, fragment in self.inside(document):
                target = self.documents.get(path)
                if target is None and not (self.folder / path).is_file():
                    found.append(f"{document.name}: nothing is at {written}")
                elif (
                    fragment
                    and target
                    and fragment not in target.known
                    and kind_of(path) in ("page", "embed", "handout", "pdf")
                ):
                    found.append(f"{document.name}: nothing has the id of {written}")
            found += [f"{document.name}: {name}={each}" for name, each in document.refers if each not in document.known]
        return found

    def of(self, kind: str) -> list[Document]:
        """Give the documents of a kind."""
        return [document for document in self.documents.values() if document.kind == kind]


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Give every string of a JSON file with the key that it stands under."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _strings(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each, key)
    elif isinstance(value, str):
        yield key, value
