"""Pages and their parts, bare, for other sites to show in a frame; and what those sites need to do so."""

import html
import json
import re
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from guide.model.addresses import page_address, page_id, page_link, report_address
from guide.model.guide import Guide
from guide.model.lists import Moved
from guide.model.record import Reviewed
from guide.outputs.security_policy import Inline, embed_policy, page_policy
from guide.outputs.site import File, FullPage, Site
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
    "tabs",
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


HEAVY = 13_000
"""Compressed bytes of text above which a page's sources stand apart: an embed has at most 20 KB in all."""


_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')


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
    content: Markup
    page: str
    """Address of the page that it is, or is a part of; absolute."""
    page_title: str
    anchor: str = ""
    checked: Reviewed | None = None
    """Dates and signature of what is shown."""
    titled: bool = True
    sources: Markup = Markup("")
    count: int = 0
    """How many sources there are in `sources`."""
    language: str = ""
    apart: Markup = Markup("")
    """The sources, where they stand on a page of their own in the frame."""

    @property
    def name(self) -> str:
        """Kind and id, as they stand in addresses."""
        return f"{self.kind}/{self.id}"

    @property
    def body(self) -> Markup:
        """What is shown."""
        return self.content

    @property
    def full(self) -> str:
        """Address of the page, at the part that is shown."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page

    @property
    def link(self) -> str:
        """Address to paste where no code may be: a page's own; "" for a part, which is found by its embed's address."""
        return self.page if self.kind == PAGE else ""

    @cached_property
    def height(self) -> int:
        """A height for hosts that run no script, in pixels: about what a wide frame needs, and never too much.

        A frame that is too low scrolls, so nothing is lost; the builder measures the real height.
        """
        words = len(_TAG.sub("", self.body)) + 700
        return max(320, min(800, round(words * 0.45 / 20) * 20))


def embed_path(name: str, theme: str = "") -> str:
    """Give the path of an embed in the site, for example "embed/v1/dark/chart/hours/"."""
    return f"{EMBEDS}{theme + '/' if theme else ''}{name}/"


def oembed_path(name: str, theme: str = "") -> str:
    """Return the path of the file that describes an embed to programs."""
    return f"{OEMBEDS}{theme + '/' if theme else ''}{name}.json"


_LINK = re.compile(r"<a\s([^>]*)>")
_HREF = re.compile(r'\s?\bhref="([^"]*)"')
_REL = re.compile(r'\s?\b(?:rel|target)="[^"]*"')
_SOURCES = re.compile(r'<ol class="guide-sources">.*?</ol>', re.DOTALL)
_OFFER = re.compile(r'<p class="guide-embed-link">.*?</p>\n?', re.DOTALL)


def outward(page: str, address: str, beside: Collection[str] = ()) -> Markup:
    """Make every link absolute and open it in a new tab, but for those to what is shown with it.

    Args:
        page: HTML of ours: a page's content or a part of it. The offer to embed it is taken out.
        address: The page's own address, absolute.
        beside: Ids of what is shown with it, such as its sources. Links to other places of the page lead to the page.
    """
    ids = {*_ID.findall(page), *beside}

    def changed(target: str) -> str | None:
        whole = urljoin(address, target)
        there, _, anchor = whole.partition("#")
        if there == address and anchor in ids:
            return f'href="#{html.escape(anchor)}"'
        if not whole.startswith("http"):
            return None
        return f'href="{html.escape(whole)}" target="_blank" rel="noopener noreferrer"'

    return _relinked(_OFFER.sub("", page), changed)


def _relinked(ours: str, change: Callable[[str], str | None]) -> Markup:
    """Write links anew.

    Args:
        ours: HTML of ours.
        change: Gives the attributes href, target and rel for an address; None leaves the link as it is.
    """

    def changed(link: re.Match[str]) -> str:
        found = _HREF.search(link[1])
        attributes = change(html.unescape(found[1]) if found else "#")
        if attributes is None:
            return link[0]
        rest = _REL.sub("", _HREF.sub("", link[1])).strip()
        return f"<a {attributes}{' ' + rest if rest else ''}>"

    return Markup(_LINK.sub(changed, ours))  # noqa: S704


@dataclass(frozen=True)
class _Target:
    """A page as a frame shows it."""

    name: str
    ids: set[str]
    """Of all its elements."""
    apart: set[str]
    """Of those on the page of its sources."""

    def path(self, anchor: str) -> str:
        """Return the path, from the folder of a theme, of the document that has this id; without it, where none has."""
        if anchor in self.apart:
            return f"{self.name}/sources/#{anchor}"
        return f"{self.name}/#{anchor}" if anchor in self.ids else f"{self.name}/"


@dataclass
class Embeds:
    """Everything that other sites can show of one guide.

    Attributes:
        pages: In the order of the navigation.
        address: Of the site; absolute, ends in "/".
        name: Of the site.
        version: Of the guide.
    """

    guide: Guide
    pages: list[FullPage]
    address: str
    name: str
    version: str
    language: str = "en"

    @classmethod
    def of_site(cls, site: Site) -> "Embeds":
        """Return the embeds of a site."""
        return cls(site.guide, site.pages, site.address, site.name, site.version, site.language)

    # What there is

    @cached_property
    def all(self) -> list[Embed]:
        """Every embed, pages first."""
        return [*self._pages(), *self._parts()]

    def _pages(self) -> Iterator[Embed]:
        for page in self.pages:
            body = outward(page.html, page.address)
            embed = Embed(PAGE, page.id, page.heading, body, page.address, page.heading, checked=page.front)
            yield self._lightened(replace(embed, titled="<h1" in body))

    def _lightened(self, embed: Embed) -> Embed:
        """Put the sources of a heavy page on a page of their own in the frame, unless they are all there is."""
        whole = embed.body
        found = _SOURCES.search(whole)
        if not found or len(whole) < HEAVY // 4 or len(zlib.compress(whole.encode())) < HEAVY:
            return embed
        words = self._words["sources-of"].format(count=found[0].count("<li "))
        body = _SOURCES.sub(lambda _: f'<p><a href="sources/">{html.escape(words)}</a></p>', whole)
        body = body.replace('href="#source-', 'href="sources/#source-')
        return replace(embed, content=Markup(body), apart=Markup(found[0]))  # noqa: S704

    def _parts(self) -> Iterator[Embed]:
        for kind in PARTS.values():
            records = self.guide.records(kind.records)
            if kind.key == "timeline":
                if records:
                    yield self._part(kind, "all", self._words["timeline"], self.guide.heads.get("timeline"))
            elif kind.key == "helplines":
                for group, name in self._names["groups"].items():
                    lines = [line for line in records.values() if group in line.groups]
                    if lines:
                        oldest = min(lines, key=lambda line: line.sources_checked)
                        yield self._part(kind, group, name, oldest)
            else:
                for record_id, record in records.items():
                    title = record.name if kind.key == "therapy" else record.title
                    yield self._part(kind, record_id, title, record)

    def _part(self, kind: Kind, item: str, title: str, record: Any) -> Embed:
        anchor = kind.anchor + item
        page = self._home(item, anchor, getattr(record, "page", None))
        renderer = self._renderer()
        call = getattr(renderer, kind.call)
        block = call() if kind.key == "timeline" else call(item)
        count = len(renderer.cited)
        listed = renderer.source_list() if count else Markup("")
        ids = _ID.findall(block + listed)
        return Embed(
            kind.key,
            item,
            title,
            outward(block, page.address, ids),
            page.address,
            page.heading,
            anchor if anchor in page.ids else "",
            record,
            kind.titled,
            outward(listed, page.address, ids),
            count,
            getattr(record, "lang", None) or "",
        )

    def _home(self, item: str, anchor: str, named: str | None) -> FullPage:
        """Find the page that a part belongs to: one of its own, else the first that shows it and is no index."""
        ranked = sorted(self.pages, key=lambda page: (Path(page.path).stem != item, Path(page.path).stem == "index"))
        for page in ranked:
            if anchor in page.ids:
                return page
        path = (named or "").partition("#")[0]
        return next((page for page in self.pages if page.path == path), self.pages[0])

    @cached_property
    def _targets(self) -> dict[str, _Target]:
        """The pages that a link in a frame can show in the same frame, by address."""
        itself = {self._site.embed_page, self._site.privacy_page}
        embeds = {embed.page: embed for embed in self.all if embed.kind == PAGE}
        return {
            page.address: _Target(embeds[page.address].name, page.ids, set(_ID.findall(embeds[page.address].apart)))
            for page in self.pages
            # What these pages are for stands outside their text, which is all that an embed has.
            if page.path not in itself
        }

    def within(self, content: str, up: str) -> Markup:
        """Let links to pages of the guide show their embeds in the same frame.

        Such links are relative and name no target: no sandbox blocks them.

        Args:
            content: HTML whose links are absolute, by `outward`.
            up: The way from the document to the folder of its theme.
        """

        def changed(target: str) -> str | None:
            address, _, anchor = target.partition("#")
            found = self._targets.get(address)
            return f'href="{html.escape(up + found.path(anchor))}"' if found else None

        return _relinked(content, changed)

    @cached_property
    def day(self) -> date:
        """The newest day on which anything shown was compared with its sources: the date of this edition."""
        return max(embed.checked.sources_checked for embed in self.all if embed.checked)

    # How it is written

    @property
    def _words(self) -> dict[str, str]:
        return self.guide.labels[self.language].words

    @property
    def _names(self) -> dict[str, dict[str, str]]:
        return self.guide.labels[self.language].names

    @property
    def _site(self) -> Any:
        return self.guide.settings

    def _renderer(self) -> PageRenderer:
        return PageRenderer(self.guide, "", self.language, root=self.address)

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
        return self._renderer().render("embed-snippet.html.j2", None, None, embed=embed, embeds=self, theme="").strip()

    def source(self, embed: Embed, theme: str = "") -> str:
        """Return the address of an embed; absolute."""
        return self.address + embed_path(embed.name, theme)

    def oembed(self, embed: Embed, theme: str = "") -> str:
        """Describe an embed to programs, by oembed.com: a rich one, whose HTML is a link and the frame."""
        shown = self._renderer().render("embed-oembed.html.j2", None, None, embed=embed, embeds=self, theme=theme)
        described = {
            "type": "rich",
            "version": "1.0",
            "title": embed.title,
            "author_name": self._site.publisher,
            "author_url": self.address,
            "provider_name": self.name,
            "provider_url": self.address,
            "cache_age": 86400,
            "width": WIDTH,
            "height": embed.height,
            "html": shown.strip(),
        }
        return json.dumps(described, ensure_ascii=False, indent=1) + "\n"

    def builder(self, up: str) -> Markup:
        """Render the page's part in which a host chooses what to show, and finds the HTML for it.

        Args:
            up: The way from the page to the root of the site, such as "../../".
        """
        groups = [(kind, [embed for embed in self.all if embed.kind == kind]) for kind in KINDS]
        return self._renderer().render(
            "embed-builder.html.j2",
            None,
            None,
            groups=[(kind, embeds) for kind, embeds in groups if embeds],
            embeds=self,
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

    # The files

    def files(self) -> Iterator[tuple[str, str]]:
        """Give every file, by its path in the site."""
        host_script = (THEME / "embed" / "embed.js").read_text("utf-8")
        for asset in (self.style, self.script, self.builder_style, self.builder_script):
            yield asset.name, asset.content
        yield f"{EMBEDS}embed.js", host_script
        for embed in self.all:
            yield from self._bare(embed)
            yield from self._described(embed, embed.name)
        for gone in self.guide.withdrawn.values():
            if gone.address.partition("/")[0] in KINDS:
                yield from self._withdrawn(gone)
        for move in self.guide.moved.values():
            yield from self._moved(move)

    def _bare(self, embed: Embed) -> Iterator[tuple[str, str]]:
        """Render an embed in each theme."""
        up = "../../"
        shown = replace(embed, content=self.within(embed.body, up), sources=self.within(embed.sources, up))
        apart = self._sources_page(embed)
        for theme in ("", *THEMES):
            root = f"../{up}" if theme else up
            path = embed_path(embed.name, theme)
            yield f"{path}index.html", self._document(shown, root, theme, up)
            if embed.apart:
                yield f"{path}sources/index.html", self._document(apart, f"../{root}", theme, f"../{up}")

    def _sources_page(self, embed: Embed) -> Embed:
        title = f"{embed.title}: {self._words['sources']}"
        body = self._renderer().render("embed-sources.html.j2", None, None, embed=embed)
        return replace(embed, title=title, content=self.within(body, "../../../"), titled=False, apart=Markup(""))

    def _described(self, embed: Embed, name: str) -> Iterator[tuple[str, str]]:
        """Describe an embed in each theme, at the addresses that belong to a name."""
        for theme in ("", *THEMES):
            yield oembed_path(name, theme), self.oembed(embed, theme)

    def _document(self, embed: Embed, up: str, theme: str = "", within: str | None = None) -> str:
        """Render a bare page.

        Args:
            embed: What it shows.
            up: The way to the folder of all embeds.
            theme: One of `THEMES`, or "" for the reader's own.
            within: For a frame, the way to the folder of its theme.
        """
        renderer = self._renderer()
        site = self._site
        bar = renderer.render(
            "embed-bar.html.j2",
            None,
            None,
            lines=[self.guide.helplines[line] for line in site.emergency],
            help_page=renderer.link(site.help_page),
        )
        return renderer.render(
            "embed.html.j2",
            None,
            None,
            embed=embed,
            embeds=self,
            theme=theme,
            site=site,
            bar=bar if within is None else self.within(bar, within),
            report=report_address(site, embed.title, embed.full),
            described=self.address + oembed_path(embed.name, theme),
            up=up,
            style=self.style.name.removeprefix(EMBEDS),
            script=self.script.name.removeprefix(EMBEDS),
        )

    def _withdrawn(self, gone: Any) -> Iterator[tuple[str, str]]:
        """Render what says, at every address of something withdrawn, that it is, and where to go instead."""
        renderer = self._renderer()
        kind, _, item = gone.address.partition("/")
        path, _, anchor = gone.instead.partition("#")
        instead = next(page for page in self.pages if page.path == path)
        link = renderer.link(gone.instead)
        body = renderer.render("embed-withdrawn.html.j2", None, None, gone=gone, link=link, title=instead.heading)
        embed = Embed(
            kind, item, gone.title, outward(body, self.address), instead.address, instead.heading, anchor, titled=False
        )
        yield from self._bare(embed)
        yield from self._described(embed, embed.name)
        if kind == PAGE:
            folder = item.replace("--", "/") + "/"
            yield f"{folder}index.html", self._document(embed, "../" * folder.count("/") + EMBEDS)

    def _moved(self, move: Moved) -> Iterator[tuple[str, str]]:
        """Keep every address of a page that moved: its own leads on, and those of its embeds show it as it is now."""
        page = move.instead.partition("#")[0]
        now = next(embed for embed in self.all if embed.kind == PAGE and embed.id == page_id(page))
        yield from self._bare(replace(now, id=page_id(move.was)))
        yield from self._described(now, f"{PAGE}/{page_id(move.was)}")
        leads_on = self._renderer().render(
            "moved.html.j2",
            None,
            None,
            link=page_link(move.was, move.instead),
            address=now.page,
            title=now.title,
            policy=page_policy(Inline()),
        )
        yield f"{page_address(move.was)}index.html", leads_on


def files(site: Site) -> Iterator[File]:
    """Return the files of every embed, what they load, and their descriptions."""
    return (File(path, partial(str, content)) for path, content in site.once(Embeds.of_site).files())
