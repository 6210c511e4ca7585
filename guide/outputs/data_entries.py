"""The file of every page and record, for programs: what it says, as HTML, as text and as data."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any

from pydantic import BaseModel

from guide.model.addresses import PAGE, site_path
from guide.model.inline import plain_text
from guide.model.kind import Kind
from guide.model.record import Reviewed
from guide.model.registry import reader_kinds
from guide.outputs.blocks import Blocks
from guide.outputs.data_models import PAGES, SignedPassages
from guide.outputs.embeds import Embed, Embeds
from guide.outputs.links import AbsoluteLinks
from guide.outputs.portable_html import sanitize
from guide.outputs.site import FullPage, Site
from guide.reading import marks
from guide.rendering.page import PageRenderer
from guide.rendering.signatures import Standing, signature

APART = ("site", "screen")
"""The parts of a page that mean something on our own pages only."""


def dump(record: BaseModel) -> dict[str, Any]:
    """Return a record as data, its texts in plain words."""
    return record.model_dump(mode="json", by_alias=True, context={"text": plain_text})


def _hashed(content: dict[str, Any]) -> dict[str, Any]:
    """Add the SHA-256 of a file, from a form of it that any program can make again."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return content | {"content_hash": hashlib.sha256(text.encode("utf-8")).hexdigest()}


class Entries:
    """The files of one guide's pages and records."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.embeds = site.once(Embeds)

    @cached_property
    def files(self) -> Mapping[str, Callable[[], dict[str, Any]]]:
        """What makes the file of every page and record, by its path relative to the index; each is made once."""
        made = {f"{PAGES}/{page.id}.json": cache(partial(self._page, page)) for page in self.site.pages}
        for kind in reader_kinds().values():
            for record in self.site.guide.records(kind.key).values():
                made[f"{kind.key}/{record.id}.json"] = cache(partial(self._record, kind, record))
        return made

    def _page(self, page: FullPage) -> dict[str, Any]:
        described = {
            "kind": PAGES,
            "id": page.id,
            "title": page.heading,
            "summary": page.description,
        }
        embed = self.embeds.source(self._embedded[PAGE, page.id])
        standings = self.site.signatures.of_page(page.path, page.content, page.cited)
        return _hashed(self._file(described, page.content, page.cited, page.front, page.address, embed, standings))

    def _record(self, kind: Kind, record: Any) -> dict[str, Any]:
        page = PageRenderer(self.site.guide, "", self.site.language)
        block = self.site.once(Blocks).record(kind, record)
        embed = self._embedded.get((kind.part.key if kind.part else "", record.id))
        address = embed.full if embed else self._address(kind.key, record)
        described = {
            "kind": kind.key,
            "id": record.id,
            "title": getattr(record, kind.title),
            "summary": kind.summary_of(page, record),
        }
        dates = record if isinstance(record, Reviewed) else self.site.guide.heads.get(kind.key)
        content = self._file(
            described,
            block.content,
            block.cited,
            dates,
            address,
            self.embeds.source(embed) if embed else None,
            self.site.signatures.of_block(block.content, block.cited),
        )
        # Some records have dates of their own, beside or in place of those that most have.
        for key, names in (("sources_checked", ("as_of", "accessed")), ("review_due", ("check_due",))):
            own = next((getattr(record, name) for name in names if getattr(record, name, None)), None)
            content[key] = own.isoformat() if own else content[key]
        content["language"] = getattr(record, "lang", None) or content["language"]
        content["record"] = self.data(kind, record)
        return _hashed(content)

    def data(self, kind: Kind, record: Any) -> dict[str, Any]:
        """Return a record as data, with what it takes from other records written out."""
        page = PageRenderer(self.site.guide, "", self.site.language)
        return dump(kind.published.written_out(page, record) if kind.published else record)

    def _file(
        self,
        described: dict[str, Any],
        ours: str,
        cited: Sequence[str],
        dates: Reviewed | None,
        address: str,
        embed: str | None,
        standings: Sequence[Standing],
    ) -> dict[str, Any]:
        """Make what a file of any kind holds: an `Entry`, whose schema a test compares it with."""
        html, text = sanitize(self._standing_alone(ours, address, cited), address)
        checked = dump(dates) if dates else {}
        return {
            "$schema": f"../schemas/{described['kind']}.json",
            **described,
            "language": self.site.language,
            "html": html,
            "text": text,
            "sources": [{"number": number} | self._sources[each] for number, each in enumerate(cited, 1)],
            **{key: checked.get(key) for key in Reviewed.model_fields},
            "clinical_review": dump(signed) if (signed := signature(standings)) else None,
            "reviews": [dump(SignedPassages.of(standing)) for standing in standings],
            **self._publication,
            "address": address,
            "embed": embed,
        }

    def _standing_alone(self, ours: str, address: str, cited: Sequence[str]) -> str:
        """Write links so that they work anywhere: absolute, and from the number of a source to the source itself."""
        links = AbsoluteLinks(self.site.address, address.partition("#")[0])
        sources = {f"#source-{number}": self.site.guide.references[each].URL for number, each in enumerate(cited, 1)}
        return marks.written(
            ours, lambda target: marks.plain(sources.get(target) or links.address(target)), without=APART
        )

    @cached_property
    def _publication(self) -> dict[str, Any]:
        """Who says so, and what others may do with it."""
        site = self.site.guide.settings
        return {
            "publisher": site.publisher,
            "disclaimer": plain_text(site.disclaimer),
            "license": site.license.model_dump() if site.license else None,
        }

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        return {key: dump(source) for key, source in self.site.guide.references.items()}

    def _address(self, kind: str, record: Any) -> str:
        """Find the page that shows a record, at its place if it has one."""
        if (kind, record.id) in self._places:
            return self._places[kind, record.id]
        if not hasattr(record, "page"):
            showing = (page.address for page in self.site.pages if (kind, record.id) in page.records)
            return next(showing, self.site.address)
        return self.site.absolute(site_path(getattr(record, "page", None) or "index.md"))

    @cached_property
    def _places(self) -> dict[tuple[str, str], str]:
        """The address of each record that a page shows; on an index only where no other page shows it."""
        found: dict[tuple[str, str], str] = {}
        for page in sorted(self.site.pages, key=lambda page: page.is_index):
            for key, anchor in page.places.items():
                found.setdefault(key, f"{page.address}#{anchor}")
        return found

    @cached_property
    def _embedded(self) -> dict[tuple[str, str], Embed]:
        return {(embed.kind, embed.id): embed for embed in self.embeds.all}
