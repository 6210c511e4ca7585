"""Bare pages to PDF, for printing: tagged by PDF/UA-1, in regular and large print."""

import logging
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from macros.embeds import PAGE, Embed, Embeds, embed_path
from macros.links import page_id

HANDOUTS = "handouts/"
WANTED = "GUIDE_HANDOUTS"
"""The variable that asks a build for them: they take longer than all the rest of it."""

SIZES = {"": 12, "large": 18}
"""Size of the letters in points, by the part of the address that names it."""

KINDS = ("checklist", "comparison")
"""Every one of these is a handout, beside the pages that the site's record names."""

_LINKED = re.compile(r"<link rel=\"stylesheet\"[^>]*>|<noscript>.*?</noscript>(?=\s*</head>)", re.DOTALL)


def handout_path(name: str, size: str = "") -> str:
    """Give the path of a handout in the site, for example "handouts/large/checklist/first-day.pdf"."""
    return f"{HANDOUTS}{size + '/' if size else ''}{name}.pdf"


@dataclass
class Handouts:
    """The handouts of one guide.

    Attributes:
        embeds: What they are made of.
    """

    embeds: Embeds

    @cached_property
    def all(self) -> list[Embed]:
        """Everything that there is a handout of, in the order of the embeds."""
        pages = {page_id(path) for path in self._site.handouts}
        return [embed for embed in self.embeds.all if embed.kind in KINDS or (embed.kind == PAGE and embed.id in pages)]

    def of_page(self, address: str) -> list[Embed]:
        """Give those of a page, and of what is shown on it."""
        return [embed for embed in self.all if embed.page == address]

    @property
    def _site(self) -> Any:
        return next(iter(self.embeds.guide.site.values()))

    def write(self, site: Path) -> None:
        """Write all of them, from the bare pages in the folder of the site."""
        for embed in self.all:
            bare = (site / embed_path(embed.name, "light") / "index.html").read_text("utf-8")
            for size in SIZES:
                path = site / handout_path(embed.name, size)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.pdf(bare, size))

    def pdf(self, bare: str, size: str = "") -> bytes:
        """Print a bare page.

        Args:
            bare: Its HTML. Its own style sheet, made for screens, is left out.
            size: A key of `SIZES`.
        """
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher

        # It warns of every property that it does not know; what matters is tested on the result.
        logging.getLogger("weasyprint").setLevel(logging.ERROR)
        nothing = URLFetcher(allowed_protocols=())
        style = CSS(string=self._style(size), url_fetcher=nothing)
        document = HTML(string=_LINKED.sub("", bare), base_url=self.embeds.address, url_fetcher=nothing)
        return bytes(document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1", pdf_tags=True))

    def _style(self, size: str) -> str:
        """Join the style sheets, and the words that stand at the foot of every sheet."""
        names = ["handout", f"handout-{size}"] if size else ["handout"]
        sheets = [(self.embeds.assets / "embed" / f"{name}.css").read_text("utf-8") for name in names]
        words = self.embeds.guide.labels[self.embeds.language].words
        number = words["handout-page"].format(page="\0page\0", pages="\0pages\0")
        pieces = enumerate(number.split("\0"))
        count = " ".join(f"counter({piece})" if index % 2 else _quoted(piece) for index, piece in pieces)
        foot = f"@bottom-left {{ content: {_quoted(self.embeds.name)}; }} @bottom-right {{ content: {count}; }}"
        return "\n".join([*sheets, f":root {{ font-size: {SIZES[size]}pt; }}", f"@page {{ {foot} }}"])


def _quoted(text: str) -> str:
    """Write a text as a string of CSS."""
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", text) + '"'
