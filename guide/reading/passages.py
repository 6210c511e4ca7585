"""What readers read, piece by piece: the paragraphs and list items of pages, the texts and names of records."""

import dataclasses
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, get_args

from markdown_it.token import Token
from pydantic import AfterValidator

from guide.model.guide import Guide, walk
from guide.model.inline import plain_text
from guide.model.problems import Place
from guide.model.record import Name, Record, Text
from guide.reading.calls import TOKEN, Call, CallText

# None of these looks at a letter more than a few times, whatever a page holds.
_END = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s+[\"'“‘(\[]?[A-Z0-9$]|\s*\n|\s*$)")
_END_IN_MARKDOWN = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]*_]*+(?:\s*+\{\{[^{}]*+\}\})*+(?=\s+[\"'“‘(\[*_]*[A-Z])")
_SHORT = re.compile(r"(?:^|[\s(\"“])(?:[A-Za-z]\.)*(?:[A-Za-z]|Dr|Mr|Mrs|Ms|St|No|vs|etc|cf)$")
_BREAKS = ("softbreak", "hardbreak")
_TEXT = (*_BREAKS, "text", "code_inline")
_LETTER = re.compile(r"\w")
# The longest short form that is looked for before a full stop.
_LOOK_BACK = 24
_MADE_UP = re.compile(r"\bmade[ -]up\b|\binvented\b", re.IGNORECASE)

READ = ("paragraph", "item", "quote")
"""The roles of a page's running text."""

_offsets = partial(array, "I")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it begins in its passage."""

    text: str
    start: int

    @property
    def words(self) -> list[str]:
        """Its words, with the punctuation that touches them."""
        return [word for word in self.text.split() if _LETTER.search(word)]


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of text, as a reader sees it: without markup and without macro calls.

    `role` is paragraph, item, quote or heading for a page, text or name for a record. `cited` tells whether a source
    is named for it. `made_up` tells whether it says that its numbers are an example. `links` are the beginnings and
    ends of the words of links. A line break in `text` is one in the file. `kind` and `field` say where in the data it
    stands.
    """

    text: str
    path: str
    line: int
    role: str
    cited: bool = False
    made_up: bool = False
    links: tuple[tuple[int, int], ...] = ()
    kind: str = ""
    field: str = ""
    # Where its sentences end, once that was asked. They themselves are not kept: those of 1,000 pages take 15 MB.
    _known_ends: "array[int]" = dataclasses.field(default_factory=_offsets, init=False, repr=False, compare=False)

    def place(self, offset: int = 0) -> Place:
        """Give the line of the file on which a letter of the text stands."""
        return Place(self.path, self.line + self.text.count("\n", 0, offset))

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences; a piece without a full stop is one as well."""
        ends = self._ends
        found = [_sentence(self.text, start, end) for start, end in zip((0, *ends), ends, strict=False)]
        return [sentence for sentence in found if _LETTER.search(sentence.text)]

    @property
    def _ends(self) -> "array[int]":
        if not self._known_ends:
            start = 0
            for end in _END.finditer(self.text):
                if self.text[end.start()] != "." or not _ends_in_short(self.text, start, end.start()):
                    start = end.end()
                    self._known_ends.append(start)
            self._known_ends.append(len(self.text))
        return self._known_ends


def _ends_in_short(text: str, start: int, end: int) -> bool:
    """Tell whether a piece of a text ends in a short form that has a full stop of its own."""
    return bool(_SHORT.search(text[max(start, end - _LOOK_BACK) : end]))


def _sentence(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    return Sentence(piece.strip(), start + len(piece) - len(piece.lstrip()))


def ends_of_sentences(paragraph: str) -> list[int]:
    """Find where the sentences of a paragraph of Markdown end, each with the citations after it; not inside markup."""
    found, start = [], 0
    for end in _END_IN_MARKDOWN.finditer(paragraph):
        before = paragraph[: end.end()]
        if paragraph[end.start()] == "." and _ends_in_short(paragraph, start, end.start()):
            continue
        inside = before.count("`") % 2 or before.count('"') % 2
        if not inside and before.count("[") == before.count("]") and before.count("{{") == before.count("}}"):
            found.append(end.end())
            start = end.end()
    return found


def page_passages(path: str, tokens: list[Token], first_line: int, written: CallText) -> Iterator[Passage]:
    """Read the passages of a page from its Markdown.

    The items of a list have the source of the paragraph that leads to it, if that ends in a colon; and they are made
    up if it says so.

    Args:
        path: The file, as problems name it.
        tokens: Its body, as markdown-it reads it.
        first_line: The line of the file on which the body begins.
        written: What the tokens in the body stand for.
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
        text, calls, links = _written(token.children or [], written)
        lead = leads[-1] if leads else None
        role = _role_on_page(open_blocks)
        passage = Passage(
            text,
            path,
            (token.map[0] if token.map else 0) + first_line,
            role,
            cited=bool(calls & {"cite", "figure"}) or bool(lead and lead.cited and lead.text.rstrip().endswith(":")),
            made_up=bool(_MADE_UP.search(text)) or bool(lead and lead.made_up),
            links=links,
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


def _written(children: Iterable[Token], written: CallText) -> tuple[str, set[str], tuple[tuple[int, int], ...]]:
    """Return the text without its calls, the names of these, and where links begin and end."""
    text, begin, links = "", 0, []
    calls: set[str] = set()
    for child in children:
        if child.type in _TEXT:
            text += "\n" if child.type in _BREAKS else TOKEN.sub("", child.content)
            if child.type != "code_inline":
                found = (written.tokens[token] for token in TOKEN.findall(child.content))
                calls.update(call.name for call in found if isinstance(call, Call))
        elif child.type == "link_open":
            begin = len(text)
        elif child.type == "link_close":
            links.append((begin, len(text)))
    return text, calls, tuple(links)


def record_passages(guide: Guide) -> Iterator[Passage]:
    """Read the texts and names of records, as their models tell them apart."""
    for kind, record_id, _ in guide.written():
        record = guide.records(kind).get(record_id)
        if record is not None:
            for path, value, role, cited in _strings(record, (), False):
                place = guide.place(kind, record_id, *path)
                field = str(next(step for step in reversed(path) if isinstance(step, str)))
                yield Passage(plain_text(value), place.path, place.line, role, cited, kind=kind, field=field)


def _strings(record: Record, path: tuple[str | int, ...], above: bool) -> Iterator[tuple[Any, str, str, bool]]:
    cited = above or bool(getattr(record, "references", None))
    for name, role in _roles(type(record)).items():
        value = getattr(record, name)
        if role:
            for inner, text in walk(value, (*path, name)):
                yield inner, text, role, cited
        else:
            for inner_path, inner_record in _records(value, (*path, name)):
                yield from _strings(inner_record, inner_path, cited)


def _records(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Record]]:
    if isinstance(value, Record):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _records(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _records(inner, (*path, index))


@cache
def _roles(model: type[Record]) -> dict[str, str]:
    """Tell of each field of a model whether it holds texts, names, or neither ("")."""
    return {
        name: "text"
        if _holds(Text, [field.annotation, *field.metadata])
        else "name"
        if _holds(Name, [field.annotation, *field.metadata])
        else ""
        for name, field in model.model_fields.items()
    }


def _holds(kind: Any, parts: Iterable[Any]) -> bool:
    marks = [mark for mark in kind.__metadata__ if isinstance(mark, AfterValidator)]
    return any(part in marks if isinstance(part, AfterValidator) else _holds(kind, get_args(part)) for part in parts)
