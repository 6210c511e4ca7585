"""Passages: the paragraphs, list items and headings of pages, and the texts and names of records.

They are what the rules on language look at: plain text, with the line on which each sentence stands.
"""

import dataclasses
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple, get_args

from markdown_it.token import Token
from pydantic import AfterValidator

from guide.model.guide import Guide, walk
from guide.model.inline import plain_text
from guide.model.problems import Place
from guide.model.record import Name, Record, Text
from guide.reading.calls import TOKEN, Call, CallText, read_calls

# None of these patterns backtracks far, whatever a page contains.
_END = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s+[\"'“‘(\[]?[A-Z0-9$]|\s*\n|\s*$)")
_END_IN_MARKDOWN = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]*_]*+(?:\s*+\{\{[^{}]*+\}\})*+(?=\s+[\"'“‘(\[*_]*[A-Z])")
_ABBREVIATION = re.compile(r"(?:^|[\s(\"“])(?:[A-Za-z]\.)*(?:[A-Za-z]|Dr|Mr|Mrs|Ms|St|No|vs|etc|cf)$")
_BREAKS = ("softbreak", "hardbreak")
_TEXT = (*_BREAKS, "text", "code_inline")
_MARKER = re.compile(r"[\s>]*+(?:(?:[-*+]|\d++[.)])\s++)?+")
"""What begins a quote or an item of a list."""
_LETTER = re.compile(r"\w")
# How many characters before a period are searched for an abbreviation.
_LOOK_BACK = 24
_MADE_UP = re.compile(r"\bmade[ -]up\b|\binvented\b", re.IGNORECASE)

CITE = "cite"
"""The macro that cites a source for the statement before it."""
RUNNING_TEXT = ("paragraph", "item", "quote")
"""The roles of the running text of pages."""

_offsets = partial(array, "I")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence."""

    text: str
    start: int
    """The position in its passage at which it begins."""

    @property
    def words(self) -> list[str]:
        """Its words, with adjoining punctuation."""
        return [word for word in self.text.split() if _LETTER.search(word)]


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of text, as a reader sees it: without markup and without macro calls.

    Attributes:
        text: The text. A line break in it is one in the file.
        path: The file, relative to the project.
        line: The line on which it begins.
        role: paragraph, item, quote or heading on a page; text or name in a record.
        cited: Whether a source is cited for it.
        citable: Whether one can be, where it stands.
        numbered: Whether it is an item of a numbered list, such as a step.
        made_up: Whether it says that its numbers are an example.
        links: The beginnings and ends of the words of links.
        uncovered: Where text begins that stands after a citation, and so isn't what its source was cited for.
        kind: The kind of its record, or "" on a page.
        field: The field of its record, or "" on a page.
    """

    text: str
    path: str
    line: int
    role: str
    cited: bool = False
    citable: bool = True
    numbered: bool = False
    made_up: bool = False
    links: tuple[tuple[int, int], ...] = ()
    uncovered: tuple[int, ...] = ()
    kind: str = ""
    field: str = ""
    # The ends of its sentences, once they are known. The sentences aren't stored: those of 1,000 pages take 15 MB.
    _known_ends: "array[int]" = dataclasses.field(default_factory=_offsets, init=False, repr=False, compare=False)

    def place(self, offset: int = 0) -> Place:
        """Return the line of the file that contains a position of the text."""
        return Place(self.path, self.line + self.text.count("\n", 0, offset))

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences. A text without a period is one sentence."""
        ends = self._ends
        sentences = [_sentence(self.text, start, end) for start, end in zip((0, *ends), ends, strict=False)]
        return [sentence for sentence in sentences if _LETTER.search(sentence.text)]

    @property
    def _ends(self) -> "array[int]":
        if not self._known_ends:
            start = 0
            for end in _END.finditer(self.text):
                if self.text[end.start()] != "." or not _ends_in_abbreviation(self.text, start, end.start()):
                    start = end.end()
                    self._known_ends.append(start)
            self._known_ends.append(len(self.text))
        return self._known_ends


def _ends_in_abbreviation(text: str, start: int, end: int) -> bool:
    """Return whether a part of a text ends in an abbreviation that has a period of its own."""
    return bool(_ABBREVIATION.search(text[max(start, end - _LOOK_BACK) : end]))


def _sentence(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    return Sentence(piece.strip(), start + len(piece) - len(piece.lstrip()))


def ends_of_sentences(paragraph: str) -> list[int]:
    """Return the ends of the sentences in a paragraph of Markdown: after their citations, and never inside markup."""
    ends, start = [], 0
    for end in _END_IN_MARKDOWN.finditer(paragraph):
        before = paragraph[: end.end()]
        if paragraph[end.start()] == "." and _ends_in_abbreviation(paragraph, start, end.start()):
            continue
        inside = before.count("`") % 2 or before.count('"') % 2
        if not inside and before.count("[") == before.count("]") and before.count("{{") == before.count("}}"):
            ends.append(end.end())
            start = end.end()
    return ends


def sentence_with(line: str, written: str) -> str:
    """Return the sentence of a line of Markdown that contains a call, as plain text.

    Args:
        line: The line.
        written: The call, as it stands there.

    Returns:
        The sentence without its citations, and with "..." for each other call: "Call ..., day and night."
    """
    position, start = line.index(written), 0
    for end in [*ends_of_sentences(line), len(line)]:
        if position < end:
            break
        start = end
    text = read_calls(_MARKER.sub("", line[start:end], count=1))
    calls = {
        token: "" if isinstance(call, Call) and call.name == CITE else "..." for token, call in text.tokens.items()
    }
    return plain_text(TOKEN.sub(lambda match: calls[match[0]], text.text)).strip()


def page_passages(path: str, tokens: list[Token], first_line: int, calls: CallText) -> Iterator[Passage]:
    """Return the passages of a page.

    A list item is cited if the paragraph before the list is and ends in a colon. It is made up if that paragraph is.

    Args:
        path: The file's path as messages show it.
        tokens: markdown-it's tokens of the body.
        first_line: The line of the file on which the body begins.
        calls: The calls in the body.
    """
    open_blocks: list[str] = []
    leads: list[Passage | None] = []
    last: Passage | None = None
    for token in tokens:
        if token.nesting > 0:
            if token.type.endswith("_list_open"):
                leads.append(last)
            open_blocks.append(token.type)
        elif token.nesting < 0:
            open_blocks.pop()
            if token.type.endswith("_list_close"):
                leads.pop()
                last = None
        if token.type != "inline":
            continue
        inline = _inline_text(token.children or [], calls)
        text, names = inline.text, inline.names
        lead = leads[-1] if leads else None
        role = _role_on_page(open_blocks)
        passage = Passage(
            text,
            path,
            (token.map[0] if token.map else 0) + first_line,
            role,
            cited=bool(names & {CITE, "figure"}) or bool(lead and lead.cited and lead.text.rstrip().endswith(":")),
            numbered="ordered_list_open" in open_blocks,
            made_up=bool(_MADE_UP.search(text)) or bool(lead and lead.made_up),
            links=tuple(inline.links),
            uncovered=tuple(inline.uncovered),
        )
        last = None if role == "heading" else passage
        if text.strip():
            yield passage


def _role_on_page(open_blocks: list[str]) -> str:
    if "heading_open" in open_blocks:
        return "heading"
    if "blockquote_open" in open_blocks:
        return "quote"
    return "item" if "list_item_open" in open_blocks else "paragraph"


@dataclass
class _InlineText:
    """The text of a paragraph without its calls.

    Attributes:
        text: The text.
        names: The names of the calls.
        links: The beginnings and ends of the words of links.
        uncovered: Where text begins that stands after a citation: a word, a picture, or what another call prints.
    """

    text: str = ""
    names: set[str] = dataclasses.field(default_factory=set)
    links: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    uncovered: list[int] = dataclasses.field(default_factory=list)
    _after_citation: bool = False

    def add(self, text: str) -> None:
        """Add text without calls."""
        word = _LETTER.search(text) if self._after_citation else None
        if word:
            self.show(word.start())
        self.text += text

    def show(self, ahead: int = 0) -> None:
        """Note that readers see something at the end of the text, or so many characters ahead of it."""
        if self._after_citation:
            self.uncovered.append(len(self.text) + ahead)
            self._after_citation = False

    def call(self, name: str) -> None:
        """Note a call at the end of the text."""
        self.names.add(name)
        if name == CITE:
            self._after_citation = True
        else:
            self.show()


def _inline_text(children: Iterable[Token], calls: CallText) -> _InlineText:
    """Return the text of a paragraph without its calls, and what stands where in it."""
    inline, begin = _InlineText(), 0
    for child in children:
        if child.type in _BREAKS:
            inline.add("\n")
        elif child.type in _TEXT:
            position = 0
            for token in TOKEN.finditer(child.content):
                inline.add(child.content[position : token.start()])
                position = token.end()
                written = calls.tokens[token[0]]
                if isinstance(written, Call) and child.type != "code_inline":
                    inline.call(written.name)
            inline.add(child.content[position:])
        elif child.type == "image":
            inline.show()
        elif child.type == "link_open":
            begin = len(inline.text)
        elif child.type == "link_close":
            inline.links.append((begin, len(inline.text)))
    return inline


def record_passages(guide: Guide) -> Iterator[Passage]:
    """Return the texts and names of all valid records, which their models tell apart."""
    for kind, record_id, _ in guide.written():
        record = guide.records(kind).get(record_id)
        if record is not None:
            for path, value, role, around in _texts(record, (), _Around()):
                place = guide.place(kind, record_id, *path)
                text = plain_text(value)
                yield Passage(
                    text,
                    place.path,
                    place.line,
                    role,
                    cited=around.cited,
                    citable=around.citable,
                    made_up=around.made_up or bool(_MADE_UP.search(text)),
                    kind=kind,
                    field=str(next(step for step in reversed(path) if isinstance(step, str))),
                )


class _Around(NamedTuple):
    """What the records around a text say for it.

    Attributes:
        cited: Whether one of them cites a source.
        citable: Whether one of them has a field for sources.
        made_up: Whether one of them that it is a part of says that its numbers are an example.
    """

    cited: bool = False
    citable: bool = False
    made_up: bool = False


def _texts(record: Record, path: tuple[str | int, ...], around: _Around) -> Iterator[tuple[Any, str, str, _Around]]:
    """Return the path, text and role of each text and name of a record, with what the records around it say for it.

    Args:
        record: A record, or a part of one.
        path: Its path in the record.
        around: What the records around it say.
    """
    own = [getattr(record, name) for name, role in text_roles(type(record)).items() if role == "text"]
    around = around._replace(
        cited=around.cited or bool(getattr(record, "references", None)),
        citable=around.citable or "references" in type(record).model_fields,
    )
    for name, role in text_roles(type(record)).items():
        value = getattr(record, name)
        if role:
            for inner, text in walk(value, (*path, name)):
                yield inner, text, role, around
        else:
            made_up = around.made_up or any(isinstance(text, str) and _MADE_UP.search(text) for text in own)
            for inner_path, inner_record in inner_records(value, (*path, name)):
                yield from _texts(inner_record, inner_path, around._replace(made_up=bool(made_up)))


def inner_records(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Record]]:
    """Return the nearest records in a value, each with its path."""
    if isinstance(value, Record):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from inner_records(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from inner_records(inner, (*path, index))


@cache
def text_roles(model: type[Record]) -> dict[str, str]:
    """Return "text" for each field of a model that contains texts, "name" for names, and "" for anything else."""
    roles = {}
    for name, field in model.model_fields.items():
        annotations = [field.annotation, *field.metadata]
        roles[name] = "text" if _contains(Text, annotations) else "name" if _contains(Name, annotations) else ""
    return roles


def _contains(text_type: Any, annotations: Iterable[Any]) -> bool:
    """Return whether a text type, known by its validators, is anywhere in the annotations of a field."""
    validators = [mark for mark in text_type.__metadata__ if isinstance(mark, AfterValidator)]
    return any(
        part in validators if isinstance(part, AfterValidator) else _contains(text_type, get_args(part))
        for part in annotations
    )
