"""Files for programs: the records of the pages, whole, valid and safe; and the feed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from guide.model.addresses import API
from guide.model.registry import reader_kinds
from guide.outputs import embed_files
from guide.outputs.csv_rows import safe, sheet
from guide.outputs.data_changes import guidance_feed, safety_feed
from guide.outputs.data_files import Api
from guide.outputs.data_schemas import schemas
from guide.outputs.feed import FEEDS, releases
from guide.outputs.portable_html import DROPPED, KEPT, sanitize
from guide.reading import marks
from tests.factories import (
    EXAMPLES,
    full_page,
    known,
    make,
    make_checklist,
    make_comparison,
    make_guide,
    make_level,
    make_site,
    rendered_site,
)
from tests.trees import parse

ROOT_URL = "https://swim.example.org/"
ATOM = "{http://www.w3.org/2005/Atom}"


def api(
    html: str = "<h1>Learn to swim</h1><p>Jump.</p>", changelog: str = "", cited: tuple[str, ...] = (), **records: Any
) -> Api:
    guide = make_guide(**{"site": make_site(help_page="index.md"), **records})
    page = full_page(html, description="How to.", cited=cited)
    return rendered_site(guide, page, changelog=changelog).once(Api)


def files(made: Api) -> dict[str, Any]:
    return {
        file.path.removeprefix(API): json.loads(file.content) for file in made.files() if file.path.endswith(".json")
    }


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# The good site, as it is built


@pytest.fixture(scope="module")
def folder(good_site: Path) -> Path:
    return good_site / "api" / "v1"


@pytest.fixture(scope="module")
def index(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "index.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def entries(folder: Path, index: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads((folder / entry["file"]).read_text("utf-8")) for entry in index["entries"]]


@pytest.mark.site
def test_index_lists_every_file_and_no_other(folder: Path, index: dict[str, Any]) -> None:
    listed = {"index.json", "openapi.json", *index["schemas"].values(), *index["withdrawn"]}
    listed |= {index[key] for key in ("status", "changes", "safety", "codes")}
    listed |= {entry["file"] for entry in [*index["entries"], *index["tables"], *index["forms"]]}
    cited, pages = index["citations"], [entry["id"] for entry in index["entries"] if entry["kind"] == "pages"]
    pages += [name.split("/")[1].removesuffix(".json") for name in index["withdrawn"] if name.startswith("pages/")]
    for end in cited["formats"]:
        listed.add(cited["references"].replace("{format}", end))
        for template in (cited["page"], cited["page_sources"]):
            listed |= {template.replace("{id}", page).replace("{format}", end) for page in pages}
    assert listed == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert (folder / index["feed"]).is_file()
    assert (folder / index["safety_feed"]).is_file()


@pytest.mark.site
def test_every_kind_that_readers_see_is_there(index: dict[str, Any]) -> None:
    assert {entry["kind"] for entry in index["entries"]} == {"pages", *reader_kinds()} - set(EXAMPLES)
    assert {entry["kind"] for entry in index["tables"]} == set(reader_kinds()) - {"care-cards", "charts", *EXAMPLES}


@pytest.mark.site
def test_records_in_formats_of_other_programs_are_listed_and_say_where_they_are(
    folder: Path, index: dict[str, Any]
) -> None:
    assert index["forms"] == [
        {
            "kind": "worksheets",
            "id": "swim-plan",
            "format": "fhir",
            "title": "My swim plan",
            "file": "worksheets/swim-plan.fhir.json",
        }
    ]
    form = json.loads((folder / index["forms"][0]["file"]).read_text("utf-8"))
    assert form["url"] == f"https://swim.example.org/{API}worksheets/swim-plan.fhir.json"


@pytest.mark.site
def test_every_file_is_valid_by_the_schema_that_it_names(folder: Path, index: dict[str, Any]) -> None:
    names = ["index.json", *(index[key] for key in ("status", "changes", "safety", "codes"))]
    for name in [*names, *(entry["file"] for entry in index["entries"])]:
        content = json.loads((folder / name).read_text("utf-8"))
        schema = json.loads(((folder / name).parent / content["$schema"]).read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        faults = list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(content))
        assert not faults, f"{name}: {faults[0].message}"


@pytest.mark.site
def test_description_is_valid_and_names_every_file(folder: Path, index: dict[str, Any]) -> None:
    described = json.loads((folder / "openapi.json").read_text("utf-8"))
    validate(described)
    named = set()
    for path, item in described["paths"].items():
        parameters = item["get"].get("parameters", [])
        for value in parameters[0]["schema"]["enum"] if parameters else [""]:
            named.add(re.sub(r"{\w+}", value, path).lstrip("/"))
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert named == {*there, *FEEDS}


@pytest.mark.site
def test_words_stand_on_the_page_that_they_name(good_site: Path, entries: list[dict[str, Any]]) -> None:
    """The same records as the pages: every line of a file is read at the address in it."""

    def squeezed(words: str) -> str:
        return re.sub(r"\W+", "", words)

    shown: dict[str, str] = {}
    missing, looked_at = [], 0
    for entry in entries:
        address, anchor = urldefrag(entry["address"])
        if address not in shown:
            built = (good_site / address.removeprefix(ROOT_URL) / "index.html").read_text("utf-8")
            clean = re.sub(r'<sup class="guide-cite">.*?</sup>', "", built, flags=re.DOTALL)
            shown[address] = squeezed(parse(clean.replace("<!doctype html>", "")).text)
        if anchor or entry["kind"] == "pages":
            bare = re.sub(r"<sup>.*?</sup>", "", entry["html"], flags=re.DOTALL)
            for line in sanitize(bare, address)[1].split("\n"):
                looked_at += 1
                if squeezed(line) not in shown[address]:
                    missing.append((entry["kind"], entry["id"], line))
    assert missing == []
    assert looked_at > 300


@pytest.mark.site
def test_addresses_lead_to_a_place_that_is_there(good_site: Path, entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        address, anchor = urldefrag(entry["address"])
        built = (good_site / address.removeprefix(ROOT_URL) / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in built, entry["address"]
        if entry["embed"]:
            assert (good_site / entry["embed"].removeprefix(ROOT_URL) / "index.html").is_file()


@pytest.mark.site
def test_hash_can_be_made_again_from_the_file(entries: list[dict[str, Any]], index: dict[str, Any]) -> None:
    listed = {(entry["kind"], entry["id"]): entry["content_hash"] for entry in index["entries"]}
    for entry in entries:
        stated = entry.pop("content_hash")
        text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        entry["content_hash"] = stated
        assert stated == hashlib.sha256(text.encode()).hexdigest() == listed[entry["kind"], entry["id"]]


@pytest.mark.site
def test_html_is_of_the_list_and_links_are_absolute(entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        assert {tag.lower() for tag in re.findall(r"</?([a-zA-Z0-9]+)", entry["html"])} <= set(KEPT)
        assert not re.search(r'\s(class|id|style|on\w+)="', entry["html"])
        for target in re.findall(r'(?:href|src)="([^"]*)"', entry["html"]):
            assert re.match(r"https://|mailto:|tel:|sms:", target), target


@pytest.mark.site
def test_tables_parse_and_are_as_listed(folder: Path, index: dict[str, Any]) -> None:
    for listed in index["tables"]:
        raw = (folder / listed["file"]).read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = table(raw.decode("utf-8"))
        assert (list(rows[0]), len(rows)) == (listed["columns"], listed["rows"])
        assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.site
def test_tables_hold_the_records(folder: Path, entries: list[dict[str, Any]]) -> None:
    for kind in ("glossary", "helplines", "figures", "questions", "timeline", "references"):
        ids = [entry["id"] for entry in entries if entry["kind"] == kind]
        assert [row["id"] for row in table((folder / f"{kind}.csv").read_text("utf-8"))] == ids


@pytest.mark.site
def test_feed_is_linked_from_every_page(good_site: Path) -> None:
    feed = ET.parse(good_site / "feed.xml").getroot()
    assert feed.find(f"{ATOM}id").text == f"{ROOT_URL}feed.xml"  # type: ignore[union-attr]
    assert 'type="application/atom+xml" href="../feed.xml"' in (good_site / "help" / "index.html").read_text("utf-8")
    assert 'type="application/atom+xml" href="feed.xml"' in (good_site / "index.html").read_text("utf-8")


# What files say


def test_comparison_writes_out_what_it_takes_from_other_records() -> None:
    cells = {"group": {"from": "levels/beginner/setting"}, "alone": {"from": "levels/beginner/hours_per_week"}}
    rows = [{"id": "where", "question": "Where?", "cells": cells}]
    made = files(api(comparisons=make_comparison(rows=rows), levels=make_level()))
    shown = made["comparisons/lessons.json"]["record"]["rows"][0]["cells"]
    assert shown["group"]["text"] == made["levels/beginner.json"]["record"]["setting"]["text"]
    assert shown["group"]["from"] == "levels/beginner/setting"
    assert "1 to 2 hours" in shown["alone"]["text"]


def test_comparison_says_which_way_its_answers_speak() -> None:
    rows = make_comparison().model_dump()["rows"]
    rows[0]["speaks"] = [{"value": "quiet", "way": "for", "options": ["alone"], "why": "Nobody else is *there*."}]
    values = [{"id": "quiet", "name": "Quiet", "ask": "I want it quiet."}]
    shown = files(api(comparisons=make_comparison(rows=rows, values=values)))["comparisons/lessons.json"]["record"]
    assert shown["values"] == values
    assert shown["rows"][0]["speaks"] == [
        {"value": "quiet", "way": "for", "options": ["alone"], "why": "Nobody else is there.", "references": []}
    ]


def test_texts_of_records_are_plain_and_their_html_has_the_links() -> None:
    text = "Bring **two** [towels](index.md)."
    made = files(api(checklists=make_checklist(when=text)))["checklists/first-lesson.json"]
    assert made["record"]["when"] == made["summary"] == "Bring two towels."
    assert f'Bring <strong>two</strong> <a href="{ROOT_URL}">towels</a>.' in made["html"]


def test_number_of_a_source_leads_to_the_source() -> None:
    made = files(api(checklists=make_checklist()))["checklists/first-lesson.json"]
    assert [(source["number"], source["id"]) for source in made["sources"]] == [(1, "river-2020")]
    assert '<sup><a href="https://example.org/river">1</a></sup>' in made["html"]


def test_hash_changes_with_the_content_and_with_nothing_else() -> None:
    def hashed(**changes: Any) -> str:
        return str(files(api(checklists=make_checklist(**changes)))["checklists/first-lesson.json"]["content_hash"])

    assert hashed() == hashed()
    assert hashed() != hashed(review_due="2026-12-05")


def test_record_in_another_language_says_so() -> None:
    made = files(api(**{"care_cards": make("care-cards", lang="es")}))
    assert [content["language"] for name, content in made.items() if name.startswith("care-cards/")] == ["es"]


def test_withdrawn_thing_keeps_its_address_and_says_where_to_go() -> None:
    gone = {
        "id": "old-list",
        "address": "checklist/old-list",
        "title": "An old list",
        "withdrawn": "2026-02-01",
        "why": "Nobody used it.",
        "instead": "index.md",
    }
    made = files(api(withdrawn=make("withdrawn", **gone)))
    content = made["checklists/old-list.json"]
    assert (content["withdrawn"], content["instead"]) == ("2026-02-01", ROOT_URL)
    assert made["index.json"]["withdrawn"] == ["checklists/old-list.json"]
    Draft202012Validator(schemas()["withdrawn"]).validate(content)
    validate(made["openapi.json"])


def test_withdrawn_source_keeps_its_data_file_and_has_no_embed() -> None:
    gone = {"id": "sea", "address": "references/sea", "title": "The sea", "withdrawn": "2026-02-01"}
    made = api(withdrawn=make("withdrawn", **gone, why="Nobody read it.", instead="index.md"))
    assert files(made)["references/sea.json"]["withdrawn"] == "2026-02-01"
    assert not [file.path for file in embed_files.files(made.site) if "sea" in file.path]


def test_index_and_description_work_from_any_folder() -> None:
    made = files(api(checklists=make_checklist()))
    assert all(not entry["file"].startswith(("/", "http")) for entry in made["index.json"]["entries"])
    assert made["openapi.json"]["servers"] == [{"url": "."}]


# Tables


@pytest.mark.parametrize("text", ["=1+1", "+1-800-HELP", "-lead", "@cmd", "\t=1", "\r=1", "  =1", "＝1"])
def test_what_begins_like_a_formula_is_not_run(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["311", "1-800-555-0100", "-3.5", "9 to 19 hours", "a=b", ""])
def test_other_values_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_commas_quotes_and_lines_survive() -> None:
    rows = [{"a": 'say "hi", then', "b": ["x", "y"], "c": None, "d": True}]
    assert table(sheet(rows)) == [{"a": 'say "hi", then', "b": "x; y", "c": "", "d": "yes"}]


def test_formula_in_a_record_is_not_run() -> None:
    groups = [{"title": "To pack", "items": [{"id": "towel", "text": "=HYPERLINK(1)."}]}]
    made = {file.path: file.content.decode("utf-8") for file in api(checklists=make_checklist(groups=groups)).files()}
    assert table(made[f"{API}checklists.csv"])[0]["text"] == "'=HYPERLINK(1)."
    assert made[f"{API}checklists.csv"] == made[f"{API}checklists/first-lesson.csv"]


def test_comparison_has_a_row_for_each_answer() -> None:
    rows = table(
        {file.path: file.content.decode("utf-8") for file in api(comparisons=make_comparison()).files()}[
            f"{API}comparisons/lessons.csv"
        ]
    )
    assert [(row["option_id"], row["answer"] or row["not_known"]) for row in rows] == [
        ("group", known("About six people.")["text"]),
        ("alone", "Nobody has counted."),
    ]


# HTML


@pytest.mark.parametrize("tag", sorted(DROPPED))
def test_elements_that_do_something_go_with_what_they_hold(tag: str) -> None:
    assert sanitize(f"<p>Swim<{tag} x='y'>bad<b>worse</b></{tag}>.</p>", ROOT_URL) == ("<p>Swim.</p>", "Swim.")


@pytest.mark.parametrize(
    ("ours", "wanted"),
    [
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="JAVASCRIPT:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="java&#10;script:x">x</a>', "<a>x</a>"),
        ('<p onclick="x" style="y" class="z">x</p>', "<p>x</p>"),
        ("<!-- <b>no</b> -->x", "x"),
        ("1 < 2 <unknown>x</unknown>", "1 &lt; 2 x"),
        ('<a title="<script>" href="#a">x</a>', '<a href="https://swim.example.org/#a">x</a>'),
        ('<a href="../b/&quot;x">x</a>', '<a href="https://swim.example.org/b/&quot;x">x</a>'),
        ('<ol><li><span aria-hidden="true">1</span>x</li></ol>', "<ol><li>x</li></ol>"),
        ('<p lang="es">x</p><th scope="row" class="y">z</th>', '<p lang="es">x</p><th scope="row">z</th>'),
        ('<img src="a.svg" alt="A pool"><br>', '<img src="https://swim.example.org/a.svg" alt="A pool"><br>'),
        ("<p>open", "<p>open</p>"),
        ("</p>closed", "closed"),
        ("<p>A &amp; B &lt;i&gt;</p>", "<p>A &amp; B &lt;i&gt;</p>"),
    ],
)
def test_html_is_cleaned(ours: str, wanted: str) -> None:
    assert sanitize(ours, ROOT_URL)[0] == wanted


def test_text_has_a_line_for_each_block_and_sources_in_brackets() -> None:
    ours = '<ul><li>One<sup><a href="#source-1">1</a></sup></li><li>Two &amp; three</li></ul>'
    made = files(api(ours, cited=("river-2020",)))["pages/index.json"]
    assert made["text"] == "One [1]\nTwo & three"
    assert '<a href="https://example.org/river">1</a>' in made["html"]


@pytest.mark.parametrize("part", ["site", "screen"])
def test_what_means_something_on_our_own_pages_only_is_left_out(part: str) -> None:
    ours = f"<p>Swim.</p>{marks.begin(part)}<p>Embed <b>this</b>.</p>{marks.end(part)}<p>Float.</p>"
    made = files(api(ours))["pages/index.json"]
    assert (made["html"], made["text"]) == ("<p>Swim.</p><p>Float.</p>", "Swim.\nFloat.")


def test_offers_to_embed_and_names_of_options_in_each_cell_are_left_out() -> None:
    site = make_site(help_page="index.md", embed_page="index.md")
    made = files(api(comparisons=make_comparison(), checklists=make_checklist(), site=site))
    comparison, checklist = made["comparisons/lessons.json"], made["checklists/first-lesson.json"]
    for content in (comparison, checklist):
        assert "embed" not in content["html"].lower()
    # Once as the name of a column.
    assert comparison["text"].count("In a group") == 1
    assert "<td> About six people." in comparison["html"]


# The feed

CHANGELOG = """# Changelog

## Unreleased

### Guidance

- Swim <b>before</b> you eat.

### Site

- Blue.

## 1.1.0 (2026-03-01)

### Site

- Green.

## 1.0.0 (2026-02-01)

### Guidance

- The first
  lesson.
"""


def test_feed_tells_the_guidance_of_each_release() -> None:
    found = list(releases(CHANGELOG))
    assert [(release.name, str(release.day)) for release in found] == [("Unreleased", "None"), ("1.0.0", "2026-02-01")]
    assert "Blue" not in found[0].changes


def test_feed_is_atom_with_lasting_ids_and_no_markup_of_the_changelog() -> None:
    feed = ET.fromstring(guidance_feed(api(changelog=CHANGELOG).site))
    assert [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] == [
        f"{ROOT_URL}feed.xml#unreleased",
        f"{ROOT_URL}feed.xml#1.0.0",
    ]
    assert [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")] == [
        "2026-01-05T00:00:00Z",
        "2026-02-01T00:00:00Z",
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-02-01T00:00:00Z"
    contents = [entry.findtext(f"{ATOM}content") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert "Swim &lt;b&gt;before&lt;/b&gt; you eat." in contents[0]


def test_guide_without_a_changelog_has_an_empty_feed() -> None:
    feed = ET.fromstring(guidance_feed(api().site))
    assert feed.findtext(f"{ATOM}title") and feed.findtext(f"{ATOM}updated")
    assert not list(feed.iter(f"{ATOM}entry"))


@pytest.mark.site
def test_codes_say_what_they_lead_to_and_every_address_is_there(folder: Path, good_site: Path) -> None:
    codes = json.loads((folder / "codes.json").read_text("utf-8"))
    assert [(system["id"], system["category"]) for system in codes["systems"]] == [("strokes-9", 3)]
    found = {
        code["code"]: [answer["address"].removeprefix(ROOT_URL) for answer in code["answers"]]
        for code in codes["codes"]
    }
    assert found == {
        "B10": ["calls/top-level/"],
        "B10.2": ["connect/#what-if-i-am-afraid", "calls/top-level/#question-fear"],
        "C20": ["help/#care-cramp"],
    }
    for code in codes["codes"]:
        listed = (good_site / code["address"].removeprefix(ROOT_URL) / "index.html").read_text("utf-8")
        assert all(answer["title"] in listed for answer in code["answers"])


# What changed


def changes(**item: Any) -> dict[str, Any]:
    first = {"kind": "helplines", "item": "pool-office", "title": "Pool & office", "how": "changed", **item}
    texts = [{"where": "number", "now": "1-800-555-0142", "was": "<b>1-800-555-0100</b>"}]
    other = {"kind": "pages", "item": "index", "title": "Learn to swim", "how": "new", "page": "index.md"}
    return {
        "changes": [
            make("changes", items=[{**first, "texts": texts, "safety": True}, other]),
            make("changes", id="1-0-0", version="1.0.0", day="2026-01-12"),
        ]
    }


def test_changes_are_told_newest_first_and_safety_apart() -> None:
    made = files(api(**changes(page="index.md")))
    every, safety = made["changes.json"], made["safety.json"]
    assert [release["version"] for release in every["releases"]] == ["1.1.0", "1.0.0"]
    assert [release["version"] for release in safety["releases"]] == ["1.1.0", "1.0.0"]
    assert [item["item"] for item in every["releases"][0]["items"]] == ["pool-office", "index"]
    (item,) = safety["releases"][0]["items"]
    assert item["address"] == ROOT_URL
    assert item["texts"] == [{"where": "number", "now": "1-800-555-0142", "was": "<b>1-800-555-0100</b>"}]
    for content in (every, safety):
        Draft202012Validator(schemas()["changes"]).validate(content)


def test_safety_feed_tells_safety_only_as_text_and_links_no_old_number() -> None:
    feed = ET.fromstring(safety_feed(api(**changes()).site))
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"{ROOT_URL}safety.xml#1.1.0"
    content = entry.findtext(f"{ATOM}content") or ""
    assert "Pool &amp; office" in content and "&lt;b&gt;1-800-555-0100&lt;/b&gt;" in content
    assert "Learn to swim" not in content and "tel:" not in content
