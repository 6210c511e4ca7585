"""The whole guide as files that open from a disk: a flash drive, a kiosk, or a folder of any web server.

It isn't part of the website, so `OUTPUTS` doesn't list it. `guide.commands.disk_copy` has the theme write each page in
this edition: links name `index.html`, and what only the website has is linked there or left out. A page asks for
nothing by code, since a browser reads no file that way. In a browser, all files on a disk share one store, and the
next reader may sit at the same machine, so a copy keeps nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from textwrap import fill

from markupsafe import Markup

from guide.model.addresses import handout_path
from guide.outputs import search_index
from guide.outputs.edition import Edition
from guide.outputs.embeds import Embeds
from guide.outputs.handouts import SIZES, Handouts
from guide.outputs.links import FileLinks
from guide.outputs.security_policy import Inline, disk_policy
from guide.outputs.site import File, Site
from guide.rendering.assets import THEME, Asset, cached_from_theme, code_script, join, own_assets, squeeze_script
from guide.rendering.page import PageRenderer

README = "README.txt"


@cached_from_theme
def forget_script() -> Asset:
    """Return what keeps pages from keeping anything in the browser."""
    return join([THEME / "disk" / "forget.js"], "assets/forget", squeeze_script)


class DiskEdition(Edition):
    """Pages that open from a disk.

    Args:
        root: Address of the website; absolute, ends in "/".
    """

    on_disk = True
    without = ("website",)

    def __init__(self, root: str) -> None:
        self._root = root
        self.first_script = forget_script()

    def inline(self, brand: str | None) -> Inline:
        """Return the theme's style sheets; the one script of the website's pages applies a choice that was kept."""
        return replace(Inline.of_theme(brand), scripts=())

    def policy(self, inline: Inline) -> str:
        """Return a policy that allows files of the copy only, and no request by code."""
        return disk_policy(inline)

    def search_scripts(self, site: Site) -> dict[str, Asset]:
        """Return the same scripts as on the website, with an index whose addresses name files."""
        return search_index.scripts(site, lambda address: self.address("", f"./{address}"))

    def address(self, page: str, target: str) -> str:
        """Return the address of a file, or, for what the copy doesn't hold, that on the website."""
        return FileLinks(self._root, page).address(target)

    def instead(self, words: Mapping[str, str]) -> dict[str, str]:
        """Say, where the website offers to keep something, that this copy doesn't."""
        return {"keeping": Markup("<p>{}</p>").format(words["disk-keeps-nothing"])}


def files(site: Site, edition: Edition) -> Iterator[File]:
    """Return what the pages of the copy load, and what to read first; the engine has the pages and their pictures."""
    assets = [forget_script(), *edition.search_scripts(site).values(), code_script()]
    assets += [asset for own in own_assets().values() for asset in own]
    for asset in assets:
        yield File(asset.name, partial(str, asset.content))
    yield File(README, partial(_readme, site))


def handout_paths(site: Site) -> Iterator[str]:
    """Return the paths of the PDFs to which the pages link."""
    handouts = site.once(Handouts)
    for clinic in ("", *(clinic.id for clinic in handouts.embeds.clinics)):
        for embed in handouts.linked:
            yield from (handout_path(embed.name, size, clinic) for size in SIZES)


def _readme(site: Site) -> str:
    words, day = site.guide.labels[site.language].words, site.once(Embeds).day
    settings = site.guide.settings
    facts = {
        "site": site.name,
        "version": site.version,
        "day": PageRenderer(site.guide, "", site.language).day(day),
        "address": site.address,
        "publisher": settings.publisher,
    }
    told = [
        words["disk-readme-title"],
        words["disk-readme-open"],
        words["disk-readme-unpack"],
        words["disk-readme-renew"],
        words["disk-readme-keeps"],
        words["disk-readme-by"],
    ]
    if settings.license:
        told.append(words["license"].format(name=f"{settings.license.name}, {settings.license.url}"))
    lines = [fill(text.format(**facts), 76, break_long_words=False, break_on_hyphens=False) for text in told]
    return "\n\n".join(lines) + "\n"
