"""Addresses: from a page to a page. Every link that a template prints goes through here."""

import posixpath


def page_address(page: str) -> str:
    """Give a page's address below the site's root, for example "care/first-day/" for "care/first-day.md"."""
    path = page.removesuffix(".md")
    if path == "index":
        return ""
    return path.removesuffix("/index") + "/"


def page_link(source: str, target: str) -> str:
    """Give the relative address from one page to another.

    Args:
        source: The page that holds the link, by its path in docs/, or "" for the site's root.
        target: The page linked to, by its path in docs/, with or without #anchor.

    Returns:
        For example "../../help-now/#phones".
    """
    page, hash_, anchor = target.partition("#")
    start = "/" + (page_address(source) if source else "")
    relative = posixpath.relpath("/" + page_address(page), start)
    return (relative.rstrip("/") + "/" if relative != "." else "./") + hash_ + anchor
