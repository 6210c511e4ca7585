"""A page mentions what leads to it: the words that the search sends there, and the entries of the A to Z page."""

import posixpath
import re
from collections.abc import Iterator

from guide.model.guide import walk
from guide.model.problems import Problem
from guide.model.registry import kinds, macros
from guide.reading.pages import Page
from guide.rendering.project import Project

_WORD = re.compile(r"\w+")
_UNSEEN = {"id", "page", "references"}
"""Fields of records that no page prints as words."""
_APART = re.compile(r"[,(:]")
_STEM = 4
"""The number of letters by which forms of a word are matched, such as "plan" and "planning"."""


def check(project: Project) -> Iterator[Problem]:
    """Check the pages of words that the search knows, and the links of the page for readers without the search.

    A page has the words of its text and of the records that it shows. It answers what people type if it has all words
    of one of the phrases; a link of the list, if it has all that stand before a comma or a parenthesis. A page is left
    out while what it shows can't be read.
    """
    has = {path: _words(project, page) for path, page in project.pages.items()}
    search = project.guide.records("search")
    little = frozenset(_stem(word) for record in search.values() if record.means == [] for word in record.words)
    for record_id, record in search.items():
        words = has.get((record.page or "").partition("#")[0])
        if words is not None and not any(_wanted(phrase) - little <= words for phrase in record.words):
            yield Problem(
                project.guide.place("search", record_id, "page"),
                f'{(record.page or "").partition("#")[0]} has none of the words of "{record_id}"',
                "Name the page that answers, use one of the words on this one, or delete the record.",
                "promised-words",
            )
    index = project.pages.get(project.index_page)
    if not index or not project.guide.whole("search"):
        return
    for address, text, line in index.links:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(project.index_page), address.partition("#")[0]))
        words = has.get(target)
        if words is not None and _wanted(_APART.split(text)[0]) - little - words:
            yield Problem(
                index.place(line),
                f'{target} doesn\'t mention "{text}"',
                "Link to the page that does, use the words there, or delete the entry.",
                "promised-words",
            )


def _words(project: Project, page: Page) -> set[str] | None:
    """Return the stems of the words of a page, and of the records that its calls show; None if some can't be read."""
    texts = [passage.text for passage in page.passages]
    for call in page.calls:
        macro = macros().get(call.name)
        kind = kinds().get(macro.of) if macro and macro.block else None
        sources = project.guide.sources.get(kind.key, {}) if kind else {}
        named = [sources[value] for value in call.strings() if value in sources]
        shown = named or list(sources.values())
        if kind and (kind.key in project.guide.unread or any(source.plain is None for source in shown)):
            return None
        for source in shown:
            texts += [text for path, text in walk(source.plain) if not _UNSEEN & set(path)]
    return {stem for text in texts for stem in _wanted(text)}


def _wanted(text: str) -> set[str]:
    """Return the stems of the words of a text."""
    return {_stem(word) for word in _WORD.findall(text.casefold())}


def _stem(word: str) -> str:
    return word[:_STEM]
