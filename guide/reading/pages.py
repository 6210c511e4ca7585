"""Markdown pages: front matter, macro calls, headings, links and running text, each with its line.

`read_page` reads a file and its front matter, and returns a `Page` with the problems of the file. What its Markdown
contains is `Page.content`, which is parsed on first use: Python-Markdown's result decides what the page contains and
what is refused, and markdown-it's result says on which lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from guide.model.guide import PageHead, line_of
from guide.model.problems import Place, Problem
from guide.model.registry import macros
from guide.model.site import FrontMatter
from guide.reading.allowed_html import HtmlContent, examine
from guide.reading.calls import Call, CallText, Stray, read_calls
from guide.reading.docs_folder import check_docs_file
from guide.reading.files import PAGE, bad_link, read_text, walk_folder
from guide.reading.front_matter import read_front_matter
from guide.reading.markdown_mistakes import broken_call, markdown_mistakes
from guide.reading.outline import Outline, align, read_outline
from guide.reading.page_html import to_html
from guide.reading.passages import Passage, page_passages
from guide.reading.text_mistakes import first_version, invisible_characters, merge_conflict
from guide.reading.unchanged import Unchanged
from guide.reading.yaml_nodes import compose

_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)
_SINGLE = re.compile(r"(?<!\{)\{\s*(\w+)\([^)]*\)\s*\}(?!\})")
_SIGNS = {"[": 1_000, "\\": 500, "*": 2_000, "_": 2_000, "`": 2_000, "<": 500, "&": 500, "{": 500, "#": 500}
"""How often a page may contain each of the signs for which Markdown parsers backtrack, and take long."""
_INDENT = 60
_DEEP = re.compile(r"[ \t]*(?:(?:>[ \t]*){10}|(?:(?:[-*+]|\d{1,9}[.)])[ \t]+){10})")


@dataclass(frozen=True)
class PageContent:
    """What the Markdown of a page contains, with lines.

    Attributes:
        calls: The macro calls that are run, in the order of the page. Calls in code are only shown.
        headings: Each with its level, text and line.
        links: Each with its target, text and line.
        pictures: Each with its address, alternative text and line.
        ids: The ids of its headings.
        tables: The lines of tables written by hand.
        passages: Its running text, one paragraph, list item or heading each.
        problems: Everything that a page may not contain.
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
    """One page.

    Attributes:
        path: Its path in docs/.
        shown: Its path as messages show it.
        body: The Markdown after the front matter.
        body_start: The line of the file on which the body begins, from 1.
        front: The front matter, or None if it isn't valid.
        head: The front matter as it was written.
    """

    path: str
    shown: str
    body: str
    body_start: int
    front: FrontMatter | None
    head: str = ""

    def place(self, line: int) -> Place:
        """Return the place of a line of the file."""
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
        """The ids that the front matter gives to headings, each with the text of its heading."""
        return self.front.anchors if self.front else {}

    @cached_property
    def content(self) -> PageContent:
        """What its Markdown contains."""
        return _content(self)

    @property
    def calls(self) -> list[Call]:
        """The macro calls that are run."""
        return self.content.calls

    @property
    def headings(self) -> list[tuple[int, str, int]]:
        """The headings, each with its level, text and line."""
        return self.content.headings

    @property
    def title(self) -> str:
        """The text of the first heading, or ""."""
        return next((text for level, text, _ in self.headings if level == 1), "")

    @property
    def links(self) -> list[tuple[str, str, int]]:
        """The links, each with its target, text and line."""
        return self.content.links

    @property
    def passages(self) -> list[Passage]:
        """The running text: paragraphs, list items, quotes and headings."""
        return self.content.passages


def _content(page: Page) -> PageContent:
    """Parse a page with both parsers."""
    text, source = page.text, page.text.text.split("\n")
    try:
        html = examine(to_html(text.text, page.anchors))
        outline = read_outline(text.text)
    except RecursionError:
        wrong, remedy = "this page is nested too deeply", "Use fewer lists, quotes and brackets inside one another."
        problem = Problem(page.place(page.body_start), wrong, remedy, "nesting")
        return PageContent([], [], [], [], [], [], [], [problem])
    places, differences = align(outline, html.blocks, source)

    def line(block: int, near: str = "") -> int:
        """Return the line of a text in a block, or else after or before it; without a match, the block's first line."""
        first, _ = places[block] if block < len(places) else (0, 0)
        matches = (number for number in (*range(first, len(source)), *range(first)) if near and near in source[number])
        return next(matches, first) + page.body_start

    problems = [
        Problem(
            page.place(line(violation.block, text.restored(violation.near))),
            text.restored(violation.wrong),
            violation.remedy,
            violation.rule,
        )
        for violation in html.violations
    ]
    # An address with a space in it is read in different ways too.
    explained = {line(violation.block) for violation in html.violations if violation.rule == "link"}
    problems += [
        Problem(
            page.place(difference.line + page.body_start),
            text.restored(difference.wrong),
            difference.remedy,
            "ambiguous-markdown",
        )
        for difference in differences
        if difference.line + page.body_start not in explained
    ]
    problems += [*_misplaced_tokens(page, html), *_anchor_problems(page, html)]
    for number, block in enumerate(html.blocks):
        if block.kind != "code":
            for near, wrong, remedy in markdown_mistakes(block.prose):
                place = page.place(line(number, near))
                problems.append(Problem(place, text.restored(wrong), remedy, "markdown-mistake"))
    return PageContent(
        calls=[
            call
            for token, call in text.tokens.items()
            if isinstance(call, Call) and html.token_places.get(token) != "code"
        ],
        headings=[(level, text.restored(words), line(block)) for level, words, _, block in html.headings],
        links=[
            (target, text.restored(words), line(number, f"({target}"))
            for number, block in enumerate(html.blocks)
            for target, words in block.links
        ],
        pictures=[
            (address, alternative, line(number, address))
            for number, block in enumerate(html.blocks)
            for address, alternative in block.pictures
        ],
        ids=html.ids,
        tables=_tables(outline, page.body_start),
        passages=list(page_passages(page.shown, outline.tokens, page.body_start, text)),
        problems=problems,
    )


def _tables(outline: Outline, first_line: int) -> list[int]:
    return [(token.map[0] if token.map else 0) + first_line for token in outline.tokens if token.type == "table_open"]


def _misplaced_tokens(page: Page, html: HtmlContent) -> Iterator[Problem]:
    """Find calls in places where they can't be shown, and braces that are no call. Both are allowed in code."""
    reported: set[int] = set()
    for token, written in page.text.tokens.items():
        place = html.token_places.get(token, "")
        if place == "code" or written.line in reported:
            continue
        if isinstance(written, Stray):
            reported.add(written.line)
            body_line = page.body.split("\n")[written.line - page.body_start]
            wrong, remedy, rule = broken_call(body_line, written.rest, set(macros()))
            yield Problem(page.place(written.line), wrong, remedy, rule)
        elif place != "text":
            where = {
                "heading": "in a heading",
                "link": "in the words of a link",
                "attribute": "in an address, or in the text of a picture",
                "title": "in the title of a box or tab",
            }.get(place, "where Markdown shows no text")
            remedy = "Put it into a sentence, or on a line of its own. To show it, put it between backticks."
            yield Problem(page.place(written.line), f"{written.name} is called {where}", remedy, "macro-place")


def _anchor_problems(page: Page, html: HtmlContent) -> Iterator[Problem]:
    """Find anchors of the front matter that fit no heading or several, and ids that two headings share."""
    headings = [text for _, text, _, _ in html.headings]
    for anchor, heading in page.anchors.items():
        if headings.count(heading) != 1:
            is_now = "the text of two headings" if heading in headings else "no heading"
            wrong = f'anchor "{anchor}": "{heading}" is {is_now}'
            remedy = f"Copy the words of the heading: {anchor}: {headings[-1] if headings else 'its words'}"
            yield Problem(page.place(1), wrong, remedy, "anchors")
    for anchor in sorted({heading_id for heading_id in html.ids if html.ids.count(heading_id) > 1}):
        wrong, remedy = f'two headings have the anchor "{anchor}"', "Give one of them another name."
        yield Problem(page.place(1), wrong, remedy, "anchors")


def page_heads(pages: dict[str, Page]) -> dict[str, PageHead]:
    """Return the title and front matter of each page whose front matter is valid."""
    titles = {path: _TITLE.search(page.body) for path, page in pages.items()}
    return {
        path: PageHead(title[1] if title else path, front, pages[path])
        for path, title in titles.items()
        if (front := pages[path].front)
    }


def read_pages(docs: Path, unchanged: Unchanged | None = None) -> tuple[dict[str, Page], list[Problem]]:
    """Read every page of docs/.

    Args:
        docs: The folder.
        unchanged: Remembers what was read the time before, so that only what has changed is read again.

    Returns:
        The pages by their path in docs/; and the problems of pages that can't be read and of files that docs/ may not
        contain.
    """
    unchanged = unchanged or Unchanged()
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for path, unusable in walk_folder(docs, docs.parent):
        shown = path.relative_to(docs.parent).as_posix()
        unusable = unusable or bad_link(path, docs.parent)
        if unusable:
            problems.append(unusable)
            continue
        page, found = unchanged.get(path, partial(_read_file, docs, path, shown))
        problems.extend(found)
        if page:
            pages[page.path] = page
    return pages, problems


def _read_file(docs: Path, path: Path, shown: str) -> tuple[Page | None, list[Problem]]:
    refused = check_docs_file(path, docs, shown)
    if refused or path.suffix != ".md" or path.is_dir():
        return None, refused
    return read_page(docs, path)


def read_page(docs: Path, path: Path) -> tuple[Page | None, list[Problem]]:
    """Read one page.

    Returns:
        The page, or None if its file can't be read; and the problems of the file, its front matter and its size. A page
        with such a problem is not rendered. The problems of its Markdown are in `Page.content`.
    """
    name, shown = path.relative_to(docs).as_posix(), path.relative_to(docs.parent).as_posix()
    text, problems = read_text(path, shown, PAGE)
    if text is None:
        return None, problems
    conflict = merge_conflict(shown, text)
    text = first_version(text) if conflict else text
    head, start, front, problems = read_front_matter(shown, text)
    page = Page(name, shown, text[start:], text[:start].count("\n") + 1, front, head)
    problems.extend([conflict] if conflict else [])
    problems.extend(invisible_characters(shown, "\n" * (page.body_start - 1) + page.body))
    problems.extend(_excesses(page))
    problems.extend(_single_braces(page))
    return page, problems


def _excesses(page: Page) -> Iterator[Problem]:
    """Find what makes Markdown parsers slow: many signs for which they backtrack, and deep nesting."""
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


def _single_braces(page: Page) -> Iterator[Problem]:
    """Find macro calls in single braces, which would be shown as text."""
    for number, line in enumerate(page.body.split("\n"), page.body_start):
        call = _SINGLE.search(line)
        if call and call[1] in macros():
            wrong = f'"{call[0].strip()[:40]}" is in single braces'
            yield Problem(page.place(number), wrong, "Write two on each side: {{ ... }}.", "macro-call")
