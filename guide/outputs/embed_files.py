"""The files of embeds: a bare document of each page and part, in each theme, with its description for programs.

A document is rendered once. What differs between its three copies (the reader's own colors, light and dark) is left
blank, and filled in for each.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

from markupsafe import Markup

from guide.model.addresses import (
    EMBEDS,
    PAGE,
    clinic_folder,
    embed_path,
    oembed_path,
    page_address,
    page_id,
    page_link,
    report_address,
)
from guide.model.clinic import Clinic
from guide.model.moved import Moved, Withdrawn
from guide.model.registry import embed_kinds
from guide.outputs.blocks import Block
from guide.outputs.embeds import (
    SITE_ONLY,
    THEMES,
    Embed,
    Embeds,
    source_ids,
)
from guide.outputs.links import FrameLinks
from guide.outputs.security_policy import Inline, page_policy
from guide.outputs.site import File, Site
from guide.reading import marks
from guide.rendering.assets import THEME
from guide.rendering.page import PageRenderer

UP = "../../"
"""The way from a document to the folder of its theme."""


def files(site: Site) -> Iterator[File]:
    """Return the files of every embed, what they load, and their descriptions."""
    return EmbedFiles(site).files()


class EmbedFiles:
    """Writes the documents of one site's embeds."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._embeds = site.once(Embeds)
        self._lines: dict[tuple[Clinic | None, str], str] = {}

    def files(self) -> Iterator[File]:
        """Return every file."""
        embeds = self._embeds
        for asset in (embeds.style, embeds.script, embeds.builder_style, embeds.builder_script):
            yield File(asset.name, partial(str, asset.content))
        for logo in embeds.logos.values():
            yield File(logo.name, partial(bytes, logo.content))
        for assets in embeds.own.values():
            yield from (File(asset.name, partial(str, asset.content)) for asset in assets)
        yield File(f"{EMBEDS}embed.js", partial((THEME / "embed" / "embed.js").read_text, "utf-8"))
        for embed in embeds.all:
            yield from self._bare(embed)
            yield from self._described(embed, embed.name)
        for gone in self._site.guide.withdrawn.values():
            if gone.address.partition("/")[0] in embed_kinds():
                yield from self._withdrawn(gone)
        for move in self._site.guide.moved.values():
            yield from self._moved(move)

    def _bare(self, embed: Embed) -> Iterator[File]:
        """Return an embed in each theme, for each clinic too, and the page of its sources, if it has one."""
        whole = cache(partial(self._document, embed))
        sources = cache(partial(self._document, embed, sources=True))
        for clinic in (None, *self._embeds.clinics):
            up = UP + "../" * clinic_folder(clinic.id if clinic else "").count("/")
            for theme in ("", *THEMES):
                path = embed_path(embed.name, theme, clinic.id if clinic else "")
                themed = partial(self._themed, embed=embed, theme=theme, up=up, clinic=clinic)
                yield File(f"{path}index.html", partial(themed, whole))
                if embed.apart:
                    yield File(f"{path}sources/index.html", partial(themed, sources, deeper="../"))

    def _described(self, embed: Embed, name: str) -> Iterator[File]:
        """Return the description of an embed in each theme, at the addresses that belong to a name."""
        for clinic in ("", *(clinic.id for clinic in self._embeds.clinics)):
            for theme in ("", *THEMES):
                yield File(oembed_path(name, theme, clinic), partial(self._embeds.oembed, embed, theme, clinic))

    def _themed(
        self,
        document: Callable[[], str],
        embed: Embed,
        theme: str = "",
        *,
        deeper: str = "",
        up: str = UP,
        clinic: Clinic | None = None,
    ) -> str:
        """Fill the blanks of a document.

        Args:
            document: Renders it.
            embed: What it shows.
            theme: One of `THEMES`, or "" for the reader's own.
            deeper: The way from the document to that of the embed.
            up: The way from the embed to the folder of its theme.
            clinic: Whose own lines it carries; None where a script fills them in, if anybody does.
        """
        way = f"{deeper}{'../' if theme else ''}{up}"
        blanks = {
            "clinic": self._clinic_lines(clinic, way),
            "scheme": f' data-guide-scheme="{theme}"' if theme else "",
            "colors": theme or "light dark",
            "up": way,
            "described": self._embeds.address + oembed_path(embed.name, theme, clinic.id if clinic else ""),
        }
        return marks.written(document(), marks.plain, instead=blanks)

    def _clinic_lines(self, clinic: Clinic | None, way: str) -> str:
        """Render a clinic's own lines, once for all embeds from which the way to their folder is the same."""
        if (clinic, way) not in self._lines:
            logo = self._embeds.logos.get(clinic.id) if clinic else None
            self._lines[clinic, way] = PageRenderer(self._site.guide, "", self._site.language).render(
                "embed-clinic.html.j2",
                None,
                None,
                clinic=clinic,
                logo=way + logo.name.removeprefix(EMBEDS) if logo else "",
                embeds=self._embeds,
            )
        return self._lines[clinic, way]

    def _document(self, embed: Embed, *, sources: bool = False, framed: bool = True) -> str:
        """Render the document of an embed, with blanks for what its theme decides.

        Args:
            embed: What it shows.
            sources: Whether it is the page of a heavy page's sources.
            framed: Whether links to pages show those in the same frame.
        """
        site, words = self._site, self._site.guide.labels[self._site.language].words
        renderer = PageRenderer(site.guide, "", site.language)
        block, titled, title, instead = embed.block, embed.titled, embed.title, {}
        apart = dict.fromkeys(source_ids(embed) if embed.apart else (), "sources/")
        if sources:
            title, titled, apart = f"{title}: {words['sources']}", False, {}
            shown = renderer.render("embed-sources.html.j2", None, None, embed=embed)
            block = replace(block, content=str(shown))
        elif embed.apart:
            count = words["sources-of"].format(count=len(block.cited))
            instead = {"sources": str(renderer.render("embed-sources-link.html.j2", None, None, words_shown=count))}
        links = embed.links(site.address)
        if framed:
            targets = self._embeds.targets
            write = FrameLinks(links, targets, f"../{UP}" if sources else UP, apart)
        else:
            write = links  # type: ignore[assignment]
        document = renderer.render(
            "embed.html.j2",
            None,
            None,
            embed=embed,
            embeds=self._embeds,
            title=title,
            titled=titled,
            body=Markup(block.content),  # noqa: S704
            sources=Markup(block.sources),  # noqa: S704
            count=len(block.cited) if block.sources else 0,
            site=site.guide.settings,
            lines=[site.guide.records("helplines")[line] for line in site.guide.settings.emergency],
            report=report_address(site.guide.settings, title, embed.full),
            style=self._embeds.style.name.removeprefix(EMBEDS),
            script=self._embeds.script.name.removeprefix(EMBEDS),
            own=[
                asset.name.removeprefix(EMBEDS)
                for folder, assets in self._embeds.own.items()
                if folder in block.components and not sources
                for asset in assets
            ],
        )
        kept = {name: str(marks.blank(name)) for name in ("clinic", "scheme", "colors", "up", "described")}
        return marks.written(document, write, without=SITE_ONLY, instead={**kept, **instead})

    def _withdrawn(self, gone: Withdrawn) -> Iterator[File]:
        """Show, at every address of something withdrawn, what took its place, or say where to go instead."""
        kind, _, item = gone.address.partition("/")
        if gone.shows:
            now = self._embeds.named(gone.shows)
            yield from self._bare(replace(now, kind=kind, id=item))
            yield from self._described(now, gone.address)
            return
        path, _, anchor = gone.instead.partition("#")
        instead = next(page for page in self._site.pages if page.path == path)
        renderer = PageRenderer(self._site.guide, "", self._site.language)
        body = renderer.render("embed-withdrawn.html.j2", None, None, gone=gone, title=instead.heading)
        block = Block(str(body), (), "", frozenset())
        embed = Embed(kind, item, gone.title, lambda: block, instead.address, instead.heading, anchor, titled=False)
        yield from self._bare(embed)
        yield from self._described(embed, embed.name)
        if kind == PAGE:
            folder = item.replace("--", "/") + "/"
            up = "../" * folder.count("/") + EMBEDS
            document = partial(self._document, embed, framed=False)
            yield File(f"{folder}index.html", partial(self._themed, document, embed, up=up))

    def _moved(self, move: Moved) -> Iterator[File]:
        """Keep every address of a page that moved: its own leads on, and those of its embeds show it as it is now."""
        page = move.instead.partition("#")[0]
        now = next(embed for embed in self._embeds.all if embed.kind == PAGE and embed.id == page_id(page))
        yield from self._bare(replace(now, id=page_id(move.was)))
        yield from self._described(now, f"{PAGE}/{page_id(move.was)}")
        yield File(f"{page_address(move.was)}index.html", partial(self._leads_on, move, now))

    def _leads_on(self, move: Moved, now: Embed) -> str:
        return PageRenderer(self._site.guide, "", self._site.language).render(
            "moved.html.j2",
            None,
            None,
            link=page_link(move.was, move.instead),
            address=now.page,
            title=now.title,
            described=self._embeds.address + oembed_path(f"{PAGE}/{page_id(move.was)}"),
            policy=page_policy(Inline()),
        )
