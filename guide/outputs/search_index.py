"""The search index of a guide, in one file with the script that answers queries from it."""

import html
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from sys import intern
from typing import Any

from guide.model.addresses import CODES, page_address
from guide.model.code import CodedSection
from guide.model.guide import Guide
from guide.model.inline import plain_text
from guide.model.registry import kinds
from guide.outputs.site import File, FullPage, Section, Site
from guide.reading import marks
from guide.rendering.assets import THEME, Asset, join, squeeze_script
from guide.rendering.codes import CodedPage, code_answers
from guide.rendering.page import PageRenderer

SCRIPTS = THEME / "search"

COMMON, FEW = 0.2, 5
"""What more of the pages hold, and more than a few, tells nothing about any of them: a word, or a heading."""

UNFOUND = ("site", "sources", "unfound", "entry")
"""The parts of a page whose words the search leaves out: some have entries of their own."""

_NOT_TEXT = re.compile(r"<svg.*?</svg>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[a-z]{3,}")
_APOSTROPHE = re.compile(r"['’]")

# A list of pages, as their distances: characters that JSON leaves as they are.
_DIGITS = [chr(code) for code in range(35, 127) if chr(code) != "\\"]


@dataclass(frozen=True)
class SearchPage:
    """What the search needs of a page."""

    path: str
    """In docs/."""
    title: str
    """Its name in the navigation."""
    description: str
    sections: list[Section]
    heading: str
    """The words of its first heading."""
    words: set[str]
    """Of its text, in small letters."""
    places: Mapping[tuple[str, str], str]
    """The id of the block of each record that it shows, by the record's kind and id."""
    codes: tuple[CodedSection, ...] = ()
    """The codes that it answers."""


def search_page(page: FullPage) -> SearchPage:
    """Take what the search needs from a page."""
    text = _NOT_TEXT.sub(" ", marks.written(page.content, marks.plain, without=UNFOUND))
    return SearchPage(
        path=page.path,
        title=page.title,
        description=page.description,
        sections=[Section(_plain(each.heading), each.anchor) for each in page.sections],
        heading=page.heading,
        words={intern(word) for word in _WORD.findall(_spelled(text))},
        places=page.places,
        codes=page.codes,
    )


def scripts(site: Site, address: Callable[[str], str] = str) -> dict[str, Asset]:
    """Return the scripts of the search: `results` lists what is found, `answers` finds it, `found` marks it.

    Args:
        site: The site.
        address: Returns what is written for an address below the site's root.
    """
    pages = [page.once(search_page) for page in site.pages]
    answers = answers_script(site.guide, pages, site.language, site.bare, address)
    return {"answers": answers, "results": results_script(), "found": found_script()}


def results_script() -> Asset:
    """Return the script that asks the other one and lists what it finds."""
    return join([SCRIPTS / "results.js"], "assets/results", squeeze_script)


def found_script() -> Asset:
    """Return the script that marks, on the page of a result, what was asked for."""
    return join([SCRIPTS / "words.js", SCRIPTS / "found.js"], "assets/found", each=squeeze_script)


def answers_script(
    guide: Guide,
    pages: list[SearchPage],
    language: str,
    bare: Iterable[str] = (),
    address: Callable[[str], str] = str,
) -> Asset:
    """Return the script that answers queries, with everything it finds.

    Args:
        guide: Its records.
        pages: In the order of the navigation.
        language: Of the site.
        bare: Addresses of pages whose text is a list of all others.
        address: Returns what is written for an address below the site's root.
    """
    index = json.dumps(search_index(guide, pages, language, bare, address), ensure_ascii=False, separators=(",", ":"))
    files = [SCRIPTS / "words.js", SCRIPTS / "answers.js"]
    return join(files, "assets/search", lambda code: f"var INDEX={index};\n{code}", each=squeeze_script)


def search_index(
    guide: Guide,
    pages: list[SearchPage],
    language: str,
    bare: Iterable[str] = (),
    address: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Return what the script finds: pages, questions, terms and care cards; and the words that lead to them.

    The arguments are those of `answers_script`.
    """
    places = _Places(guide, pages, address)
    words = guide.labels[language].words
    synonyms = list(guide.search.values())
    cards = list(guide.records("care-cards"))
    ignored = {word for entry in synonyms if entry.means == [] for word in entry.words}
    bare, repeated = set(bare), _repeated(pages)
    body, common = _body([page if page_address(page.path) not in bare else None for page in pages], ignored)
    index = {
        "words": {
            key: words[f"search-{key}"] for key in ("question", "term", "code", "instead", "none", "one", "other")
        },
        "pages": [
            [
                address(page_address(page.path)),
                page.heading,
                page.title if page.title != page.heading else "",
                page.description,
                [*_headings(page, repeated), *_titles(guide, page)],
            ]
            for page in pages
        ],
        "questions": [
            [
                places.address("questions", each.id, each.page),
                each.question,
                plain_text(each.answer),
                places.number(each.page),
            ]
            for each in guide.records("questions").values()
        ],
        "terms": [
            [
                places.address("glossary", each.id, each.page),
                each.term,
                each.also,
                plain_text(each.definition),
                places.number(each.page),
            ]
            for each in guide.records("glossary").values()
        ],
        "list": address(CODES),
        "codes": _codes(guide, pages),
        "cards": [_card(guide, card, places, language) for card in cards],
        "ignored": sorted(ignored),
        "means": [[entry.words, entry.means] for entry in synonyms if entry.means],
        "crisis": [
            [entry.words, cards.index(entry.care_card), entry.unless or [], int(entry.alone), int(entry.exact)]
            for entry in synonyms
            if entry.care_card
        ],
        "answers": [
            [entry.words, places.number(entry.page), entry.page.partition("#")[2]] for entry in synonyms if entry.page
        ],
        "body": " ".join(body),
        "holders": " ".join(_distances(holders) for holders in body.values()),
    }
    said = json.dumps([index[part] for part in ("pages", "questions", "terms")], ensure_ascii=False)
    # Known words are no slips of others, though these lead to no page.
    return index | {"common": " ".join(sorted(set(common) - set(_WORD.findall(_spelled(said)))))}


class _Places:
    """Where a question, a term or a card stands: its first place in the guide, or the page that it names."""

    def __init__(self, guide: Guide, pages: list[SearchPage], address: Callable[[str], str]) -> None:
        self._written = address
        self.help_page = guide.settings.help_page
        self.numbers = {page.path: number for number, page in enumerate(pages)}
        self.addresses: dict[tuple[str, str], str] = {}
        for page in sorted(pages, key=lambda page: page.path != self.help_page):
            for key, anchor in page.places.items():
                self.addresses.setdefault(key, f"{page_address(page.path)}#{anchor}")

    def address(self, kind: str, record_id: str, page: str | None) -> str:
        return self._written(self.addresses.get((kind, record_id)) or page_address(page or "index.md"))

    def number(self, page: str | None) -> int | None:
        return self.numbers[page.partition("#")[0]] if page else None


def _codes(guide: Guide, pages: list[SearchPage]) -> list[list[Any]]:
    """Return the systems of codes: id, name, characters of a category, and the codes that lead anywhere."""
    known = {
        page.path: CodedPage(page.heading, page.codes, {each.anchor: each.heading for each in page.sections})
        for page in pages
    }
    found = code_answers(guide, known)
    return [
        [
            system.id,
            system.name,
            system.category or 0,
            [[code.code, code.name, *code.without] for code in system.codes if (system.id, code.code) in found],
        ]
        for system in guide.records("code-systems").values()
    ]


def _card(guide: Guide, record_id: str, places: _Places, language: str) -> list[str]:
    card = guide.records("care-cards")[record_id]
    lines = [guide.records("helplines")[line] for line in card.helplines]
    renderer = PageRenderer(guide, "", language)
    shown = renderer.render(
        "search-card.html.j2", None, None, card=card, helplines=lines, steps=[plain_text(step) for step in card.steps]
    )
    return [
        places.address("care-cards", record_id, places.help_page),
        card.title,
        " ".join(str(renderer.html(shown)).split()),
    ]


def _repeated(pages: list[SearchPage]) -> set[str]:
    counts = Counter(heading for page in pages for heading in {section.heading for section in page.sections})
    return {heading for heading, count in counts.items() if count > max(FEW, COMMON * len(pages))}


def _headings(page: SearchPage, repeated: set[str]) -> list[str | list[str]]:
    """Return the headings of a page, with their anchors where the script can't make them."""
    return [
        section.heading if _slug(section.heading) == section.anchor else [section.anchor, section.heading]
        for section in page.sections
        if section.heading not in repeated
    ]


def _titles(guide: Guide, page: SearchPage) -> list[str | list[str]]:
    """Return the titles of the records that stand on a page and are searched for by them, with their anchors."""
    shown = [(kinds()[kind], record_id, anchor) for (kind, record_id), anchor in page.places.items()]
    return [
        [anchor, getattr(guide.records(kind.key)[record_id], kind.title)]
        for kind, record_id, anchor in shown
        if kind.searched
    ]


def _slug(heading: str) -> str:
    """Return the anchor that the engine gives a heading; `slug` in answers.js does the same."""
    plain = re.sub(r"[^a-zA-Z0-9_\s-]", "", unicodedata.normalize("NFKD", heading))
    return re.sub(r"[-\s]+", "-", plain.strip().lower())


def _body(pages: list[SearchPage | None], ignored: set[str]) -> tuple[dict[str, list[int]], list[str]]:
    """Return the words of texts, each with the numbers of its pages; and those that too many pages hold."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        for word in page.words if page else ():
            holders[word].append(number)
    limit = max(FEW, COMMON * len(pages))
    words = [word for word in sorted(holders) if word not in ignored]
    rare = {word: holders[word] for word in words if len(holders[word]) <= limit}
    return rare, [word for word in words if word not in rare]


def _distances(numbers: list[int]) -> str:
    """Write rising numbers as the distances between them, a character for each but the rare long ones."""
    written, last, most = "", -1, len(_DIGITS) - 1
    for number in numbers:
        far, near = divmod(number - last - 1, most)
        written += _DIGITS[most] * far + _DIGITS[near]
        last = number
    return written


def _spelled(piece: str) -> str:
    """Return words as the script spells what is typed: "dont"."""
    return _APOSTROPHE.sub("", _plain(piece).lower())


def _plain(piece: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", piece)).split())


def files(site: Site) -> Iterator[File]:
    """Return the scripts of the search, which load when somebody opens it."""
    return (File(script.name, partial(str, script.content)) for script in site.once(scripts).values())
