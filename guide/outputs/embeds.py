"""Pages and their parts, bare, for other sites to show in a frame; and what those sites need to do so."""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

from markupsafe import Markup

from guide.model.addresses import EMBEDS, PAGE, embed_path
from guide.model.clinic import LOGOS, Clinic
from guide.model.kind import Kind, Part, PartItem
from guide.model.record import NAME_LIMIT, Reviewed
from guide.model.registry import embed_kinds, part_folders, parts
from guide.model.site import WIDTHS
from guide.outputs.blocks import Block, Blocks
from guide.outputs.links import AbsoluteLinks, FrameTarget
from guide.outputs.security_policy import embed_policy
from guide.outputs.site import FullPage, Site
from guide.reading import marks
from guide.rendering.assets import THEME, Asset, join, own_assets, sources, squeeze, squeeze_script
from guide.rendering.brand import brand_style
from guide.rendering.page import PageRenderer
from guide.rendering.signatures import Standing

THEMES = ("light", "dark")
"""What a host may choose; without a choice an embed follows the reader's device."""

PRINT = "print/"
"""The folder of the documents that a browser prints."""

STYLES = ("tokens", "answers", "bar", "facts", "reference", "tabs", "visually-hidden", "words")
"""The theme's style sheets that embeds share with pages, beside those of the components that they show."""

SCRIPTS = ["clinic", "frame", "wordpress"]
"""The scripts of guide/theme/embed that run in an embed, in this order."""

WIDTH = 720
"""What oEmbed gives as the width, in pixels; the frame itself takes the room there is."""
SITE_ONLY = ("site",)
"""The parts of a page that no other site shows."""

HEAVY = 12_900
"""Compressed bytes of text above which a page's sources stand apart: an embed has at most 20 KB in all."""


_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class Embed:
    """One thing that other sites can show: a page or a part of one."""

    kind: str
    id: str
    title: str
    show: Callable[[], Block]
    """Renders it, where it hasn't been."""
    page: str
    """Address of the page that it is, or is a part of; absolute."""
    page_title: str
    anchor: str = ""
    checked: Reviewed | None = None
    """Dates of what is shown."""
    titled: bool = True
    """Whether it shows its own title."""
    language: str = ""
    handout: bool = False
    """Whether it is printed as a handout too."""
    path: str = ""
    """The page that it is, by its path in docs/; "" for a part."""

    @property
    def name(self) -> str:
        """Kind and id, as they stand in addresses."""
        return f"{self.kind}/{self.id}"

    @cached_property
    def block(self) -> Block:
        """What is shown."""
        return self.show()

    @property
    def full(self) -> str:
        """Address of the page, at the part that is shown."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page

    @property
    def link(self) -> str:
        """Address to paste where no code may be: a page's own; "" for a part, which is found by its embed's address."""
        return self.page if self.kind == PAGE else ""

    def links(self, root: str) -> AbsoluteLinks:
        """Return what writes its links where it stands by itself.

        Args:
            root: Address of the site; absolute, ends in "/".
        """
        return AbsoluteLinks(root, self.page, self.block.ids)

    @cached_property
    def apart(self) -> Markup:
        """The list of a heavy page's sources, which stands on a page of its own in the frame; else ""."""
        whole = marks.written(self.block.content, AbsoluteLinks("/", self.page, self.block.ids), without=SITE_ONLY)
        light = self.kind != PAGE or len(whole) < HEAVY // 4 or len(zlib.compress(whole.encode())) < HEAVY
        return Markup("" if light else marks.part(self.block.content, "sources"))  # noqa: S704

    @cached_property
    def height(self) -> int:
        """A height for hosts that run no script, in pixels: about what a wide frame needs, and never too much.

        A frame that is too low scrolls, so nothing is lost; the builder measures the real height.
        """
        words = len(_TAG.sub("", marks.written(self.block.content, marks.plain, without=SITE_ONLY))) + 700
        return max(320, min(800, round(words * 0.45 / 20) * 20))


@dataclass(frozen=True)
class Logo:
    """A picture that embeds show: its path in the site, which changes whenever it does, and what it holds."""

    name: str
    content: bytes

    @classmethod
    def read(cls, path: Path, name: str) -> "Logo":
        """Read a picture.

        Args:
            path: Its file.
            name: Its path in the site, up to its fingerprint.
        """
        content = path.read_bytes()
        return cls(f"{name}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}", content)

    @property
    def data(self) -> str:
        """Its content as an address, for a document that loads nothing."""
        media = LOGOS[self.name.rpartition(".")[2]]
        return f"data:{media};base64,{base64.b64encode(self.content).decode()}"


class Embeds:
    """Everything that other sites can show of one guide."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.name = site.name
        self.version = site.version
        self.address = site.address

    # What there is

    @cached_property
    def all(self) -> list[Embed]:
        """Every embed, pages first."""
        return [*map(self._page, self.site.pages), *self._parts()]

    def _page(self, page: FullPage) -> Embed:
        block = Block(page.content, page.cited, "", page.ids, page.components)
        return Embed(
            PAGE,
            page.id,
            page.heading,
            lambda: block,
            page.address,
            page.heading,
            checked=page.front,
            titled=page.headed,
            path=page.path,
        )

    def _parts(self) -> Iterator[Embed]:
        for key, kind in parts().items():
            for item in kind.part_items(self.site.guide, self.site.language):
                yield self._part(key, kind, item)

    def _part(self, key: str, kind: Kind, item: PartItem) -> Embed:
        part = cast(Part, kind.part)
        page = self._home(item.id, item.anchor, getattr(item.record, "page", None))
        return Embed(
            key,
            item.id,
            item.title,
            partial(self.site.once(Blocks).call, part.macro, *item.arguments),
            page.address,
            page.heading,
            item.anchor if item.anchor in page.ids else "",
            item.record,
            part.titled,
            getattr(item.record, "lang", None) or "",
            part.handout,
        )

    def _home(self, item: str, anchor: str, named: str | None) -> FullPage:
        """Return the page that a part belongs to: one of its own, else the first that shows it and is no index."""
        pages = self.site.pages
        for page in sorted(pages, key=lambda page: (page.path.rpartition("/")[2] != f"{item}.md", page.is_index)):
            if anchor in page.ids:
                return page
        path = (named or "").partition("#")[0]
        return next((page for page in pages if page.path == path), pages[0])

    @cached_property
    def targets(self) -> dict[str, FrameTarget]:
        """The pages that a link in a frame can show in the same frame, by address."""
        # What these pages are for stands outside their text, which is all that an embed has.
        settings = self.site.guide.settings
        itself = {settings.embed_page, settings.privacy_page, settings.suggest_page}
        shown = {page.address for page in self.site.pages if page.path not in itself}
        return {
            embed.page: FrameTarget(embed.name, embed.block.ids, source_ids(embed) if embed.apart else ())
            for embed in self.all
            if embed.kind == PAGE and embed.page in shown
        }

    @cached_property
    def day(self) -> date:
        """The newest day on which anything shown was compared with its sources: the date of this version."""
        return max(embed.checked.sources_checked for embed in self.all if embed.checked)

    def standings(self, embed: Embed) -> list[Standing]:
        """Return how the signatures of what an embed shows stand."""
        shown = (embed.block.content, embed.block.cited)
        signatures = self.site.signatures
        return signatures.of_page(embed.path, *shown) if embed.path else signatures.of_block(*shown)

    def named(self, name: str) -> Embed:
        """Return an embed by its kind and id, such as "checklist/first-day"."""
        return next(embed for embed in self.all if embed.name == name)

    # How it is told

    @property
    def _words(self) -> dict[str, str]:
        return self.site.guide.labels[self.site.language].words

    def _render(self, template: str, **values: Any) -> Markup:
        renderer = PageRenderer(self.site.guide, "", self.site.language)
        return renderer.html(renderer.render(template, None, None, embeds=self, **values))

    @cached_property
    def style(self) -> Asset:
        """The style sheet of all embeds."""
        files = sources("css", [THEME / "css", *part_folders()])
        files = [path for path in files if path.parent != THEME / "css" or path.stem in STYLES]
        own = [THEME / "embed" / f"{name}.css" for name in ("clinic", "embed")]
        brand = brand_style(self.site.guide.settings.brand)
        return join([*files, *own], f"{EMBEDS}assets/embed", lambda css: squeeze(css) + brand)

    @cached_property
    def script(self) -> Asset:
        """What runs in an embed where it may: it tells the host its height, and does what it can in WordPress."""
        return join([THEME / "embed" / f"{name}.js" for name in SCRIPTS], f"{EMBEDS}assets/frame", squeeze_script)

    @cached_property
    def own(self) -> dict[str, list[Asset]]:
        """What only embeds that show a component load, by the name of its folder."""
        return {
            folder: [Asset(f"{EMBEDS}{asset.name}", asset.content) for asset in assets]
            for folder, assets in own_assets().items()
        }

    @cached_property
    def clinics(self) -> list[Clinic]:
        """The clinics whose own lines embeds and handouts carry, each at addresses of its own."""
        return list(self.site.guide.records("clinics").values())

    @cached_property
    def logos(self) -> dict[str, Logo]:
        """The logo of each clinic that has one, by the clinic's id."""
        return {
            clinic.id: Logo.read(self.site.docs / clinic.logo, f"{EMBEDS}assets/logo-{clinic.id}")
            for clinic in self.clinics
            if clinic.logo
        }

    @cached_property
    def policy(self) -> Markup:
        """What a browser may load in an embed."""
        return embed_policy(f"{self.address}{EMBEDS}assets/", pictures=bool(self.logos))

    def snippet(self, embed: Embed) -> str:
        """Return the HTML that a host pastes: the frame, and a plain link."""
        return self._render("embed-snippet.html.j2", embed=embed, theme="", clinic="").strip()

    def source(self, embed: Embed, theme: str = "", clinic: str = "") -> str:
        """Return the address of an embed; absolute."""
        return self.address + embed_path(embed.name, theme, clinic)

    def oembed(self, embed: Embed, theme: str = "", clinic: str = "") -> str:
        """Describe an embed to programs, by oembed.com: a rich one, whose HTML is a link and the frame."""
        described = {
            "type": "rich",
            "version": "1.0",
            "title": embed.title,
            "author_name": self.site.guide.settings.publisher,
            "author_url": self.address,
            "provider_name": self.name,
            "provider_url": self.address,
            "cache_age": 86400,
            "width": WIDTH,
            "height": embed.height,
            "html": self._render("embed-oembed.html.j2", embed=embed, theme=theme, clinic=clinic).strip(),
        }
        return json.dumps(described, ensure_ascii=False, indent=1) + "\n"

    def builder(self, up: str) -> Markup:
        """Render the page's part in which a host chooses what to show, and finds the HTML for it.

        Args:
            up: The way from the page to the root of the site, such as "../../".
        """
        groups = [(kind, [embed for embed in self.all if embed.kind == kind]) for kind in embed_kinds()]
        return self._render(
            "embed-builder.html.j2",
            groups=[(kind, embeds) for kind, embeds in groups if embeds],
            widths=WIDTHS,
            limit=NAME_LIMIT,
            print_folder=PRINT,
            up=up,
            style=self.builder_style.name,
            script=self.builder_script.name,
            host_script=f"{self.address}{EMBEDS}embed.js",
        )

    @cached_property
    def builder_style(self) -> Asset:
        """The style sheet of the builder."""
        return join([THEME / "embed" / "builder.css"], "assets/builder")

    @cached_property
    def builder_script(self) -> Asset:
        """The script of the builder."""
        return join([THEME / "embed" / f"{name}.js" for name in ("clinic", "builder")], "assets/builder")


def source_ids(embed: Embed) -> list[str]:
    """Return the ids of the sources of a page."""
    return [f"source-{number}" for number in range(1, len(embed.block.cited) + 1)]
