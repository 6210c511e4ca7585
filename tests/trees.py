"""HTML as a tree, so that tests ask what a page means and not how it is spelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from guide.model.guide import Guide
from guide.rendering.page import PageRenderer

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# A closed tag that stands inside running text keeps its line in golden files.
INLINE = {"a", "b", "cite", "em", "i", "label", "option", "span", "strong", "sup", "text"}


@dataclass(eq=False)
class Node:
    """One element; `tag` is "#text" or "#comment" for the others, with `text`."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    own_text: str = ""

    def walk(self) -> Iterator[Node]:
        """Give this node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find_all(self, tag: str | None = None, /, **attrs: str) -> list[Node]:
        """Give all elements below with this tag and these attributes; `class_` asks for one class of several."""
        return [node for node in self.walk() if node is not self and node.matches(tag, **attrs)]

    def find(self, tag: str | None = None, /, **attrs: str) -> Node:
        """Give the one element that fits; anything but one is an error."""
        found = self.find_all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} elements fit {tag} {attrs}"
        return found[0]

    def matches(self, tag: str | None, **attrs: str) -> bool:
        """Tell whether this is such an element."""
        if self.tag.startswith("#") or (tag and self.tag != tag):
            return False
        for name, value in attrs.items():
            if name == "class_":
                if value not in self.attrs.get("class", "").split():
                    return False
            elif self.attrs.get(name.replace("_", "-")) != value:
                return False
        return True

    @property
    def text(self) -> str:
        """The words below this node, with single spaces."""
        return " ".join("".join(node.own_text for node in self.walk() if node.tag == "#text").split())

    @property
    def comments(self) -> list[str]:
        """The comments below this node."""
        return [node.own_text.strip() for node in self.walk() if node.tag == "#comment"]

    @property
    def ancestors(self) -> list[str]:
        """Tags of what this stands in, from the nearest."""
        return [] if self.parent is None else [self.parent.tag, *self.parent.ancestors]

    @property
    def below(self) -> Node | None:
        """The next element or comment beside this one."""
        assert self.parent
        rest = self.parent.children[self.parent.children.index(self) + 1 :]
        return next((node for node in rest if node.tag != "#text"), None)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#root")
        self.at = self.root
        self.faults: list[str] = []

    def _add(self, node: Node) -> Node:
        node.parent = self.at
        self.at.children.append(node)
        return node

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has two {name}" for name in set(names) if names.count(name) > 1]
        node = self._add(Node(tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.at.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.at.tag}>")
            if tag not in (self.at.tag, *self.at.ancestors):
                return
            while self.at.tag != tag and self.at.parent:
                self.at = self.at.parent
        assert self.at.parent
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self._add(Node("#text", own_text=data))

    def handle_comment(self, data: str) -> None:
        self._add(Node("#comment", own_text=data))


def finished(html: str) -> str:
    """Give HTML without marks, as the start page writes it."""
    return PageRenderer(Guide(), "index.md").html(html)


def parse(html: str, *, whole: bool = True) -> Node:
    """Read HTML into a tree.

    Args:
        html: A page or a part of one.
        whole: Refuse tags that are not closed, or closed in the wrong order.
    """
    builder = _Builder()
    builder.feed(finished(html))
    builder.close()
    if whole:
        open_tags = [builder.at.tag, *builder.at.ancestors][:-1]
        assert not builder.faults and not open_tags, [*builder.faults, *(f"<{tag}> stays open" for tag in open_tags)]
    return builder.root


def indented(html: str) -> str:
    """Write HTML for review: a line an element, inline elements and short texts on the line of what holds them."""
    lines: list[str] = []
    for child in parse(html).children:
        _write(child, 0, lines)
    return "\n".join(lines) + "\n"


def _write(node: Node, depth: int, lines: list[str]) -> None:
    pad = "  " * depth
    if node.tag == "#text":
        if node.own_text.strip():
            lines.append(pad + _flat(node).strip())
    elif node.tag == "#comment" or node.tag in VOID or _reads_on(node):
        lines.append(pad + _flat(node))
    else:
        lines.append(pad + _open(node))
        for child in node.children:
            _write(child, depth + 1, lines)
        lines.append(f"{pad}</{node.tag}>")


def _reads_on(node: Node) -> bool:
    return all(child.tag == "#text" or child.tag in INLINE for child in node.children)


def _open(node: Node) -> str:
    return f"<{node.tag}{''.join(f' {name}={chr(34)}{value}{chr(34)}' for name, value in node.attrs.items())}>"


def _flat(node: Node) -> str:
    if node.tag == "#text":
        words = " ".join(node.own_text.split())
        before = " " if node.own_text[:1].isspace() else ""
        after = " " if node.own_text[-1:].isspace() and words else ""
        escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return before + escaped + after
    if node.tag == "#comment":
        return f"<!--{node.own_text}-->"
    if node.tag in VOID:
        return _open(node)
    return _open(node) + "".join(_flat(child) for child in node.children).strip() + f"</{node.tag}>"
