"""The JSON Schemas of the data files, made from the models of what they hold."""

import json
import re
from functools import cache
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from guide.model.registry import reader_kinds
from guide.outputs.data_models import PAGES, Changes, Codes, Index, PageFile, RecordFile, Status, WithdrawnFile

_HERE = "#/$defs/"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def schema_models() -> dict[str, type[BaseModel]]:
    """Return what the files hold, by the name of their schema."""
    models: dict[str, type[BaseModel]] = {
        "index": Index,
        "status": Status,
        "changes": Changes,
        "codes": Codes,
        PAGES: PageFile,
        "withdrawn": WithdrawnFile,
    }
    for key, kind in reader_kinds().items():
        shown: Any = kind.published.model if kind.published else kind.record
        models[key] = cast(type[BaseModel], RecordFile.__class_getitem__(shown))
    return models


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every kind of file, whole in itself."""
    return {name: _alone(model_name(model)) for name, model in schema_models().items()}


def definitions(place: str) -> dict[str, Any]:
    """Return the JSON Schema of every model by its name; they refer to each other at a place, such as "#/$defs/"."""
    moved: dict[str, Any] = json.loads(json.dumps(_definitions()).replace(f'"{_HERE}', f'"{place}'))
    return moved


def model_name(model: type[BaseModel]) -> str:
    """Return the name of a model in schemas."""
    return re.sub(r"[^a-zA-Z0-9._-]", "_", model.__name__)


@cache
def _definitions() -> dict[str, Any]:
    models: Any = [(model, "serialization") for model in schema_models().values()]
    _, schema = models_json_schema(models, by_alias=True, ref_template=f"{_HERE}{{model}}")
    return dict(schema["$defs"])


def _alone(name: str) -> dict[str, Any]:
    needed: dict[str, Any] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each not in needed:
            needed[each] = _definitions()[each]
            waiting.extend(re.findall(rf'"{re.escape(_HERE)}([^"]+)"', json.dumps(needed[each])))
    return {"$schema": _DIALECT, **needed.pop(name), "$defs": dict(sorted(needed.items()))}
