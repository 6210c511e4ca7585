"""Markdown to HTML without a way to write HTML, and the allow-list that decides what a page may hold.

A page's Markdown goes through Python-Markdown, here for the checker and in the engine for the site, with the same
extensions and without raw HTML or attribute lists. `examine` then reads the result and reports everything that is not
on the list below, so that whatever Markdown makes of a text, only these elements, attributes and links are published.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from guide.reading import marks
from guide.reading.calls import TOKEN
from guide.reading.yaml_mistakes import invisible

EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "toc": {},
    "pymdownx.details": {},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
}
"""Extensions of Markdown that pages may use, with their settings. The engine gets the same ones."""

BOXES = (
    *("abstract", "bug", "danger", "example", "failure", "info", "note", "question", "quote", "success", "tip"),
    "warning",
)
"""Kinds of admonitions and disclosures that the theme has styles for."""

DEPTH = 30
"""How deep elements may stand in one another."""

PICTURES = (".avif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

_ANY = re.compile(r"", re.DOTALL)
_ID = re.compile(r"[\w-]+")
_NUMBER = re.compile(r"\d{1,6}")
_TAB = re.compile(r"__tabbed_\d+(_\d+)?")

ALLOWED: dict[str, dict[str, re.Pattern[str]]] = {
    **{tag: {} for tag in ("blockquote", "br", "em", "hr", "li", "strong", "ul")},
    **{f"h{level}": {"id": _ID} for level in range(1, 7)},
    "a": {"href": _ANY, "title": _ANY},
    "code": {"class": re.compile(r"language-[\w+#-]+")},
    "details": {"class": re.compile("|".join(BOXES)), "open": re.compile("open")},
    "div": {
        "class": re.compile(rf"admonition ({'|'.join(BOXES)})|tabbed-(set tabbed-alternate|labels|content|block)"),
        "data-tabs": re.compile(r"\d+:\d+"),
    },
    "img": {"alt": _ANY, "src": _ANY, "title": _ANY},
    "input": {"checked": re.compile("checked"), "id": _TAB, "name": _TAB, "type": re.compile("radio")},
    "label": {"for": _TAB},
    "ol": {"start": _NUMBER},
    "p": {"class": re.compile("admonition-title")},
    "pre": {"class": re.compile("highlight")},
    "summary": {},
}
"""The elements that a page may hold, and the attributes of each with what they may say."""

_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|(\w+));")
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = {"https", "http", "mailto", "tel", "sms"}
_TAG_IN_TEXT = re.compile(r"<[A-Za-z/!?][^<>]{0,40}>?")
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_INLINE = {"a", "br", "code", "em", "img", "strong"}
_LEAVES = {"p", "pre", *_HEADINGS, "summary", "label", "hr"}
_CONTAINERS = {"blockquote", "details", "div", "li", "ol", "ul"}


class PageMarkdown(Extension):
    """Takes raw HTML and attribute lists out of Python-Markdown, and gives headings the anchors of front matter.

    Attributes:
        anchors: Heading text by id, for the page that is converted next.
        marked: Whether a mark takes the place of each link's address (`guide.reading.marks`).
    """

    def __init__(self, *, marked: bool = False) -> None:
        super().__init__()
        self.anchors: dict[str, str] = {}
        self.marked = marked

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Change the parser; this extension must be the last one."""
        for registry, name in (
            (md.preprocessors, "html_block"),
            (md.inlinePatterns, "html"),
            (md.treeprocessors, "attr_list"),
        ):
            registry.deregister(name, strict=False)
        # After "inline", so that a heading's words are there; before "toc", which keeps ids that it finds.
        md.treeprocessors.register(_Anchors(self, md), "guide-anchors", 10)
        if self.marked:
            # After the engine has replaced paths in docs/ by addresses.
            md.treeprocessors.register(_LinkMarks(md), "guide-links", -10)


class _Anchors(Treeprocessor):
    def __init__(self, extension: PageMarkdown, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ET.Element) -> None:
        ids = {heading: anchor for anchor, heading in self.extension.anchors.items()}
        if ids:
            for element in root.iter():
                if element.tag in _HEADINGS:
                    anchor = ids.get("".join(element.itertext()).strip())
                    if anchor:
                        element.set("id", anchor)


class _LinkMarks(Treeprocessor):
    def run(self, root: ET.Element) -> None:
        for element in root.iter("a"):
            element.set("href", marks.link(element.get("href", "")))


def block_kind(within: list[str]) -> str:
    """Return the kind of a paragraph by the tags of the elements that it is in, outermost first."""
    if "blockquote" in within:
        return "quote"
    return " ".join(["item", *(tag for tag in within if tag in ("ul", "ol"))]) if "li" in within else "paragraph"


def to_html(text: str, anchors: dict[str, str] | None = None) -> str:
    """Convert the text of a page, with tokens in place of its calls.

    Args:
        text: Markdown.
        anchors: Ids of headings that have one of their own, each with the heading's words.

    Raises:
        RecursionError: the text is nested too deeply.
    """
    page = PageMarkdown()
    page.anchors = anchors or {}
    return Markdown(extensions=[*EXTENSIONS, page], extension_configs=EXTENSIONS).convert(text)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a page may not hold; `near` is text to find its line by, `block` the block it is in, from 0."""

    near: str
    block: int
    wrong: str
    remedy: str
    rule: str


@dataclass(slots=True)
class Block:
    """A paragraph, heading, item or piece of code, as Python-Markdown reads it."""

    kind: str
    """h1 to h6, paragraph, quote, code, rule, title (of a box or tab), or item with its lists, such as "item ul ol"."""
    text: str = ""
    prose: str = ""
    """The text without what is in code or is the words of a link."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Address and words of each link."""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    """Address and alternative text of each picture."""


@dataclass
class Examined:
    """What the HTML of a page holds.

    Attributes:
        blocks: In the order of the page.
        ids: Of its elements.
        headings: Level, words, id and the number of the block.
        places: Where each token stands: "text", "code", "heading", "link" or "attribute".
        faults: Everything that a page may not hold.
    """

    blocks: list[Block] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[tuple[int, str, str, int]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def examine(page: str) -> Examined:
    """Hold the HTML that Python-Markdown made of a page against the allow-list.

    Args:
        page: HTML, with tokens in place of calls.
    """
    found = Examined()
    if "<!" in page or "<?" in page:
        found.faults.append(_html_fault(page[max(page.find("<!"), page.find("<?")) :][:40], 0))
        return found
    try:
        root = ET.fromstring(f"<div>{_ENTITY.sub(_numeric, page)}</div>")  # noqa: S314
    except ET.ParseError:
        wrong, remedy = "Markdown makes something of this page that isn't HTML", "Take out what isn't plain text."
        found.faults.append(Fault("", 0, wrong, remedy, "page-html"))
        return found
    _Walk(found).run(root)
    return found


def _numeric(entity: re.Match[str]) -> str:
    """Return an entity as XML knows it; XML knows five by name."""
    name = entity[1]
    if not name or name in _XML_ENTITIES:
        return entity[0]
    character = html.unescape(entity[0])
    return "&amp;" + entity[0][1:] if character == entity[0] else "".join(f"&#{ord(each)};" for each in character)


@dataclass
class _Walk:
    """Reads the elements of a page in order."""

    found: Examined
    open: list[str] = field(default_factory=list)
    block: Block | None = None

    @property
    def here(self) -> int:
        return max(0, len(self.found.blocks) - 1)

    def run(self, root: ET.Element) -> None:
        # Elements still to come, innermost last; an element that has been opened waits to be closed.
        waiting: list[tuple[str, ET.Element]] = [("open", child) for child in reversed(root)]
        if root.text and root.text.strip():
            self.text(root.text)
        while waiting:
            step, element = waiting.pop()
            if step == "close":
                self.close(element)
            elif len(self.open) >= DEPTH:
                self.fault("", "this is nested too deeply", f"Use at most {DEPTH} levels.", "nesting")
                return
            else:
                self.start(element)
                waiting.append(("close", element))
                waiting += [("open", child) for child in reversed(element)]

    def start(self, element: ET.Element) -> None:
        tag = element.tag
        self.open.append(tag)
        if tag in _LEAVES or (tag in _INLINE and self.block is None):
            self.begin("title" if element.get("class") == "admonition-title" else self.kind(tag))
        elif tag in _CONTAINERS:
            self.block = None
        self.attributes(element)
        if tag == "a" and self.block:
            self.block.links.append((element.get("href", ""), "".join(element.itertext())))
        elif tag == "img" and self.block:
            self.block.pictures.append((element.get("src", ""), element.get("alt", "")))
        if tag == "br":
            self.text(" ")
        if element.text:
            self.text(element.text)

    def close(self, element: ET.Element) -> None:
        tag = self.open.pop()
        if tag in _HEADINGS and self.block:
            anchor = element.get("id", "")
            self.found.headings.append((int(tag[1]), " ".join(self.block.text.split()), anchor, self.here))
        if tag in _LEAVES or tag in _CONTAINERS:
            self.block = None
        if element.tail:
            self.text(element.tail)

    def begin(self, kind: str) -> Block:
        self.block = Block(kind)
        self.found.blocks.append(self.block)
        return self.block

    def kind(self, tag: str) -> str:
        kinds = {"pre": "code", "hr": "rule", "summary": "title", "label": "title"}
        if tag in kinds:
            return kinds[tag]
        return tag if tag in _HEADINGS else block_kind(self.open)

    def text(self, words: str) -> None:
        if self.block is None and not words.strip():
            return
        block = self.block or self.begin(self.kind("p"))
        block.text += words
        in_code = "code" in self.open or "pre" in self.open
        place = "code" if in_code else self.place()
        if place not in ("code", "link"):
            block.prose += words
        for token in TOKEN.findall(words):
            self.found.places[token] = place
        self.invisible(words)
        tag = None if in_code else _TAG_IN_TEXT.search(words)
        if tag:
            self.found.faults.append(_html_fault(tag[0], self.here))

    def place(self) -> str:
        if _HEADINGS & set(self.open):
            return "heading"
        if "a" in self.open:
            return "link"
        return "title" if {"summary", "label"} & set(self.open) else "text"

    def attributes(self, element: ET.Element) -> None:
        allowed = ALLOWED.get(element.tag)
        if allowed is None:
            self.fault("", f'a page may not hold the element "{element.tag}"', _PLAIN, "html")
            return
        for name, value in element.attrib.items():
            pattern = allowed.get(name)
            for token in TOKEN.findall(value):
                self.found.places[token] = "attribute"
            if pattern is None or not (pattern is _ANY or pattern.fullmatch(value)):
                self.refuse(element.tag, name, value)
            elif name in ("href", "src"):
                self.address(name, value)
            elif name == "id":
                self.found.ids.append(value)
            if name in ("alt", "title") and (html_in_text := _TAG_IN_TEXT.search(value)):
                self.found.faults.append(_html_fault(html_in_text[0], self.here))
            self.invisible(value)

    def refuse(self, tag: str, name: str, value: str) -> None:
        if tag in ("div", "details") and name == "class":
            kind = value.removeprefix("admonition ")
            wrong = f'"{kind[:40]}" is no kind of box'
            self.fault(kind, wrong, f"Write one of: {', '.join(BOXES)}.", "box")
        else:
            self.fault(value, f'a page may not set "{name}" to "{value[:40]}"', _PLAIN, "html")

    def address(self, name: str, value: str) -> None:
        """Refuse addresses that are no page, no picture and no address that a reader may be sent to."""
        refused = refused_address(value, picture=name == "src")
        if refused:
            self.fault(value, *refused)

    def invisible(self, words: str) -> None:
        """Refuse characters that nobody can see, written as entities too."""
        for problem in invisible("", words):
            self.fault(words[:20], problem.wrong, problem.remedy, problem.rule)

    def fault(self, near: str, wrong: str, remedy: str, rule: str) -> None:
        self.found.faults.append(Fault(near, self.here, wrong, remedy, rule))


def refused_address(value: str, *, picture: bool) -> tuple[str, str, str] | None:
    """Return what is wrong with an address by itself, what to do, and the rule; None if it may be one."""
    scheme = _SCHEME.match(value)
    if re.search(r"[\s\\\x00-\x1f]", value) or value.startswith("//"):
        return f'"{value[:60]}" is no address', _LINKS, "link"
    if picture and (scheme or value.startswith("/") or not value.lower().endswith(PICTURES)):
        remedy = f"Put the picture into docs/ ({', '.join(PICTURES)}) and write its path, relative to this page."
        return f'"{value[:60]}" is no picture of this guide', remedy, "picture"
    if scheme and scheme[1].lower() not in _SCHEMES:
        return f'a link may not begin with "{scheme[0]}"', _LINKS, "link"
    return None


_PLAIN = "Write plain words with **strong**, *emphasis*, lists and links; macros make everything else."
_LINKS = "Write the path of a page, relative to this one, or an https address."


def _html_fault(tag: str, block: int) -> Fault:
    return Fault(tag, block, f'HTML in a page: "{tag}"', _PLAIN, "html")
