"""What messages say to do about a statement without a source can be done, in every field of every kind of record."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from guide.checking import uncited_effect, uncited_number
from guide.model.guide import Guide, Source, at, walk
from guide.model.registry import kinds
from guide.reading.yaml_nodes import compose
from guide.rendering.project import Project
from tests.factories import CITED, DATES, EXAMPLES, data_path, plain, to_yaml
from tests.test_data_readme import examples

STATEMENTS = [(uncited_number, "Most take 10 weeks."), (uncited_effect, "It lowers the risk of a cramp.")]


def written(kind: str) -> Iterator[Any]:
    """Give the records of a kind in data/README.md, or in the folder of a guide's own component."""
    for text in [EXAMPLES[kind].read_text("utf-8")] if kind in EXAMPLES else examples(kind):
        value = yaml.load(text, Loader=yaml.BaseLoader)
        value = value[kinds()[kind].list_key] if kinds()[kind].list_key else value
        yield from value if isinstance(value, list) else [value]


def valid(kind: str, record: Any) -> Any:
    """Give the record that its model makes of what is written; None if it refuses that."""
    key, adapter = kinds()[kind].list_key, kinds()[kind].adapter
    try:
        if key:
            return getattr(adapter.validate_python({key: [record], **DATES}), key)[0]
        return adapter.validate_python([record])[0] if kinds()[kind].listed else adapter.validate_python(record)
    except ValidationError:
        return None


def changed(record: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Give a copy of what is written with another value at a path; None takes it out."""
    record = copy.deepcopy(record)
    holder = at(record, path[:-1])
    holder[path[-1]] = value
    if value is None:
        del holder[path[-1]]
    return record


def problems(rule: ModuleType, kind: str, record: Any) -> list[str]:
    """Give what a rule says of a guide with this record, if it's valid."""
    model = valid(kind, record)
    if model is None:
        return []
    guide = Guide()
    guide.records(kind)["one"] = model
    guide.sources[kind] = {"one": Source(data_path(kind, "one"), compose("", to_yaml(record))[0], record)}
    return [str(problem) for problem in rule.check(Project(Path(), guide, {}))]


def without_sources(kind: str, record: Any) -> Any:
    """Give a record without the sources that it can do without."""
    for path in {path[:-1] for path, _ in walk(record) if path[-2:-1] == ("references",)}:
        fewer = changed(record, path, None)
        record = fewer if valid(kind, fewer) else record
    return record


@pytest.mark.parametrize("kind", list(kinds()))
def test_what_to_do_about_a_statement_can_be_done(kind: str) -> None:
    for record, (rule, statement) in product([without_sources(kind, each) for each in written(kind)], STATEMENTS):
        before = problems(rule, kind, record)
        for path, _ in walk(record):
            stated = changed(record, path, statement)
            found = problems(rule, kind, stated)
            for problem in set(found) - set(before):
                holders = [path[:length] for length in range(len(path)) if isinstance(at(record, path[:length]), dict)]
                sourced = [changed(stated, (*holder, "references"), CITED) for holder in holders]
                helped = [
                    each for each in sourced if valid(kind, each) and len(problems(rule, kind, each)) < len(found)
                ]
                assert ("to its references, or " in problem) == bool(helped), f"{path}: {problem}"
                assert ("no source can be named for" in problem) != bool(helped), f"{path}: {problem}"
                assert "{{" not in problem


def test_chart_of_a_plan_whose_numbers_are_made_up() -> None:
    stages = [{"title": title, "icon": "walk", "text": "Swim 4 hours a day."} for title in ("Week 1", "Week 2")]
    chart = {**plain("charts", groups=None, references=None), "kind": "path", "stages": stages}
    assert len(problems(uncited_number, "charts", chart)) == 2
    assert problems(uncited_number, "charts", {**chart, "caption": "The hours are made up."}) == []
    assert problems(uncited_number, "charts", {**chart, "references": CITED}) == []
