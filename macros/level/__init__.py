"""Levels, from the lightest to the most demanding: what each is, and how many hours it takes."""

from guide.model.kind import Kind
from macros.level.block import block, summary
from macros.level.record import Level, gaps, rows

KIND = Kind(
    "levels",
    Level,
    order=20,
    answerable=True,
    title="name",
    summary=summary,
    block=block,
    csv=rows,
    gaps=gaps,
)
__all__ = ["KIND"]
