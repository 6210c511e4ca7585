"""Pages as people type them after a command: with or without docs/, from another folder, with a typo."""

import os
import posixpath
import re
from pathlib import Path

from markdown.extensions.toc import slugify

from guide.commands.command import Refused
from guide.model.record import ID_PATTERN
from guide.reading.allowed_html import PICTURE_ENDINGS
from guide.reading.docs_folder import RESERVED


def page_argument(root: Path, name: str, written: str) -> str:
    """Return what was typed as a path in docs/.

    Args:
        root: The folder of the project.
        name: What the value is called, such as FROM.
        written: As it was typed.

    Raises:
        Refused: It isn't in docs/, or is a picture.
    """
    text = re.sub(r"^https?://[^/]+", "", written.strip()).replace("\\", "/").partition("#")[0]
    if os.path.isabs(text):
        top = text.strip("/").partition("/")[0]
        in_docs = top and any((root / "docs" / name).exists() for name in (top, f"{top}.md"))
        text = text.lstrip("/") if in_docs else os.path.relpath(text, root) + "/" * text.endswith("/")
    path = posixpath.normpath(text)
    top, inside = path.partition("/")[0], path.removeprefix("docs/")
    # "tests/x.md" is in docs/ only if docs/tests is there.
    elsewhere = inside == path and "/" in path and (root / top).is_dir() and not (root / "docs" / top).is_dir()
    if top == ".." or elsewhere:
        remedy = f"Write {name}=docs/{posixpath.basename(path)}"
        raise Refused(f"{written} is outside docs/, where pages are", remedy, "outside-docs")
    if inside.endswith(PICTURE_ENDINGS):
        remedy = "Rename it in your file manager; make check then says which pages show it."
        raise Refused(f"docs/{inside} is a picture, and this is for pages", remedy, "outside-docs")
    return inside + "/" * text.endswith("/")


def checked_name(name: str, path: str) -> None:
    """Check that a page may have a path in docs/.

    Raises:
        Refused: It may not.
    """
    stem, ending = posixpath.splitext(path)
    steps = [slugify(step.replace("_", "-"), "-").strip("-") for step in stem.split("/")]
    good = f"{name}=docs/{'/'.join(steps)}.md" if all(steps) else f"{name}=docs/a-name.md"
    if ending != ".md":
        raise Refused(f'The name of a page ends in ".md", and docs/{path} doesn\'t', f"Write {good}", "file-name")
    if not all(re.match(ID_PATTERN, step) for step in stem.split("/")):
        wrong = f"docs/{path} isn't a name for a page: it takes small letters, digits and hyphens"
        raise Refused(wrong, f"Write {good}", "file-name")
    if stem.partition("/")[0] in RESERVED:
        raise Refused(f"/{stem}/ is an address that the site needs itself", "Choose another name.", "file-name")
