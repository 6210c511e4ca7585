"""Technologies: what exists, how ripe it is, and what regulators say."""

from guide.model.kind import Kind
from macros.technology.macro import block, technologies
from macros.technology.record import MATURITIES, Technology, rows

KIND = Kind(
    "technologies",
    Technology,
    order=60,
    answerable=True,
    names={"maturity": MATURITIES},
    title="name",
    summary="what_it_is",
    block=block,
    anchor="technology-",
    csv=rows,
)
MACROS = (technologies,)
__all__ = ["KIND", "MACROS"]
