"""Markdown to HTML, without raw HTML: the extensions of Python-Markdown, ours among them.

The checker converts pages with `to_html`; MkDocs gets the same extensions for the site. `guide.reading.allowed_html`
decides what a page may contain.
"""

from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from guide.reading import marks

EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "pymdownx.details": {},
    # Fences inside boxes, tabs and lists; Markdown's own fenced_code only knows those at the margin.
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    # Not written by authors: superfences renders code with it, by default with Pygments and elements for its colors.
    "pymdownx.highlight": {"use_pygments": False},
    # Not written by authors: the ids of headings, and the table of contents that MkDocs gives to the theme.
    "toc": {},
}
"""The extensions of Python-Markdown, with their settings: the four that docs/contribute/boxes-and-tabs.md explains, and
two that the build needs. MkDocs gets the same ones."""

_HEADINGS = {f"h{level}" for level in range(1, 7)}


class PageMarkdown(Extension):
    """Removes raw HTML from Python-Markdown, and gives headings the anchors of front matter.

    Attributes:
        anchors: Heading text by id, for the page that is converted next.
        marked: Whether a mark takes the place of each link's address (`guide.reading.marks`).
    """

    def __init__(self, *, marked: bool = False) -> None:
        super().__init__()
        self.anchors: dict[str, str] = {}
        self.marked = marked

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Change the parser. This extension must be the last one."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # After "inline", so that a heading's words are there; before "toc", which keeps ids that it finds.
        md.treeprocessors.register(_Anchors(self, md), "guide-anchors", 10)
        if self.marked:
            # After MkDocs has replaced paths in docs/ by addresses.
            md.treeprocessors.register(_LinkMarks(md), "guide-links", -10)


class _Anchors(Treeprocessor):
    def __init__(self, extension: PageMarkdown, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ET.Element) -> None:
        ids = {heading: anchor for anchor, heading in self.extension.anchors.items()}
        if ids:
            for element in root.iter():
                if element.tag in _HEADINGS:
                    anchor = ids.get("".join(element.itertext()).strip())
                    if anchor:
                        element.set("id", anchor)


class _LinkMarks(Treeprocessor):
    def run(self, root: ET.Element) -> None:
        for element in root.iter("a"):
            element.set("href", marks.link(element.get("href", "")))


def to_html(text: str, anchors: dict[str, str] | None = None) -> str:
    """Convert the text of a page, with tokens in place of its calls.

    Args:
        text: Markdown.
        anchors: Ids that the front matter gives to headings, each with the text of its heading.

    Raises:
        RecursionError: the text is nested too deeply.
    """
    page = PageMarkdown()
    page.anchors = anchors or {}
    return Markdown(extensions=[*EXTENSIONS, page], extension_configs=EXTENSIONS).convert(text)
