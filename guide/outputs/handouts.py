"""Pages and parts on paper: a document of each that a browser prints, and PDFs, tagged, in regular and large print.

Both are the same document, from `handout.html.j2`. Each clinic of the guide has its own, with its own lines.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from guide.model.addresses import PAGE, clinic_folder, handout_path, page_id, report_address
from guide.model.clinic import Clinic
from guide.outputs.embeds import PRINT, SITE_ONLY, Embed, Embeds
from guide.outputs.one_page import OnePageHandouts
from guide.outputs.pdf import laid_out, written
from guide.outputs.qr_code import qr_code
from guide.outputs.security_policy import Inline, page_policy, policy_metas
from guide.outputs.site import File, Site
from guide.reading import marks
from guide.rendering.assets import THEME, Asset, join, own_assets, squeeze, squeeze_script, text_asset
from guide.rendering.page import PageRenderer

WANTED = "GUIDE_HANDOUTS"
"""The variable that asks a build for PDFs: they take longer than all the rest of it."""

SIZES = {"": 12, "large": 18}
"""Size of the letters in points, by the part of the address that names it."""


def printable_path(name: str, clinic: str = "") -> str:
    """Return the path of the document that a browser prints, for example "print/checklist/first-day/"."""
    return f"{PRINT}{clinic_folder(clinic)}{name}/"


class Handouts:
    """The handouts of one guide."""

    def __init__(self, site: Site) -> None:
        self._guide = site
        self.embeds = site.once(Embeds)

    @cached_property
    def all(self) -> list[Embed]:
        """Everything that there is a PDF of, in the order of the embeds."""
        pages = {page_id(path) for path in self._site.handouts}
        return [embed for embed in self.embeds.all if embed.handout or (embed.kind == PAGE and embed.id in pages)]

    @property
    def linked(self) -> list[Embed]:
        """All that pages link to: the one-page handouts, then the others."""
        return [*self._guide.once(OnePageHandouts).all, *self.all]

    @property
    def led_on(self) -> Iterator[Embed]:
        """The same at the addresses of pages that moved, and of what something else took the place of."""
        now = {embed.name: embed for embed in self.all}
        for move in self._guide.guide.moved.values():
            new = now.get(f"{PAGE}/{page_id(move.instead.partition('#')[0])}")
            if new:
                yield replace(new, id=page_id(move.was))
        for gone in self._guide.guide.withdrawn.values():
            new = now.get(gone.shows or "")
            if new:
                kind, _, item = gone.address.partition("/")
                yield replace(new, kind=kind, id=item)

    def of_page(self, address: str) -> list[Embed]:
        """Return those of a page, and of what is shown on it."""
        return [embed for embed in self.linked if embed.page == address]

    @property
    def _site(self) -> Any:
        return self._guide.guide.settings

    @cached_property
    def style(self) -> Asset:
        """The style sheet of the documents that a browser prints."""
        text = self._style("") + (THEME / "embed" / "handout-screen.css").read_text("utf-8")
        return text_asset(squeeze(text), "assets/handout", ".css")

    @cached_property
    def script(self) -> Asset:
        """Their script: it fills in a clinic's own lines, and prints."""
        files = [THEME / "embed" / f"{name}.js" for name in ("clinic", "handout")]
        return join(files, "assets/handout", squeeze_script)

    def printable(self, embed: Embed, clinic: Clinic | None = None) -> str:
        """Render the document that a browser prints."""
        up = "../" * printable_path(embed.name, clinic.id if clinic else "").count("/")
        own = [
            asset.name
            for folder, assets in own_assets().items()
            if folder in embed.block.components
            for asset in assets
            if asset.name.endswith(".css")
        ]
        screen = {
            "policy": policy_metas(page_policy(Inline())),
            "style": up + self.style.name,
            "own": [up + name for name in own],
            "script": up + self.script.name,
        }
        logo = self.embeds.logos.get(clinic.id) if clinic else None
        return self._document(embed, clinic, up + logo.name if logo else "", screen)

    def document(self, embed: Embed, clinic: Clinic | None = None) -> str:
        """Render the document that becomes a PDF; it loads nothing."""
        logo = self.embeds.logos.get(clinic.id) if clinic else None
        return self._document(embed, clinic, logo.data if logo else "", None)

    def _document(self, embed: Embed, clinic: Clinic | None, logo: str, screen: dict[str, Any] | None) -> str:
        """Render a page or a part with all its sources.

        It is made from what the site shows, not from an embed, whose links and sources are those of a frame.
        """
        renderer = PageRenderer(self._guide.guide, "", self._guide.language)
        document = renderer.render(
            "handout.html.j2",
            None,
            None,
            embed=embed,
            embeds=self.embeds,
            body=Markup(embed.block.content),  # noqa: S704
            sources=Markup(embed.block.sources),  # noqa: S704
            site=self._site,
            lines=[self._guide.guide.records("helplines")[line] for line in self._site.emergency],
            report=report_address(self._site, embed.title, embed.full),
            clinic=clinic,
            logo=logo,
            qr=qr_code(embed.page),
            screen=screen,
        )
        return str(marks.written(document, embed.links(self._guide.address), without=SITE_ONLY))

    def pdf(self, document: str, size: str = "") -> bytes:
        """Print an HTML document.

        Args:
            document: As `document` returns it.
            size: A key of `SIZES`.
        """
        return written(laid_out(document, self._style(size), self.embeds.address))

    def _style(self, size: str) -> str:
        """Join the style sheets, and the words that stand at the foot of every sheet."""
        names = ["handout", "clinic", *([f"handout-{size}"] if size else [])]
        sheets = [(THEME / "embed" / f"{name}.css").read_text("utf-8") for name in names]
        words = self._guide.guide.labels[self._guide.language].words
        number = words["handout-page"].format(page="\0page\0", pages="\0pages\0")
        pieces = enumerate(number.split("\0"))
        count = " ".join(f"counter({piece})" if index % 2 else _quoted(piece) for index, piece in pieces)
        foot = f"@bottom-left {{ content: {_quoted(self.embeds.name)}; }} @bottom-right {{ content: {count}; }}"
        return "\n".join([*sheets, f":root {{ font-size: {SIZES[size]}pt; }}", f"@page {{ {foot} }}"])


def _quoted(text: str) -> str:
    """Write a text as a string of CSS."""
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", text) + '"'


def files(site: Site) -> Iterator[File]:
    """Return every document to print, and the PDFs in every size, where the site is made with them."""
    handouts = site.once(Handouts)
    for asset in (handouts.style, handouts.script):
        yield File(asset.name, partial(str, asset.content))
    for clinic in (None, *handouts.embeds.clinics):
        name = clinic.id if clinic else ""
        for embed in handouts.embeds.all:
            path = f"{printable_path(embed.name, name)}index.html"
            yield File(path, partial(handouts.printable, embed, clinic))
        for embed in [*handouts.all, *handouts.led_on] if site.printing else []:
            document = handouts.document(embed, clinic)
            for size in SIZES:
                yield File(handout_path(embed.name, size, name), partial(handouts.pdf, document, size))
