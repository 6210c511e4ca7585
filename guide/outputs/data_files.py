"""Pages and records as files for programs: JSON, CSV, their schemas and a description of all of it."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from guide.model.addresses import API, PAGE, page_address, page_id
from guide.model.guide import PageHead
from guide.model.inline import plain_text
from guide.model.kind import Kind
from guide.model.record import Reviewed
from guide.model.registry import parts, reader_kinds
from guide.outputs.blocks import Blocks
from guide.outputs.csv_rows import sheet
from guide.outputs.data_models import (
    Index,
    IndexEntry,
    PageFile,
    RecordFile,
    Status,
    StatusEntry,
    StatusGap,
    Table,
    WithdrawnFile,
)
from guide.outputs.embeds import Embed, Embeds
from guide.outputs.feed import FEED, feed
from guide.outputs.links import AbsoluteLinks
from guide.outputs.portable_html import sanitize
from guide.outputs.site import File, FullPage, Site
from guide.reading import marks
from guide.rendering.page import PageRenderer
from guide.rendering.status import states

PAGES = "pages"
HERE = "#/$defs/"
APART = ("site", "screen")
"""The parts of a page that mean something on our own pages only."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _models() -> dict[str, type[BaseModel]]:
    """Give what the files hold, by the name of their schema."""
    found: dict[str, type[BaseModel]] = {
        "index": Index,
        "status": Status,
        PAGES: PageFile,
        "withdrawn": WithdrawnFile,
    }
    for key, kind in reader_kinds().items():
        shown: Any = kind.published.model if kind.published else kind.record
        found[key] = cast(type[BaseModel], RecordFile.__class_getitem__(shown))
    return found


def _written(value: Any) -> str:
    # Indented, it takes twelve times as long.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _dump(record: BaseModel) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, context={"text": plain_text})


def content_hash(content: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a file, without its `content_hash`, in a form that any program can make again."""
    bare = {key: value for key, value in content.items() if key != "content_hash"}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _hashed(content: dict[str, Any]) -> dict[str, Any]:
    return content | {"content_hash": content_hash(content)}


@dataclass(frozen=True)
class Entry:
    """One page or record as a file: how the list names it, its text, and the record itself."""

    listed: IndexEntry
    text: str
    record: Any

    @classmethod
    def of(cls, content: dict[str, Any]) -> "Entry":
        """Take what the list needs from the content of a file."""
        file = f"{content['kind']}/{content['id']}.json"
        listed = IndexEntry(file=file, **{key: content[key] for key in IndexEntry.model_fields if key != "file"})
        return cls(listed, _written(content), content.get("record"))

    @property
    def kind(self) -> str:
        """Its kind, as in addresses."""
        return self.listed.kind

    @property
    def id(self) -> str:
        """Its id, as in addresses."""
        return self.listed.id


class Api:
    """Every file under /api/v1/ of one guide, and the feed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.embeds = site.once(Embeds)
        self.changelog = site.changelog

    # What there is

    @cached_property
    def entries(self) -> list[Entry]:
        """Every page and record."""
        found = [Entry.of(self._page(page)) for page in self.site.pages]
        for kind in reader_kinds().values():
            for record in self._guide.records(kind.key).values():
                found.append(Entry.of(self._record(kind, record)))
        return found

    def _page(self, page: FullPage) -> dict[str, Any]:
        described = {
            "kind": PAGES,
            "id": page.id,
            "title": page.heading,
            "summary": page.description,
        }
        embed = self.embeds.source(self._embedded[PAGE, page.id])
        return _hashed(self._file(described, page.content, page.cited, page.front, page.address, embed))

    def _record(self, kind: Kind, record: Any) -> dict[str, Any]:
        page = PageRenderer(self._guide, "", self.site.language)
        block = self.site.once(Blocks).record(kind, record)
        embed = self._embedded.get((kind.part.key if kind.part else "", record.id))
        address = embed.full if embed else self._address(kind.key, record)
        described = {
            "kind": kind.key,
            "id": record.id,
            "title": getattr(record, kind.title),
            "summary": kind.summary_of(page, record),
        }
        dates = record if isinstance(record, Reviewed) else self._guide.heads.get(kind.key)
        content = self._file(
            described, block.content, block.cited, dates, address, self.embeds.source(embed) if embed else None
        )
        # Some records have dates of their own, beside or in place of those that most have.
        for key, names in (("sources_checked", ("as_of", "accessed")), ("review_due", ("check_due",))):
            own = next((getattr(record, name) for name in names if getattr(record, name, None)), None)
            content[key] = own.isoformat() if own else content[key]
        content["language"] = getattr(record, "lang", None) or content["language"]
        content["record"] = _dump(kind.published.written_out(page, record) if kind.published else record)
        return _hashed(content)

    def _file(
        self,
        described: dict[str, Any],
        ours: str,
        cited: Sequence[str],
        dates: Reviewed | None,
        address: str,
        embed: str | None,
    ) -> dict[str, Any]:
        """Make what a file of any kind holds: an `Entry`, whose schema a test compares it with."""
        html, text = sanitize(self._standing_alone(ours, address, cited), address)
        checked = _dump(dates) if dates else {}
        return {
            "$schema": f"../schemas/{described['kind']}.json",
            **described,
            "language": self.site.language,
            "html": html,
            "text": text,
            "sources": [{"number": number} | self._sources[each] for number, each in enumerate(cited, 1)],
            **{key: checked.get(key) for key in Reviewed.model_fields},
            **self._publication,
            "address": address,
            "embed": embed,
        }

    def _standing_alone(self, ours: str, address: str, cited: Sequence[str]) -> str:
        """Write links so that they work anywhere: absolute, and from the number of a source to the source itself."""
        links = AbsoluteLinks(self.embeds.address, address.partition("#")[0])
        sources = {f"#source-{number}": self._guide.references[each].URL for number, each in enumerate(cited, 1)}
        return marks.written(
            ours, lambda target: marks.plain(sources.get(target) or links.address(target)), without=APART
        )

    @cached_property
    def _publication(self) -> dict[str, Any]:
        """Who says so, and what others may do with it."""
        site = self._site
        return {
            "publisher": site.publisher,
            "disclaimer": plain_text(site.disclaimer),
            "license": site.license.model_dump() if site.license else None,
        }

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        return {key: _dump(source) for key, source in self._guide.references.items()}

    def _address(self, kind: str, record: Any) -> str:
        """Find the page that shows a record, at its place if it has one."""
        if kind == "figures":
            shown = [page for page in self.site.pages if record.id in page.figures]
            return shown[0].address if shown else self.embeds.address
        if (kind, record.id) in self._places:
            return self._places[kind, record.id]
        path, hash_, anchor = (getattr(record, "page", None) or "index.md").partition("#")
        return self.embeds.address + page_address(path) + hash_ + anchor

    @cached_property
    def _places(self) -> dict[tuple[str, str], str]:
        """The address of each record that a page shows; on an index only where no other page shows it."""
        found: dict[tuple[str, str], str] = {}
        for page in sorted(self.site.pages, key=lambda page: page.is_index):
            for key, anchor in page.places.items():
                found.setdefault(key, f"{page.address}#{anchor}")
        return found

    @property
    def _guide(self) -> Any:
        return self.site.guide

    @property
    def _site(self) -> Any:
        return self._guide.settings

    @cached_property
    def _embedded(self) -> dict[tuple[str, str], Embed]:
        return {(embed.kind, embed.id): embed for embed in self.embeds.all}

    # Tables

    @cached_property
    def tables(self) -> list[tuple[Table, str]]:
        """Every CSV file with what it holds."""
        found = []
        for key, kind in reader_kinds().items():
            records = [(entry.id, entry.record) for entry in self.entries if entry.kind == key]
            every = [row for _, record in records for row in kind.rows(record)]
            if every:
                found.append((_table(key, f"{key}.csv", every), sheet(every)))
            if kind.csv_each:
                for item, record in records:
                    own = list(kind.rows(record))
                    found.append((_table(key, f"{key}/{item}.csv", own), sheet(own)))
        return found

    # Withdrawn

    def _withdrawn(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for gone in self._guide.withdrawn.values():
            key, _, item = gone.address.partition("/")
            kind = parts()[key].key if key in parts() else PAGES if key == PAGE else key
            page, hash_, anchor = gone.instead.partition("#")
            content = WithdrawnFile(
                schema_address="../schemas/withdrawn.json",
                kind=kind,
                id=item,
                title=gone.title,
                withdrawn=gone.withdrawn,
                why=plain_text(gone.why),
                instead=self.embeds.address + page_address(page) + hash_ + anchor,
            )
            yield f"{kind}/{item}.json", content.model_dump(mode="json", by_alias=True)

    @cached_property
    def _moved(self) -> dict[str, list[str]]:
        """The ids that pages had at addresses of before, by their ids of today: what stood there keeps its address."""
        found: dict[str, list[str]] = {}
        for move in self._guide.moved.values():
            found.setdefault(page_id(move.instead.partition("#")[0]), []).append(page_id(move.was))
        return found

    # What lists them

    @cached_property
    def index(self) -> dict[str, Any]:
        """The list of all files."""
        site = self._site
        return Index(
            schema_address="schemas/index.json",
            name=self.embeds.name,
            version=self.embeds.version,
            day=self.embeds.day,
            language=self.site.language,
            address=self.embeds.address,
            publisher=site.publisher,
            funding=plain_text(site.funding),
            contact=site.contact,
            disclaimer=plain_text(site.disclaimer),
            license=site.license,
            feed=f"../../{FEED}",
            schemas={name: f"schemas/{name}.json" for name in SCHEMAS},
            tables=[table for table, _ in self.tables],
            entries=[entry.listed for entry in self.entries],
            withdrawn=[name for name, _ in self._withdrawn()],
        ).model_dump(mode="json", by_alias=True)

    @cached_property
    def openapi(self) -> dict[str, Any]:
        """Describe every file, by OpenAPI 3.1; addresses are relative to this description."""
        site = self._site
        paths: dict[str, Any] = {
            "/index.json": _get("index", "What there is", _json(Index)),
            "/status.json": _get("status", "How every page and record stands", _json(Status)),
            "/openapi.json": _get("openapi", "This description", {"application/json": {"schema": {"type": "object"}}}),
            "/schemas/{name}.json": _get(
                "schema",
                "The JSON Schema of a kind of file",
                {"application/json": {"schema": {"type": "object"}}},
                name=list(SCHEMAS),
            ),
        }
        gone = [name for name, _ in self._withdrawn()]
        for kind in (PAGES, *reader_kinds()):
            ids = [entry.id for entry in self.entries if entry.kind == kind]
            lost = [name.split("/")[1].removesuffix(".json") for name in gone if name.startswith(f"{kind}/")]
            if ids or lost:
                models: list[type[BaseModel]] = [SCHEMAS[kind], WithdrawnFile] if lost else [SCHEMAS[kind]]
                what = f"One of {kind}" + (", or that it is withdrawn" if lost else "")
                paths[f"/{kind}/{{id}}.json"] = _get(f"{kind}-one", what, _json(*models), id=[*ids, *lost])
        for kind in reader_kinds():
            tables = [table.file for table, _ in self.tables if table.kind == kind]
            if tables:
                paths[f"/{kind}.csv"] = _get(f"{kind}-table", f"All {kind} as a table", _CSV)
            own = [name.split("/")[1].removesuffix(".csv") for name in tables if "/" in name]
            if own:
                paths[f"/{kind}/{{id}}.csv"] = _get(f"{kind}-one-table", f"One of {kind} as a table", _CSV, id=own)
        atom = {"application/atom+xml": {"schema": {"type": "string"}}}
        paths[f"/{FEED}"] = _get("feed", "What changed in the guidance", atom) | {"servers": [{"url": "../.."}]}
        return {
            "openapi": "3.1.0",
            "info": {
                "title": self.embeds.name,
                "version": self.embeds.version,
                "description": f"Static files, read by GET, without a key. {plain_text(site.disclaimer)}",
                "contact": {"name": site.publisher, "email": site.contact},
                **({"license": {"name": site.license.name, "url": site.license.url}} if site.license else {}),
            },
            "servers": [{"url": "."}],
            "paths": paths,
            "components": {"schemas": _placed(_definitions(), "#/components/schemas/")},
        }

    # The files

    def files(self) -> Iterator[tuple[str, str]]:
        """Give every file, by its path in the site."""
        yield f"{API}index.json", _written(self.index)
        yield f"{API}status.json", _written(self.status)
        yield f"{API}openapi.json", _written(self.openapi)
        for name, schema in schemas().items():
            yield f"{API}schemas/{name}.json", _written(schema)
        for entry in self.entries:
            yield f"{API}{entry.listed.file}", entry.text
            for old in self._moved.get(entry.id, []) if entry.kind == PAGES else []:
                yield f"{API}{PAGES}/{old}.json", entry.text
        for name, content in self._withdrawn():
            yield f"{API}{name}", _written(content)
        for table, text in self.tables:
            yield f"{API}{table.file}", text
        yield FEED, self.feed

    @property
    def status(self) -> dict[str, Any]:
        """How every page and record stands."""
        pages = {page.path: PageHead(page.heading, page.front) for page in self.site.pages}
        entries = [
            StatusEntry(
                kind=state.kind,
                id=page_id(state.page) if state.page else state.id,
                title=state.title,
                written_in=state.file,
                sources_checked=state.checked,
                review_due=state.due,
                clinical_review=state.signed,
                certainty=list(state.certainty),
                gaps=[
                    StatusGap(question=gap.question, option=gap.option or None, not_known=plain_text(gap.why))
                    for gap in state.gaps
                ],
                languages=list(state.languages),
            )
            for state in states(self._guide, self.site.language, pages)
        ]
        return Status(schema_address="schemas/status.json", entries=entries).model_dump(mode="json", by_alias=True)

    @property
    def feed(self) -> str:
        """What changed in the guidance."""
        words = self._guide.labels[self.site.language].words
        return feed(
            self.changelog,
            address=self.embeds.address,
            title=words["feed"].format(site=self.embeds.name),
            publisher=self._site.publisher,
            rights=self._site.license.name if self._site.license else "",
            language=self.site.language,
            newest=self.embeds.day,
        )


def _table(kind: str, file: str, rows: list[dict[str, Any]]) -> Table:
    return Table(kind=kind, file=file, columns=list(rows[0]), rows=len(rows))


_CSV = {"text/csv": {"schema": {"type": "string"}}}


def _json(*models: type[BaseModel]) -> dict[str, Any]:
    named = [{"$ref": f"#/components/schemas/{_model_name(model)}"} for model in models]
    return {"application/json": {"schema": named[0] if len(named) == 1 else {"oneOf": named}}}


def _model_name(model: type[BaseModel]) -> str:
    return re.sub(r"[^a-zA-Z0-9._-]", "_", model.__name__)


def _get(name: str, what: str, content: dict[str, Any], /, **parameters: list[str]) -> dict[str, Any]:
    """Describe a file, or many that differ by a part of their name."""
    given = [
        {"name": key, "in": "path", "required": True, "schema": {"type": "string", "enum": values}}
        for key, values in parameters.items()
    ]
    operation = {"operationId": name, "summary": what, "responses": {"200": {"description": what, "content": content}}}
    return {"get": operation | ({"parameters": given} if given else {})}


SCHEMAS = _models()
"""What the files hold, by the name of their schema."""


@cache
def _definitions() -> dict[str, Any]:
    """Give the JSON Schema of every model, by its name."""
    models: Any = [(model, "serialization") for model in SCHEMAS.values()]
    _, found = models_json_schema(models, by_alias=True, ref_template=f"{HERE}{{model}}")
    return dict(found["$defs"])


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of every kind of file, whole in itself."""
    return {name: _alone(_model_name(model)) for name, model in SCHEMAS.items()}


def _alone(name: str) -> dict[str, Any]:
    needed: dict[str, Any] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each not in needed:
            needed[each] = _definitions()[each]
            waiting.extend(re.findall(rf'"{re.escape(HERE)}([^"]+)"', json.dumps(needed[each])))
    return {"$schema": DIALECT, **needed.pop(name), "$defs": dict(sorted(needed.items()))}


def _placed(definitions: dict[str, Any], place: str) -> Any:
    """Let definitions refer to each other at another place."""
    return json.loads(json.dumps(definitions).replace(f'"{HERE}', f'"{place}'))


def files(site: Site) -> Iterator[File]:
    """Return every file under /api/v1/, and the feed."""
    return (File(path, partial(str, content)) for path, content in site.once(Api).files())
