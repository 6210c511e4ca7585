"""Pages and their parts, bare, for other sites to show in a frame; and what those sites need to do so."""

import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from guide.model.record import Reviewed
from guide.outputs.blocks import Block, Blocks
from guide.outputs.links import AbsoluteLinks, FrameTarget
from guide.outputs.security_policy import embed_policy
from guide.outputs.site import FullPage, Site
from guide.reading import marks
from guide.rendering.assets import THEME, Asset, join, squeeze, squeeze_script
from guide.rendering.page import PageRenderer

EMBEDS = "embed/v1/"
OEMBEDS = "oembed/v1/"
THEMES = ("light", "dark")
"""What a host may choose; without a choice an embed follows the reader's device."""

STYLES = [
    "tokens",
    "answers",
    "bar",
    "care",
    "charts",
    "checklist",
    "comparison",
    "facts",
    "reference",
    "timeline",
    "words",
]
"""The style sheets of guide/theme/css that embeds share with pages, in this order."""

SCRIPTS = ["frame", "wordpress"]
"""The scripts of guide/theme/embed that run in an embed, in this order."""

WIDTH = 720
"""What oEmbed gives as the width, in pixels; the frame itself takes the room there is."""
BUILDER_WIDTHS = ("320", "480", "720", "960", "1200")
"""Widths that the builder offers, in pixels; the labels say what each is like, under `widths`."""


SITE_ONLY = ("site",)
"""The parts of a page that no other site shows."""

HEAVY = 12_900
"""Compressed bytes of text above which a page's sources stand apart: an embed has at most 20 KB in all."""


_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class Kind:
    """One kind of part that can be embedded.

    `records` is the kind of its records in data/, `call` the macro that shows one, `anchor` how the id of its block
    begins on a page. `titled` tells whether the block shows its own title.
    """

    key: str
    records: str
    call: str
    anchor: str
    titled: bool = True


PAGE = "page"
PARTS = {
    kind.key: kind
    for kind in (
        Kind("comparison", "comparisons", "comparison_table", "table-"),
        Kind("checklist", "checklists", "checklist", "list-"),
        Kind("therapy", "therapies", "therapy", "therapy-"),
        Kind("schedule", "schedules", "schedule", "schedule-"),
        Kind("timeline", "timeline", "timeline", "timeline-", titled=False),
        Kind("chart", "charts", "chart", "chart-"),
        Kind("helplines", "helplines", "helplines", "helplines-", titled=False),
        Kind("care-card", "care-cards", "care_card", "care-"),
    )
}
KINDS = (PAGE, *PARTS)
"""The kinds, as they stand in addresses."""


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
    """Dates and signature of what is shown."""
    titled: bool = True
    """Whether it shows its own title."""
    language: str = ""

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


def embed_path(name: str, theme: str = "") -> str:
    """Return the path of an embed in the site, for example "embed/v1/dark/chart/hours/"."""
    return f"{EMBEDS}{theme + '/' if theme else ''}{name}/"


def oembed_path(name: str, theme: str = "") -> str:
    """Return the path of the file that describes an embed to programs."""
    return f"{OEMBEDS}{theme + '/' if theme else ''}{name}.json"


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
        block = Block(page.content, page.cited, "", page.ids)
        return Embed(
            PAGE,
            page.id,
            page.heading,
            lambda: block,
            page.address,
            page.heading,
            checked=page.front,
            titled=page.headed,
        )

    def _parts(self) -> Iterator[Embed]:
        guide = self.site.guide
        for kind in PARTS.values():
            records = guide.records(kind.records)
            if kind.key == "timeline":
                if records:
                    yield self._part(kind, "all", self._words["timeline"], guide.heads.get("timeline"), ())
            elif kind.key == "helplines":
                for group, name in self._names["groups"].items():
                    lines = [line for line in records.values() if group in line.groups]
                    if lines:
                        oldest = min(lines, key=lambda line: line.sources_checked)
                        yield self._part(kind, group, name, oldest, (group,))
            else:
                for record_id, record in records.items():
                    title = record.name if kind.key == "therapy" else record.title
                    yield self._part(kind, record_id, title, record, (record_id,))

    def _part(self, kind: Kind, item: str, title: str, record: Any, arguments: tuple[str, ...]) -> Embed:
        anchor = kind.anchor + item
        page = self._home(item, anchor, getattr(record, "page", None))
        return Embed(
            kind.key,
            item,
            title,
            partial(self.site.once(Blocks).call, kind.call, *arguments),
            page.address,
            page.heading,
            anchor if anchor in page.ids else "",
            record,
            kind.titled,
            getattr(record, "lang", None) or "",
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
        itself = {self.site.guide.settings.embed_page, self.site.guide.settings.privacy_page}
        shown = {page.address for page in self.site.pages if page.path not in itself}
        return {
            embed.page: FrameTarget(embed.name, embed.block.ids, source_ids(embed) if embed.apart else ())
            for embed in self.all
            if embed.kind == PAGE and embed.page in shown
        }

    @cached_property
    def day(self) -> date:
        """The newest day on which anything shown was compared with its sources: the date of this edition."""
        return max(embed.checked.sources_checked for embed in self.all if embed.checked)

    # How it is told

    @property
    def _words(self) -> dict[str, str]:
        return self.site.guide.labels[self.site.language].words

    @property
    def _names(self) -> dict[str, dict[str, str]]:
        return self.site.guide.labels[self.site.language].names

    def _render(self, template: str, **values: Any) -> Markup:
        renderer = PageRenderer(self.site.guide, "", self.site.language)
        return renderer.html(renderer.render(template, None, None, embeds=self, **values))

    @cached_property
    def style(self) -> Asset:
        """The style sheet of all embeds."""
        files = [THEME / "css" / f"{name}.css" for name in STYLES]
        return join([*files, THEME / "embed" / "embed.css"], f"{EMBEDS}assets/embed", squeeze)

    @cached_property
    def script(self) -> Asset:
        """What runs in an embed where it may: it tells the host its height, and does what it can in WordPress."""
        return join([THEME / "embed" / f"{name}.js" for name in SCRIPTS], f"{EMBEDS}assets/frame", squeeze_script)

    @cached_property
    def policy(self) -> Markup:
        """What a browser may load in an embed."""
        return embed_policy(f"{self.address}{EMBEDS}assets/")

    def snippet(self, embed: Embed) -> str:
        """Return the HTML that a host pastes: the frame, and a plain link."""
        return self._render("embed-snippet.html.j2", embed=embed, theme="").strip()

    def source(self, embed: Embed, theme: str = "") -> str:
        """Return the address of an embed; absolute."""
        return self.address + embed_path(embed.name, theme)

    def oembed(self, embed: Embed, theme: str = "") -> str:
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
            "html": self._render("embed-oembed.html.j2", embed=embed, theme=theme).strip(),
        }
        return json.dumps(described, ensure_ascii=False, indent=1) + "\n"

    def builder(self, up: str) -> Markup:
        """Render the page's part in which a host chooses what to show, and finds the HTML for it.

        Args:
            up: The way from the page to the root of the site, such as "../../".
        """
        groups = [(kind, [embed for embed in self.all if embed.kind == kind]) for kind in KINDS]
        return self._render(
            "embed-builder.html.j2",
            groups=[(kind, embeds) for kind, embeds in groups if embeds],
            widths=BUILDER_WIDTHS,
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
        return join([THEME / "embed" / "builder.js"], "assets/builder")


def source_ids(embed: Embed) -> list[str]:
    """Return the ids of the sources of a page."""
    return [f"source-{number}" for number in range(1, len(embed.block.cited) + 1)]
