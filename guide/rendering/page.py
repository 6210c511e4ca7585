"""Records to HTML. Knows Jinja, not the site's engine.

`PageRenderer` is one long class because it is the `page` that macros and templates are handed: what they may ask for is
in one place, and all of it shares what the page has shown so far.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from markdown.extensions.toc import slugify, unique
from markupsafe import Markup, escape

from guide.model import addresses
from guide.model.answers import From, HoursPerWeek
from guide.model.guide import Guide
from guide.model.inline import render_inline
from guide.model.problems import UnknownId
from guide.model.record import Known, Record
from guide.model.registry import answerable, kinds, macros
from guide.model.site import Site
from guide.reading import marks
from guide.reading.calls import TOKEN, Call, CallText
from guide.rendering import wording
from guide.rendering.marking import link_numbers, mark_language
from guide.rendering.reader_view import keep_content
from guide.rendering.templates import templates
from guide.rendering.terms import Term, mark_terms

_PIECES = re.compile(rf"(<p>{TOKEN.pattern}</p>|{TOKEN.pattern})")
_END_OF_TEXT = re.compile(
    r"\s*(?:</?(?:blockquote|dd|details|div|dl|dt|h[1-6]|li|ol|p|pre|section|summary|table|td|th|tr|ul)\b)"
)
"""Where a paragraph, or the text of a list item, ends."""
BLOCK = "block"
"""The part of a page that a call shows on its own line."""
Key = tuple[str, str]
"""Kind and id of a record."""


@dataclass
class PageRenderer:
    """Renders the macro calls of one page, numbers its citations, and remembers what it has shown.

    What it renders holds marks (`guide.reading.marks`) in place of addresses; `html` writes them as the page does.

    Attributes:
        guide: All records.
        page: The page, by its path in docs/; "" for a block by itself.
        language: Of the words that templates print.
        cited: Ids of the sources cited so far, in the order of their numbers.
        data_files: The files of the records that were shown.
        ids: Every id that links may lead to.
        places: Where each record stands: the id of its block, by its kind and id.
        records: Every record that a template was handed or asked for, by kind and id.
        components: Folders of the components whose templates it has filled.
        sources_heading: Id and words of the heading of the page's list of sources, once there is one.
    """

    guide: Guide
    page: str
    language: str = "en"
    cited: list[str] = field(default_factory=list)
    data_files: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    places: dict[Key, str] = field(default_factory=dict)
    records: set[Key] = field(default_factory=set)
    components: set[str] = field(default_factory=set)
    sources_heading: tuple[str, str] | None = None
    _ids: dict[str, int] = field(default_factory=dict)
    _held: list[str] | None = None

    # What templates call

    @property
    def words(self) -> dict[str, str]:
        """The words that templates print, by label id."""
        return self.guide.labels[self.language].words

    @property
    def names(self) -> dict[str, dict[str, str]]:
        """The shown names of values, by group and value."""
        return self.guide.labels[self.language].names

    def link(self, target: str) -> Markup:
        """Return what stands in the `href` of a link: a mark, in whose place each output writes its own address.

        Args:
            target: A page by its path in docs/, with or without an anchor; "#id" on the same page; a path of the site
                that begins with "/"; or an address with its scheme.
        """
        elsewhere = target.startswith(("/", "#")) or "://" in target or target.startswith(("mailto:", "tel:", "sms:"))
        return marks.link(target if elsewhere else addresses.site_path(target))

    def begin(self, part: str) -> Markup:
        """Mark the beginning of a part that isn't for every output.

        Args:
            part: "site", what only pages of the site show; "website", what its copy on a disk leaves out of that;
                "keeping", where the browser keeps something for readers who choose so; "screen", what says a thing
                twice without our style sheet; "unfound", what the search leaves out; "printed", what leads to handouts;
                "aids", controls and keys, which state nothing.
        """
        return marks.begin(part)

    def end(self, part: str) -> Markup:
        """Mark the end of it."""
        return marks.end(part)

    def blank(self, name: str) -> Markup:
        """Mark a place that each copy of a document fills in."""
        return marks.blank(name)

    def section(self) -> Markup:
        """Mark where a section begins: what stands before the first one is the page's lead."""
        return marks.begin("section") + marks.end("section")

    def html(self, marked: str) -> Markup:
        """Return HTML as this page writes it, without marks."""
        return marks.written(marked, self.site_link)

    def site_link(self, target: str) -> str:
        """Return the attributes of a link on this page of the site."""
        return marks.plain(self.site_address(target))

    def site_address(self, target: str) -> str:
        """Return the address of a link's target, from this page of the site."""
        return addresses.relative_link(self.page, target) if target.startswith("/") else target

    @property
    def _settings(self) -> Site | None:
        return self.guide.site

    @property
    def evidence_page(self) -> str | None:
        """The page that says how the guide rates evidence, by its path in docs/, unless this is that page."""
        site = self._settings
        return site.evidence_page if site and site.evidence_page != self.page else None

    def embed_link(self, name: str = "") -> str:
        """Return the link to where other sites learn to show a part; "" if no page tells them.

        Args:
            name: Kind and id of the part, such as "checklist/first-day"; left out, the page itself.
        """
        name = name or f"page/{addresses.page_id(self.page)}"
        site = self._settings
        return self.link(f"{site.embed_page}#{name}") if site and site.embed_page else ""

    def text(self, value: str) -> Markup:
        """Render a text field, in which an emergency number can be called or texted."""
        return Markup(self._numbers_linked(render_inline(value, self.link), page=False))  # noqa: S704

    @cached_property
    def _emergency(self) -> list[Any]:
        site, lines = self._settings, self.guide.records("helplines")
        return [lines[line] for line in site.emergency if line in lines] if site else []

    def _numbers_linked(self, html: str, *, page: bool) -> str:
        def dial(scheme: str, number: str, said: str, name: str) -> Markup:
            return self.render("dial.html.j2", None, None, scheme=scheme, number=number, said=said, name=name)

        return link_numbers(html, self._emergency, self.words, dial, page=page)

    def _languages_marked(self, html: str) -> str:
        cards = self.guide.records("care-cards").values()
        names = {card.title: card.lang for card in cards if card.lang and card.lang != self.language}
        return mark_language(
            html, names, lambda tag, name: self.render("foreign.html.j2", None, None, tag=tag, name=name)
        )

    def source_numbers(self, references: Iterable[str]) -> list[int]:
        """Return the numbers of references, the lowest first: their order of first use on the page."""
        numbers = set()
        for reference in references:
            self.record("references", reference)
            if reference not in self.cited:
                self.cited.append(reference)
            numbers.add(self.cited.index(reference) + 1)
        return sorted(numbers)

    def holds(self, references: Iterable[str]) -> bool:
        """Return whether sources wait for the end of their paragraph, where all of its sources stand in one group.

        Those of a call inside a sentence do; those of a block stand where its template cites them.
        """
        if self._held is None:
            return False
        for reference in references:
            self.record("references", reference)
            self._held.append(reference)
        return True

    def unique_id(self, wanted: str) -> str:
        """Return an HTML id that the page does not have yet, and remember it."""
        count = self._ids.get(wanted, 0) + 1
        self._ids[wanted] = count
        made = wanted if count == 1 else f"{wanted}-{count}"
        self.ids.add(made)
        return made

    def place(self, kind: str, record_id: str) -> str:
        """Return a unique id for the block of a record, and remember that the record stands there."""
        made = self.unique_id(f"{kinds()[kind].anchor}{record_id}")
        self.places.setdefault((kind, record_id), made)
        return made

    def day(self, value: Any) -> str:
        """Word a date."""
        return wording.day(value, self.names["months"], self.words)

    def month(self, value: Any) -> str:
        """Word the month of a date."""
        return wording.month(value, self.names["months"], self.words)

    # Blocks and pages

    def render(self, template: str, kind: str | None, record_id: str | None, **values: Any) -> Markup:
        """Fill a template; `kind` and `record_id` name the data file in the comment at its end."""
        self._note(values)
        filled = templates().get_template(template)
        self.components.add(Path(filled.filename or "").parent.name)
        html = filled.render(words=self.words, names=self.names, page=self, guide=self.guide, wording=wording, **values)
        if kind:
            html += f"<!-- {self.note_file(kind, record_id)} -->"
        return Markup(html)  # noqa: S704

    def page_html(self, html: str, text: CallText, ids: Iterable[str] = ()) -> str:
        """Put the HTML of a page's calls into it, explain the page's words, and list its sources at the end.

        In the text of the page, emergency numbers become links, and names in another language say which it is.

        Args:
            html: What Markdown made of the page, held against the allow-list, with tokens in place of its calls.
            text: What the tokens stand for.
            ids: Of its headings.

        Returns:
            HTML with marks. Its list of sources is the part "sources".

        Raises:
            TemplateError, UnknownId, TypeError, ValueError: a call is wrong; the checker words these with their line.
        """
        self.ids.update(ids)
        html = str(html).replace("<h2", f"{self.section()}<h2")
        html = self._languages_marked(self._numbers_linked(str(html), page=True))
        site = self._settings
        glossary = site.glossary_page if site and site.glossary_page != self.page else None
        terms: list[Term] = []
        if glossary:
            html, terms = mark_terms(html, (t for t in self.guide.records("glossary").values() if t.page != self.page))
            self.ids.update(f"use-{term.id}" for term in terms)
        html = self._with_calls(html, text)
        if self.cited:
            self.sources_heading = (self.sources_id(), self.words["sources"])
            self.ids.add(self.sources_heading[0])
            html += str(
                self.render(
                    "page-sources.html.j2",
                    None,
                    None,
                    heading=self.sources_heading,
                    sources=self.source_list(),
                    count=len(self.cited),
                )
            )
        if terms:
            html += str(self.render("words.html.j2", "glossary", None, terms=terms, glossary=glossary))
        return keep_content(html)

    def sources_id(self) -> str:
        """Return the id of the heading of the page's list of sources: one that nothing on the page has yet."""
        return unique(slugify(self.words.get("sources", ""), "-"), set(self.ids))

    def call(self, call: Call) -> Markup:
        """Return the HTML of one call."""
        return self.show(call.name, *call.args, **call.kwargs)

    def show(self, name: str, *args: Any, **kwargs: Any) -> Markup:
        """Return the HTML of a macro, by its name."""
        shown: Markup = macros()[name](self, *args, **kwargs)
        return shown

    def _with_calls(self, html: str, text: CallText) -> str:
        """Replace each token by the HTML of its call; in code, by the call as it was written."""
        written: list[str] = []
        held: list[str] = []
        depth = 0

        def write(piece: str, *, last: bool = False) -> None:
            """Add a piece, with the sources that wait for the end of their paragraph, if that ends in it."""
            edge = _END_OF_TEXT.search(piece) if held else None
            if edge or (held and last):
                end = edge.start() if edge else len(piece)
                written.append(piece[:end])
                # A line must not begin with the number of the source of the line above.
                while len(written) > 1 and not written[-1].strip():
                    written.pop()
                written[-1] = written[-1].rstrip()
                written.append(str(self.render("cite.html.j2", None, None, references=held.copy())))
                held.clear()
                piece = piece[end:]
            written.append(piece)

        for piece in _PIECES.split(html):
            token = TOKEN.search(piece)
            if not token:
                depth += piece.count("<code") - piece.count("</code>")
                write(piece)
                continue
            found = text.tokens[token[0]]
            if depth:
                written.append(piece.replace(token[0], escape(found.written)))
                continue
            if not isinstance(found, Call):
                raise ValueError(f"braces that are no call: {found.rest}")
            if macros()[found.name].block:
                # What stands in a block is the same on every page that shows it.
                written.append(f"{marks.begin(BLOCK)}{self.call(found)}{marks.end(BLOCK)}")
                continue
            self._held = held
            shown = str(self.call(found))
            self._held = None
            before, _, after = piece.partition(token[0])
            written.append(before + shown)
            write(after)
        write("", last=True)
        return "".join(written)

    def record(self, kind: str, record_id: str) -> Any:
        """Return a record, and remember its file.

        Raises:
            UnknownId: There is no such record.
        """
        records = self.guide.records(kind)
        if record_id not in records:
            raise UnknownId(kind, record_id, self.guide.names(kind))
        self.note_file(kind, record_id)
        self.records.add((kind, record_id))
        return records[record_id]

    def _note(self, value: Any) -> None:
        """Remember the records among what a template is handed."""
        if isinstance(value, Record):
            key = self.guide.key_of(value)
            if key:
                self.records.add(key)
        elif isinstance(value, dict | list | tuple):
            for inner in value.values() if isinstance(value, dict) else value:
                self._note(inner)

    def note_file(self, kind: str, record_id: str | None) -> str:
        """Remember the file of what is shown, and return it."""
        path = self._data_file(kind, record_id)
        if path not in self.data_files:
            self.data_files.append(path)
        return path

    def _data_file(self, kind: str, record_id: str | None) -> str:
        sources = self.guide.sources[kind]
        return (
            sources[record_id].path if record_id else next(iter(sources.values())).path if sources else f"data/{kind}"
        )

    def source_list(self) -> Markup:
        """List the sources cited so far, in the order of their numbers."""
        references = [self.guide.references[reference] for reference in self.cited]
        self.ids.update(f"source-{number}" for number in range(1, len(references) + 1))
        return self.render("sources.html.j2", None, None, references=references)

    def resolved(self, cell: Any) -> Any:
        """Follow a `from` cell to the statement it shows.

        Returns:
            Known or NotKnown, or a list of Evidence.
        """
        if not isinstance(cell, From):
            return cell
        kind, record_id, name = cell.source.split("/")
        record = self.record(kind, record_id)
        fields = answerable().get(kind, [])
        if name not in fields:
            raise UnknownId(f"the fields of {kind} that a cell can show", name, fields)
        value = getattr(record, name)
        if isinstance(value, HoursPerWeek):
            return Known(text=wording.hours_per_week(value, self.words), basis=value.basis, references=value.references)
        return value
