"""The blocks of a page with their lines, as a CommonMark parser reads them.

Python-Markdown makes the site, and knows no lines. markdown-it knows them, and reads some texts differently. So the
blocks of both are compared: a block that both read alike has a line, and every difference is a problem, because a
preview elsewhere wouldn't have shown the author what the site shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from guide.reading.allowed_html import Block, block_kind

_BOX = re.compile(r"^( *)(?:!!!|\?\?\?\+?|===) ?(?:[\w -]*?)(?:\"(.*)\")?\s*$")
_FENCE = re.compile(r"^ *(`{3,}|~{3,})")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s")
_NESTED = {"bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "blockquote": "blockquote"}


@dataclass(slots=True)
class LocatedBlock:
    """A block with its lines, from 0."""

    block: Block
    first: int
    """Its first line."""
    end: int
    """The line after its last."""
    table: bool = False
    """Whether it's in a table."""


@dataclass(slots=True)
class Difference:
    """A line that the two parsers read differently; `line` counts from 0."""

    line: int
    wrong: str
    remedy: str


@dataclass
class Outline:
    """A page as CommonMark reads it.

    Attributes:
        tokens: markdown-it's tokens.
        blocks: The blocks with their lines.
    """

    tokens: list[Token]
    blocks: list[LocatedBlock] = field(default_factory=list)


def read_outline(text: str) -> Outline:
    """Parse the text of a page, with tokens in place of its calls."""
    tokens = MarkdownIt("commonmark").enable("table").parse(_without_boxes(text))
    return Outline(tokens, list(_located_blocks(tokens)))


def _located_blocks(tokens: list[Token]) -> Iterator[LocatedBlock]:
    within: list[str] = []
    place, in_table = (0, 0), False
    for token in tokens:
        place = (token.map[0], token.map[1]) if token.map else place
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name == "table":
            in_table = token.nesting == 1
        if name in _NESTED or name == "heading":
            if token.nesting == 1:
                within.append(_NESTED.get(name, token.tag))
            else:
                within.pop()
        elif token.type == "inline":
            heading = within[-1] if within and within[-1].startswith("h") else ""
            yield LocatedBlock(_block(heading or block_kind(within), token.children or []), *place, in_table)
        elif token.type in ("fence", "code_block"):
            yield LocatedBlock(Block("code", token.content), *place)
        elif token.type == "html_block":
            yield LocatedBlock(Block(block_kind(within), token.content), *place)
        elif token.type == "hr":
            yield LocatedBlock(Block("rule"), *place)


def _block(kind: str, children: list[Token]) -> Block:
    block = Block(kind)
    address, start = "", 0
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            block.text += " "
        elif child.type == "image":
            block.pictures.append((str(child.attrGet("src")), child.content))
        elif child.type == "link_open":
            address, start = str(child.attrGet("href")), len(block.text)
        elif child.type == "link_close":
            block.links.append((address, block.text[start:]))
        else:
            block.text += child.content
    return block


def _without_boxes(body: str) -> str:
    """Remove the indentation of boxes and tabs, line for line, so that CommonMark parses what is inside.

    Lines in a fence are code, even if they look like the first line of a box.
    """
    depth, fence = 0, ""
    lines = []
    for line in body.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and indent // 4 < depth:
            depth, fence = indent // 4, ""
        mark = _FENCE.match(line)
        if fence:
            box = None
            if mark and mark[1].startswith(fence) and line.strip() == mark[1]:
                fence = ""
        else:
            box = _BOX.match(line)
            fence = mark[1] if mark else ""
        if box and len(box[1]) // 4 <= depth:
            depth = len(box[1]) // 4 + 1
            lines.append("")
        else:
            lines.append(line[4 * depth :] if line.strip() else "")
    return "\n".join(lines)


def _key(block: Block) -> tuple[object, ...]:
    return (
        block.kind,
        " ".join(block.text.split()),
        tuple(unquote(address) for address, _ in block.links),
        tuple(unquote(address) for address, _ in block.pictures),
    )


def align(outline: Outline, blocks: list[Block], source: list[str]) -> tuple[list[tuple[int, int]], list[Difference]]:
    """Find the lines of Python-Markdown's blocks.

    Args:
        outline: The page as CommonMark reads it.
        blocks: The page as Python-Markdown reads it.
        source: The lines of the page.

    Returns:
        The first line of each block and the line after its last, from 0; for a block that CommonMark doesn't know,
        those of the nearest block before it. And every difference between the two.
    """
    # The titles of boxes aren't CommonMark.
    numbered = [(number, block) for number, block in enumerate(blocks) if block.kind != "title"]
    ours = [_key(block) for _, block in numbered]
    theirs = [_key(located.block) for located in outline.blocks]
    places = [(0, 0)] * len(blocks)
    differences = []
    same = [("equal", 0, len(ours), 0, len(theirs))] if ours == theirs else None
    for kind, first, end, start, stop in same or SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            for offset in range(end - first):
                located = outline.blocks[start + offset]
                places[numbered[first + offset][0]] = (located.first, located.end)
            continue
        near = outline.blocks[start:stop] or outline.blocks[max(0, start - 1) : start]
        begin, after = (near[0].first, near[-1].end) if near else (0, 1)
        for number, _ in numbered[first:end]:
            places[number] = (begin, after)
        # The rule on hand-made tables reports them.
        if not any(located.table for located in near):
            differences.append(_difference(source, begin, after))
    for number in range(1, len(blocks)):
        if places[number] == (0, 0):
            places[number] = places[number - 1]
    return places, differences


def _difference(source: list[str], begin: int, end: int) -> Difference:
    """Return the likely reason why two parsers differ, and what to do about it."""
    for number in range(max(0, begin), min(end, len(source))):
        line, above = source[number], source[number - 1] if number else ""
        quoted = f'"{line.strip()[:50]}"'
        if re.match(r"^#{1,6}[^#\s]", line):
            return Difference(number, f"no space after the # of {quoted}", "Put a space between # and the words.")
        if re.match(r"^\s*\d+\)\s", line):
            return Difference(
                number, f"a number with a parenthesis: {quoted}", 'Write the number with a period: "1. ".'
            )
        if _LIST_MARK.match(line):
            if above.strip() and not _LIST_MARK.match(above) and not above.startswith((" ", "\t")):
                remedy = "Put an empty line before the list."
                return Difference(number, f"a list that begins right after its sentence: {quoted}", remedy)
            indent = len(line) - len(line.lstrip(" "))
            if indent % 4:
                remedy = "Indent a list inside a list by 4 spaces, and one that isn't inside another by none."
                return Difference(number, f"a list item after {indent} spaces: {quoted}", remedy)
        if re.match(r"^ {1,3}\S", line) or re.match(r"^\s*(```|~~~).*[^\w\s`~-]", line):
            remedy = "Begin the line without spaces; write ``` alone, or with one word, to begin code."
            return Difference(number, f"spaces or signs that Markdown programs read differently: {quoted}", remedy)
    quoted = f'"{source[begin].strip()[:50]}"' if begin < len(source) else "the end of the page"
    remedy = "Put an empty line before and after lists, boxes and code, and 4 spaces before what is inside them."
    return Difference(begin, f"Markdown that programs read in different ways: {quoted}", remedy)
