"""Nobody is led to a page that lacks the thing: not by the search, and not by the list of everything from A to Z."""

import posixpath
import re
from collections.abc import Iterator

from guide.model.guide import walk
from guide.model.problems import Problem
from guide.model.registry import kinds, macros
from guide.reading.pages import Page
from guide.rendering.project import Project

_WORD = re.compile(r"[a-z0-9]+")
_APART = re.compile(r"[,(:]")
_STEM = 4
"""The number of letters by which two forms of a word are one, such as "vaping" and "vapes"."""


def check(project: Project) -> Iterator[Problem]:
    """Check the pages of words that the search knows, and the links of the page for readers without the search.

    A page has the words of its text and of the records that it shows. It answers what people type if it has all words
    of one of the phrases; a link of the list, if it has all that stand before a comma or a parenthesis.
    """
    has = {path: _words(project, page) for path, page in project.pages.items()}
    search = project.guide.records("search")
    little = frozenset(_stem(word) for record in search.values() if record.means == [] for word in record.words)
    for record_id, record in search.items():
        target = (record.page or "").partition("#")[0]
        if target in has and not any(_wanted(phrase) - little <= has[target] for phrase in record.words):
            yield Problem(
                project.guide.place("search", record_id, "page"),
                f'{target} speaks of nothing that "{record_id}" lists',
                "Name the page that answers, write one of the words on this one, or delete the record.",
                "promised-words",
            )
    index = project.pages.get(project.index_page)
    for address, text, line in index.links if index else ():
        target = posixpath.normpath(posixpath.join(posixpath.dirname(project.index_page), address.partition("#")[0]))
        missing = _wanted(_APART.split(text)[0]) - little - has[target] if target in has else set()
        if index and missing:
            yield Problem(
                index.place(line),
                f'{target} doesn\'t speak of "{text}"',
                "Lead to the page that does, write the words there, or take the entry out.",
                "promised-words",
            )


def _words(project: Project, page: Page) -> set[str]:
    """Return the stems of the words of a page, and of the records that its calls show."""
    texts = [passage.text for passage in page.passages]
    for call in page.calls:
        macro = macros().get(call.name)
        kind = kinds().get(macro.of) if macro and macro.block else None
        sources = project.guide.sources.get(kind.key, {}) if kind else {}
        named = [sources[value] for value in call.strings() if value in sources]
        for source in named or sources.values():
            texts += [text for _, text in walk(source.plain)]
    return {stem for text in texts for stem in _wanted(text)}


def _wanted(text: str) -> set[str]:
    """Return the stems of the words of a text."""
    return {_stem(word) for word in _WORD.findall(text.lower())}


def _stem(word: str) -> str:
    return word[:_STEM]
