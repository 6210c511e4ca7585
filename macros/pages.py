"""Markdown pages as they were written: front matter, macro calls, headings, links, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import TypeAdapter, ValidationError

from macros.guide import PageHead
from macros.loading import bad_link, compose, plain_value, translate
from macros.models import Kind
from macros.models.site import FrontMatter
from macros.problems import Place, Problem
from macros.prose import Passage, page_passages
from macros.rendering import MACROS, page_environment
from macros.slips import broken_call, first_version, invisible, merge_markers

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?\n", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^( *)(?:!!!|\?\?\?\+?|===) ?(?:[\w -]*?)(?:\"(.*)\")?\s*$")
_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)
_KEY_LINE = re.compile(r"^[a-z_]+:|^[ -]")
_SINGLE = re.compile(r"(?<!\{)\{\s*(\w+)\([^)]*\)\s*\}(?!\})")
FRONT_MATTER = Kind("pages", FrontMatter, many=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One macro call: its name, its arguments as Jinja nodes, and its line in the file."""

    name: str
    args: list[Any]
    kwargs: dict[str, Any]
    line: int
    plain: bool

    def strings(self) -> Iterator[str]:
        """Give the positional arguments that are texts."""
        return (value for value in self.args if isinstance(value, str))


@dataclass(frozen=True)
class Written:
    """What the Markdown of a page holds; its tokens are not kept, because those of 1,000 pages take 100 MB.

    `marks` are what a page should not have, as (kind, address, line): "html", "table", and "picture" without a text.
    """

    headings: list[tuple[int, str, int]]
    links: list[tuple[str, str, int]]
    marks: list[tuple[str, str, int]]
    passages: list[Passage]


@dataclass
class Page:
    """One page; `body_start` is the line of the file on which the body begins, from 1."""

    path: str
    shown: str
    body: str
    body_start: int
    front: FrontMatter | None
    calls: list[Call] = field(default_factory=list)

    def place(self, line: int) -> Place:
        """Give a place in the file for a line of it."""
        return Place(self.shown, line)

    @cached_property
    def written(self) -> Written:
        """What its Markdown holds, read with the indentation of admonitions and tabs taken away."""
        tokens = MarkdownIt("commonmark").enable("table").parse(_flat(self.body))
        return Written(
            list(_headings(tokens, self.body_start)),
            list(_links(tokens, self.body_start)),
            list(_marks(tokens, self.body_start)),
            list(page_passages(self.shown, tokens, self.body_start)),
        )

    @property
    def headings(self) -> list[tuple[int, str, int]]:
        """Headings as (level, text, line)."""
        return self.written.headings

    @property
    def title(self) -> str:
        """The text of the first heading, or ""."""
        return next((text for level, text, _ in self.headings if level == 1), "")

    @property
    def links(self) -> list[tuple[str, str, int]]:
        """Links as (target, text, line)."""
        return self.written.links

    @property
    def passages(self) -> list[Passage]:
        """What a reader reads, piece by piece: paragraphs, items of lists, quotes, headings."""
        return self.written.passages


def _line(token: Token, first_line: int, before: list[Token] | None = None) -> int:
    """Give the line of the file on which a block stands, or what comes after `before` in it."""
    breaks = sum(child.type in ("softbreak", "hardbreak") for child in before or [])
    return (token.map[0] if token.map else 0) + first_line + breaks


def _headings(tokens: list[Token], first_line: int) -> Iterator[tuple[int, str, int]]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            children = tokens[index + 1].children or []
            text = "".join(child.content for child in children if child.type in ("text", "code_inline"))
            yield int(token.tag[1]), text, _line(token, first_line)


def _links(tokens: list[Token], first_line: int) -> Iterator[tuple[str, str, int]]:
    for token in tokens:
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "link_open":
                text = ""
                for inner in children[index + 1 :]:
                    if inner.type == "link_close":
                        break
                    text += inner.content
                yield str(child.attrGet("href")), text, _line(token, first_line, children[:index])


def _marks(tokens: list[Token], first_line: int) -> Iterator[tuple[str, str, int]]:
    for token in tokens:
        children = token.children or []
        html = [token, *children] if token.type == "html_block" else children
        tag = next((each.content for each in html if each.type in ("html_block", "html_inline")), "")
        if tag:
            yield "html", tag, _line(token, first_line)
        elif token.type == "table_open":
            yield "table", "", _line(token, first_line)
        for index, child in enumerate(children):
            if child.type == "image" and not child.content.strip():
                yield "picture", str(child.attrGet("src")), _line(token, first_line, children[:index])


def _flat(body: str) -> str:
    """Take away the indentation of admonitions and tabs, line for line, so that CommonMark reads what is inside."""
    depth = 0
    lines = []
    for line in body.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip():
            depth = min(depth, indent // 4)
        opened = _BLOCK.match(line)
        if opened and len(opened[1]) // 4 <= depth:
            depth = len(opened[1]) // 4 + 1
            lines.append("")
        else:
            lines.append(line[4 * depth :] if line.strip() else "")
    return "\n".join(lines)


def page_heads(pages: dict[str, Page]) -> dict[str, PageHead]:
    """Give what the heads of the pages say, of those that have one."""
    found = {path: (_TITLE.search(page.body), page.front) for path, page in pages.items()}
    return {path: PageHead(title[1] if title else path, front) for path, (title, front) in found.items() if front}


def read_pages(docs: Path) -> tuple[dict[str, Page], list[Problem]]:
    """Read every page of docs/.

    Returns:
        The pages by their path in docs/, and the problems of those that cannot be read.
    """
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for path in [docs, *sorted(docs.rglob("*"))]:
        shown = path.relative_to(docs.parent).as_posix()
        led_out = bad_link(path, docs.parent)
        if led_out:
            problems.append(led_out)
        elif path.suffix == ".md" and path.is_file():
            page, found = _read_page(path, path.relative_to(docs).as_posix(), shown)
            problems.extend(found)
            if page:
                pages[page.path] = page
    return pages, problems


def _read_page(path: Path, name: str, shown: str) -> tuple[Page | None, list[Problem]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [Problem(Place(shown, line), "a letter that is not UTF-8", "Save the file as UTF-8.", "encoding")]
    unfinished = list(merge_markers(shown, text))
    text = first_version(text) if unfinished else text
    match = _FRONT.match(text)
    if not match:
        page_begins = (
            "Begin the page with a line of ---, then description:, sources_checked: and review_due:, then ---."
        )
        line, wrong, remedy = 1, "the page does not begin with its description and dates", page_begins
        if re.match(r"---\s*\n", text):
            line = next((n for n, each in enumerate(text.split("\n"), 1) if n > 1 and not _KEY_LINE.match(each)), 1)
            wrong, remedy = (
                "the keys at the head of the page do not end",
                "Put a line of three hyphens, ---, after them.",
            )
        problems = [Problem(Place(shown, line), wrong, remedy, "front-matter")]
        page = Page(name, shown, text, 1, None)
    else:
        front, problems = _front_matter(match[1], shown)
        page = Page(name, shown, text[match.end() :], text[: match.end()].count("\n") + 1, front)
    problems.extend(unfinished)
    problems.extend(invisible(shown, "\n" * (page.body_start - 1) + page.body))
    problems.extend(_find_calls(page))
    return page, problems


def _front_matter(text: str, shown: str) -> tuple[FrontMatter | None, list[Problem]]:
    if not text.strip():
        return None, [
            Problem(Place(shown, 1), "the front matter is empty", "Write description and dates.", "front-matter")
        ]
    # An empty first line makes line numbers those of the file.
    node, problems = compose(shown, "\n" + text)
    if node is None:
        return None, problems
    plain = plain_value(node)
    try:
        return TypeAdapter(FrontMatter).validate_python(plain), problems
    except ValidationError as error:
        faults = error.errors(include_url=False)
        return None, [*problems, *(translate(FRONT_MATTER, shown, node, plain, fault) for fault in faults)]


def _find_calls(page: Page) -> list[Problem]:
    """Find macro calls in the Jinja syntax tree of the body."""
    shift = page.body_start - 1
    try:
        tree = page_environment().parse(page.body)
    except TemplateSyntaxError as error:
        wrong, remedy = broken_call(page.body.split("\n"), error.lineno, set(MACROS))
        return [Problem(page.place(error.lineno + shift), wrong, remedy, "macro-call")]
    problems = list(_single_braces(page))
    known: set[int] = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            # What a call is given is another check's matter.
            known.update(map(id, call.find_all(nodes.Name)))
            page.calls.append(_call(call, call.node.name, call.lineno + shift))
    for name in tree.find_all(nodes.Name):
        if id(name) not in known:
            wrong = f'"{name.name}" is not a macro call'
            remedy = 'Write {{ name("id") }}; pages have no variables.'
            problems.append(Problem(page.place(name.lineno + shift), wrong, remedy, "macro-call"))
    for statement in tree.body:
        for node in statement.nodes if isinstance(statement, nodes.Output) else []:
            is_call = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
            if not is_call and not isinstance(node, nodes.TemplateData | nodes.Name):
                wrong, remedy = "something in braces that is not a macro call", 'Write {{ name("id") }}, and no more.'
                problems.append(Problem(page.place(node.lineno + shift), wrong, remedy, "macro-call"))
        if not isinstance(statement, nodes.Output):
            wrong, remedy = "a Jinja statement", 'Pages may only call macros: {{ name("id") }}.'
            problems.append(Problem(page.place(statement.lineno + shift), wrong, remedy, "macro-call"))
    return problems


def _single_braces(page: Page) -> Iterator[Problem]:
    """Find calls that readers would see, because they stand in one pair of braces."""
    for number, line in enumerate(page.body.split("\n"), page.body_start):
        found = _SINGLE.search(line)
        if found and found[1] in MACROS:
            wrong = f'"{found[0].strip()[:40]}" stands in single braces'
            yield Problem(page.place(number), wrong, "Write two on each side: {{ ... }}.", "macro-call")


def _call(call: nodes.Call, name: str, line: int) -> Call:
    plain = True

    def value(node: nodes.Expr) -> Any:
        nonlocal plain
        try:
            return node.as_const()
        except nodes.Impossible:
            plain = False
            return None

    args = [value(node) for node in call.args]
    kwargs = {keyword.key: value(keyword.value) for keyword in call.kwargs}
    return Call(name, args, kwargs, line, plain and call.dyn_args is None and call.dyn_kwargs is None)
