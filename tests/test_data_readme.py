"""The examples in data/README.md are whole and valid: what a contributor copies passes the checker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from guide.model.registry import kinds
from tests.factories import EXAMPLES

README = Path(__file__).parents[1] / "data" / "README.md"
KINDS = [key for key in kinds() if key not in EXAMPLES]
"""The generator's. Those that a guide has added have their example in their folder."""
SCHEMA = re.compile(r"# yaml-language-server: \$schema=((?:\.\./)+)schemas/([a-z-]+)\.json\n")


def blocks() -> list[tuple[str, str, str]]:
    """Give each example as (kind, way up to schemas/, YAML)."""
    found = []
    for block in re.findall(r"^```yaml\n(.*?)^```$", README.read_text("utf-8"), re.DOTALL | re.MULTILINE):
        first = SCHEMA.match(block)
        assert first, f"does not begin with its schema: {block[:60]}"
        found.append((first[2], first[1], block))
    return found


def examples(kind: str) -> list[str]:
    return [block for named, _, block in blocks() if named == kind]


def models(kind: str) -> set[type[BaseModel]]:
    """Give every model that a kind of record is made of."""
    found: set[type[BaseModel]] = set()

    def visit(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in found:
            found.add(annotation)
            for field in annotation.model_fields.values():
                visit(field.annotation)
        for inner in get_args(annotation):
            visit(inner)

    visit(kinds()[kind].model)
    return found


def used(value: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """Give the fields that were written, in a record and in what it holds."""
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield type(value), name
            yield from used(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from used(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from used(inner)


def validated(kind: str, block: str) -> Any:
    return kinds()[kind].adapter.validate_python(yaml.load(block, Loader=yaml.BaseLoader))


def test_every_kind_has_an_example_and_no_other_has_one():
    assert {kind for kind, _, _ in blocks()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_examples_are_valid(kind: str):
    for block in examples(kind):
        assert validated(kind, block)


@pytest.mark.parametrize("kind", kinds())
def test_examples_show_every_field(kind: str):
    if kind in EXAMPLES:
        record = validated(kind, EXAMPLES[kind].read_text("utf-8"))
        left_out = set(type(record).model_fields) - record.model_fields_set - {"clinical_review"}
    else:
        # Certainty and basis exclude each other, so a record that holds one statement can't show both: another
        # kind does.
        shown = {field for named, _, block in blocks() for field in used(validated(named, block))}
        every = {(model, name) for model in models(kind) for name in model.model_fields}
        left_out = {f"{model.__name__}.{name}" for model, name in every - shown}
    assert left_out == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_comment_where_a_block_first_uses_it(kind: str):
    names = {field.alias or name for model in models(kind) for name, field in model.model_fields.items()}
    for block in examples(kind):
        seen = set()
        lines = block.splitlines()
        for number, line in enumerate(lines):
            key = re.match(r"[ -]*([A-Za-z_-]+):(?: |$)", line)
            if key and key[1] in names and key[1] not in seen:
                seen.add(key[1])
                assert " # " in line or lines[number - 1].lstrip().startswith("# "), line


def commented(value: Any, node: Any, lines: list[str]) -> Iterator[tuple[str, str, str]]:
    """Give each field that has a comment: its name, what its model says of it, and the comment."""
    if isinstance(value, BaseModel):
        written = {key.value: (key.start_mark.line, inner) for key, inner in node.value}
        for name in value.model_fields_set:
            field = type(value).model_fields[name]
            number, inner = written[field.alias or name]
            yield f"{type(value).__name__}.{name}", str(field.description), comment(lines, number)
            yield from commented(getattr(value, name), inner, lines)
    elif isinstance(value, dict):
        for (_, inner), each in zip(node.value, value.values(), strict=True):
            yield from commented(each, inner, lines)
    elif isinstance(value, list):
        for inner, each in zip(node.value, value, strict=True):
            yield from commented(each, inner, lines)


def comment(lines: list[str], number: int) -> str:
    """Give the comment at the end of a line, or else the one above it."""
    own = re.search(r"[^ ].* # (.*)$", lines[number])
    if own:
        return own[1]
    above = []
    while number and re.match(r" *# (?!yaml-language)", lines[number - 1]):
        number -= 1
        above.insert(0, lines[number].strip(" #"))
    return " ".join(above)


def plain(text: str) -> str:
    return " ".join(re.sub(r'[`"]', "", text).lower().rstrip(".").split())


@pytest.mark.parametrize("kind", KINDS)
def test_comments_say_what_the_models_say(kind: str):
    """The models are the home of what a key means; editors and the reference of fields show that."""
    for block in examples(kind):
        for name, means, written in commented(validated(kind, block), yaml.compose(block), block.splitlines()):
            if written and 'see "Dates" above' not in written:
                assert plain(means) in plain(written), name


@pytest.mark.parametrize(("kind", "up"), sorted({(kind, up) for kind, up, _ in blocks()}))
def test_the_first_line_leads_to_schemas_from_where_the_file_goes(kind: str, up: str):
    assert up == ("../../" if kinds()[kind].folder else "../")


def test_table_of_kinds_names_every_kind_and_its_place():
    text = README.read_text("utf-8")
    for kind in map(kinds().__getitem__, KINDS):
        name = "<language>" if kind.key == "labels" else "<id>"
        place = f"`{kind.key}/{name}.yaml`" if kind.folder else f"`{kind.key}.yaml`"
        assert text.count(f"| {place} |") == 1, kind.key
