"""A short form is spelled out in the paragraph where a page first uses it; other words are not in capitals."""

import re
from collections.abc import Iterator

from guide.checking.unfinished import PLACEHOLDERS
from guide.model.problems import Problem
from guide.reading.pages import Page
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.project import Project

_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”')
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,}(?:[ ,]+[A-Z]{2,}){2,}(?![\w-])")
_ACRONYM = re.compile(r"(?<!level )(?<![\w./@-])([A-Z][A-Z&]*[A-Z])(s)?(?![\w@/-]|\.\w|&)")


def check(project: Project) -> Iterator[Problem]:
    """Check that a page's running text says what a short form stands for when it first uses it.

    Readers know some of them better than the words behind them: those are in the labels, as `acronyms`; while these
    can't be read, nothing is reported. Headings, the words of links, quotations and the output of macros are not
    checked: the page behind a link explains it.
    """
    labels = project.guide.labels.get(project.language)
    if not labels:
        return
    known = {word for short in labels.acronyms for word in short.split()}
    for page in project.pages.values():
        yield from _unexplained(page, known)


def _unexplained(page: Page, known: set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for passage in page.passages:
        if passage.role not in RUNNING_TEXT:
            continue
        skipped = [*passage.links, *(quote.span() for quote in _QUOTED.finditer(passage.text))]
        for capitals in _CAPITALS.finditer(passage.text):
            skipped.append(capitals.span())
            if any(short not in known for short in re.findall(r"\w+", capitals[0])):
                remedy = "Write lowercase letters, and put **two stars** around words that have to stand out."
                wrong = f'words in capitals: "{capitals[0][:40]}"'
                yield Problem(passage.place(capitals.start()), wrong, remedy, "capitals")
        for match in _ACRONYM.finditer(passage.text):
            short = match[1]
            if (
                short in known
                or short in PLACEHOLDERS
                or short in seen
                or any(start <= match.start() < end for start, end in skipped)
            ):
                continue
            seen.add(short)
            if _explained(short, passage.text, match):
                continue
            yield Problem(
                passage.place(match.start()),
                f'"{short}" is not spelled out where the page first uses it',
                f'Write the words, then the short form: "the whole words ({short})".',
                "acronym",
            )


def _explained(short: str, text: str, match: re.Match[str]) -> bool:
    """Return whether a paragraph says what its short form stands for.

    Three ways are recognized: "spelled-out words (SOW)", "SOW (spelled-out words)", "SOW, the Spelled-out Words".
    """
    after = text[match.end() :]
    return bool(
        re.search(rf"[\w\"”’]\s*\({re.escape(short)}s?[),;]", text)
        or re.match(r"\s*\(\w+ ", after)
        or re.match(r",\s+(?:the|a|an) [A-Z]", after)
    )
