"""An edition of the guide's pages: how they are written for one way of reading them."""

from collections.abc import Mapping

from guide.outputs import search_index
from guide.outputs.security_policy import Inline, page_policy
from guide.outputs.site import Site
from guide.reading.marks import LinkWriter, plain
from guide.rendering.assets import Asset
from guide.rendering.page import PageRenderer


class Edition:
    """The website's pages. A subclass overrides what differs elsewhere.

    Attributes:
        on_disk: Whether the pages are files that open from a disk, without a server.
        without: Parts of pages that it leaves out.
        first_script: What runs before the script that all pages load, if anything.
    """

    on_disk = False
    without: tuple[str, ...] = ()
    first_script: Asset | None = None

    def inline(self, brand: str | None) -> Inline:
        """Return what stands in every page to be run or applied.

        Args:
            brand: The guide's own color, if it has one.
        """
        return Inline.of_theme(brand)

    def policy(self, inline: Inline) -> str:
        """Return what a browser may load on a page that holds this."""
        return page_policy(inline)

    def search_scripts(self, site: Site) -> dict[str, Asset]:
        """Return the scripts of the search: `results` lists what is found, `answers` finds it, `found` marks it."""
        return site.once(search_index.scripts)

    def address(self, page: str, target: str) -> str:
        """Return the relative address to write on a page.

        Args:
            page: Its path in docs/, or "" for the site's root.
            target: The relative address on the website, or one with its scheme.
        """
        return target

    def link_writer(self, renderer: PageRenderer) -> LinkWriter:
        """Return what writes the links of a page."""
        return lambda target: plain(self.address(renderer.page, renderer.site_address(target)))

    def instead(self, words: Mapping[str, str]) -> dict[str, str]:
        """Return what takes the place of some parts of pages, by the part's name.

        Args:
            words: What templates print, by label id.
        """
        return {}
