"""What is withdrawn is no longer in the guide, and had an address."""

from collections.abc import Iterator

from guide.checking.lost_addresses import parts_of
from guide.model.addresses import page_id
from guide.model.problems import Problem, nearest
from guide.outputs.data_files import OFFERS
from guide.outputs.embeds import KINDS, PAGE, PARTS
from guide.rendering.project import Book


def check(book: Book) -> Iterator[Problem]:
    """Check that no withdrawn address is impossible or still in use."""
    data_only = OFFERS.keys() - {part.records for part in PARTS.values()}
    for record_id, gone in book.guide.withdrawn.items():
        kind, _, item = gone.address.partition("/")
        place = book.guide.place("withdrawn", record_id, "address")
        if kind in data_only:
            in_use = item in book.guide.names(kind)
        elif kind in KINDS:
            in_use = item in ({page_id(path) for path in book.pages} if kind == PAGE else parts_of(book, kind))
        else:
            known = [*KINDS, *data_only]
            remedy = nearest(kind, known) or f"It is one of: {', '.join(known)}."
            yield Problem(place, f'nothing of the kind "{kind}" has an address', remedy, "withdrawn")
            continue
        if in_use:
            yield Problem(place, f'"{gone.address}" is still in the guide', "Delete it there, or here.", "withdrawn")
