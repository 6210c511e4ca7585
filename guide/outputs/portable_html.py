"""HTML of ours to HTML that stands on its own anywhere: a short list of elements, absolute links, no names of ours."""

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urljoin

_BARE = (
    "abbr b blockquote br caption cite code dd details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i li p pre "
    "q section small strong sub summary sup table tbody tfoot thead tr ul"
)
KEPT: dict[str, tuple[str, ...]] = {
    **{tag: () for tag in _BARE.split()},
    "a": ("href",),
    "img": ("src", "alt"),
    "ol": ("start",),
    "th": ("scope", "colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
    "time": ("datetime",),
}
"""The elements that stay, with their attributes."""

DROPPED = {
    *("button", "form", "iframe", "nav", "noscript", "object", "script", "select", "style", "svg"),
    *("template", "textarea"),
}
"""Elements that go with all they hold. Of any other element only the tags go."""

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {
    *("blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "h1"),
    *(
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "legend",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ),
}
"""Elements that begin a line of their own in plain text."""

SAID = {**{tag: ("\n", "\n") for tag in BLOCKS}, "sup": (" [", "]")}
"""What plain text has where an element begins and ends."""

EVERYWHERE = ("lang", "dir")
"""The attributes that every element may have."""

_PIECE = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-zA-Z-]+)="([^"]*)"')
_SCHEMES = re.compile(r"^(https?|mailto|tel|sms):")
_EMPTY = re.compile(r"<(p|div|section)>\s*</\1>\n?")
_SPACE = re.compile(r"\s*\n\s*")


@lru_cache(maxsize=4096)
def _plan(tag: str, attributes: str) -> tuple[bool, str, str]:
    """Return whether an element goes with its content, its tag or "" if only that goes, and its plain text."""
    given = dict(_ATTRIBUTE.findall(attributes))
    silent = given.get("aria-hidden") == "true" or "hidden" in given
    names = [name for name in (*KEPT.get(tag, ()), *EVERYWHERE) if name in given and name not in ("href", "src")]
    kept = "".join(f' {name}="{html.escape(html.unescape(given[name]))}"' for name in names)
    said = SAID.get(tag, ("",))[0] + html.unescape(given.get("alt", ""))
    return tag in DROPPED or silent, f"<{tag}{kept}>" if tag in KEPT else "", said


@dataclass
class _Cleaner:
    """Writes what it reads, without what is not on the list: as HTML, and as plain text."""

    address: str
    written: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    open: list[tuple[str, bool]] = field(default_factory=list)
    dropping: int = 0

    def read(self, ours: str) -> None:
        """Read HTML piece by piece; a "<" that opens no element is text."""
        end = 0
        for piece in _PIECE.finditer(ours):
            self.text(ours[end : piece.start()])
            end = piece.end()
            if piece[2]:
                (self.end if piece[1] else self.start)(piece[2].lower(), piece[3])
        self.text(ours[end:])
        while self.open:
            self.end(self.open[-1][0], "")

    def start(self, tag: str, attributes: str) -> None:
        drops, bare, said = _plan(tag, attributes)
        kept = bool(bare) and not drops and not self.dropping
        if kept:
            given = dict(_ATTRIBUTE.findall(attributes)) if tag in ("a", "img") else {}
            self.written.append(f"<{tag}{self.attributes(tag, given)}>" if given else bare)
            self.said.append(said)
        if tag not in VOID:
            self.open.append((tag, kept))
            self.dropping += bool(drops or self.dropping)

    def end(self, tag: str, _: str) -> None:
        if not self.open or (self.open[-1][0] != tag and not any(name == tag for name, _ in self.open)):
            return
        name = ""
        while name != tag:
            name, kept = self.open.pop()
            if self.dropping:
                self.dropping -= 1
            if kept:
                self.written.append(f"</{name}>")
                if name in SAID:
                    self.said.append(SAID[name][1])

    def text(self, data: str) -> None:
        if data and not self.dropping:
            self.written.append(data.replace("<", "&lt;").replace(">", "&gt;"))
            self.said.append((html.unescape(data) if "&" in data else data).replace("\n", " "))

    def attributes(self, tag: str, given: dict[str, str]) -> str:
        """Write the attributes of a link or a picture."""
        found = ""
        for name in (*KEPT[tag], *EVERYWHERE):
            if name in given:
                value = html.unescape(given[name])
                target = self.target(value) if name in ("href", "src") else value
                found += f' {name}="{html.escape(target)}"' if target is not None else ""
        return found

    def target(self, target: str) -> str | None:
        """Make a link absolute."""
        whole = target if _SCHEMES.match(target) else urljoin(self.address, target)
        return whole if _SCHEMES.match(whole) else None


def sanitize(ours: str, address: str) -> tuple[str, str]:
    """Keep the elements of `KEPT` and the words.

    Args:
        ours: HTML of a page or a block, as this guide makes it: attributes in double quotes.
        address: Where it stands; absolute. Links become absolute from there.

    Returns:
        The HTML, and its words: a line for each paragraph, item and cell, with the numbers of sources in brackets.
    """
    cleaner = _Cleaner(address)
    cleaner.read(str(ours))
    found = "".join(cleaner.written)
    while _EMPTY.search(found):
        found = _EMPTY.sub("", found)
    lines = (" ".join(line.split()) for line in "".join(cleaner.said).split("\n"))
    return _SPACE.sub("\n", found).strip(), "\n".join(line for line in lines if line)
