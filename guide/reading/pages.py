"""Markdown pages as they were written: front matter, macro calls, headings, links, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from guide.model.guide import PageHead, line_of
from guide.model.kind import Kind, Stored
from guide.model.problems import Place, Problem
from guide.model.registry import macros
from guide.model.site import FrontMatter
from guide.reading.calls import Call, CallText, Stray, read_calls
from guide.reading.limits import PAGE, read_text, walk_folder
from guide.reading.outline import Outline, align, read_outline
from guide.reading.page_html import Examined, examine, to_html
from guide.reading.passages import Passage, page_passages
from guide.reading.pictures import docs_file
from guide.reading.records import bad_link, compose, plain_value, translate
from guide.reading.yaml_mistakes import broken_call, first_version, invisible, markdown_slips, merge_markers

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)
_KEY_LINE = re.compile(r"^[a-z_]+:|^[ -]")
_SINGLE = re.compile(r"(?<!\{)\{\s*(\w+)\([^)]*\)\s*\}(?!\})")
_SIGNS = {"[": 1_000, "\\": 500, "*": 2_000, "_": 2_000, "`": 2_000, "<": 500, "&": 500, "{": 500, "#": 500}
"""How often a page may have each of the signs that Markdown parsers try in many ways, and take long over."""
_INDENT = 60
_DEEP = re.compile(r"[ \t]*(?:(?:>[ \t]*){10}|(?:(?:[-*+]|\d{1,9}[.)])[ \t]+){10})")
FRONT_MATTER = Kind("pages", FrontMatter, Stored.ONE_RECORD)


@dataclass(frozen=True)
class Written:
    """What a page holds, as Python-Markdown reads it, with lines.

    Attributes:
        calls: The macro calls that are run, in the order of the page; calls in code are only shown.
        headings: As (level, words, line).
        links: As (target, words, line).
        pictures: As (address, alternative text, line).
        ids: Of the headings.
        tables: The lines of tables written by hand.
        passages: What a reader reads, piece by piece.
        problems: Everything that a page may not hold.
    """

    calls: list[Call]
    headings: list[tuple[int, str, int]]
    links: list[tuple[str, str, int]]
    pictures: list[tuple[str, str, int]]
    ids: list[str]
    tables: list[int]
    passages: list[Passage]
    problems: list[Problem]


@dataclass
class Page:
    """One page; `body_start` is the line of the file on which the body begins, from 1; `head` is its front matter."""

    path: str
    shown: str
    body: str
    body_start: int
    front: FrontMatter | None
    head: str = ""

    def place(self, line: int) -> Place:
        """Return a place in the file for a line of it."""
        return Place(self.shown, line)

    def key_place(self, *path: str | int) -> Place:
        """Return the place of a key of the front matter, or of a key below it."""
        node, _ = compose(self.shown, "\n" + self.head)
        return self.place(line_of(node, path) if node is not None else 1)

    @cached_property
    def text(self) -> CallText:
        """The body with a token in place of each call."""
        return read_calls(self.body, self.body_start)

    @property
    def anchors(self) -> dict[str, str]:
        """Ids that front matter gives to headings, each with the heading's words."""
        return self.front.anchors if self.front else {}

    @cached_property
    def written(self) -> Written:
        """What it holds."""
        return _written(self)

    @property
    def calls(self) -> list[Call]:
        """The macro calls that are run."""
        return self.written.calls

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


def _written(page: Page) -> Written:
    """Read a page with both parsers; Python-Markdown's result says what the page holds, the other one says where."""
    text, source = page.text, page.text.text.split("\n")
    try:
        examined = examine(to_html(text.text, page.anchors))
        outline = read_outline(text.text)
    except RecursionError:
        wrong, remedy = "this page is nested too deeply", "Use fewer lists, quotes and brackets inside one another."
        problem = Problem(page.place(page.body_start), wrong, remedy, "nesting")
        return Written([], [], [], [], [], [], [], [problem])
    places, differences = align(outline, examined.blocks, source)

    def line(block: int, near: str = "") -> int:
        first, end = places[block] if block < len(places) else (0, len(source))
        found = (number for number in (*range(first, end), *range(len(source))) if near and near in source[number])
        return next(found, first) + page.body_start

    problems = [
        Problem(
            page.place(line(fault.block, text.restored(fault.near))),
            text.restored(fault.wrong),
            fault.remedy,
            fault.rule,
        )
        for fault in examined.faults
    ]
    problems += [
        Problem(page.place(each.line + page.body_start), text.restored(each.wrong), each.remedy, "ambiguous-markdown")
        for each in differences
    ]
    problems += [*_misplaced_tokens(page, examined), *_lost_anchors(page, examined)]
    for number, block in enumerate(examined.blocks):
        if block.kind != "code":
            for near, wrong, remedy in markdown_slips(block.prose):
                problems.append(Problem(page.place(line(number, near)), text.restored(wrong), remedy, "markdown-slip"))
    return Written(
        calls=[
            found
            for token, found in text.tokens.items()
            if isinstance(found, Call) and examined.places.get(token) != "code"
        ],
        headings=[(level, text.restored(words), line(block)) for level, words, _, block in examined.headings],
        links=[
            (target, text.restored(words), line(number, f"({target}"))
            for number, block in enumerate(examined.blocks)
            for target, words in block.links
        ],
        pictures=[
            (address, alternative, line(number, address))
            for number, block in enumerate(examined.blocks)
            for address, alternative in block.pictures
        ],
        ids=examined.ids,
        tables=_tables(outline, page.body_start),
        passages=list(page_passages(page.shown, outline.tokens, page.body_start, text)),
        problems=problems,
    )


def _tables(outline: Outline, first_line: int) -> list[int]:
    return [(token.map[0] if token.map else 0) + first_line for token in outline.tokens if token.type == "table_open"]


def _misplaced_tokens(page: Page, examined: Examined) -> Iterator[Problem]:
    """Find calls where none can stand, and braces that are no call; both may be shown in code."""
    said: set[int] = set()
    for token, found in page.text.tokens.items():
        place = examined.places.get(token, "")
        if place == "code" or found.line in said:
            continue
        if isinstance(found, Stray):
            said.add(found.line)
            body_line = page.body.split("\n")[found.line - page.body_start]
            wrong, remedy, rule = broken_call(body_line, found.rest, set(macros()))
            yield Problem(page.place(found.line), wrong, remedy, rule)
        elif place != "text":
            where = {
                "heading": "in a heading",
                "link": "in the words of a link",
                "attribute": "in an address, or in the text of a picture",
                "title": "in the title of a box or tab",
            }.get(place, "where Markdown shows no text")
            remedy = "Put it into a sentence, or on a line of its own. To show it, put it between backticks."
            yield Problem(page.place(found.line), f"{found.name} is called {where}", remedy, "macro-place")


def _lost_anchors(page: Page, examined: Examined) -> Iterator[Problem]:
    """Find anchors of front matter whose heading the page doesn't have, and ids that two headings have."""
    words = [heading for _, heading, _, _ in examined.headings]
    for anchor, heading in page.anchors.items():
        if words.count(heading) != 1:
            is_now = "the words of two headings" if heading in words else "no heading"
            wrong = f'anchor "{anchor}": "{heading}" is {is_now}'
            remedy = f"Copy the words of the heading: {anchor}: {words[-1] if words else 'its words'}"
            yield Problem(page.place(1), wrong, remedy, "anchors")
    for anchor in sorted({each for each in examined.ids if examined.ids.count(each) > 1}):
        wrong, remedy = f'two headings have the anchor "{anchor}"', "Give one of them another name."
        yield Problem(page.place(1), wrong, remedy, "anchors")


def page_heads(pages: dict[str, Page]) -> dict[str, PageHead]:
    """Return what the heads of the pages say, of those that have one."""
    found = {path: (_TITLE.search(page.body), page.front) for path, page in pages.items()}
    return {path: PageHead(title[1] if title else path, front) for path, (title, front) in found.items() if front}


def read_pages(docs: Path) -> tuple[dict[str, Page], list[Problem]]:
    """Read every page of docs/.

    Returns:
        The pages by their path in docs/, and the problems of those that can't be read, and of files that docs/ may not
        hold.
    """
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for path, unusable in walk_folder(docs, docs.parent):
        shown = path.relative_to(docs.parent).as_posix()
        led_out = unusable or bad_link(path, docs.parent)
        if led_out:
            problems.append(led_out)
            continue
        refused = docs_file(path, docs, shown)
        problems.extend(refused)
        if not refused and path.suffix == ".md" and not path.is_dir():
            page, found = read_page(docs, path)
            problems.extend(found)
            if page:
                pages[page.path] = page
    return pages, problems


def read_page(docs: Path, path: Path) -> tuple[Page | None, list[Problem]]:
    """Read one page: the only reader of front matter.

    Returns:
        The page, or None if its file can't be read; and what is wrong with the file, its front matter and the limits.
        A page with such a problem is not rendered. What its Markdown holds is in `Page.written`.
    """
    name, shown = path.relative_to(docs).as_posix(), path.relative_to(docs.parent).as_posix()
    text, problems = read_text(path, shown, PAGE)
    if text is None:
        return None, problems
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
        page = Page(name, shown, text[match.end() :], text[: match.end()].count("\n") + 1, front, match[1])
    problems.extend(unfinished)
    problems.extend(invisible(shown, "\n" * (page.body_start - 1) + page.body))
    problems.extend(_too_much(page))
    problems.extend(_single_braces(page))
    return page, problems


def _too_much(page: Page) -> Iterator[Problem]:
    """Find what Markdown parsers take long over: signs that they try in many ways, and deep indents."""
    lines = page.body.split("\n")
    for sign, most in _SIGNS.items():
        if page.body.count(sign) > most:
            number = next(number for number, line in enumerate(lines, page.body_start) if sign in line)
            wrong = f"the page has the sign {sign} {page.body.count(sign):,} times; the limit is {most:,}"
            yield Problem(page.place(number), wrong, "Split the page, or take some of them out.", "signs")
    for number, line in enumerate(lines, page.body_start):
        if _DEEP.match(line) or (line.startswith(" " * _INDENT) and line.strip()):
            wrong = f"lists or quotes inside one another, ten deep, or after {_INDENT} spaces"
            yield Problem(page.place(number), wrong, "Use fewer levels.", "nesting")
            return


def _front_matter(text: str, shown: str) -> tuple[FrontMatter | None, list[Problem]]:
    if not text.strip():
        return None, [
            Problem(Place(shown, 1), "the front matter is empty", "Write description and dates.", "front-matter")
        ]
    for number, line in enumerate(text.split("\n"), 2):
        # The engine would end the front matter here.
        if re.match(r"\.\.\.\s*$", line):
            wrong, remedy = "a line of three dots in the front matter", "Delete it."
            return None, [Problem(Place(shown, number), wrong, remedy, "front-matter")]
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


def _single_braces(page: Page) -> Iterator[Problem]:
    """Find calls that readers would see, because they stand in one pair of braces."""
    for number, line in enumerate(page.body.split("\n"), page.body_start):
        found = _SINGLE.search(line)
        if found and found[1] in macros():
            wrong = f'"{found[0].strip()[:40]}" stands in single braces'
            yield Problem(page.place(number), wrong, "Write two on each side: {{ ... }}.", "macro-call")
