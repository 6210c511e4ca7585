"""Pages and records as files for programs: JSON, CSV and citations, their schemas and a description of all of it.

One class lists, tabulates and describes them; what the files say is made by modules of their own.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache, cached_property, partial
from typing import Any

from guide.model.addresses import API, PAGE, page_id, site_path
from guide.model.inline import plain_text
from guide.model.kind import Publication
from guide.model.registry import parts, reader_kinds
from guide.outputs import citations
from guide.outputs.csv_rows import sheet
from guide.outputs.data_changes import changes, guidance_feed, safety_feed
from guide.outputs.data_description import description
from guide.outputs.data_entries import Entries
from guide.outputs.data_lists import codes, status
from guide.outputs.data_models import PAGES, Citations, FormFile, Index, IndexEntry, Table, WithdrawnFile
from guide.outputs.data_schemas import schema_models, schemas
from guide.outputs.embeds import Embeds
from guide.outputs.feed import FEED, SAFETY_FEED
from guide.outputs.site import File, Site
from guide.rendering.page import PageRenderer


def _written(value: Any) -> str:
    # Indented, it takes twelve times as long.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


class Api:
    """Every file under /api/v1/ of one guide, and the feed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.embeds = site.once(Embeds)
        self._entries = Entries(site)

    @property
    def _guide(self) -> Any:
        return self.site.guide

    @property
    def _site(self) -> Any:
        return self._guide.settings

    # Tables

    @cached_property
    def tables(self) -> list[tuple[Table, str]]:
        """Every CSV file with what it holds."""
        tables = []
        for key, kind in reader_kinds().items():
            if kind.csv is None:
                continue
            records = {
                record.id: list(kind.rows(self._entries.data(kind, record)))
                for record in self._guide.records(key).values()
            }
            every = [row for rows in records.values() for row in rows]
            if every:
                tables.append((_table(key, f"{key}.csv", every), sheet(every)))
            if kind.csv_each:
                tables += [(_table(key, f"{key}/{item}.csv", rows), sheet(rows)) for item, rows in records.items()]
        return tables

    @staticmethod
    def _table_of(name: str) -> str:
        """Return the path of the table of a part, named by kind and id as in the address of its embed."""
        kind, _, item = name.partition("/")
        return f"{parts()[kind].key}/{item}.csv" if kind in parts() else ""

    # Forms

    @cached_property
    def forms(self) -> list[tuple[FormFile, Callable[[], dict[str, Any]]]]:
        """Every record in a format of other programs, with what makes it."""
        forms: list[tuple[FormFile, Callable[[], dict[str, Any]]]] = []
        for key, kind in reader_kinds().items():
            for record in self._guide.records(key).values() if kind.forms else []:
                for ending, make in kind.forms.items():
                    file = f"{key}/{record.id}.{ending}.json"
                    title = getattr(record, kind.title)
                    listed = FormFile(kind=key, id=record.id, format=ending, title=title, file=file)
                    page = PageRenderer(self._guide, "", self.site.language)
                    forms.append((listed, cache(partial(make, page, record, self._published_at(file)))))
        return forms

    def _published_at(self, file: str) -> Publication:
        site = self._site
        return Publication(
            address=self.site.address + API + file,
            version=self.embeds.version,
            publisher=site.publisher,
            disclaimer=plain_text(site.disclaimer),
            license=f"{site.license.name}, {site.license.url}" if site.license else "",
        )

    # Withdrawn

    def _withdrawn(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for gone in self._guide.withdrawn.values():
            key, _, item = gone.address.partition("/")
            kind = parts()[key].key if key in parts() else PAGES if key == PAGE else key
            content = WithdrawnFile(
                schema_address="../schemas/withdrawn.json",
                kind=kind,
                id=item,
                title=gone.title,
                withdrawn=gone.withdrawn,
                why=plain_text(gone.why),
                instead=self.site.absolute(site_path(gone.instead)),
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
            address=self.site.address,
            publisher=site.publisher,
            funding=plain_text(site.funding),
            contact=site.contact,
            disclaimer=plain_text(site.disclaimer),
            license=site.license,
            feed=f"../../{FEED}",
            safety_feed=f"../../{SAFETY_FEED}",
            schemas={name: f"schemas/{name}.json" for name in schema_models()},
            tables=[table for table, _ in self.tables],
            forms=[form for form, _ in self.forms],
            entries=[_listed(file, make()) for file, make in self._entries.files.items()],
            withdrawn=[name for name, _ in self._withdrawn()],
            citations=Citations(),
        ).model_dump(mode="json", by_alias=True)

    @cached_property
    def description(self) -> dict[str, Any]:
        """What there is, for programs."""
        guide = self._guide
        ids = {
            PAGES: [page.id for page in self.site.pages],
            **{kind: list(guide.records(kind)) for kind in reader_kinds()},
        }
        withdrawn = [name for name, _ in self._withdrawn()]
        tables = [table for table, _ in self.tables]
        forms = [form for form, _ in self.forms]
        return description(self.site.name, self.site.version, guide.settings, ids, withdrawn, tables, forms)

    # The files

    def files(self) -> Iterator[File]:
        """Return every file."""
        yield _file("index.json", lambda: self.index)
        yield _file("status.json", partial(status, self.site))
        yield _file("changes.json", partial(changes, self.site))
        yield _file("safety.json", partial(changes, self.site, safety=True))
        yield _file("codes.json", partial(codes, self.site))
        yield _file("openapi.json", lambda: self.description)
        for name, schema in schemas().items():
            yield _file(f"schemas/{name}.json", partial(dict, schema))
        for file, make in self._entries.files.items():
            yield _file(file, make)
            kind, _, item = file.removesuffix(".json").partition("/")
            for old in self._moved.get(item, []) if kind == PAGES else []:
                yield _file(f"{PAGES}/{old}.json", make)
        for form, make in self.forms:
            yield _file(form.file, make)
        for name, content in self._withdrawn():
            yield _file(name, partial(dict, content))
        tables = {table.file: text for table, text in self.tables}
        for gone in self._guide.withdrawn.values():
            now = self._table_of(gone.shows) if gone.shows else ""
            if now in tables:
                tables[self._table_of(gone.address)] = tables[now]
        for name, text in tables.items():
            yield File(f"{API}{name}", partial(str, text))
        yield from self._citations()
        yield File(FEED, partial(guidance_feed, self.site))
        yield File(SAFETY_FEED, partial(safety_feed, self.site))

    def _citations(self) -> Iterator[File]:
        """Return the citations of every page and of its sources, and those of all sources, in every format."""
        guide, words = self._guide, self._guide.labels[self.site.language].words
        sources = {key: citations.source_item(source, words) for key, source in guide.references.items()}
        for end, form in citations.FORMATS.items():
            yield File(f"{API}references.{end}", partial(form.write, sources.values()))
            for page in self.site.pages:
                whole = partial(form.write, [citations.page_item(page, self.site)])
                cited = partial(form.write, [sources[key] for key in page.cited])
                for name in (page.id, *self._former_ids.get(page.id, ())):
                    yield File(f"{API}{PAGES}/{name}.{end}", whole)
                    yield File(f"{API}{PAGES}/{name}.{citations.SOURCES}{end}", cited)

    @cached_property
    def _former_ids(self) -> dict[str, list[str]]:
        """The ids that lead to each page now, by its id: its own of before, and those of pages withdrawn for it."""
        found = {key: list(ids) for key, ids in self._moved.items()}
        for gone in self._guide.withdrawn.values():
            kind, _, item = gone.address.partition("/")
            if kind == PAGE:
                found.setdefault(page_id(gone.instead.partition("#")[0]), []).append(item)
        return found


def _file(name: str, make: Callable[[], dict[str, Any]]) -> File:
    return File(f"{API}{name}", lambda: _written(make()))


def _listed(file: str, content: dict[str, Any]) -> IndexEntry:
    """Return what the list says of a file."""
    return IndexEntry(file=file, **{key: content[key] for key in IndexEntry.model_fields if key != "file"})


def _table(kind: str, file: str, rows: list[dict[str, Any]]) -> Table:
    return Table(kind=kind, file=file, columns=list(rows[0]), rows=len(rows))


def files(site: Site) -> Iterator[File]:
    """Return every file under /api/v1/, and the feed."""
    return site.once(Api).files()
