"""Every picture is a file in docs/ and has a text that says the same for people who cannot see it."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from guide.checking.page_links import is_file
from guide.model.problems import Problem
from guide.reading.allowed_html import PICTURE_ENDINGS, address_fault
from guide.rendering.project import Project
from guide.rendering.suggestions import relative_path

_ENDINGS = "|".join(map(re.escape, (*PICTURE_ENDINGS, ".gif")))
_SAYS_NOTHING = re.compile(
    rf"(?:an? |the |my )?(?:picture|image|photo|photograph|graphic|screenshot|icon|logo|img|dsc)[\s.:-]*\d*"
    rf"|.*(?:{_ENDINGS})|\w*_\w*",
    re.IGNORECASE | re.DOTALL,
)
"""A text that names a file, also without its ending, such as IMG_0412, or only says that there is a picture."""


def check(project: Project) -> Iterator[Problem]:
    """Check that every picture has a text and a file."""
    for page in project.pages.values():
        for address, text, line in page.content.pictures:
            if not text.strip():
                yield Problem(
                    page.place(line),
                    f'the picture "{address}" has no text',
                    "Say between the brackets what it shows: ![what it shows](file).",
                    "picture-text",
                )
            elif _SAYS_NOTHING.fullmatch(text.strip()) or _is_name_of(address, text.strip()):
                yield Problem(
                    page.place(line),
                    f'"{text.strip()[:60]}" doesn\'t say what the picture shows',
                    "Write in words what somebody who can't see it has to know.",
                    "picture-text",
                )
            fault = _file_fault(project, page.path, address)
            if fault:
                yield Problem(page.place(line), *fault, "picture-file")


def _is_name_of(address: str, text: str) -> bool:
    """Return whether a text with hyphens is the name of a picture's file, without its ending."""
    name = posixpath.splitext(posixpath.basename(unquote(address)))[0]
    return "-" in text and text.casefold() == name.casefold()


def _file_fault(project: Project, source: str, address: str) -> tuple[str, str] | None:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(address)))
    # What cannot be a picture was reported when the page was read.
    if address_fault(address, picture=True) or is_file(project, path):
        return None
    named = [file for file in (project.root / "docs").rglob("*") if file.name == posixpath.basename(path)]
    remedy = "Put its file into docs/assets/, and write the path from this page to it."
    if len(named) == 1:
        remedy = f'Did you mean "{relative_path(source, named[0].relative_to(project.root / "docs").as_posix())}"?'
    return f'docs/ has no picture "{address}"', remedy
