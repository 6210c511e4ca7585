"""The structure tree of a PDF: what each piece of text is, in reading order, as screen readers need it.

WeasyPrint makes one tree a page. A table or list that continues on the next page becomes two there, a repeated row of
column names is read again, decorative drawings count as figures, and languages inside a document are lost. `add_tags`
replaces its function of the same name and makes one tree from the HTML elements that the boxes of all pages come from.
It follows ISO 32000-1 (PDF 1.7), 14.7 and 14.8, and ISO 14289-1 (PDF/UA-1), 7.

It is one module because each step needs the tree of the step before.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

BLOCKS = {
    "main": "Part",
    **dict.fromkeys(("article", "aside", "details", "figure", "footer", "header", "nav", "section"), "Sect"),
    "blockquote": "BlockQuote",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("p", "figcaption", "summary", "pre"), "P"),
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
}
TABLE = {
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
}
GROUPS = {"Document", "Part", "Sect", "BlockQuote"}
"""What holds no text of its own: text that stands in it directly becomes a paragraph."""
MIXED = {"LBody", "TD"}
"""What may hold text of its own, and paragraphs."""

NUMBERING = {"decimal": "Decimal", "disc": "Disc", "circle": "Circle", "square": "Square"}
SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
POINTS = 0.75
"""In a pixel."""

HEADING = re.compile("h[1-6]")
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(eq=False)
class Tag:
    """One structure element. It joins its parent with its first content, so nothing empty is left in the tree."""

    role: str
    parent: "Tag | None" = None
    lang: str = ""
    element: Any = None
    """The HTML element that it was made for."""
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Any] = field(default_factory=list)
    page: int = -1
    joined: bool = False
    written: Any = None

    def add(self, kid: Any, page: int) -> None:
        """Add content of a page: a mark's number, an annotation or another tag."""
        self.kids.append((page, kid))
        self.join(page)

    def join(self, page: int) -> None:
        """Take a place in the tree."""
        if self.page < 0:
            self.page = page
        if self.parent and not self.joined:
            self.joined = True
            self.parent.add(self, page)


@dataclass(eq=False)
class Labeled:
    """Where a titled part of the document stands: the ids of its title, and the heading level of the title."""

    ids: list[str]
    level: int = 0


@dataclass(frozen=True)
class Place:
    """What surrounds a box."""

    tag: Tag
    block: Any
    """The element of the nearest block."""
    lang: str
    labels: tuple[Labeled, ...] = ()
    silent: bool = False
    """Whether what stands here is an artifact: nothing to read."""


@dataclass
class Structure:
    """Makes the tree of one document.

    Attributes:
        lang: The language of the document.
    """

    lang: str
    root: Tag = field(default_factory=lambda: Tag("Document", joined=True, page=0))
    level: int = 0
    links: list[tuple[Tag, Any]] = field(default_factory=list)
    silent_links: list[Any] = field(default_factory=list)
    """References to the links of what isn't read."""
    _tags: dict[Any, Tag] = field(default_factory=dict)
    _items: dict[Any, Tag] = field(default_factory=dict)
    _labels: dict[Any, Labeled] = field(default_factory=dict)

    def read(self, content: Iterable[Any], number: int, height: float, stream: Any) -> None:
        """Read the boxes of a page.

        Args:
            content: The boxes below the box of the page.
            number: Of the page, from 0.
            height: Of the page, in points.
            stream: What is drawn on the page. Its marks, by box, are taken out as they are read; those of what isn't
                to be read become artifacts.
        """
        self._page, self._height, self._stream = number, height, stream
        self._marks: dict[Any, Any] = stream._tags  # noqa: SLF001
        for box in content:
            self._box(box, Place(self.root, None, self.lang, silent=isinstance(box, boxes.MarginBox)))
        if self._marks:
            raise RuntimeError(f"page {number + 1} of a PDF holds text outside of its structure")

    def _box(self, box: Any, place: Place) -> None:
        # An absolutely positioned box is wrapped.
        box = getattr(box, "_box", box)
        here = self._place(box, place)
        if box.link_annotation and here.silent:
            self.silent_links.append(box.link_annotation.reference)
        elif box.link_annotation:
            # Words in another language have a tag of their own inside the link.
            link = here.tag
            while link.role != "Link" and link.parent:
                link = link.parent
            link.add(box.link_annotation, self._page)
            self.links.append((link, box.link_annotation))
            box.link_annotation["Contents"] = pydyf.String(_name(box.element))
        if box in self._marks:
            self._mark(self._marks.pop(box)["mcid"], replace(here, silent=here.silent or _separates(box)))
        for child in box.children:
            self._box(child, here)

    def _mark(self, number: int, place: Place) -> None:
        if place.silent:
            _make_artifact(self._stream, number)
        else:
            self._readable(place).add(number, self._page)

    def _readable(self, place: Place) -> Tag:
        """Return a tag that may hold text: the place's own, or a paragraph in it."""
        if place.tag.role not in GROUPS | MIXED or (place.tag.role in MIXED and place.tag.element is place.block):
            return place.tag
        last = place.tag.kids[-1][1] if place.tag.kids else None
        if isinstance(last, Tag) and last is self._tags.get(("P", place.block)):
            return last
        self._tags["P", place.block] = Tag("P", place.tag)
        return self._tags["P", place.block]

    def _place(self, box: Any, place: Place) -> Place:
        """Return the place inside a box."""
        element = box.element
        if element is None:
            return place
        tag, _, pseudo = box.element_tag.partition("::")
        blocks = isinstance(box, boxes.BlockContainerBox | boxes.BlockLevelBox) or tag == "li"
        block = element if blocks else place.block
        lang = element.get("lang") or place.lang
        labels = place.labels
        if named := element.get("aria-labelledby"):
            label = self._labels.setdefault(element, Labeled(named.split()))
            labels = labels if label in labels else (*labels, label)
        if _is_decoration(element):
            return Place(place.tag, block, lang, labels, silent=True)
        surrounding = Place(place.tag, block, lang, labels, place.silent)
        if place.silent:
            return surrounding
        if pseudo == "marker":
            found = self._tags.setdefault(("Lbl", element), Tag("Lbl", self._tags[element].parent))
        else:
            known = self._tags.get(element)
            if known and tag in ("thead", "tfoot") and known.page not in (-1, self._page):
                # The row of column names, once more at the top of the next page.
                return Place(place.tag, block, lang, labels, silent=True)
            found = known or self._tag(tag, box, surrounding, lang if lang != place.lang else "")
            self._tags[element] = found
            found.element = element if found is not place.tag else found.element
        return Place(found, block, lang, labels)

    def _tag(self, tag: str, box: Any, place: Place, lang: str) -> Tag:
        """Return the tag of an element that is seen for the first time; the surrounding one where it needs none."""
        element, parent = box.element, place.tag
        if tag in ("img", f"{_SVG}svg"):
            return self._figure(box, place, lang)
        if tag == "a" and element.get("href"):
            return Tag("Link", self._readable(place), lang, alt=element.get("aria-label", ""))
        if tag in ("li", "dt", "dd"):
            return self._item(tag, box, parent, lang)
        if tag in TABLE:
            return self._table_part(tag, box, place, lang)
        role = BLOCKS.get(tag, "")
        if tag in ("p", "div", "summary", "legend"):
            role = self._heading(element, place.labels) or role
        if HEADING.fullmatch(tag):
            self.level = int(tag[1])
        if not role and lang:
            inline = not isinstance(box, boxes.BlockLevelBox)
            return Tag("Span", self._readable(place), lang) if inline else Tag("Sect", parent, lang)
        if not role:
            return parent
        made = Tag(role, parent, lang)
        if role == "L":
            numbered = {"O": "/List", "ListNumbering": f"/{'None' if tag == 'dl' else _numbering(box)}"}
            made.attributes = numbered
        return made

    def _heading(self, element: Any, labels: tuple[Labeled, ...]) -> str:
        """Return the heading that the title of a part is; "" for anything else."""
        for index, label in enumerate(labels):
            if element.get("id") in label.ids:
                label.level = self._next_level(labels[:index])
                return f"H{label.level}"
        return ""

    def _next_level(self, labels: tuple[Labeled, ...]) -> int:
        """Return the level of a heading below those of titled parts, or below the last heading of the document."""
        outer = [each.level for each in labels if each.level]
        return min(6, (outer[-1] if outer else self.level) + 1)

    def _figure(self, box: Any, place: Place, lang: str) -> Tag:
        title = box.element.find(f"{_SVG}title")
        text = box.element.get("alt") or box.element.get("aria-label") or (title is not None and title.text) or ""
        # The page's own coordinates begin at its lower left corner, in points.
        made = Tag("Figure", self._readable(place), lang, alt=text)
        left, top = box.content_box_x() * POINTS, self._height - box.content_box_y() * POINTS
        right, bottom = left + box.width * POINTS, top - box.height * POINTS
        made.attributes = {"O": "/Layout", "BBox": pydyf.Array((left, bottom, right, top))}
        return made

    def _item(self, tag: str, box: Any, parent: Tag, lang: str) -> Tag:
        """Return what holds the text of a list item: its body, or the name of what is described."""
        if tag == "dd":
            return Tag("LBody", self._items.get(parent) or Tag("LI", parent), lang)
        item = self._items[parent] = Tag("LI", parent, lang)
        return Tag("Lbl" if tag == "dt" else "LBody", item)

    def _table_part(self, tag: str, box: Any, place: Place, lang: str) -> Tag:
        """Return a part of a table. One that large print lays out as paragraphs is read as such."""
        element, parent = box.element, place.tag
        if not _is_table(box) and tag != "caption":
            if tag == "th":
                return Tag(f"H{self._next_level(place.labels)}", parent, lang)
            return Tag("Sect", parent, lang) if tag == "td" else parent
        role = TABLE[tag] if parent.role not in GROUPS or tag == "table" else "P"
        made = Tag(role, parent, lang)
        if tag in ("th", "td"):
            spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
            made.attributes = {"O": "/Table"} | {name: span for name, span in spans.items() if span != 1}
            if tag == "th":
                made.attributes["Scope"] = f"/{SCOPES[element.get('scope', 'col')]}"
            # A cell without text counts: the cells of a row stand below their columns.
            made.join(self._page)
        return made


def _is_table(box: Any) -> bool:
    """Return whether a box is laid out as a table or a part of one."""
    kinds = (boxes.TableBox, boxes.TableRowGroupBox, boxes.TableRowBox, boxes.TableCellBox)
    return box.is_table_wrapper or isinstance(box, kinds)


def _is_decoration(element: Any) -> bool:
    """Return whether an element has nothing to read: a drawing beside words that say the same."""
    return (
        element.get("aria-hidden") == "true"
        or element.get("role") in ("none", "presentation")
        or (element.tag == "img" and element.get("alt") == "")
    )


def _separates(box: Any) -> bool:
    """Return whether a box is a mark that the style sheet puts between two texts, such as a dot."""
    return box.element_tag.endswith(("::before", "::after")) and not any(map(str.isalnum, getattr(box, "text", "")))


def _numbering(box: Any) -> str:
    style = box.style["list_style_type"]
    return NUMBERING.get(style, "None") if isinstance(style, str) else "None"


def _name(element: Any) -> str:
    """Return what a link is called."""
    return element.get("aria-label") or " ".join("".join(element.itertext()).split()) or element.get("href")


def _make_artifact(stream: Any, number: int) -> None:
    """Say in the content of a page that a marked piece of it isn't to be read."""
    for index, piece in enumerate(stream.stream):
        if isinstance(piece, dict) and piece.get("MCID") == number:
            stream.stream[index - 1] = "/Artifact"
            piece.clear()
            return


def add_tags(pdf: Any, document: Any, _: Any, streams: list[Any]) -> None:
    """Write the structure of a document, in place of WeasyPrint's function of this name."""
    structure = Structure(document.metadata.lang or "")
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        structure.read(page._page_box.children, number, page.height * POINTS, stream)  # noqa: SLF001
    numbers: dict[int, dict[int, Any]] = {number: {} for number in range(len(document.pages))}
    top = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(top)
    top["K"] = pydyf.Array([_write(pdf, structure.root, top, numbers)])
    parents = pydyf.Array()
    for number, marks in numbers.items():
        found = [marks.get(mark, "null") for mark in range(max(marks, default=-1) + 1)]
        parents.extend((number, pydyf.Array(found)))
    for number, (tag, annotation) in enumerate(structure.links, len(document.pages)):
        parents.extend((number, tag.written.reference))
        annotation["StructParent"] = number
    for each in pdf.objects:
        if isinstance(each, dict) and "Annots" in each:
            each["Annots"] = pydyf.Array(note for note in each["Annots"] if note not in structure.silent_links)
    tree = pydyf.Dictionary({"Nums": parents})
    pdf.add_object(tree)
    top["ParentTree"] = tree.reference
    top["ParentTreeNextKey"] = len(document.pages) + len(structure.links)
    pdf.catalog["StructTreeRoot"] = top.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def _write(pdf: Any, tag: Tag, parent: Any, numbers: dict[int, dict[int, Any]]) -> Any:
    """Write a tag and all below it; return the reference to it."""
    tag.written = pydyf.Dictionary(
        {"Type": "/StructElem", "S": f"/{tag.role}", "P": parent.reference, "Pg": pdf.page_references[tag.page]}
    )
    pdf.add_object(tag.written)
    if tag.lang:
        tag.written["Lang"] = pydyf.String(tag.lang)
    if tag.alt:
        tag.written["Alt"] = pydyf.String(tag.alt)
    if tag.attributes:
        tag.written["A"] = pydyf.Dictionary(tag.attributes)
    kids = pydyf.Array()
    for page, kid in tag.kids:
        if isinstance(kid, Tag):
            kids.append(_write(pdf, kid, tag.written, numbers))
            continue
        place = pdf.page_references[page]
        if isinstance(kid, int):
            numbers[page][kid] = tag.written.reference
            mark = pydyf.Dictionary({"Type": "/MCR", "Pg": place, "MCID": kid})
            kids.append(kid if page == tag.page else mark)
        else:
            kids.append(pydyf.Dictionary({"Type": "/OBJR", "Pg": place, "Obj": kid.reference}))
    tag.written["K"] = kids
    return tag.written.reference
