"""What the page with the form for suggestions loads: its script, its style sheet, and a file for each record.

A record's file holds what can be changed in it, as the data files write it and with what its schema asks, so that the
form loads one small file and reads no schema. These files are the form's own: no other site may count on them.
"""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from guide.model.addresses import page_address
from guide.model.editable import Editable, editable_values
from guide.model.guide import Guide, walk
from guide.model.inline import plain_text
from guide.model.kind import Kind
from guide.model.registry import kind_folders, reader_kinds
from guide.model.safety import is_safety, pages_of_safety, safety_part
from guide.outputs.site import File, Site
from guide.rendering.assets import THEME, Asset, cached_from_theme, isolated, join, squeeze, squeeze_script

FOLDER = "editable/"
"""Where the files are, from the root of the site."""
LISTED = 5
"""Records of one file that the foot of a page names one by one; of more, it names their kind."""

Blocks = Mapping[tuple[str, str], set[str]]
"""The pages on which the block of a record stands, by kind and id."""


@cached_from_theme
def suggest_script() -> Asset:
    """Return what runs on the page with the form."""
    return join([THEME / "suggest" / "suggest.js"], "assets/suggest", each=lambda text: isolated(squeeze_script(text)))


@cached_from_theme
def suggest_style() -> Asset:
    """Return the style sheet of the form."""
    return join([THEME / "suggest" / "suggest.css"], "assets/suggest", squeeze)


def form_kinds() -> dict[str, Kind]:
    """Return the kinds whose records the form changes; those of the generator, such as sources, are the last."""
    return dict(sorted(reader_kinds().items(), key=lambda item: item[0] not in kind_folders()))


def suggest_links(guide: Guide, records: set[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """Return where changes of some records can be suggested.

    Args:
        guide: Everything in data/.
        records: Kind and id of each.
        language: Of the names of kinds.

    Returns:
        What readers call a record, or the kind of many, and what names it after # in the address of the form.
    """
    links = []
    for key, kind in form_kinds().items():
        shown = [record for record in guide.records(key).values() if (key, record.id) in records]
        if kind.listed and len(shown) > LISTED:
            links.append((guide.labels[language].names["kinds"][key], key))
        else:
            links += [(plain_text(getattr(record, kind.title)), f"{key}/{record.id}") for record in shown]
    return links


def files(site: Site) -> Iterator[File]:
    """Return the files of the form, if a page has it."""
    if not site.guide.settings.suggest_page:
        return
    for asset in (suggest_script(), suggest_style()):
        yield File(asset.name, partial(str, asset.content))
    for key, kind in reader_kinds().items():
        yield File(f"{FOLDER}{key}.json", partial(_kind, site, kind))
        for record_id in site.guide.records(key):
            yield File(f"{FOLDER}{key}/{record_id}.json", partial(_record, site, kind, record_id))


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _kind(site: Site, kind: Kind) -> str:
    records = site.guide.records(kind.key).values()
    return _written(
        {
            "title": site.guide.labels[site.language].names["kinds"][kind.key],
            "records": [[record.id, plain_text(getattr(record, kind.title))] for record in records],
        }
    )


def _record(site: Site, kind: Kind, record_id: str) -> str:
    guide = site.guide
    record, source = guide.records(kind.key)[record_id], guide.sources[kind.key][record_id]
    values = editable_values(kind, source.plain, guide.labels[site.language].names)
    return _written(
        {
            "title": plain_text(getattr(record, kind.title)),
            "file": source.path,
            "safety": _is_safety(site, kind, record_id, source.plain),
            "values": [_value(value) for value in values],
            "elsewhere": list(_elsewhere(guide, source.plain)),
        }
    )


def _is_safety(site: Site, kind: Kind, record_id: str, plain: Any) -> bool:
    blocks = site.once(_blocks).get((kind.key, record_id), set())
    settings = site.guide.settings
    pages = pages_of_safety({"safety_pages": list(settings.safety_pages)})
    return is_safety(kind.key, blocks, pages) or bool(safety_part(kind.key, plain))


def _blocks(site: Site) -> Blocks:
    found: dict[tuple[str, str], set[str]] = {}
    for page in site.pages:
        for key in page.places:
            found.setdefault(key, set()).add(page.path)
    return found


def _value(value: Editable) -> dict[str, Any]:
    """Return a value as the form takes it, without what needs no saying."""
    told = {
        "name": value.name,
        "value": value.value,
        "label": value.label,
        "help": value.help,
        "within": list(value.within),
        "takes": value.takes,
        "least": value.least,
        "most": value.most,
        "pattern": value.pattern,
        "choices": [list(choice) for choice in value.choices],
    }
    return {key: each for key, each in told.items() if each not in ("", [])}


def _elsewhere(guide: Guide, plain: Any) -> Iterator[list[str]]:
    """Return the records whose words a record shows as its own: kind, id and title."""
    seen = set()
    for path, value in walk(plain):
        kind, _, rest = value.partition("/")
        record_id = rest.partition("/")[0]
        if path[-1] == "from" and (kind, record_id) not in seen and record_id in guide.records(kind):
            seen.add((kind, record_id))
            record = guide.records(kind)[record_id]
            yield [kind, record_id, plain_text(getattr(record, reader_kinds()[kind].title))]


def form_address(guide: Guide) -> str:
    """Return the address of the page with the form; absolute."""
    settings = guide.settings
    return f"{settings.address}{page_address(settings.suggest_page or '')}"
