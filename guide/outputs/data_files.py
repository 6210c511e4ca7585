"""Pages and records as files for programs: JSON, CSV, their schemas and a description of all of it.

One class makes all of them, since each lists, hashes or tabulates what the others hold; the schemas and the description
are modules of their own.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any

from pydantic import BaseModel

from guide.model.addresses import API, PAGE, page_id, site_path
from guide.model.guide import PageHead
from guide.model.inline import plain_text
from guide.model.kind import Kind, Publication
from guide.model.record import Reviewed
from guide.model.registry import parts, reader_kinds
from guide.model.release import CHANGES, ChangedItem, ReleaseChanges
from guide.outputs import citations
from guide.outputs.blocks import Blocks
from guide.outputs.code_pages import answers
from guide.outputs.csv_rows import sheet
from guide.outputs.data_description import description
from guide.outputs.data_models import (
    PAGES,
    Changed,
    ChangedWords,
    Changes,
    ChangesOfRelease,
    Citations,
    CodeEntry,
    Codes,
    CodeSystemEntry,
    CodeTarget,
    FormFile,
    Index,
    IndexEntry,
    SignedPassages,
    Status,
    StatusEntry,
    StatusGap,
    Table,
    WithdrawnFile,
)
from guide.outputs.data_schemas import schema_models, schemas
from guide.outputs.embeds import Embed, Embeds
from guide.outputs.feed import FEED, SAFETY_FEED, FeedEntry, changelog_entries, feed
from guide.outputs.links import AbsoluteLinks
from guide.outputs.portable_html import sanitize
from guide.outputs.site import File, FullPage, Site
from guide.reading import marks
from guide.rendering.codes import code_path
from guide.rendering.page import PageRenderer
from guide.rendering.signatures import Standing, signature
from guide.rendering.status import states

APART = ("site", "screen")
"""The parts of a page that mean something on our own pages only."""


def _written(value: Any) -> str:
    # Indented, it takes twelve times as long.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _dump(record: BaseModel) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, context={"text": plain_text})


def content_hash(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a file, without its `content_hash`, in a form that any program can make again."""
    bare = {key: value for key, value in content.items() if key != "content_hash"}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _hashed(content: dict[str, Any]) -> dict[str, Any]:
    return content | {"content_hash": content_hash(content)}


class Api:
    """Every file under /api/v1/ of one guide, and the feed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.embeds = site.once(Embeds)
        self.changelog = site.changelog

    # What there is

    @cached_property
    def entries(self) -> Mapping[str, Callable[[], dict[str, Any]]]:
        """What makes the file of every page and record, by its path relative to the index; each is made once."""
        made = {f"{PAGES}/{page.id}.json": cache(partial(self._page, page)) for page in self.site.pages}
        for kind in reader_kinds().values():
            for record in self._guide.records(kind.key).values():
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
        content["record"] = self._data(kind, record)
        return _hashed(content)

    def _data(self, kind: Kind, record: Any) -> dict[str, Any]:
        """Return a record as data, with what it takes from other records written out."""
        page = PageRenderer(self._guide, "", self.site.language)
        return _dump(kind.published.written_out(page, record) if kind.published else record)

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
        checked = _dump(dates) if dates else {}
        return {
            "$schema": f"../schemas/{described['kind']}.json",
            **described,
            "language": self.site.language,
            "html": html,
            "text": text,
            "sources": [{"number": number} | self._sources[each] for number, each in enumerate(cited, 1)],
            **{key: checked.get(key) for key in Reviewed.model_fields},
            "clinical_review": _dump(signed) if (signed := signature(standings)) else None,
            "reviews": [_dump(SignedPassages.of(standing)) for standing in standings],
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
        if (kind, record.id) in self._places:
            return self._places[kind, record.id]
        if not hasattr(record, "page"):
            showing = (page.address for page in self.site.pages if (kind, record.id) in page.records)
            return next(showing, self.embeds.address)
        return self._absolute(site_path(getattr(record, "page", None) or "index.md"))

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
        tables = []
        for key, kind in reader_kinds().items():
            if kind.csv is None:
                continue
            records = {
                record.id: list(kind.rows(self._data(kind, record))) for record in self._guide.records(key).values()
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
            address=self.embeds.address + API + file,
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
                instead=self._absolute(site_path(gone.instead)),
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
            safety_feed=f"../../{SAFETY_FEED}",
            schemas={name: f"schemas/{name}.json" for name in schema_models()},
            tables=[table for table, _ in self.tables],
            forms=[form for form, _ in self.forms],
            entries=[_listed(file, make()) for file, make in self.entries.items()],
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
        yield _file("status.json", lambda: self.status)
        yield _file("changes.json", lambda: self.changes())
        yield _file("safety.json", lambda: self.changes(safety=True))
        yield _file("codes.json", lambda: self.codes)
        yield _file("openapi.json", lambda: self.description)
        for name, schema in schemas().items():
            yield _file(f"schemas/{name}.json", partial(dict, schema))
        for file, make in self.entries.items():
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
        yield File(FEED, lambda: self.feed)
        yield File(SAFETY_FEED, lambda: self.safety_feed)

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

    @property
    def status(self) -> dict[str, Any]:
        """How every page and record stands."""
        pages = {page.path: PageHead(page.heading, page.front) for page in self.site.pages}
        full = {page.path: page for page in self.site.pages}

        def of_page(path: str) -> list[Standing]:
            return self.site.signatures.of_page(path, full[path].content, full[path].cited)

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
            for state in states(self._guide, self.site.language, pages, of_page)
        ]
        return Status(schema_address="schemas/status.json", entries=entries).model_dump(mode="json", by_alias=True)

    # What changed

    @cached_property
    def _releases(self) -> list[ReleaseChanges]:
        """What each release changed, the newest first."""
        recorded = self._guide.records(CHANGES).values()
        return sorted(recorded, key=lambda release: (release.day, release.id), reverse=True)

    def changes(self, *, safety: bool = False) -> dict[str, Any]:
        """What each release changed; with `safety`, only what's a matter of safety, but every release."""
        return Changes(
            schema_address="schemas/changes.json",
            name=self.embeds.name,
            address=self.embeds.address,
            page=self._page_address(self._site.changes_page),
            releases=[
                ChangesOfRelease(
                    version=release.version,
                    day=release.day,
                    items=[self._changed(item) for item in release.items if item.safety or not safety],
                )
                for release in self._releases
            ],
        ).model_dump(mode="json", by_alias=True)

    def _changed(self, item: ChangedItem) -> Changed:
        texts = [ChangedWords(**text.model_dump()) for text in item.texts]
        told = item.model_dump(exclude={"page", "texts"})
        return Changed(**told, address=self._page_address(item.page), texts=texts)

    def _page_address(self, target: str | None) -> str | None:
        return self._absolute(site_path(target)) if target else None

    @property
    def codes(self) -> dict[str, Any]:
        """The codes that lead to pages."""
        systems, found = list(self._guide.records("code-systems").values()), self.site.once(answers)
        entries = [
            CodeEntry(
                system=system.id,
                code=code.code,
                name=code.name,
                without=code.without,
                address=self._absolute(code_path(system.id, code.code)),
                answers=[
                    CodeTarget(
                        kind=answer.kind,
                        id=page_id(answer.id) if answer.kind == PAGES else answer.id,
                        title=answer.title,
                        address=self._absolute(site_path(answer.target)),
                    )
                    for answer in found[system.id, code.code]
                ],
            )
            for system in systems
            for code in system.codes
            if (system.id, code.code) in found
        ]
        return Codes(
            schema_address="schemas/codes.json",
            systems=[
                CodeSystemEntry(
                    **{name: getattr(system, name) for name in CodeSystemEntry.model_fields}
                    | {"rights": plain_text(system.rights)}
                )
                for system in systems
            ],
            codes=entries,
        ).model_dump(mode="json", by_alias=True)

    def _absolute(self, path: str) -> str:
        return self.embeds.address + path.lstrip("/")

    @property
    def feed(self) -> str:
        """What changed in the guidance."""
        entries = changelog_entries(self.changelog, self.embeds.address, self.embeds.day)
        return self._feed(FEED, "feed", entries)

    @property
    def safety_feed(self) -> str:
        """What changed in matters of safety."""
        words = self._guide.labels[self.site.language].words
        page = PageRenderer(self._guide, "", self.site.language)
        links = AbsoluteLinks(self.embeds.address, self.embeds.address)
        found = []
        for release in self._releases:
            items = [item for item in release.items if item.safety]
            if items:
                shown = page.render("changed-feed.html.j2", None, None, items=items)
                content, _ = sanitize(
                    marks.written(shown, lambda target: marks.plain(links.address(target))), self.embeds.address
                )
                title = words["change-release"].format(version=release.version, day=page.day(release.day))
                link = self._page_address(self._site.changes_page) or self.embeds.address
                found.append(FeedEntry(release.version, release.day, title, link, content))
        return self._feed(SAFETY_FEED, "safety-feed", found)

    def _feed(self, file: str, label: str, entries: list[FeedEntry]) -> str:
        words = self._guide.labels[self.site.language].words
        return feed(
            file,
            entries,
            address=self.embeds.address,
            title=words[label].format(site=self.embeds.name),
            publisher=self._site.publisher,
            rights=self._site.license.name if self._site.license else "",
            language=self.site.language,
            newest=self.embeds.day,
        )


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
