"""Where links lead in what leaves the site: in embeds, handouts and data files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from guide.model.accessibility import REPORT_FILE
from guide.model.addresses import API, EMBEDS, OEMBEDS, page_address, relative_link
from guide.outputs.feed import FEEDS
from guide.reading.marks import plain

_WEBSITE_ONLY = tuple(f"/{path}" for path in (API, EMBEDS, OEMBEDS, *FEEDS, REPORT_FILE))
"""Where the paths of the site begin that a copy on a disk doesn't hold."""


@dataclass(frozen=True)
class AbsoluteLinks:
    """Writes links for a document that stands somewhere else than on the site.

    Attributes:
        root: Address of the site; absolute, ends in "/".
        page: Address of the page whose content it is; absolute.
        ids: Ids of what the document shows, its sources included: links to them stay within it.
    """

    root: str
    page: str
    ids: Collection[str] = ()

    def address(self, target: str) -> str:
        """Return where a link leads: an absolute address, or "#id" in the document itself."""
        if target.startswith("#") and target[1:] in self.ids:
            return target
        whole = self.root + target[1:] if target.startswith("/") else urljoin(self.page, target)
        page, _, anchor = whole.partition("#")
        return f"#{anchor}" if page == self.page and anchor in self.ids else whole

    def __call__(self, target: str) -> str:
        """Return the attributes of a link; one that leaves the document opens in a new tab."""
        address = self.address(target)
        new_tab = ' target="_blank" rel="noopener noreferrer"' if address.startswith("http") else ""
        return f"{plain(address)}{new_tab}"


@dataclass(frozen=True)
class FileLinks:
    """Writes the links of pages that are read as files: they name `index.html`.

    Attributes:
        root: Address of the site; absolute, ends in "/".
        page: The page that holds the links, by its path in docs/, or "" for the site's root.
    """

    root: str
    page: str

    def address(self, target: str) -> str:
        """Return where a link leads: a file, or the website for what files don't hold.

        Args:
            target: A relative address on the website, such as "../help/#numbers", or an address with its scheme.
        """
        path, hash_, anchor = target.partition("#")
        if not path or urlsplit(path).scheme:
            return target
        whole = urljoin(f"/{page_address(self.page) if self.page else ''}", path)
        if whole.startswith(_WEBSITE_ONLY):
            return f"{self.root}{whole[1:]}{hash_}{anchor}"
        file = f"{whole}index.html" if whole.endswith("/") else whole
        return relative_link(self.page, f"{file}{hash_}{anchor}")


@dataclass(frozen=True)
class FrameTarget:
    """A page as a frame shows it."""

    name: str
    """Kind and id, as they stand in addresses."""
    ids: Collection[str]
    """Of all its elements."""
    apart: Collection[str] = ()
    """Of those on the page of its sources."""

    def path(self, anchor: str) -> str:
        """Return the path, from the folder of a theme, of the document that has this id; without it, where none has."""
        if anchor in self.apart:
            return f"{self.name}/sources/#{anchor}"
        return f"{self.name}/#{anchor}" if anchor in self.ids else f"{self.name}/"


@dataclass(frozen=True)
class FrameLinks:
    """Writes links so that those to pages of the guide show the pages' embeds in the same frame.

    Such links are relative and name no target: no sandbox blocks them.

    Attributes:
        outward: Writes the other links.
        targets: The pages that a frame can show, by absolute address.
        up: The way from the document to the folder of its theme.
        apart: Ids of the document's own that stand on a page of its sources, and the way there.
    """

    outward: AbsoluteLinks
    targets: Mapping[str, FrameTarget]
    up: str
    apart: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, target: str) -> str:
        """Return the attributes of a link."""
        address = self.outward.address(target)
        page, _, anchor = address.partition("#")
        if not page and anchor in self.apart:
            return plain(f"{self.apart[anchor]}#{anchor}")
        found = self.targets.get(page)
        return plain(self.up + found.path(anchor)) if found else self.outward(target)
