"""Codes of published systems, and what the guide has on each."""

from guide.model.kind import Kind
from macros.code.macro import block, code_list
from macros.code.record import CodeSystem, rows

KIND = Kind(
    "code-systems",
    CodeSystem,
    order=150,
    title="name",
    summary="about",
    block=block,
    anchor="codes-",
    csv=rows,
    unsourced=("about",),
    quotes=("name",),
)
MACROS = (code_list,)
__all__ = ["KIND", "MACROS"]
