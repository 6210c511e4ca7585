"""Review packs: a page sentence by sentence, in a document by itself, for a clinician to mark and sign."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from guide.model.addresses import page_address
from guide.model.guide import Guide
from guide.model.reference import Reference
from guide.model.review import FIELDS, MARKS, SAID
from guide.outputs.links import AbsoluteLinks
from guide.outputs.pdf import laid_out, written
from guide.outputs.security_policy import Inline, alone_policy
from guide.reading import marks
from guide.reading.pages import Page
from guide.rendering.assets import THEME, squeeze, squeeze_script
from guide.rendering.brand import brand_style
from guide.rendering.page import PageRenderer
from guide.rendering.statements import Statement, Statements, sentences

POINTS = 10
"""Size of the letters of the copy on paper."""


def review_id(path: str) -> str:
    """Return the id of a page's review, such as "care-first-day" for "care/first-day.md"."""
    return path.removesuffix(".md").replace("/", "-")


@dataclass(frozen=True)
class Item:
    """A statement as the pack shows it.

    Attributes:
        statement: The statement.
        number: Of a passage; 0 for headings and names.
        sources: The numbers of its sources in the pack's list.
        named: The same, each with a short name.
        same: The number of the passage before that rests on the same sources; else 0.
        grounds: How sure the guide is, in words.
    """

    statement: Statement
    number: int = 0
    sources: tuple[int, ...] = ()
    named: tuple[tuple[int, str], ...] = ()
    same: int = 0
    grounds: str = ""

    @property
    def context(self) -> str:
        """What leads to it: its row and column, or the last sentence before its list, and the number of a step."""
        return " › ".join(sentences(text)[-1] for text in self.statement.context)


@dataclass(frozen=True)
class Section:
    """What stands below one heading of the page.

    Attributes:
        heading: The heading; None before the first one.
        items: What stands below it, up to the next heading.
    """

    heading: Statement | None
    items: list[Item]

    @property
    def count(self) -> int:
        """How many passages there are to mark."""
        return sum(bool(item.number) for item in self.items)


class Pack:
    """Everything that a clinician needs to review one page."""

    marks = MARKS
    fields = FIELDS

    def __init__(self, guide: Guide, page: Page, name: str, language: str) -> None:
        """Read the page's statements.

        Args:
            guide: All records.
            page: The page.
            name: Of the guide.
            language: Of the words that templates print.
        """
        self._guide = guide
        self._language = language
        self._name = name
        self.page = page.path
        self.title = page.title
        self.statements = Statements(guide, language).of_page(page)

    @property
    def file_name(self) -> str:
        """The name of the file that is saved, without its ending."""
        return f"review-{review_id(self.page)}"

    @property
    def count(self) -> int:
        """How many passages there are to mark."""
        return sum(statement.role == "passage" for statement in self.statements)

    @cached_property
    def _cited(self) -> list[str]:
        return list(dict.fromkeys(reference for each in self.statements for reference in each.references))

    @property
    def sources(self) -> list[Reference]:
        """The sources of all passages, in the order of their first use."""
        return [self._guide.references[reference] for reference in self._cited]

    @property
    def items(self) -> Iterator[Item]:
        """The statements in the order of reading."""
        names = self._guide.labels[self._language].names
        number = first = 0
        before: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        for statement in self.statements:
            if statement.role != "passage":
                yield Item(statement)
                continue
            number += 1
            group = (statement.references, statement.headings)
            same = first if statement.references and group == before else 0
            first, before = same or number, group
            sources = tuple(self._cited.index(reference) + 1 for reference in statement.references)
            named = tuple((source, _short(self._guide.references[self._cited[source - 1]])) for source in sources)
            levels = [names["certainty"][ground.certainty] for ground in statement.grounds if ground.certainty]
            bases = [names["basis"][ground.basis] for ground in statement.grounds if ground.basis]
            said = [words for words in dict.fromkeys([*levels, *bases]) if words not in statement.text]
            grounds = " ".join(f"{words}." for words in said)
            yield Item(statement, number, sources, named, same, grounds)

    @property
    def sections(self) -> list[Section]:
        """The same by heading."""
        sections = [Section(None, [])]
        for item in self.items:
            if item.statement.role == "heading":
                sections.append(Section(item.statement, []))
            else:
                sections[-1].items.append(item)
        return sections

    def html(self) -> str:
        """Return the document to fill in: it holds its style and its script, and asks nobody for anything."""
        tokens, own = THEME / "css" / "tokens.css", THEME / "review" / "review.css"
        style = squeeze(tokens.read_text("utf-8") + own.read_text("utf-8")) + brand_style(self._guide.settings.brand)
        script = squeeze_script((THEME / "review" / "review.js").read_text("utf-8"))
        return self._document(Inline((script,), (style,)))

    def pdf(self) -> bytes:
        """Return the same to print."""
        sheets = [THEME / "embed" / "handout.css", THEME / "review" / "paper.css"]
        style = "\n".join([*(sheet.read_text("utf-8") for sheet in sheets), f":root {{ font-size: {POINTS}pt; }}"])
        return written(laid_out(self._document(None), style, self._guide.settings.address))

    def _document(self, inline: Inline | None) -> str:
        """Fill the template; without style and script it is to be printed."""
        renderer = PageRenderer(self._guide, "", self._language)
        site = self._guide.settings
        document = renderer.render(
            "review-pack.html.j2",
            None,
            None,
            pack=self,
            paper=inline is None,
            policy=alone_policy(inline) if inline else "",
            style=Markup("".join(inline.styles)) if inline else "",  # noqa: S704
            script=Markup("".join(inline.scripts)) if inline else "",  # noqa: S704
            said=json.dumps({each: renderer.words[f"review-say-{each}"] for each in SAID}),
            site=site,
            name=self._name,
            address=site.address + page_address(self.page),
        )
        return str(marks.written(document, AbsoluteLinks(site.address, site.address)))


def _short(reference: Reference) -> str:
    """Name a source in a few words: who, the year, and where in it to look."""
    who = reference.author[0] if reference.author else reference.publisher or reference.title
    named = f"{who}, {reference.issued[:4]}" if reference.issued else who
    return f"{named} ({reference.place})" if reference.place else named
