"""Addresses: from a page to a page. Every link that a template prints goes through here."""

import posixpath
from urllib.parse import quote

from guide.model.site import Site

EMBEDS = "embed/v1/"
OEMBEDS = "oembed/v1/"
API = "api/v1/"
HANDOUTS = "handouts/"
CODES = "connect/"
"""What leads from a code to pages; the page there is `CODES_PAGE`."""
CODES_PAGE = "connect.md"

PAGE = "page"
"""What pages are called in the addresses of embeds."""


def page_address(page: str) -> str:
    """Return a page's address below the site's root, for example "care/first-day/" for "care/first-day.md"."""
    path = page.removesuffix(".md")
    if path == "index":
        return ""
    return path.removesuffix("/index") + "/"


def site_path(target: str) -> str:
    """Return the path of a page from the root of the site, such as "/care/first-day/#phones".

    Args:
        target: The page, by its path in docs/, with or without #anchor.
    """
    page, hash_, anchor = target.partition("#")
    return f"/{page_address(page)}{hash_}{anchor}"


def relative_link(source: str, path: str) -> str:
    """Return the relative address of a path of the site.

    Args:
        source: The page that holds the link, by its path in docs/, or "" for the site's root.
        path: From the root of the site, such as "/care/first-day/#phones".

    Returns:
        For example "../first-day/#phones".
    """
    address, hash_, anchor = path.partition("#")
    relative = posixpath.relpath(address, "/" + (page_address(source) if source else ""))
    slash = "/" if address.endswith("/") else ""
    return ("./" if relative == "." else relative + slash) + hash_ + anchor


def page_link(source: str, target: str) -> str:
    """Return the relative address from one page to another.

    Args:
        source: The page that holds the link, by its path in docs/, or "" for the site's root.
        target: The page linked to, by its path in docs/, with or without #anchor.

    Returns:
        For example "../../help-now/#phones".
    """
    return relative_link(source, site_path(target))


def report_address(site: Site, title: str, page: str) -> str:
    """Return where to report an error on a page: the forge's form with the page filled in, or else a letter.

    Args:
        site: Whose guide it is.
        title: Of the page.
        page: Its address; absolute.
    """
    if not site.repository:
        return letter_address(site, title, page)
    return f"{new_issue_address(site)}?template=wrong-fact.yml&page={quote(page, safe='')}"


def new_issue_address(site: Site) -> str:
    """Return the address of the forge's forms, without the name of one; "" without a forge."""
    return f"{site.repository.rstrip('/')}/issues/new" if site.repository else ""


def letter_address(site: Site, title: str, page: str) -> str:
    """Return the address of a letter to the publisher about a page."""
    return f"mailto:{site.contact}?subject={quote(title)}&body={quote(page)}"


def edit_address(site: Site, path: str) -> str:
    """Return where to change a file of the project in a browser; "" without a forge."""
    return f"{site.repository.rstrip('/')}/edit/main/{quote(path)}" if site.repository else ""


def page_id(path: str) -> str:
    """Return the id of a page in addresses, for example "care--first-day" for "care/first-day.md"."""
    return page_address(path).strip("/").replace("/", "--") or "index"


CLINIC = "clinic"
"""What stands before a clinic's id in addresses."""


def clinic_folder(clinic: str) -> str:
    """Return the folder of what carries a clinic's own lines, such as "clinic/lakeside/"; "" for no clinic."""
    return f"{CLINIC}/{clinic}/" if clinic else ""


def embed_path(name: str, theme: str = "", clinic: str = "") -> str:
    """Return the path of an embed in the site, for example "embed/v1/dark/chart/hours/".

    Args:
        name: Its kind and id.
        theme: One of the themes; "" for the reader's own colors.
        clinic: Id of the clinic whose own lines it carries; "" for none.
    """
    return f"{EMBEDS}{theme + '/' if theme else ''}{clinic_folder(clinic)}{name}/"


def oembed_path(name: str, theme: str = "", clinic: str = "") -> str:
    """Return the path of the file that describes an embed to programs; the arguments are those of `embed_path`."""
    return f"{OEMBEDS}{theme + '/' if theme else ''}{clinic_folder(clinic)}{name}.json"


def handout_path(name: str, size: str = "", clinic: str = "") -> str:
    """Return the path of a PDF in the site, for example "handouts/large/checklist/first-day.pdf"."""
    return f"{HANDOUTS}{clinic_folder(clinic)}{size + '/' if size else ''}{name}.pdf"
