"""The description of the data files for programs, by OpenAPI 3.1; addresses are relative to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from guide.model.inline import plain_text
from guide.model.registry import reader_kinds
from guide.model.site import Site as Settings
from guide.outputs.citations import FORMATS, SOURCES
from guide.outputs.data_models import PAGES, Changes, Codes, FormFile, Index, Status, Table, WithdrawnFile
from guide.outputs.data_schemas import definitions, model_name, schema_models
from guide.outputs.feed import FEED, SAFETY_FEED

_CSV = {"text/csv": {"schema": {"type": "string"}}}
_OBJECT = {"application/json": {"schema": {"type": "object"}}}


def description(
    name: str,
    version: str,
    site: Settings,
    ids: Mapping[str, Sequence[str]],
    withdrawn: Sequence[str],
    tables: Sequence[Table],
    forms: Sequence[FormFile],
) -> dict[str, Any]:
    """Describe every file.

    Args:
        name: Of the guide.
        version: Of the guide.
        site: What data/site.yaml says.
        ids: Of pages and records, by kind.
        withdrawn: Files of what the guide no longer has, relative to the description.
        tables: Every CSV file.
        forms: Every record in a format of other programs.
    """
    schema_names = list(schema_models())
    paths: dict[str, Any] = {
        "/index.json": _get("index", "What there is", _json(Index)),
        "/status.json": _get("status", "How every page and record stands", _json(Status)),
        "/changes.json": _get("changes", "What each release changed, with old and new words", _json(Changes)),
        "/safety.json": _get("safety", "The same, of matters of safety only", _json(Changes)),
        "/codes.json": _get("codes", "The codes that lead to pages", _json(Codes)),
        "/openapi.json": _get("openapi", "This description", _OBJECT),
        "/schemas/{name}.json": _get("schema", "The JSON Schema of a kind of file", _OBJECT, name=schema_names),
    }
    for kind in (PAGES, *reader_kinds()):
        lost = [file.split("/")[1].removesuffix(".json") for file in withdrawn if file.startswith(f"{kind}/")]
        if ids[kind] or lost:
            models: list[type[BaseModel]] = [schema_models()[kind], *([WithdrawnFile] if lost else [])]
            what = f"One of {kind}" + (", or that it is withdrawn" if lost else "")
            paths[f"/{kind}/{{id}}.json"] = _get(f"{kind}-one", what, _json(*models), id=[*ids[kind], *lost])
    for kind in reader_kinds():
        files = [table.file for table in tables if table.kind == kind]
        if files:
            paths[f"/{kind}.csv"] = _get(f"{kind}-table", f"All {kind} as a table", _CSV)
        own = [file.split("/")[1].removesuffix(".csv") for file in files if "/" in file]
        if own:
            paths[f"/{kind}/{{id}}.csv"] = _get(f"{kind}-one-table", f"One of {kind} as a table", _CSV, id=own)
    for kind, ending in dict.fromkeys((form.kind, form.format) for form in forms):
        made = [form.id for form in forms if (form.kind, form.format) == (kind, ending)]
        what = f"One of {kind} as a form ({ending})"
        paths[f"/{kind}/{{id}}.{ending}.json"] = _get(f"{kind}-one-{ending}", what, _OBJECT, id=made)
    lost = [file.split("/")[1].removesuffix(".json") for file in withdrawn if file.startswith(f"{PAGES}/")]
    for end, citation in FORMATS.items():
        file, pages = {citation.media_type: {"schema": {"type": "string"}}}, [*ids[PAGES], *lost]
        paths[f"/references.{end}"] = _get(f"references-{end}", f"All sources as {citation.name}", file)
        paths[f"/{PAGES}/{{id}}.{end}"] = _get(f"page-{end}", f"A page as {citation.name}", file, id=pages)
        what = f"The sources of a page as {citation.name}"
        paths[f"/{PAGES}/{{id}}.{SOURCES}{end}"] = _get(f"page-sources-{end}", what, file, id=pages)
    atom = {"application/atom+xml": {"schema": {"type": "string"}}}
    above = {"servers": [{"url": "../.."}]}
    paths[f"/{FEED}"] = _get("feed", "What changed in the guidance", atom) | above
    paths[f"/{SAFETY_FEED}"] = _get("safety-feed", "What changed in matters of safety", atom) | above
    return {
        "openapi": "3.1.0",
        "info": {
            "title": name,
            "version": version,
            "description": f"Static files, read by GET, without a key. {plain_text(site.disclaimer)}",
            "contact": {"name": site.publisher, "email": site.contact},
            **({"license": {"name": site.license.name, "url": site.license.url}} if site.license else {}),
        },
        "servers": [{"url": "."}],
        "paths": paths,
        "components": {"schemas": definitions("#/components/schemas/")},
    }


def _json(*models: type[BaseModel]) -> dict[str, Any]:
    named = [{"$ref": f"#/components/schemas/{model_name(model)}"} for model in models]
    return {"application/json": {"schema": named[0] if len(named) == 1 else {"oneOf": named}}}


def _get(name: str, what: str, content: dict[str, Any], /, **parameters: list[str]) -> dict[str, Any]:
    """Describe a file, or many that differ by a part of their name."""
    given = [
        {"name": key, "in": "path", "required": True, "schema": {"type": "string", "enum": values}}
        for key, values in parameters.items()
    ]
    operation = {"operationId": name, "summary": what, "responses": {"200": {"description": what, "content": content}}}
    return {"get": operation | ({"parameters": given} if given else {})}
