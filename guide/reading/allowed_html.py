"""The allow-list that decides what a page may contain: elements, attributes and link schemes.

`examine` parses what Python-Markdown made of a page and reports everything that isn't on the list, so that whatever
Markdown makes of a text, only these elements, attributes and links are published.
"""

import html
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from guide.model.problems import Fault
from guide.reading.calls import TOKEN
from guide.reading.text_mistakes import invisible_characters

_BOX_KINDS = (
    *("abstract", "bug", "danger", "example", "failure", "info", "note", "question", "quote", "success", "tip"),
    "warning",
)
"""The kinds of boxes, open or folded, that the theme has styles for."""

DEPTH = 30
"""How deep elements may be nested."""

TABS = 5
"""How many tabs may stand next to each other: tabs.css has a rule for each."""

PICTURE_ENDINGS = (".avif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

_ANY = re.compile(r"", re.DOTALL)
_ID = re.compile(r"[\w-]+")
_NUMBER = re.compile(r"\d{1,6}")
_TAB = re.compile(r"__tabbed_\d+(_\d+)?")

ALLOWED: dict[str, dict[str, re.Pattern[str]]] = {
    **{tag: {} for tag in ("blockquote", "br", "em", "hr", "li", "strong", "ul")},
    **{f"h{level}": {"id": _ID} for level in range(1, 7)},
    "a": {"href": _ANY, "title": _ANY},
    "code": {"class": re.compile(r"language-[\w+#-]+")},
    "details": {"class": re.compile("|".join(_BOX_KINDS)), "open": re.compile("open")},
    "div": {
        "class": re.compile(rf"admonition ({'|'.join(_BOX_KINDS)})|tabbed-(set tabbed-alternate|labels|content|block)"),
        "data-tabs": re.compile(rf"\d+:[1-{TABS}]"),
    },
    "img": {"alt": _ANY, "src": _ANY, "title": _ANY},
    "input": {"checked": re.compile("checked"), "id": _TAB, "name": _TAB, "type": re.compile("radio")},
    "label": {"for": _TAB},
    "ol": {"start": _NUMBER},
    "p": {"class": re.compile("admonition-title")},
    "pre": {"class": re.compile("highlight")},
    "summary": {},
}
"""The elements that a page may contain, with the attributes of each and the pattern of their values."""

_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|(\w+));")
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = {"https", "http", "mailto", "tel", "sms"}
_TAG_IN_TEXT = re.compile(r"<[A-Za-z/!?][^<>]{0,40}>?")
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_INLINE = {"a", "br", "code", "em", "img", "strong"}
_LEAVES = {"p", "pre", *_HEADINGS, "summary", "label", "hr"}
_CONTAINERS = {"blockquote", "details", "div", "li", "ol", "ul"}


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that a page may not contain: a problem without its line.

    Attributes:
        near: A text by which to find the line.
        block: The number of the block that it is in, from 0.
        wrong: What is wrong.
        remedy: What to do.
        rule: The rule.
    """

    near: str
    block: int
    wrong: str
    remedy: str
    rule: str


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or block of code, as a Markdown parser reads it."""

    kind: str
    """h1 to h6, paragraph, quote, code, rule, title (of a box or tab), or item with its lists, such as "item ul ol"."""
    text: str = ""
    prose: str = ""
    """The text without code and without the words of links."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """The address and the words of each link."""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    """The address and the alternative text of each picture."""


def block_kind(within: list[str]) -> str:
    """Return the kind of a paragraph by the tags of the elements that it is in, outermost first."""
    if "blockquote" in within:
        return "quote"
    return " ".join(["item", *(tag for tag in within if tag in ("ul", "ol"))]) if "li" in within else "paragraph"


@dataclass
class HtmlContent:
    """What the HTML of a page contains.

    Attributes:
        blocks: Its blocks, in the order of the page.
        ids: The ids of its elements.
        headings: The level, text, id and number of the block of each heading.
        token_places: The place of each token: "text", "code", "heading", "link", "title" or "attribute".
        violations: Everything that a page may not contain.
    """

    blocks: list[Block] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[tuple[int, str, str, int]] = field(default_factory=list)
    token_places: dict[str, str] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)


def examine(page: str) -> HtmlContent:
    """Check what Python-Markdown made of a page against the allow-list, and return what it contains.

    Args:
        page: HTML, with tokens in place of calls.
    """
    content = HtmlContent()
    if "<!" in page or "<?" in page:
        content.violations.append(_html_violation(page[max(page.find("<!"), page.find("<?")) :][:40], 0))
        return content
    try:
        root = ET.fromstring(f"<div>{_ENTITY.sub(_numeric, page)}</div>")  # noqa: S314
    except ET.ParseError:
        wrong, remedy = "Markdown makes something of this page that isn't HTML", "Take out what isn't plain text."
        content.violations.append(Violation("", 0, wrong, remedy, "page-html"))
        return content
    _HtmlReader(content).read(root)
    return content


def _numeric(entity: re.Match[str]) -> str:
    """Return an entity by its number, unless it's one of the five that XML knows by name."""
    name = entity[1]
    if not name or name in _XML_ENTITIES:
        return entity[0]
    character = html.unescape(entity[0])
    if character == entity[0]:
        return "&amp;" + entity[0][1:]
    return "".join(f"&#{ord(code_point)};" for code_point in character)


@dataclass
class _HtmlReader:
    """Reads the elements of a page in order, without recursion."""

    content: HtmlContent
    open: list[str] = field(default_factory=list)
    """The tags of the elements around the current place, outermost first."""
    block: Block | None = None

    @property
    def block_number(self) -> int:
        return max(0, len(self.content.blocks) - 1)

    def read(self, root: ET.Element) -> None:
        # Elements still to come, innermost last; an element that has been opened waits to be closed.
        waiting: list[tuple[str, ET.Element]] = [("open", child) for child in reversed(root)]
        if root.text and root.text.strip():
            self.text(root.text)
        while waiting:
            step, element = waiting.pop()
            if step == "close":
                self.close(element)
            elif len(self.open) >= DEPTH:
                self.refuse("", "this is nested too deeply", f"Use at most {DEPTH} levels.", "nesting")
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
            self.content.headings.append((int(tag[1]), " ".join(self.block.text.split()), anchor, self.block_number))
        if tag in _LEAVES or tag in _CONTAINERS:
            self.block = None
        if element.tail:
            self.text(element.tail)

    def begin(self, kind: str) -> Block:
        self.block = Block(kind)
        self.content.blocks.append(self.block)
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
            self.content.token_places[token] = place
        self.invisible(words)
        tag = None if in_code else _TAG_IN_TEXT.search(words)
        if tag:
            self.content.violations.append(_html_violation(tag[0], self.block_number))

    def place(self) -> str:
        if _HEADINGS & set(self.open):
            return "heading"
        if "a" in self.open:
            return "link"
        return "title" if {"summary", "label"} & set(self.open) else "text"

    def attributes(self, element: ET.Element) -> None:
        allowed = ALLOWED.get(element.tag)
        if allowed is None:
            self.refuse("", f'a page may not contain the element "{element.tag}"', _PLAIN, "html")
            return
        for name, value in element.attrib.items():
            pattern = allowed.get(name)
            for token in TOKEN.findall(value):
                self.content.token_places[token] = "attribute"
            if pattern is None or not (pattern is _ANY or pattern.fullmatch(value)):
                self.refuse_attribute(element, name, value)
            elif name in ("href", "src"):
                self.address(name, value)
            elif name == "id":
                self.content.ids.append(value)
            if name in ("alt", "title") and (tag := _TAG_IN_TEXT.search(value)):
                self.content.violations.append(_html_violation(tag[0], self.block_number))
            self.invisible(value)

    def refuse_attribute(self, element: ET.Element, name: str, value: str) -> None:
        tag = element.tag
        count = value.partition(":")[2] if name == "data-tabs" else ""
        if tag in ("div", "details") and name == "class":
            kind = value.removeprefix("admonition ")
            wrong = f'"{kind[:40]}" is not a kind of box'
            self.refuse(kind, wrong, f"Write one of: {', '.join(_BOX_KINDS)}.", "box")
        elif count.isdecimal():
            names = ["".join(label.itertext()) for label in element.iter("label")]
            wrong = f"{count} tabs stand next to each other"
            self.refuse(f'"{names[TABS]}"', wrong, f"Use at most {TABS}, or a heading for each.", "tabs")
        else:
            self.refuse(value, f'a page may not set "{name}" to "{value[:40]}"', _PLAIN, "html")

    def address(self, name: str, value: str) -> None:
        """Check that a link or a picture has an address that readers may be sent to."""
        fault = address_fault(value, picture=name == "src")
        if fault:
            self.refuse(value, *fault)

    def invisible(self, words: str) -> None:
        """Check that a text has no characters that nobody can see, not even as entities."""
        for problem in invisible_characters("", words):
            self.refuse(words[:20], problem.wrong, problem.remedy, problem.rule)

    def refuse(self, near: str, wrong: str, remedy: str, rule: str) -> None:
        self.content.violations.append(Violation(near, self.block_number, wrong, remedy, rule))


def address_fault(value: str, *, picture: bool) -> Fault | None:
    """Return what is wrong with an address by itself, or None. Rules check whether its target exists."""
    scheme = _SCHEME.match(value)
    if re.search(r"\S\s+\S", value) and not re.search(r"[\\\x00-\x1f]", value):
        remedy = (
            "If the file's name has it, rename the file, with a hyphen there, and write that here. If not, delete it."
        )
        return f'a space in the address "{value[:60]}"', remedy, "link"
    if re.search(r"[\s\\\x00-\x1f]", value) or value.startswith("//"):
        return f'"{value[:60]}" is not an address', _LINKS, "link"
    if picture and (scheme or value.startswith("/") or not value.lower().endswith(PICTURE_ENDINGS)):
        remedy = f"Put the picture into docs/ ({', '.join(PICTURE_ENDINGS)}) and write its path, relative to this page."
        return f'"{value[:60]}" is not a picture of this guide', remedy, "picture"
    if scheme and scheme[1].lower() not in _SCHEMES:
        return f'a link may not begin with "{scheme[0]}"', _LINKS, "link"
    return None


_PLAIN = "Write plain words with **strong**, *emphasis*, lists and links; macros make everything else."
_LINKS = "Write the path of a page, relative to this one, or an https address."


def _html_violation(tag: str, block: int) -> Violation:
    return Violation(tag, block, f'HTML in a page: "{tag}"', _PLAIN, "html")
