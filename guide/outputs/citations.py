"""Citations of pages and sources, for reference managers and word processors: CSL-JSON, BibTeX and RIS.

A page or a source becomes one item of the Citation Style Language (CSL), and the other two formats are written from
that. What a page says of itself in its head, so that a browser's reference manager finds it, is in
`guide/theme/parts/page-head.html.j2`.

Source:
    CSL 1.0.2: https://docs.citationstyles.org/en/stable/specification.html
    RIS: the tags and types that Zotero's translator "RIS" reads, https://github.com/zotero/translators
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from guide.model.reference import Reference
from guide.outputs.site import FullPage, Site

Item = dict[str, Any]

_PERSON = re.compile(r"(.+?) ([A-Z](?:[ -]?[A-Z]){0,3})")
"""A surname and initials, as MEDLINE writes them: "van der Kroft P" or "Edinger J D"."""
_OTHERS = re.compile(r"(?:^| )(?:et al\.?|and others)$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "{}$&%#_"},
    }
)
# CSL type: BibTeX's and its field for the publisher; RIS's.
_TYPES = {
    "article-journal": ("article", "publisher", "JOUR"),
    "article-newspaper": ("article", "publisher", "NEWS"),
    "book": ("book", "publisher", "BOOK"),
    "chapter": ("incollection", "publisher", "CHAP"),
    "dataset": ("misc", "publisher", "DATA"),
    "legislation": ("misc", "publisher", "STAT"),
    "regulation": ("misc", "publisher", "STAT"),
    "report": ("techreport", "institution", "RPRT"),
    "webpage": ("online", "organization", "ELEC"),
}


def page_item(page: FullPage, site: Site) -> Item:
    """Return a page as an item; its date is the day on which it was last compared with its sources."""
    return {
        "id": page.id,
        "type": "webpage",
        "title": page.heading,
        "author": [{"literal": site.guide.settings.publisher}],
        "container-title": site.name,
        "issued": _date(page.front.sources_checked.isoformat()),
        "URL": page.address,
        "language": site.language,
    }


def source_item(source: Reference, words: Mapping[str, str]) -> Item:
    """Return a source as an item.

    Args:
        source: Its record.
        words: The words that templates print, by label id.
    """
    listed = [_OTHERS.sub("", author) for author in source.author or ()]
    item = {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": [_name(author) for author in listed if author],
        "container-title": source.container_title,
        "publisher": source.publisher,
        "issued": _date(source.issued),
        "accessed": _date(source.accessed.isoformat() if source.accessed else None),
        "URL": source.URL,
        "DOI": source.DOI,
        # CSL has no other place for it.
        "note": words["cite-first-authors"] if listed != (source.author or []) else None,
    }
    return {key: value for key, value in item.items() if value}


def _name(author: str) -> dict[str, str]:
    person = _PERSON.fullmatch(author)
    if not person:
        return {"literal": author}
    initials = re.sub(r"([A-Z])(?=[A-Z])", r"\1 ", person[2])
    return {"family": person[1], "given": re.sub(r"([A-Z])", r"\1.", initials)}


def _date(day: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None


def csl_json(items: Iterable[Item]) -> str:
    """Write items as CSL-JSON."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)
    return f"[\n{lines}\n]\n"


def bibtex(items: Iterable[Item]) -> str:
    """Write items as BibTeX, in UTF-8; `online` is known to BibLaTeX, and others take it for `misc`."""
    return "\n".join(map(_bibtex_entry, items))


def _bibtex_entry(item: Item) -> str:
    kind, publisher, _ = _TYPES[item["type"]]
    container = {"article": "journal", "incollection": "booktitle"}.get(kind, "howpublished")
    authors = [_bibtex_name(name) for name in item.get("author", ())]
    if "note" in item:
        authors.append("others")
    issued = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    fields = {
        # The inner braces keep capitals as they are.
        "title": f"{{{_escaped(item['title'])}}}",
        "author": " and ".join(authors),
        container: _escaped(item.get("container-title", "")),
        publisher: _escaped(item.get("publisher", "")),
        "year": str(issued[0]) if issued else "",
        "urldate": "-".join(f"{part:02}" for part in item["accessed"]["date-parts"][0]) if "accessed" in item else "",
        "url": item["URL"],
        "doi": item.get("DOI", ""),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    if len(issued) > 1:
        lines.append(f"  month = {_MONTHS[issued[1] - 1]},")
    return "\n".join([f"@{kind}{{{item['id']},", *lines, "}"]) + "\n"


def _bibtex_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    return f"{_escaped(name['family'])}, {_escaped(name['given'])}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)


def ris(items: Iterable[Item]) -> str:
    """Write items as RIS, in UTF-8."""
    return "\r\n".join(map(_ris_entry, items))


def _ris_entry(item: Item) -> str:
    issued = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    accessed = item.get("accessed", {"date-parts": [[]]})["date-parts"][0]
    authors = [name.get("literal") or f"{name['family']}, {name['given']}" for name in item.get("author", ())]
    tags = [
        ("TY", _TYPES[item["type"]][2]),
        ("TI", item["title"]),
        *(("AU", author) for author in authors),
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("PY", str(issued[0]) if issued else ""),
        ("DA", _slashed(issued)),
        ("Y2", _slashed(accessed)),
        ("UR", item["URL"]),
        ("DO", item.get("DOI", "")),
        ("LA", item.get("language", "")),
        ("N1", item.get("note", "")),
        ("ID", item["id"]),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value) + "ER  - \r\n"


def _slashed(parts: Sequence[int]) -> str:
    """Return a date as year/month/day/, with nothing between slashes for what isn't known."""
    return "/".join([*(f"{part:02}" for part in parts), *[""] * (4 - len(parts))]) if parts else ""


class Format(NamedTuple):
    """A format: what people call it, its media type, and what writes items in it."""

    name: str
    media_type: str
    write: Callable[[Iterable[Item]], str]


FORMATS = {
    "ris": Format("RIS", "application/x-research-info-systems", ris),
    "bib": Format("BibTeX", "application/x-bibtex", bibtex),
    "csl.json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}
"""By the end of a file's name."""
SOURCES = "sources."
"""What stands before the end of the name of a file with the sources of a page."""
