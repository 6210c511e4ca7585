"""schemas/ is what the models say, and each data file is valid by the schema that its first line names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from guide.commands.schemas import schemas
from guide.model.registry import kinds
from tests.factories import DATA, GOOD, ROOT, plain_labels

FOLDER = ROOT / "schemas"
FIRST_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
FILES = sorted((ROOT / "data").rglob("*.yaml"))


class _EditorsLoader(yaml.SafeLoader):
    """Reads YAML as an editor's language server does, but for dates, which JSON does not have."""


_EditorsLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_json(path: Path) -> Any:
    return json.loads(json.dumps(yaml.load(path.read_text("utf-8"), Loader=_EditorsLoader)))


@pytest.mark.parametrize("kind", kinds())
def test_schema_is_fresh(kind: str) -> None:
    """`make schemas` writes them anew."""
    assert (FOLDER / f"{kind}.json").read_text("utf-8") == schemas()[f"{kind}.json"]


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(schemas()) == {f"{kind}.json" for kind in kinds()}


@pytest.mark.parametrize("name", schemas())
def test_schema_is_one_itself(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schemas()[name]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "data").as_posix())
def test_data_file_is_valid_by_the_schema_of_its_first_line(path: Path) -> None:
    first = path.read_text("utf-8").split("\n", 1)[0]
    match = FIRST_LINE.fullmatch(first)
    assert match, first
    named = (path.parent / match[1]).resolve()
    parts = path.relative_to(ROOT / "data").parts
    assert named == FOLDER / f"{parts[0] if len(parts) > 1 else path.stem}.json"
    validator = jsonschema.Draft202012Validator(json.loads(named.read_text("utf-8")))
    assert [f"{list(fault.path)}: {fault.message}" for fault in validator.iter_errors(as_json(path))] == []


@pytest.mark.parametrize("path", sorted((GOOD / "data").rglob("*.yaml")), ids=lambda path: path.stem)
def test_schemas_fit_a_guide_on_another_subject(path: Path) -> None:
    parts = path.relative_to(GOOD / "data").parts
    schema = json.loads(schemas()[f"{parts[0] if len(parts) > 1 else path.stem}.json"])
    jsonschema.validate(as_json(path), schema)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("comparisons", {"poplation": "Adults"}),
        ("comparisons", {"title": None}),
        ("comparisons", {"options": "group"}),
        ("levels", {"id": "Not An Id"}),
        ("references", {"kind": "rumor"}),
        ("site", {"help_page": "/help/"}),
        ("labels", {"language": "english"}),
    ],
)
def test_editor_sees_what_the_checker_refuses(name: str, change: dict[str, Any]) -> None:
    written: Any = plain_labels() if name == "labels" else next(v for k, v in DATA.items() if k.split("/")[0] == name)
    record = dict(written[0] if isinstance(written, list) else written)
    record = {key: value for key, value in {**record, **change}.items() if value is not None}
    faulty = [record] if isinstance(written, list) else record
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(faulty, json.loads(schemas()[f"{name}.json"]))
