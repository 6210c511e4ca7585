"""The words of a link say where it goes, even when they are read alone."""

import re
from collections.abc import Iterator

from guide.model.guide import walk
from guide.model.problems import Problem
from guide.rendering.project import Project

_VAGUE = {
    "",
    "click",
    "click here",
    "details",
    "find out more",
    "follow this link",
    "here",
    "learn more",
    "link",
    "more",
    "more here",
    "more information",
    "page",
    "read more",
    "see here",
    "see more",
    "tap here",
    "that page",
    "the link",
    "this",
    "this link",
    "this page",
    "this site",
    "website",
}
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"^(https?://|www\.)|^\S+\.\w+/\S+$|\.md$")


def check(project: Project) -> Iterator[Problem]:
    """Check that the words of links on pages and in records are neither vague nor an address."""
    for page in project.pages.values():
        for _, text, line in page.links:
            for wrong in _faults(text):
                yield Problem(page.place(line), wrong, _REMEDY, "link-text")
    for kind, record_id, source in project.guide.written():
        for path, value in walk(source.plain):
            for text in _LINK.findall(value):
                for wrong in _faults(text):
                    yield Problem(project.guide.place(kind, record_id, *path), wrong, _REMEDY, "link-text")


_REMEDY = "Write where the link goes, in words that make sense alone, such as the name of the page."


def _faults(text: str) -> Iterator[str]:
    words = re.sub(r"[^\w./:-]+", " ", text).strip(" .:").lower()
    if words in _VAGUE:
        yield f'the link "{text}" doesn\'t say where it goes'
    elif _ADDRESS.search(text.strip()):
        yield f'the link "{text}" is a bare address'
