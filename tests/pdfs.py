"""What a tagged PDF says to a screen reader, and what of PDF/UA-1 a program can check."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf

NAMES = {
    *(
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
    ),
    *("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead"),
    *("TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula"),
    "NonStruct",
    "Form",
}
"""The standard structure types of ISO 32000-1, 14.8.4."""

STANDS_IN = {
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "Caption": {"Table", "L", "Figure"},
}
HOLDS_ONLY = {
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
    "Table": {"Caption", "TR", "THead", "TBody", "TFoot"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
HEADING = re.compile(r"H[1-6]")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
SHOWS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI"}
"""Operators that put something on a page."""


@dataclass(eq=False)
class Element:
    """One structure element, with what a reader reads in it."""

    role: str
    object: Any
    parent: Element | None = None
    kids: list[Element | str] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Give this element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def find_all(self, *roles: str) -> list[Element]:
        """Give the elements below with one of these roles."""
        return [each for each in self.walk() if each is not self and each.role in roles]

    @property
    def elements(self) -> list[Element]:
        """The elements just below."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def text(self) -> str:
        """The words in it."""
        return " ".join("".join(kid if isinstance(kid, str) else f" {kid.text} " for kid in self.kids).split())

    @property
    def lang(self) -> str:
        """The language that it names, or the one that it stands in."""
        own = str(self.object.get("/Lang", ""))
        return own or (self.parent.lang if self.parent else "")

    def attribute(self, name: str) -> Any:
        """Give an attribute, of whatever owner."""
        found = self.object.get("/A")
        attributes = list(found) if isinstance(found, pikepdf.Array) else [found] if found is not None else []
        return next((each[name] for each in attributes if name in each), None)

    def __repr__(self) -> str:
        return f"{self.role} {self.text[:60]!r}"


class Printed:
    """A PDF with its structure."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.faults: list[str] = []
        self.marks: dict[tuple[int, int], str] = {}
        """The words of each mark, by page and number."""
        self.taken: Counter[tuple[int, int]] = Counter()
        self.owners: dict[tuple[int, int], Any] = {}
        self._pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        for number, page in enumerate(self.pdf.pages):
            self._read(number, page)
        root = self.pdf.Root.StructTreeRoot
        (top,) = root.K
        self.document = self._element(top, None)

    def _read(self, number: int, page: pikepdf.Page) -> None:
        """Read the content of a page: every piece belongs to one mark."""
        fonts = {name: _decoder(font) for name, font in page.Resources.get("/Font", {}).items()}
        font: dict[int, str] = {}
        open_marks: list[tuple[str, int | None]] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BMC", "BDC"):
                values = operands[1] if name == "BDC" else {}
                mark = int(values["/MCID"]) if "/MCID" in values else None
                if open_marks:
                    self.faults.append(f"page {number + 1}: {operands[0]} stands in {open_marks[-1][0]}")
                if (str(operands[0]) == "/Artifact") != (mark is None):
                    self.faults.append(f"page {number + 1}: {operands[0]} with the mark {mark}")
                open_marks.append((str(operands[0]), mark))
                if mark is not None:
                    self.marks[number, mark] = ""
            elif name == "EMC":
                open_marks.pop()
            elif name == "Tf":
                font = fonts[str(operands[0])]
            elif name in SHOWS and not open_marks:
                self.faults.append(f"page {number + 1}: {name} stands in no mark")
            if name in ("Tj", "TJ"):
                mark = open_marks[-1][1] if open_marks else None
                shown = _shown(operands[0], font)
                if "\ufffd" in shown:
                    self.faults.append(f"page {number + 1}: a letter that cannot be read, in {shown!r}")
                if mark is not None:
                    self.marks[number, mark] += shown

    def _element(self, found: Any, parent: Element | None) -> Element:
        element = Element(str(found.S)[1:], found, parent)
        if parent and found.P.objgen != parent.object.objgen:
            self.faults.append(f"{element.role} names another parent")
        kids = found.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                self._take(element, self._pages[found.Pg.objgen], kid)
            elif kid.get("/Type") == "/MCR":
                self._take(element, self._pages[kid.Pg.objgen], int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                element.annotations.append(kid.Obj)
            else:
                element.kids.append(self._element(kid, element))
        return element

    def _take(self, element: Element, page: int, mark: int) -> None:
        self.taken[page, mark] += 1
        self.owners[page, mark] = element.object
        element.kids.append(self.marks.get((page, mark), ""))

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Level and words of every heading."""
        return [(int(each.role[1]), each.text) for each in self.document.walk() if HEADING.fullmatch(each.role)]

    # What PDF/UA-1 asks, as far as a program can check it

    def all_faults(self) -> list[str]:
        """Give every breach of the rules that are checked here."""
        rules = [
            self._content,
            self._parents,
            self._names,
            self._nesting,
            self._heading_levels,
            self._figures,
            self._tables,
            self._lists,
            self._links,
            self._languages,
            self._file,
            self._fonts,
        ]
        return [*self.faults, *(fault for rule in rules for fault in rule())]

    def _content(self) -> Iterator[str]:
        """Everything on a page is in the tree once, or an artifact (7.1)."""
        for page, mark in self.marks:
            if self.taken[page, mark] != 1:
                words = self.marks[page, mark]
                yield f"page {page + 1}: {words!r} is in the tree {self.taken[page, mark]} times"
        yield from (
            f"page {page + 1} has no mark {mark}" for page, mark in self.taken if (page, mark) not in self.marks
        )

    def _parents(self) -> Iterator[str]:
        """The tree is found from the content and from the annotations, too (ISO 32000-1, 14.7.4.4)."""
        numbers = list(self.pdf.Root.StructTreeRoot.ParentTree.Nums)
        tree = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
        for (page, mark), owner in self.owners.items():
            found = tree[int(self.pdf.pages[page].StructParents)][mark]
            if found.objgen != owner.objgen:
                yield f"page {page + 1}: the mark {mark} has another parent"
        for link in self.document.find_all("Link"):
            for annotation in link.annotations:
                if tree[int(annotation.StructParent)].objgen != link.object.objgen:
                    yield f"the annotation of {link} has another parent"

    def _names(self) -> Iterator[str]:
        """Only standard structure types (7.1)."""
        yield from (f"{each} is of no standard type" for each in self.document.walk() if each.role not in NAMES)

    def _nesting(self) -> Iterator[str]:
        """Lists and tables are made as ISO 32000-1, 14.8.4.3 says, and nothing is empty."""
        for each in self.document.walk():
            above = each.parent.role if each.parent else ""
            if each.role in STANDS_IN and above not in STANDS_IN[each.role]:
                yield f"{each} stands in {above}"
            below = {kid.role if isinstance(kid, Element) else "text" for kid in each.kids}
            if each.role in HOLDS_ONLY and not below <= HOLDS_ONLY[each.role]:
                yield f"{each} holds {sorted(below - HOLDS_ONLY[each.role])}"
            if each.role in GROUPS and below & {"text", "Span", "Link"}:
                yield f"{each} holds text in no paragraph"
            if not each.kids and each.role != "TD":
                yield f"{each.role} is empty"

    def _heading_levels(self) -> Iterator[str]:
        """The first heading is the first level, and none is skipped (7.4.2)."""
        last = 0
        for level, text in self.headings:
            if level > last + 1:
                yield f"the heading {text!r} is of level {level}, after {last}"
            last = level
        ones = [text for level, text in self.headings if level == 1]
        if len(ones) != 1:
            yield f"titles: {ones}"

    def _figures(self) -> Iterator[str]:
        """A figure has a text for those who don't see it, and a place (7.3)."""
        for each in self.document.find_all("Figure"):
            if not str(each.object.get("/Alt", "")).strip():
                yield "a figure has no text"
            if each.attribute("/BBox") is None:
                yield "a figure has no place"

    def _tables(self) -> Iterator[str]:
        """A table has headers that say what they are of, and rows of one length (7.5)."""
        for table in self.document.find_all("Table"):
            heads = table.find_all("TH")
            if not heads:
                yield f"{table} has no headers"
            scopes = {"/Row", "/Column", "/Both"}
            yield from (f"{head} has no scope" for head in heads if head.attribute("/Scope") not in scopes)
            widths = _row_widths(table)
            if len(set(widths)) != 1:
                yield f"{table} has rows of {widths} cells"
            captions = [number for number, kid in enumerate(table.elements) if kid.role == "Caption"]
            if captions not in ([], [0], [len(table.elements) - 1]):
                yield f"{table} has captions at {captions}"

    def _lists(self) -> Iterator[str]:
        """A list whose items have labels says how they are numbered (7.6)."""
        for each in self.document.find_all("L"):
            labels = [kid for item in each.elements for kid in item.elements if kid.role == "Lbl"]
            described = [label for label in labels if label.text[:1].isalpha()]
            if labels and not described and each.attribute("/ListNumbering") in (None, "/None"):
                yield f"{each} doesn't say how it is numbered"

    def _links(self) -> Iterator[str]:
        """Every annotation is a link in the tree with words of its own, and tabs follow the tree (7.18)."""
        linked = [note.objgen for each in self.document.find_all("Link") for note in each.annotations]
        for number, page in enumerate(self.pdf.pages, 1):
            if page.get("/Tabs") != "/S":
                yield f"page {number} has another order of tabs"
            for note in page.get("/Annots", []):
                if note.Subtype != "/Link":
                    yield f"page {number} has a {note.Subtype}"
                if linked.count(note.objgen) != 1:
                    yield f"page {number}: a link is in the tree {linked.count(note.objgen)} times"
                if not str(note.get("/Contents", "")).strip():
                    yield f"page {number}: a link without words"
        for each in self.document.find_all("Link"):
            if not each.text or not each.annotations:
                yield f"{each} leads nowhere, or has no words"

    def _languages(self) -> Iterator[str]:
        """The document names its language, and so does what is written in another (7.2)."""
        named = [str(self.pdf.Root.get("/Lang", ""))]
        named += [str(each.object.Lang) for each in self.document.walk() if "/Lang" in each.object]
        yield from (f"{each!r} is no language" for each in named if not LANGUAGE.fullmatch(each))

    def _file(self) -> Iterator[str]:
        """The file says that it is tagged, what it is called, and that the title is to be shown (5, 6.2, 7.1)."""
        root = self.pdf.Root
        metadata = root.Metadata.read_bytes().decode()
        wanted = {
            "tagged": root.get("/MarkInfo", {}).get("/Marked") is True,
            "sure of its tags": root.get("/MarkInfo", {}).get("/Suspects", False) is False,
            "showing its title": root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True,
            "titled": bool(re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+</rdf:li>", metadata, re.DOTALL)),
            "marked as PDF/UA-1": 'pdfuaid:part="1"' in metadata,
            "of version 1.7": self.pdf.pdf_version == "1.7",
            "open to screen readers": not self.pdf.is_encrypted,
            "free of scripts": not any(key in root for key in ("/OpenAction", "/AA", "/AcroForm")),
            "free of files": "/EmbeddedFiles" not in root.get("/Names", {}),
            "without a map of roles": "/RoleMap" not in root.StructTreeRoot,
        }
        yield from (f"the file isn't {name}" for name, held in wanted.items() if not held)

    def _fonts(self) -> Iterator[str]:
        """Every font is in the file and says which letter is which (7.21)."""
        for font in {each.objgen: each for page in self.pdf.pages for each in page.Resources.Font.values()}.values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            if not any(key in inner.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"{font.BaseFont} isn't in the file"
            if "/ToUnicode" not in font:
                yield f"{font.BaseFont} doesn't say which letter is which"


def _row_widths(table: Element) -> list[int]:
    """Count the columns of each row, with cells that span several rows or columns."""
    spans: Counter[int] = Counter()
    widths = []
    for number, row in enumerate(table.find_all("TR")):
        for cell in row.elements:
            columns, rows = (int(cell.attribute(name) or 1) for name in ("/ColSpan", "/RowSpan"))
            for below in range(rows):
                spans[number + below] += columns
        widths.append(spans[number])
    return widths


def _decoder(font: Any) -> dict[int, str]:
    """Read which letters the numbers of a font stand for."""
    found: dict[int, str] = {}
    text = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for number, letters in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(number, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    return found


def _shown(operand: Any, font: dict[int, str]) -> str:
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    raw = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    numbers = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
    return "".join(font.get(number, "\ufffd") for number in numbers)
