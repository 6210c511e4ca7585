"""Records to HTML. Knows Jinja, not the site's engine."""

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.meta import find_referenced_templates
from markdown.extensions.toc import slugify, unique
from markupsafe import Markup, escape

from guide.model import addresses
from guide.model.care import Helpline
from guide.model.comparison import SHOWABLE, From
from guide.model.guide import Guide
from guide.model.inline import plain_text, render_inline
from guide.model.kinds import KINDS
from guide.model.level import HoursPerWeek
from guide.model.lists import Term
from guide.model.problems import UnknownId
from guide.model.reads import note_read
from guide.model.record import Known, Record
from guide.model.schedule import WEEKDAYS
from guide.model.site import Site
from guide.reading import marks
from guide.reading.calls import TOKEN, Call, CallText
from guide.rendering import alphabet, charts, manual, status, wording
from guide.rendering.assets import cached_from_theme
from guide.rendering.marking import link_numbers, mark_language
from guide.rendering.reader_view import keep_content
from guide.rendering.terms import mark_terms

STATUS = "api/v1/status.json"
TEMPLATE = "template"
"""What reads of templates are noted as; the id is the path of the file."""
SHOWS = {"sources": "references", "preferred_words": "language"}
"""Macros that show all of a kind, and are not named after it."""
_PIECES = re.compile(rf"(<p>{TOKEN.pattern}</p>|{TOKEN.pattern})")
Key = tuple[str, str]
"""Kind and id of a record."""


@dataclass(frozen=True)
class Macro:
    """One call that pages may make.

    `kind` is the kind of record its first argument names; `choices` gives the values allowed for it where that is
    not a record's id; `block` tells whether the call stands alone on its line.
    """

    name: str
    function: Callable[..., Any]
    kind: str | None
    choices: Callable[[Guide], set[str]] | None
    block: bool

    @property
    def signature(self) -> inspect.Signature:
        """What the call takes, without `self`."""
        parameters = list(inspect.signature(self.function).parameters.values())[1:]
        return inspect.Signature(parameters)


MACROS: dict[str, Macro] = {}


def macro(
    kind: str | None = None, *, choices: Callable[[Guide], set[str]] | None = None, block: bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Offer a method of `PageRenderer` to pages."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        MACROS[function.__name__] = Macro(function.__name__, function, kind, choices, block)
        return function

    return register


class _Templates(Environment):
    """Notes which templates are filled, those that a template imports too."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._names: dict[str, set[str]] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
        tree = super()._parse(source, name, filename)
        self._names[name or ""] = {each for each in find_referenced_templates(tree) if each}
        return tree

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002
        """Return a template, and note that it is read."""
        template = super().get_template(name, parent, globals)
        note_read(TEMPLATE, template.filename)
        # Jinja imports a template once for all that import it: what that one imports in turn would be noted once only.
        for inner in self._names.get(template.name or "", ()):
            self.get_template(inner)
        return template


@cached_from_theme
def _templates() -> Environment:
    environment = _Templates(
        loader=FileSystemLoader(Path(__file__).parents[1] / "theme" / "parts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["plain"] = plain_text
    return environment


def _grounds(cells: list[Any]) -> list[str]:
    """Return what answers rest on, each once, in the order of wording.GROUNDS."""
    found: set[str] = set()
    for cell in cells:
        for answer in cell if isinstance(cell, list) else [cell]:
            if getattr(answer, "certainty", None):
                found.add("not-rated" if answer.certainty == "not-rated" else "certainty")
            elif isinstance(answer, Known) and answer.basis:
                found.add(answer.basis)
    return [ground for ground in wording.GROUNDS if ground in found]


@dataclass
class PageRenderer:
    """Renders the macro calls of one page, numbers its citations, keeps its ids unique, and remembers what it has shown.

    What it renders holds marks (`guide.reading.marks`) in place of addresses; `html` writes them as the page does.

    Attributes:
        guide: All records.
        page: The page, by its path in docs/; "" for a block by itself.
        language: Of the words that templates print.
        cited: Ids of the sources cited so far, in the order of their numbers.
        data_files: The files of the records that were shown.
        figures: Ids of the figures that were printed.
        ids: Every id that links may lead to.
        places: Where each record stands: the id of its block, by its kind and id.
        records: Every record that a template was handed or asked for, by kind and id.
        sources_heading: Id and words of the heading of the page's list of sources, once there is one.
    """

    guide: Guide
    page: str
    language: str = "en"
    cited: list[str] = field(default_factory=list)
    data_files: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    places: dict[Key, str] = field(default_factory=dict)
    records: set[Key] = field(default_factory=set)
    sources_heading: tuple[str, str] | None = None
    _ids: dict[str, int] = field(default_factory=dict)

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
            target: A page by its path in docs/, with or without an anchor; "#id" on the same page; a path of the site that
                begins with "/"; or an address with its scheme.
        """
        elsewhere = target.startswith(("/", "#")) or "://" in target or target.startswith(("mailto:", "tel:", "sms:"))
        return marks.link(target if elsewhere else addresses.site_path(target))

    def begin(self, part: str) -> Markup:
        """Mark the beginning of a part that isn't for every output.

        Args:
            part: "site", what only pages of the site show; "screen", what says a thing twice without our style sheet;
                "unfound", what the search leaves out.
        """
        return marks.begin(part)

    def end(self, part: str) -> Markup:
        """Mark the end of it."""
        return marks.end(part)

    def blank(self, name: str) -> Markup:
        """Mark a place that each copy of a document fills in."""
        return marks.blank(name)

    def html(self, marked: str) -> Markup:
        """Return HTML as this page writes it, without marks."""
        return marks.written(marked, self.site_link)

    def site_link(self, target: str) -> str:
        """Return the attributes of a link on this page of the site."""
        address = addresses.relative_link(self.page, target) if target.startswith("/") else target
        return marks.plain(address)

    @property
    def _settings(self) -> Site | None:
        return next(iter(self.guide.site.values()), None)

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
    def _emergency(self) -> list[Helpline]:
        site = self._settings
        return [self.guide.helplines[line] for line in site.emergency if line in self.guide.helplines] if site else []

    def _numbers_linked(self, html: str, *, page: bool) -> str:
        def dial(scheme: str, number: str, said: str, name: str) -> Markup:
            return self.render("dial.html.j2", None, None, scheme=scheme, number=number, said=said, name=name)

        return link_numbers(html, self._emergency, self.words, dial, page=page)

    def _languages_marked(self, html: str) -> str:
        cards = self.guide.care_cards.values()
        names = {card.title: card.lang for card in cards if card.lang and card.lang != self.language}
        return mark_language(
            html, names, lambda tag, name: self.render("foreign.html.j2", None, None, tag=tag, name=name)
        )

    def source_numbers(self, references: Iterable[str]) -> list[tuple[int, str]]:
        """Number references in the order of their first use on the page, with the id of each."""
        numbered = []
        for reference in references:
            self._get("references", reference)
            if reference not in self.cited:
                self.cited.append(reference)
            numbered.append((self.cited.index(reference) + 1, reference))
        return numbered

    def unique_id(self, wanted: str) -> str:
        """Return an HTML id that the page does not have yet, and remember it."""
        count = self._ids.get(wanted, 0) + 1
        self._ids[wanted] = count
        made = wanted if count == 1 else f"{wanted}-{count}"
        self.ids.add(made)
        return made

    def place(self, wanted: str, kind: str, record_id: str) -> str:
        """Return a unique id for the block of a record, and remember that the record stands there."""
        made = self.unique_id(wanted)
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
        html = (
            _templates()
            .get_template(template)
            .render(words=self.words, names=self.names, page=self, guide=self.guide, wording=wording, **values)
        )
        if kind:
            html += f"<!-- {self._note_file(kind, record_id)} -->"
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
        html = self._languages_marked(self._numbers_linked(str(html), page=True))
        site = self._settings
        glossary = site.glossary_page if site and site.glossary_page != self.page else None
        terms: list[Term] = []
        if glossary:
            html, terms = mark_terms(html, (t for t in self.guide.glossary.values() if t.page != self.page))
            self.ids.update(f"use-{term.id}" for term in terms)
        html = self._with_calls(html, text)
        if self.cited:
            self.sources_heading = (self.sources_id(), self.words["sources"])
            self.ids.add(self.sources_heading[0])
            html += str(
                self.render(
                    "page-sources.html.j2", None, None, heading=self.sources_heading, sources=self.source_list()
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
        shown: Markup = MACROS[call.name].function(self, *call.args, **call.kwargs)
        return shown

    def _with_calls(self, html: str, text: CallText) -> str:
        """Replace each token by the HTML of its call; in code, by the call as it was written."""
        written: list[str] = []
        depth = 0
        for piece in _PIECES.split(html):
            token = TOKEN.search(piece)
            if not token:
                depth += piece.count("<code") - piece.count("</code>")
                written.append(piece)
                continue
            found = text.tokens[token[0]]
            if depth:
                written.append(piece.replace(token[0], escape(found.written)))
                continue
            if not isinstance(found, Call):
                raise ValueError(f"braces that are no call: {found.rest}")
            shown = str(self.call(found))
            if found.name == "cite":
                # A line must not begin with the number of the source of the line above.
                written[-1] = written[-1].rstrip(" ")
            written.append(shown if MACROS[found.name].block else piece.replace(token[0], shown))
        return "".join(written)

    def _get(self, kind: str, record_id: str) -> Any:
        records = self.guide.records(kind)
        if record_id not in records:
            raise UnknownId(kind, record_id, self.guide.names(kind))
        self._note_file(kind, record_id)
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

    def _note_file(self, kind: str, record_id: str | None) -> str:
        """Remember the file of what is shown, and give it."""
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
        return self.render("sources.html.j2", None, None, references=references)

    def resolved(self, cell: Any) -> Any:
        """Follow a `from` cell to the statement it shows.

        Returns:
            Known or NotKnown, or a list of Evidence.
        """
        if not isinstance(cell, From):
            return cell
        kind, record_id, name = cell.source.split("/")
        record = self._get(kind, record_id)
        if name not in SHOWABLE.get(kind, ()):
            raise UnknownId(f"the fields of {kind} that a cell can show", name, SHOWABLE.get(kind, ()))
        value = getattr(record, name)
        if isinstance(value, HoursPerWeek):
            return Known(text=wording.hours_per_week(value, self.words), basis=value.basis, references=value.references)
        return value

    # The macros

    @macro("comparisons")
    def comparison_table(self, comparison_id: str, options: list[str] | None = None) -> Markup:
        """Show a comparison, or some of its columns.

        Args:
            comparison_id: A record of data/comparisons/.
            options: Ids of the columns to show, in the order of the record; all when left out.
        """
        comparison = self._get("comparisons", comparison_id)
        known = [option.id for option in comparison.options]
        for option in options or []:
            if option not in known:
                raise UnknownId(f"the options of {comparison_id}", option, known)
        shown = [option for option in comparison.options if not options or option.id in options]
        cells = [self.resolved(row.cells[option.id]) for row in comparison.rows for option in shown]
        return self.render(
            "comparison.html.j2",
            "comparisons",
            comparison_id,
            comparison=comparison,
            options=shown,
            grounds=_grounds(cells),
        )

    @macro("checklists")
    def checklist(self, checklist_id: str) -> Markup:
        """Show a checklist with boxes to tick, on screen and on paper.

        Args:
            checklist_id: A record of data/checklists/.
        """
        record = self._get("checklists", checklist_id)
        return self.render("checklist.html.j2", "checklists", checklist_id, checklist=record)

    @macro("therapies")
    def therapy(self, therapy_id: str) -> Markup:
        """Show the fact box of a therapy.

        Args:
            therapy_id: A record of data/therapies/.
        """
        record = self._get("therapies", therapy_id)
        return self.render("therapy.html.j2", "therapies", therapy_id, therapy=record)

    @macro(choices=lambda guide: {record.family for record in guide.therapies.values()})
    def therapies(self, family: str | None = None) -> Markup:
        """Show a table of the therapies of a family.

        Args:
            family: A family, such as one of those named in data/labels/; all when left out.
        """
        families = {record.family for record in self.guide.therapies.values()}
        if family is not None and family not in families:
            raise UnknownId("the families of therapies", family, families)
        groups = [
            (name, sorted((t for t in self.guide.therapies.values() if t.family == name), key=lambda t: t.name))
            for name in self.names["families"]
            if family in (None, name)
        ]
        shown = [therapy.id for _, group in groups for therapy in group]
        first = next(iter(shown), None)
        for therapy in shown:
            self._note_file("therapies", therapy)
        return self.render(
            "therapies.html.j2", "therapies", first, groups=[(name, group) for name, group in groups if group]
        )

    @macro(choices=lambda guide: {"routine", "available", "early", "research"})
    def technologies(self, maturity: str | None = None) -> Markup:
        """Show technologies with their maturity, evidence and regulator's position.

        Args:
            maturity: routine, available, early or research; all when left out.
        """
        known = ["routine", "available", "early", "research"]
        if maturity is not None and maturity not in known:
            raise UnknownId("the maturities of technologies", maturity, known)
        shown = sorted(
            (t for t in self.guide.technologies.values() if maturity in (None, t.maturity)),
            key=lambda t: (known.index(t.maturity), t.name),
        )
        first = shown[0].id if shown else None
        for technology in shown:
            self._note_file("technologies", technology.id)
        return self.render("technologies.html.j2", "technologies", first, technologies=shown)

    @macro()
    def timeline(self) -> Markup:
        """Show the timeline, oldest event first."""
        return self.render("timeline.html.j2", "timeline", None, events=list(self.guide.timeline.values()))

    @macro("schedules")
    def schedule(self, schedule_id: str) -> Markup:
        """Show a sample week as a timetable.

        Args:
            schedule_id: A record of data/schedules/.
        """
        record = self._get("schedules", schedule_id)
        days = [
            (day, sorted((s for s in record.sessions if s.day == day), key=lambda s: s.start_minute))
            for day in WEEKDAYS
        ]
        return self.render(
            "schedule.html.j2",
            "schedules",
            schedule_id,
            schedule=record,
            days=[(day, sessions) for day, sessions in days if sessions],
            picture=charts.week(record),
        )

    @macro("charts")
    def chart(self, chart_id: str) -> Markup:
        """Show a picture drawn from data, with its numbers in text.

        Args:
            chart_id: A record of data/charts/.
        """
        record = self._get("charts", chart_id)
        values: dict[str, Any] = {"chart": record}
        if record.kind in ("ladder", "hours"):
            levels = sorted((self._get("levels", level) for level in record.levels), key=lambda level: level.step)
            values["levels"] = levels
            values["picture"] = charts.hours(levels) if record.kind == "hours" else None
        elif record.kind == "certainty":
            values["rows"] = [self._get("therapies", therapy) for therapy in record.therapies]
        return self.render(f"chart-{record.kind}.html.j2", "charts", chart_id, **values)

    @macro(choices=lambda guide: {group for line in guide.helplines.values() for group in line.groups})
    def helplines(self, group: str) -> Markup:
        """Show phone, text and chat services of a group.

        Args:
            group: A group, such as one of those named in data/labels/.
        """
        groups = {name for line in self.guide.helplines.values() for name in line.groups}
        if group not in groups:
            raise UnknownId("the groups of helplines", group, groups)
        shown = [line for line in self.guide.helplines.values() if group in line.groups]
        return self.render("helplines.html.j2", "helplines", None, helplines=shown, group=group)

    @macro("care-cards")
    def care_card(self, care_card_id: str) -> Markup:
        """Show what to do now.

        Args:
            care_card_id: A record of data/care-cards/.
        """
        record = self._get("care-cards", care_card_id)
        lines = [self._get("helplines", line) for line in record.helplines]
        return self.render("care-card.html.j2", "care-cards", care_card_id, card=record, helplines=lines)

    @macro()
    def glossary(self) -> Markup:
        """Show every term of the glossary, by letter, and lead from its other names to it."""
        terms = alphabet.by_letter((term.term, term) for term in self.guide.glossary.values())
        others = alphabet.by_letter(
            (name, (name, term))
            for term in self.guide.glossary.values()
            for name in term.also
            if alphabet.stands_apart(name, term.term)
        )
        letters = alphabet.letters(terms, others)
        return self.render("glossary.html.j2", "glossary", None, letters=letters, terms=terms, others=others)

    @macro(choices=lambda guide: {question.topic for question in guide.questions.values()})
    def questions(self, topic: str | None = None) -> Markup:
        """Show questions with their answers.

        Args:
            topic: A topic, such as one of those named in data/labels/; all when left out.
        """
        topics = {question.topic for question in self.guide.questions.values()}
        if topic is not None and topic not in topics:
            raise UnknownId("the topics of questions", topic, topics)
        shown = [question for question in self.guide.questions.values() if topic in (None, question.topic)]
        return self.render("questions.html.j2", "questions", None, questions=shown)

    @macro()
    def question_list(self) -> Markup:
        """List every question, as links to where the answers stand."""
        site = self._settings
        answers = site.questions_page if site and site.questions_page != self.page else ""
        listed = self.guide.questions.values()
        return self.render("question-list.html.j2", "questions", None, questions=listed, answers=answers)

    @macro("figures", block=False)
    def figure(self, figure_id: str) -> Markup:
        """Print a number with its unit and its source, inside a sentence.

        Args:
            figure_id: A record of data/figures.yaml.
        """
        record = self._get("figures", figure_id)
        self.figures.append(figure_id)
        return self.render("figure.html.j2", None, None, figure=record, shown=wording.quantity(record, self.words))

    @macro("helplines", block=False)
    def phone(self, helpline_id: str) -> Markup:
        """Print the number of a helpline inside a sentence, or its site if it has no number.

        Args:
            helpline_id: A record of data/helplines.yaml.
        """
        return self.render("phone.html.j2", None, None, line=self._get("helplines", helpline_id))

    @macro("references", block=False)
    def cite(self, *reference_ids: str) -> Markup:
        """Print the number of a source, straight after the statement that it supports.

        Args:
            reference_ids: One or more records of data/references.yaml.
        """
        if not reference_ids:
            raise TypeError("cite() needs the id of a source")
        return self.render("cite.html.j2", None, None, references=list(reference_ids))

    @macro()
    def sources(self) -> Markup:
        """Show every source of the guide, by title."""
        small = self.words["passed-over"].split()
        titles = ((alphabet.without(small, each.title), each) for each in self.guide.references.values())
        return self.render("all-sources.html.j2", "references", None, letters=alphabet.by_letter(titles))

    # What contributors look up

    @macro()
    def preferred_words(self) -> Markup:
        """Show what to write in place of words to avoid."""
        return self.render("preferred-words.html.j2", "language", None, entries=list(self.guide.language.values()))

    @macro()
    def macro_reference(self) -> Markup:
        """Show every macro, with an example from this guide."""
        entries = [self._manual_entry(entry) for entry in MACROS.values()]
        return self.render("macro-reference.html.j2", None, None, entries=entries)

    def _manual_entry(self, entry: Macro) -> manual.MacroEntry:
        shows, takes = manual.described(entry.function)
        arguments = self._example(entry)
        html = "" if arguments is None else entry.function(replace(self._shortened(entry), places={}), *arguments)
        of = entry.kind or SHOWS.get(entry.name, entry.name if entry.name in KINDS else "")
        call = manual.written_call(entry.name, arguments or ())
        place = manual.place(KINDS[of]) if of else ""
        return manual.MacroEntry(entry.name, shows, takes, call, Markup(html), place)

    def _example(self, entry: Macro) -> tuple[str, ...] | None:
        """Choose what to show a macro with: what is shortest; None if there is nothing, or if it shows all there is."""
        if entry.name in ("macro_reference", "field_reference", "status", "question_list"):
            return None
        records = self.guide.records(entry.kind or SHOWS.get(entry.name, entry.name))
        if entry.kind:
            guarded = {card for site in self.guide.site.values() if site.leave for card in site.leave.cards}
            found = manual.smallest(manual.telling(records, guarded, self.words))
        elif entry.choices:
            found = manual.rarest(entry.choices(self.guide), records)
        else:
            return ()
        return (found,) if found else None

    def _shortened(self, entry: Macro) -> "PageRenderer":
        """Give this renderer with the first few entries of what a macro would show whole."""
        if entry.kind or entry.choices:
            return self
        kind = SHOWS.get(entry.name, entry.name)
        few: dict[str, Any] = {kind: dict(list(self.guide.records(kind).items())[:3])}
        return replace(self, guide=replace(self.guide, **few))

    @macro()
    def field_reference(self) -> Markup:
        """Show every key of every kind of record, and what it takes."""
        return self.render("field-reference.html.j2", None, None, **manual.field_reference())

    @macro()
    def status(self) -> Markup:
        """Show when the sources of each page and record were checked, how sure it is, and what nobody knows."""
        groups = status.groups(self.guide, self.language)
        return self.render(
            "status.html.j2",
            None,
            None,
            groups=groups,
            due=status.due_months(groups),
            languages=sorted(self.guide.labels),
            read_by=Counter(reference.read for reference in self.guide.references.values()),
            file=self.link("/" + STATUS),
        )
