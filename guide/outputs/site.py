"""A site whose pages are rendered: what every output is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from guide.model.addresses import page_id
from guide.model.code import CodedSection
from guide.model.guide import Guide
from guide.model.record import Reviewed
from guide.outputs.security_policy import Inline
from guide.rendering.signatures import Signatures

T = TypeVar("T")


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
    """A page of the site, as it was rendered."""

    path: str
    """In docs/."""
    title: str
    """Its name in the navigation."""
    address: str
    """Absolute."""
    content: str
    """What stands between the page's header and its foot: HTML with marks (`guide.reading.marks`)."""
    front: Reviewed
    description: str = ""
    """In a sentence."""
    heading: str = ""
    """The words of its first heading."""
    headed: bool = True
    """Whether its content has such a heading."""
    sections: tuple[Section, ...] = ()
    """The headings below the first one."""
    cited: tuple[str, ...] = ()
    """The ids of its sources, in the order of their numbers."""
    records: frozenset[tuple[str, str]] = frozenset()
    """Every record that it shows, by kind and id."""
    ids: frozenset[str] = frozenset()
    """Every id that links may lead to."""
    components: frozenset[str] = frozenset()
    """Folders of the components that it shows."""
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The id of the block of each record that it shows, by the record's kind and id."""
    codes: tuple[CodedSection, ...] = ()
    """The codes that it answers."""
    shows_code: bool = False
    """Whether it has a block of code."""
    _made: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, make: Callable[["FullPage"], T]) -> T:
        """Return what a function makes of this page; it is made once, however many sites the page is part of."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @property
    def id(self) -> str:
        """What names the page in the addresses of its embeds."""
        return page_id(self.path)

    @property
    def is_index(self) -> bool:
        """Whether it is the first page of a section."""
        return Path(self.path).name == "index.md"


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
        printing: Whether handouts are made as PDFs too.
        docs: The folder docs/.
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
    docs: Path = Path("docs")
    _made: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def address(self) -> str:
        """Where it is published; absolute, ends in "/"."""
        return self.guide.settings.address

    def absolute(self, path: str) -> str:
        """Return the address of a path below the site's root."""
        return self.address + path.lstrip("/")

    @cached_property
    def signatures(self) -> Signatures:
        """What clinicians have signed of it."""
        return Signatures(self.guide, self.language)

    def once(self, make: Callable[["Site"], T]) -> T:
        """Return what a function makes of this site; several outputs that ask for it share one."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made
