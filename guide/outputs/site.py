"""A site whose pages are rendered: what every output is made of."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from guide.model.addresses import page_id
from guide.model.guide import Guide
from guide.model.record import Reviewed
from guide.outputs.security_policy import Inline

T = TypeVar("T")
_ID = re.compile(r'\sid="([^"]+)"')
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class File:
    """A file of the site that is made at build: its path, and what makes its content."""

    path: str
    make: Callable[[], str | bytes]

    @property
    def content(self) -> bytes:
        """What it holds."""
        made = self.make()
        return made.encode("utf-8") if isinstance(made, str) else made


@dataclass(frozen=True)
class Section:
    """A heading of a page, with the id that links lead to."""

    heading: str
    anchor: str


@dataclass(frozen=True)
class FullPage:
    """A page of the site, as the engine made it."""

    path: str
    """In docs/."""
    title: str
    address: str
    """Absolute."""
    html: str
    """What stands between the page's header and its foot; links are relative to the page."""
    front: Reviewed
    description: str = ""
    """In a sentence."""
    sections: tuple[Section, ...] = ()
    """The headings below the first one."""
    cited: tuple[str, ...] = ()
    """The ids of its sources, in the order of their numbers."""
    figures: tuple[str, ...] = ()
    """The ids of the figures that it prints."""
    _made: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, make: Callable[["FullPage"], T]) -> T:
        """Return what a function makes of this page; it is made once, however many sites the page is part of."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def ids(self) -> set[str]:
        """The ids of its elements."""
        return set(_ID.findall(self.html))

    @property
    def id(self) -> str:
        """What names the page in the addresses of its embeds."""
        return page_id(self.path)

    @cached_property
    def heading(self) -> str:
        """The words of the first heading."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return " ".join(html.unescape(_TAG.sub("", found[1])).split()) if found else self.title


@dataclass
class Site:
    """The pages of a guide as they were rendered, and what is known about them.

    Attributes:
        guide: All records.
        pages: In the order of the navigation.
        name: Of the site.
        language: A language tag.
        folder: Where the site is written.
        version: Of the guide.
        changelog: The whole of it.
        bare: Addresses of pages whose text is a list of all others: the search leaves their words out.
        inline: The scripts and styles that the theme writes into every page.
        printing: Whether handouts are made too.
    """

    guide: Guide
    pages: list[FullPage]
    name: str
    language: str
    folder: Path
    version: str = ""
    changelog: str = ""
    bare: tuple[str, ...] = ()
    inline: Inline = field(default_factory=Inline)
    printing: bool = False
    _made: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def address(self) -> str:
        """Where it is published; absolute, ends in "/"."""
        return self.guide.settings.address

    def once(self, make: Callable[["Site"], T]) -> T:
        """Return what a function makes of this site; several outputs that ask for it share one."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made
