"""The form for suggestions has a file for each record, which says what its data file says, and pages lead to it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from guide.model.registry import reader_kinds
from guide.outputs.suggest import FOLDER, LISTED, files, suggest_links
from guide.reading.records import load_guide
from tests.factories import GOOD, make_guide, make_site, rendered_site
from tests.trees import parse

PAGE = "contribute"
pytestmark = pytest.mark.site


def loaded(site: Path, name: str) -> Any:
    return json.loads((site / FOLDER / f"{name}.json").read_text("utf-8"))


def test_every_record_that_readers_see_has_its_file(good_site: Path) -> None:
    guide = load_guide(GOOD / "data")
    wanted = {f"{key}/{item}.json" for key in reader_kinds() for item in guide.records(key)}
    wanted |= {f"{key}.json" for key in reader_kinds()}
    found = {path.relative_to(good_site / FOLDER).as_posix() for path in (good_site / FOLDER).rglob("*.json")}
    assert found == wanted


def test_a_file_holds_texts_as_they_are_written(good_site: Path) -> None:
    guide = load_guide(GOOD / "data")
    item, source = next(iter(guide.sources["helplines"].items()))
    found = loaded(good_site, f"helplines/{item}")
    assert found["file"] == "data/helplines.yaml"
    top = {value["name"]: value["value"] for value in found["values"] if "." not in value["name"]}
    assert top and all(source.plain[name] == value for name, value in top.items())
    assert found["safety"] is True
    assert [item, source.plain["name"]] in loaded(good_site, "helplines")["records"]


def test_a_comparison_names_the_records_whose_words_it_shows(good_site: Path) -> None:
    guide = load_guide(GOOD / "data")
    for item, source in guide.sources["comparisons"].items():
        shown = set(re.findall(r"'from': '([a-z-]+/[a-z0-9-]+)/", str(source.plain)))
        assert {"/".join(each[:2]) for each in loaded(good_site, f"comparisons/{item}")["elsewhere"]} == shown


def links(site: Path, page: str) -> dict[str, str]:
    root = parse((site / page / "index.html").read_text("utf-8"), whole=False)
    to_form = re.compile(rf"(\.\./)+{PAGE}/#[a-z-]+(/[a-z0-9-]+)?")
    found = root.find_all("a", class_="guide-foot__link")
    return {link.text: link.attrs["href"] for link in found if to_form.fullmatch(link.attrs["href"])}


def test_the_foot_of_a_page_leads_to_each_record_that_it_shows(good_site: Path) -> None:
    found = links(good_site, "calls/top-level")
    guide = load_guide(GOOD / "data")
    for target in found.values():
        kind, _, item = target.partition("#")[2].partition("/")
        assert not item or item in guide.records(kind)
    assert f"../../{PAGE}/#checklists/first-lesson" in found.values()


def test_many_records_of_one_file_are_named_together() -> None:
    guide = load_guide(GOOD / "data")
    every = {("references", item) for item in guide.references}
    few = set(sorted(every)[:LISTED])
    assert [target for _, target in suggest_links(guide, few, "en")] == [
        f"references/{item}" for item in guide.references if ("references", item) in few
    ]
    if len(every) > LISTED:
        assert [target for _, target in suggest_links(guide, every, "en")] == ["references"]


def test_no_page_has_the_form_but_one(good_site: Path) -> None:
    having = {
        path.parent.relative_to(good_site).as_posix()
        for path in good_site.rglob("index.html")
        if 'id="guide-suggest"' in path.read_text("utf-8")
    }
    assert having == {PAGE}


def test_form_is_hidden_until_its_script_runs(good_site: Path) -> None:
    root = parse((good_site / PAGE / "index.html").read_text("utf-8"), whole=False)
    assert "hidden" in root.find("section", id="guide-suggest").attrs


def test_without_a_page_for_it_no_file_is_written() -> None:
    site = rendered_site(make_guide(site=make_site()))
    assert list(files(site)) == []
    assert list(files(rendered_site(make_guide(site=make_site(suggest_page="help.md")))))
