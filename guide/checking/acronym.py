"""A short form is spelt out in the paragraph where a page first uses it; other words are not in capitals."""

import re
from collections.abc import Iterator

from guide.checking.unfinished import WORDS
from guide.model.problems import Problem
from guide.reading.pages import Page
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.project import Book

_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”')
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,}(?:[ ,]+[A-Z]{2,}){2,}(?![\w-])")
_ACRONYM = re.compile(r"(?<!level )(?<![\w./@-])([A-Z][A-Z&]*[A-Z])(s)?(?![\w@/-]|\.\w|&)")


def check(book: Book) -> Iterator[Problem]:
    """Find short forms that a page's running text uses before it says what they stand for.

    Readers know some better than the words behind them: those stand in the labels, as `acronyms`. Headings, the
    words of links, quotations and what macros print are not looked at: the page behind a link explains it.
    """
    labels = book.guide.labels.get(book.language)
    known = {word for short in labels.acronyms for word in short.split()} if labels else set()
    for page in book.pages.values():
        yield from _unexplained(page, known)


def _unexplained(page: Page, known: set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for passage in page.passages:
        if passage.role not in RUNNING_TEXT:
            continue
        names = [*passage.links, *(quote.span() for quote in _QUOTED.finditer(passage.text))]
        for loud in _CAPITALS.finditer(passage.text):
            names.append(loud.span())
            if any(short not in known for short in re.findall(r"\w+", loud[0])):
                remedy = "Write small letters; put **two stars** around words that must stand out."
                yield Problem(passage.place(loud.start()), f'words in capitals: "{loud[0][:40]}"', remedy, "capitals")
        for match in _ACRONYM.finditer(passage.text):
            short = match[1]
            if (
                short in known
                or short in WORDS
                or short in seen
                or any(start <= match.start() < end for start, end in names)
            ):
                continue
            seen.add(short)
            if _explained(short, passage.text, match):
                continue
            yield Problem(
                passage.place(match.start()),
                f'"{short}" is not spelt out where the page first uses it',
                f'Write the words, then the short form: "the whole words ({short})".',
                "acronym",
            )


def _explained(short: str, text: str, match: re.Match[str]) -> bool:
    """Tell whether a paragraph says what its short form stands for.

    Three ways are known: "spelled-out words (SOW)", "SOW (spelled-out words)", "SOW, the Spelled-out Words".
    """
    after = text[match.end() :]
    return bool(
        re.search(rf"[\w\"”’]\s*\({re.escape(short)}s?[),;]", text)
        or re.match(r"\s*\(\w+ ", after)
        or re.match(r",\s+(?:the|a|an) [A-Z]", after)
    )
