"""What code reads of a guide while it renders a page, which tells whether the page shows something that has changed.

`recorded_reads` collects, for as long as it is open, what is asked of the records of a guide and which templates are
filled. Nothing has to declare what it depends on, so nothing can forget to.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

Read = tuple[str, str | None]
"""A kind and the id of one record, or a kind and None for all of its records, their number and their order."""

_reads: ContextVar[set[Read] | None] = ContextVar("reads", default=None)


@contextmanager
def recorded_reads() -> Iterator[set[Read]]:
    """Collect everything that is read inside the `with` block."""
    reads: set[Read] = set()
    token = _reads.set(reads)
    try:
        yield reads
    finally:
        _reads.reset(token)


def note_read(kind: str, item: str | None) -> None:
    """Record that something is read, if anything is recording."""
    reads = _reads.get()
    if reads is not None:
        reads.add((kind, item))


class Records(dict[str, Any]):
    """The records of one kind by id; notes which of them are read."""

    def __init__(self, kind: str, records: Mapping[str, Any] = MappingProxyType({})) -> None:
        super().__init__(records)
        self.kind = kind

    def __getitem__(self, item: str) -> Any:
        note_read(self.kind, item)
        return super().__getitem__(item)

    def get(self, item: str, default: Any = None) -> Any:
        """Return a record, or the default where there is none."""
        note_read(self.kind, item)
        return super().get(item, default)

    def __contains__(self, item: object) -> bool:
        note_read(self.kind, str(item))
        return super().__contains__(item)

    def __iter__(self) -> Iterator[str]:
        note_read(self.kind, None)
        return super().__iter__()

    def __len__(self) -> int:
        note_read(self.kind, None)
        return super().__len__()

    def keys(self) -> Any:
        """Return all ids."""
        note_read(self.kind, None)
        return super().keys()

    def values(self) -> Any:
        """Return all records."""
        note_read(self.kind, None)
        return super().values()

    def items(self) -> Any:
        """Return all ids with their records."""
        note_read(self.kind, None)
        return super().items()
