"""How things stand: of each page and record, when its sources were checked, how sure it is, and what nobody knows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from guide.model.guide import Guide, PageHead, walk
from guide.model.record import Certainty, Gap, Signature
from guide.model.registry import kinds
from guide.rendering.signatures import Signatures, Standing, signature

PAGES = "pages"


def shown_kinds() -> tuple[str, ...]:
    """Return the kinds that readers see, pages first; the labels name each of them, under `kinds`."""
    return (PAGES, *(kind.key for kind in kinds().values() if kind.shown_to == "readers"))


@dataclass(frozen=True)
class State:
    """One page or record.

    `file` is where it is written, `page` its path in docs/ if it is a page. `certainty` holds each level that it
    claims, the surest first; `gaps` what it says that nobody knows; `languages` those in which it can be read.
    """

    kind: str
    id: str
    title: str
    file: str
    page: str
    checked: date | None
    due: date | None
    signed: Signature | None
    certainty: tuple[Certainty, ...]
    gaps: tuple[Gap, ...]
    languages: tuple[str, ...]


def states(
    guide: Guide,
    language: str,
    pages: Mapping[str, PageHead],
    of_page: Callable[[str], list[Standing]] | None = None,
) -> Iterator[State]:
    """Return the state of every page, then of every record by kind.

    Args:
        guide: All records.
        language: Of the words that templates print.
        pages: The heads of all pages, by their path in docs/.
        of_page: Returns how the reviews of a page stand; left out, pages are rendered to find out.
    """
    signatures = Signatures(guide, language)
    for path, page in pages.items():
        front = page.front
        standings = of_page(path) if of_page else signatures.of_written_page(page.page) if page.page else []
        dates = (front.sources_checked, front.review_due, signature(standings))
        yield State(PAGES, path, page.title, f"docs/{path}", path, *dates, (), (), (language,))
    for kind in shown_kinds()[1:]:
        for record_id, record in guide.records(kind).items():
            signed = signature(signatures.of_record(kind, record))
            yield _state(guide, kind, record_id, record, language, signed)


def _state(guide: Guide, kind: str, record_id: str, record: Any, language: str, signed: Signature | None) -> State:
    head = guide.heads.get(kind)

    def first(*names: str) -> Any:
        own = (getattr(record, name, None) for name in names)
        return next((value for value in own if value), getattr(head, names[-1], None))

    plain = record.model_dump(mode="json", by_alias=True)
    claimed = {value for path, value in walk(plain) if path[-1] == "certainty"}
    return State(
        kind,
        record_id,
        first("title", "name", "term", "question"),
        guide.sources[kind][record_id].path,
        "",
        first("as_of", "accessed", "sources_checked"),
        first("check_due", "review_due"),
        signed,
        tuple(level for level in get_args(Certainty) if level in claimed),
        tuple(kinds()[kind].gaps(record, guide.labels[language].words)),
        (getattr(record, "lang", None) or language,),
    )
