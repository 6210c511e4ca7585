"""Links in pages lead to pages, pictures and headings that exist, to https addresses, or to a phone or e-mail."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from guide.model.addresses import page_address
from guide.model.problems import Fault, Problem
from guide.reading.allowed_html import PICTURE_ENDINGS, address_fault
from guide.reading.released_addresses import NOT_PAGES
from guide.rendering.project import Project
from guide.rendering.suggestions import meant_page, nearest_anchor, relative_path, with_anchor

HTTPS = re.compile(r"https://[^\s/@<>\"\\]+\.[^\s<>\"\\]+", re.IGNORECASE)
NOT_THERE = "Write the path of a page in docs/, such as index.md. If the page was renamed, write its new path here."
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+(?:com|edu|gov|info|int|mil|net|org|us)(?![^/])", re.IGNORECASE)
"""How an address begins that lacks its https://."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# By scheme: the pattern of its addresses, and what to write.
_CONTACT_LINKS = {
    "tel": (re.compile(r"\+?\d[\d-]*"), "Write the number in digits and hyphens, as it's dialed: tel:1-800-555-0100."),
    "sms": (
        re.compile(r"\+?\d[\d-]*(\?&?body=\S+)?"),
        "Write the number in digits and hyphens, as it's dialed: sms:12345.",
    ),
    "mailto": (
        re.compile(r"[^\s@]+@[^\s@]+\.[a-z]+(\?\S*)?", re.IGNORECASE),
        "Write one address: mailto:name@example.org.",
    ),
}
_SUGGESTED = 40
"""The number of broken links of a page that get a suggestion: finding one takes time."""


def check(project: Project) -> Iterator[Problem]:
    """Check that no link leads nowhere, or to what a page must not link to."""
    for page in project.pages.values():
        suggested = 0
        for target, _, line in page.links:
            fault = _link_fault(project, page.path, target, suggest=suggested < _SUGGESTED)
            suggested += bool(fault)
            if fault:
                yield Problem(page.place(line), *fault)


def _link_fault(project: Project, source: str, target: str, *, suggest: bool = True) -> Fault | None:
    """Return what is wrong with a link of a page, or None."""
    if address_fault(target, picture=False):
        # It was reported when the page was read.
        return None
    scheme = _SCHEME.match(target)
    if scheme:
        return _other_site(project, source, target, scheme[1].lower())
    if not target:
        return "a link that leads nowhere", NOT_THERE, "broken-link"
    return _page(project, source, unquote(target), suggest)


def own_page(project: Project, target: str) -> tuple[str, str] | None:
    """Return the page, by its path in docs/, and the anchor that a link to the site's own address leads to.

    The path is "" if there is no such page. Return None for other sites, and for what this one publishes besides pages.
    """
    site = project.guide.site
    if site:
        own = re.match(
            rf"(?:https?:)?//{re.escape(site.address.partition('//')[2].rstrip('/'))}(?![\w.:-])/?", target, re.I
        )
        if own:
            path, _, anchor = target[own.end() :].partition("#")
            if path.startswith(NOT_PAGES) or path.endswith((".xml", ".yaml")):
                return None
            pages = {page_address(page): page for page in project.pages}
            address = path.partition("?")[0].removesuffix("index.html")
            return pages.get(address if not address or address.endswith("/") else f"{address}/", ""), anchor
    return None


def _other_site(project: Project, source: str, target: str, scheme: str) -> Fault | None:
    own = own_page(project, target)
    if own:
        page, anchor = own
        remedy = NOT_THERE
        if page:
            remedy = f'Write the path of the page: "{relative_path(source, with_anchor(project, page, anchor))}".'
        return f'"{target}" is an address of this site', remedy, "own-address"
    if scheme == "https":
        return (
            None
            if HTTPS.fullmatch(target)
            else (f'"{target}" is not a whole https address', "Write all of it: https://...", "https")
        )
    if scheme == "http":
        return f'"{target}" is not an https address', "Write https://, if the site has it.", "https"
    shape, remedy = _CONTACT_LINKS[scheme]
    if not shape.fullmatch(target.partition(":")[2]) or not target.startswith(f"{scheme}:"):
        return f'"{target}" cannot be reached', remedy, "link-scheme"
    return None


def _page(project: Project, source: str, target: str, suggest: bool) -> Fault | None:
    path, _, anchor = target.partition("#")
    page = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
    if page not in project.pages or (path and path != path.strip()):
        if is_file(project, page):
            if page.endswith(PICTURE_ENDINGS):
                return None
            remedy = "A link leads to a page, or to a picture (PNG, JPEG, WebP, AVIF or SVG)."
            return f'link to "{target}", which is neither a page nor a picture', remedy, "broken-link"
        meant = meant_page(project, page.partition("?")[0], path.partition("?")[0], source) if suggest else ""
        remedy = f'Did you mean "{relative_path(source, with_anchor(project, meant, anchor))}"?' if meant else NOT_THERE
        if _HOST.match(path):
            remedy = f"If it's on another site, write all of its address: https://{target}."
        return f'link to "{target}", which doesn\'t exist', remedy, "broken-link"
    if anchor and project.lacks_anchor(page, anchor):
        near = nearest_anchor(project, page, anchor) if suggest else ""
        remedy = f'Did you mean "{path}#{near}"?' if near else "Write the anchor of one of its headings, or no anchor."
        return f'link to "#{anchor}", which {page} does not have', remedy, "broken-anchor"
    return None


def is_file(project: Project, path: str) -> bool:
    """Return whether docs/ has a file at a path."""
    if path.startswith(("/", "..")) or "\\" in path:
        return False
    try:
        return (project.root / "docs" / path).is_file()
    except (OSError, ValueError):
        # No system accepts such a name: it is too long, or contains a null character.
        return False
