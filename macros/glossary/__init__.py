"""The glossary: every term by letter."""

from guide.model.kind import Kind, Stored
from macros.glossary.macro import block, glossary
from macros.glossary.record import Glossary

KIND = Kind(
    "glossary",
    Glossary,
    Stored.LIST_WITH_HEAD,
    "terms",
    order=110,
    title="term",
    summary="definition",
    block=block,
    anchor="",
    csv=("id", "term", "also", "definition", "references"),
    quotes=("also",),
    sorted_by=lambda term: term["term"].casefold(),
)
MACROS = (glossary,)
__all__ = ["KIND", "MACROS"]
