"""The kind of a source follows from its publisher's address, or its record says why it doesn't."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from guide.model.problems import Problem
from guide.model.reference import Reference
from guide.rendering.project import Project

_GOVERNMENT = (".gov", ".mil")
_STATES = (".us",)
"""Used by states and cities, but not only by them."""
_LIBRARIES = ("ncbi.nlm.nih.gov", "pubmed.gov")
"""Government sites that hold papers by others."""


def check(project: Project) -> Iterator[Problem]:
    """Check the kinds of pages of governments and of organizations, and of what newspapers say."""
    for source in project.guide.references.values():
        doubt = _doubt(source)
        if doubt and not source.kind_reason:
            place = project.guide.place("references", source.id, "kind")
            remedy = "Correct it, or write kind_reason: with who published it, so that a reader can tell."
            yield Problem(place, f"kind {source.kind}, but {doubt}", remedy, "source-kind")
        if source.kind_reason and not doubt:
            place = project.guide.place("references", source.id, "kind_reason")
            yield Problem(
                place, "the address of this source already shows its kind", "Delete kind_reason.", "source-kind"
            )


def _doubt(source: Reference) -> str:
    """Return why the kind of a source is in doubt; "" if it isn't."""
    host = urlsplit(source.URL).hostname or ""
    library = any(host == name or host.endswith(f".{name}") for name in _LIBRARIES)
    government = host.endswith(_GOVERNMENT) and not library
    if source.kind == "government-page" and not government and not host.endswith(_STATES):
        return f"{host} isn't a government address"
    if source.kind in ("organization-page", "other") and government:
        return f"{host} is a government address"
    if source.kind != "other" and source.type == "article-newspaper":
        return "it's a newspaper article"
    return ""
