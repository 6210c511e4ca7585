"""A page that speaks of a danger shows the care card that says what to do about it."""

import re
from collections.abc import Iterable, Iterator

from guide.model.guide import walk
from guide.model.problems import Place, Problem
from guide.model.registry import kinds, macros
from guide.reading.calls import Call
from guide.reading.pages import Page
from guide.rendering.page import PageRenderer
from guide.rendering.project import FAILS, Project

_TAG = re.compile(r"<[^>]*>")


def check(project: Project) -> Iterator[Problem]:
    """Check that a page with one of the words that a care card `mentions` shows that card."""
    cards = {
        card.id: re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, card.mentions))})(?![\w-])", re.IGNORECASE)
        for card in project.guide.records("care-cards").values()
        if card.mentions
    }
    for page in project.pages.values():
        shown: set[str] = set()
        for call in page.calls:
            shown.update(_cards(project, call, all_of=cards))
        for card, words in cards.items():
            mention = next(_mentions(project, page, words), None) if card not in shown else None
            if mention:
                word, place = mention
                yield Problem(
                    place,
                    f'the page says "{word}" and doesn\'t show what to do about it',
                    f'Put {{{{ care_strip("{card}") }}}} near it, on a line of its own.',
                    "care-card-missing",
                )


def _cards(project: Project, call: Call, *, all_of: Iterable[str]) -> Iterator[str]:
    """Return the care cards that a call shows: those that it names, or those that stand with a record shown in full.

    Args:
        project: The project.
        call: The call.
        all_of: The ids of the care cards; a record that can't be read may stand with any of them.
    """
    macro = macros().get(call.name)
    kind = kinds().get(macro.kind) if macro and macro.kind else None
    if kind and kind.key == "care-cards":
        yield from call.strings()
    elif kind and kind.part and kind.part.macro == call.name:
        records = project.guide.records(kind.key)
        for field in [name for name, named in kind.refers.items() if named == "care-cards"]:
            for record_id in call.strings():
                yield from getattr(records[record_id], field) if record_id in records else all_of


def _mentions(project: Project, page: Page, words: re.Pattern[str]) -> Iterator[tuple[str, Place]]:
    """Find the words in the page's own text, then in the records that its calls show."""
    for passage in page.passages:
        for match in words.finditer(passage.text):
            yield match[1], passage.place(match.start())
    for call in page.calls:
        macro = macros().get(call.name)
        kind = kinds().get(macro.of) if macro else None
        # What helps needs no help, and titles are the words of others.
        if not macro or not macro.block or (kind and (kind.helps or kind.title in kind.quotes)):
            continue
        if macro.kind:
            for record_id in call.strings():
                source = project.guide.sources.get(macro.kind, {}).get(record_id)
                for _, text in walk(source.plain) if source else []:
                    for match in words.finditer(text):
                        yield match[1], page.place(call.line)
        elif macro.choices:
            for match in words.finditer(_shown_text(project, page, call)):
                yield match[1], page.place(call.line)


def _shown_text(project: Project, page: Page, call: Call) -> str:
    """Return the text that a call shows."""
    renderer = PageRenderer(project.guide, page.path, project.language)
    try:
        return _TAG.sub(" ", renderer.html(renderer.call(call)))
    except FAILS:
        # `run_rules` reports it, unless a rule says why it fails.
        return ""
