"""Statements are what readers see; a signature on one lapses when anything of it changes, and only then."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from guide.engine.live import LiveSite
from guide.model.guide import walk
from guide.model.registry import kinds, reader_kinds
from guide.outputs.embeds import Embeds
from guide.outputs.handouts import Handouts
from guide.reading import marks
from guide.reading.unchanged import Unchanged
from guide.rendering.project import FAILS, read_project
from guide.rendering.signatures import Signatures, signature
from guide.rendering.statements import Statement, Statements, rendered
from tests.factories import GOOD, Project, full_page, make, make_guide, make_reference, to_yaml, write_project

PAGES = ("calls/top-level.md", "index.md", "help.md")
KEPT = {"sources_checked", "review_due", "check_due", "accessed", "id"}
"""Keys whose change changes nothing that a reader relies on, or makes another record."""
MARKER = "Zebra"
OTHERS = {"certainty": ("low", "high"), "basis": ("rule", "practice"), "true": ("true", "false")}


def statements(html: str, cited: tuple[str, ...] = (), **records: Any) -> list[Statement]:
    page = full_page(html)
    return Statements(make_guide(**records), "en").of(page.content, cited, page.path)


def texts(html: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(each.text, each.headings, each.context) for each in statements(html) if each.role == "passage"]


def test_a_sentence_a_list_item_and_a_cell_are_statements() -> None:
    html = (
        "<h1>Swim</h1><p>Bring a towel. Dr. Fin says: bring two!</p><h2>Never</h2><p>Not here:</p>"
        "<ol><li>Running.</li><li>Diving<ul><li>head first</li></ul></li></ol>"
        '<table><caption>Depths</caption><tr><th></th><th scope="col">Pool</th><th scope="col">Lake</th></tr>'
        '<tr><th scope="row">How deep?</th><td><p>Two feet.</p><p>Or three.</p></td><td>Nobody knows.</td></tr></table>'
    )
    assert texts(html) == [
        ("Bring a towel.", ("Swim",), ()),
        ("Dr. Fin says: bring two!", ("Swim",), ()),
        ("Not here:", ("Swim", "Never"), ()),
        ("Running.", ("Swim", "Never"), ("Not here:", "1.")),
        ("Diving", ("Swim", "Never"), ("Not here:", "2.")),
        ("head first", ("Swim", "Never"), ("Not here:", "2.", "Diving")),
        ("Two feet. Or three.", ("Swim", "Never", "Depths"), ("How deep?", "Pool")),
        ("Nobody knows.", ("Swim", "Never", "Depths"), ("How deep?", "Lake")),
    ]


def test_a_heading_stands_below_those_of_higher_levels() -> None:
    html = "<h1>Swim</h1><h2>Lake</h2><h3>Deep</h3><h3>Cold</h3><p>Yes.</p><h2>Pool</h2><p>No.</p>"
    assert [headings for _, headings, _ in texts(html)] == [("Swim", "Lake", "Cold"), ("Swim", "Pool")]


def test_what_labels_a_section_is_its_title() -> None:
    html = '<section aria-labelledby="a"><p id="a">Cramp</p><p>Float.</p></section><p>Swim.</p>'
    assert texts(html) == [("Float.", ("Cramp",), ()), ("Swim.", (), ())]


def test_a_question_is_read_with_its_answer() -> None:
    assert texts("<p>Is it cold? It may be. Is it deep?</p><ul><li>Can you swim?</li></ul>") == [
        ("Is it cold? It may be.", (), ()),
        ("Is it deep?", (), ()),
        ("Can you swim?", (), ()),
    ]


def test_what_leads_to_a_list_counts_and_a_whole_sentence_leads_to_none() -> None:
    html = "<p>Call if someone</p><ul><li>sinks.</li></ul><ol><li>Now.</li></ol><p>So it is.</p><ul><li>Fine.</li></ul>"
    assert [context for _, _, context in texts(html)] == [(), ("Call if someone",), ("1.",), (), ()]


def test_a_sentence_counts_for_those_after_it_in_its_paragraph() -> None:
    before, after = (
        statements(f"<p>{drink} helps. It makes you sleepy. It's cheap.</p>") for drink in ("Tea", "Coffee")
    )
    assert (
        [each.text for each in before][1:]
        == [each.text for each in after][1:]
        == ["It makes you sleepy.", "It's cheap."]
    )
    assert not {each.hash for each in before} & {each.hash for each in after}


def test_how_sure_the_guide_is_stands_in_parentheses() -> None:
    dots = '<svg aria-hidden="true"><circle></circle></svg>'
    html = f'<p>It helps <span class="guide-certainty">{dots} Low certainty</span> <span>A study says so.</span></p>'
    assert texts(html) == [("It helps (Low certainty) A study says so.", (), ())]


def test_the_number_of_a_step_by_itself_is_no_statement() -> None:
    assert texts("<p>1.</p><p>Breathe in.</p><table><tr><td>1.</td></tr></table>") == [
        ("Breathe in.", (), ()),
        ("1.", (), ()),
    ]


def test_where_none_is_cited_the_sources_are_those_of_the_record() -> None:
    card = make("care-cards", steps=["Float on your back."], references=["river-2020"])
    records = {"care_cards": card}
    [one] = statements("<p>Float on your back.</p>", **records)
    assert one.references == ("river-2020",)
    [other] = statements("<p>Another line.</p>", **records)
    assert other.references == ()


def test_every_source_of_a_group_counts_though_one_is_linked() -> None:
    html = '<p>It is wet.<sup class="guide-cite"><a href="#source-1">1, 2</a></sup></p>'
    [one] = statements(html, ("river-2020", "lake-2021"))
    assert (one.text, one.references) == ("It is wet.", ("lake-2021", "river-2020"))


def test_a_change_of_a_source_counts_and_its_day_of_reading_does_not() -> None:
    html = '<p>It is wet.<sup class="guide-cite"><a href="#source-1">1</a></sup></p>'

    def made(**changes: Any) -> str:
        return statements(html, ("river-2020",), references=make_reference(**changes))[0].hash

    assert made() == made(accessed="2026-01-05")
    for changes in ({"title": "Other lessons"}, {"URL": "https://example.org/brook"}, {"read": "excerpt"}):
        assert made() != made(**changes), changes


def hash_of(html: str) -> str:
    return statements(html)[0].hash


def test_a_link_that_leads_elsewhere_and_another_picture_count() -> None:
    assert hash_of('<p>See <a href="help.md">this</a>.</p>') != hash_of('<p>See <a href="lake.md">this</a>.</p>')
    assert hash_of('<p><img src="a.png" alt="A lake"></p>') != hash_of('<p><img src="b.png" alt="A lake"></p>')


def test_what_the_engine_and_the_checker_write_is_one_thing() -> None:
    read = Statements(make_guide(), "en")
    [engine] = read.of('<p><a href="../../help/#a">Help</a></p>', (), "care/first-day.md")
    [checker] = read.of('<p><a href="../help.md#a">Help</a></p>', (), "care/first-day.md")
    assert engine.links == checker.links == ("/help/#a",)


@pytest.mark.parametrize(
    ("html", "signed", "changed"),
    [
        ("<h1>Swim</h1><p>One stroke. Two strokes.</p><h2>More</h2><p>Three strokes.</p>", 3, 0),
        ("<h1>Swim</h1><p>One stroke. Two kicks.</p><h2>More</h2><p>Three strokes.</p>", 2, 1),
        ("<h1>Dive</h1><p>One stroke. Two strokes.</p><h2>More</h2><p>Three strokes.</p>", 0, 3),
        ("<h1>Swim</h1><p>One stroke. Two strokes.</p><h2>Less</h2><p>Three strokes.</p>", 2, 1),
        ("<h1>Swim</h1><p>One stroke. Two strokes.</p><h2>More</h2>", 2, 1),
        ("<h1>Swim</h1><p>One stroke. Two strokes.</p><h2>More</h2><p>Three strokes. Four strokes.</p>", 3, 1),
        ("<h1>Swim</h1><p>One stroke. Two strokes.</p><h2>More</h2><p>Three strokes.</p><h2>End</h2>", 3, 1),
    ],
)
def test_page_says_how_many_passages_have_changed(html: str, signed: int, changed: int) -> None:
    was = statements("<h1>Swim</h1><p>One stroke. Two strokes.</p><h2>More</h2><p>Three strokes.</p>")
    review = make("reviews", page="index.md", signed=[each.hash for each in was])
    [standing] = Signatures(make_guide(reviews=review), "en").of_page("index.md", html, ())
    assert (standing.signed, standing.changed, standing.whole) == (signed, changed, not changed)


@pytest.mark.parametrize(
    "html", ["<td>", "</p></td></table>", "<ul><li><table><tr><td><ol>", "<th>x", "<svg><text>1</text><text>2", "</"]
)
def test_markup_of_any_kind_is_read_without_an_error(html: str) -> None:
    assert len(statements(html)) <= 1


# The real steps, on the good site


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveSite:
    site = LiveSite(GOOD, tmp_path_factory.mktemp("live"))
    assert site.update() == []
    return site


def test_engine_and_pack_read_the_same_statements_of_every_page(live: LiveSite) -> None:
    assert live._engine and live._project
    read = Statements(live._project.guide, "en")
    for path, page in live._engine.build.pages.items():
        rendered = read.of(page.content, page.cited, path)
        assert [each.hash for each in rendered] == [each.hash for each in read.of_page(live._project.pages[path])], path
        assert rendered


def test_an_embed_shows_what_its_page_shows(live: LiveSite) -> None:
    assert live._engine and live._project
    read = Statements(live._project.guide, "en")
    pages = live._engine.build.pages.values()
    there = {each.hash for page in pages for each in read.of(page.content, page.cited, page.path)}
    for embed in Embeds(live._engine.site).all:
        # Of helplines and pictures, pages may show a part.
        if embed.anchor and embed.kind in ("checklist", "comparison", "therapy", "worksheet", "care-card", "schedule"):
            shown = [each for each in read.of(embed.block.content, embed.block.cited) if each.role == "passage"]
            assert shown and all(each.hash in there for each in shown), embed.name


# 200 random edits


class Signed:
    """A guide on disk of which three pages were signed whole."""

    def __init__(self, root: Path) -> None:
        shutil.copytree(GOOD, root)
        self.disk = Project(root)
        self.unchanged = Unchanged()
        self.project = read_project(root, self.unchanged)
        self.before = self.look()
        for path, found in self.before.items():
            name = path.removesuffix(".md").replace("/", "-")
            hashes = list(dict.fromkeys(each.hash for each in found))
            self.disk.write(f"data/reviews/{name}.yaml", make("reviews", id=name, page=path, signed=hashes).as_kept())
        self.project = read_project(root, self.unchanged)

    def look(self) -> dict[str, list[Statement]]:
        """Render the pages, and give their statements."""
        read = Statements(self.project.guide, "en")
        self.html = {path: rendered(self.project.guide, self.project.pages[path], "en") for path in PAGES}
        return {path: read.of(*self.html[path], path) for path in PAGES}

    def read(self) -> bool:
        """Read the project again; False if the edit was refused, or can't be shown."""
        self.project = read_project(self.disk.root, self.unchanged)
        if self.project.problems:
            return False
        try:
            self.after = self.look()
        except FAILS:
            return False
        return True


def seen(signed: Signed, path: str) -> str:
    """Give the HTML of a page without its lists at the end, and without the numbers of sources."""
    html = marks.written(signed.html[path][0], marks.plain, without=("sources", "words", "site"))
    return re.sub(r'<sup class="guide-cite">.*?</sup>', "", html)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    return Signed(tmp_path_factory.mktemp("signed") / "guide")


def words(signed: Signed, chance: random.Random) -> str:
    """Write another word into a page."""
    path = chance.choice(["docs/index.md", "docs/help.md"])
    lines = signed.disk.read(path).split("\n")
    body = lines.index("---", 1) + 1
    number = chance.choice([n for n, line in enumerate(lines) if n > body and line[:1].isalpha()])
    spoken = lines[number].split(" ")
    spoken.insert(chance.randrange(len(spoken)), MARKER)
    lines[number] = " ".join(spoken)
    signed.disk.write(path, "\n".join(lines))
    return ""


def leaf(signed: Signed, chance: random.Random) -> str:
    """Change one value of a record: a word, a number, a certainty, a source. Give the source that changed, or ""."""
    shown = {key for path in PAGES for each in signed.before[path] for key in each.references}
    written = [
        (kind, record_id, source)
        for kind, record_id, source in signed.project.guide.written()
        if kind in reader_kinds() and [*values_of(source.plain)] and (kind != "references" or record_id in shown)
    ]
    kind, record_id, source = chance.choice(written)
    step, value = chance.choice([*values_of(source.plain)])
    key = next(each for each in reversed(step) if isinstance(each, str))
    document = yaml.load(signed.disk.read(source.path), Loader=yaml.BaseLoader)
    declared = kinds()[kind]
    listed = document[declared.list_key] if declared.list_key else document
    place: Any = document if declared.folder else next(each for each in listed if each["id"] == record_id)
    for each in step[:-1]:
        place = place[each]
    place[step[-1]] = other(key, value, sorted({*signed.project.guide.references} - {*place}), chance)
    signed.disk.write(source.path, to_yaml(document))
    return record_id if kind == "references" else ""


def values_of(plain: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from ((step, value) for step, value in walk(plain) if value and not KEPT & set(step))


def other(key: str, value: str, references: list[str], chance: random.Random) -> str:
    """Give another value that a field can have."""
    if key == "references":
        return chance.choice(references or [value])
    values = OTHERS.get(key) or OTHERS["true"]
    if key in OTHERS or value in values:
        return next(each for each in values if each != value)
    return str(int(value) + 1) if value.isdigit() else f"{MARKER} {value[0].lower()}{value[1:]}"


def standings(signed: Signed) -> Iterator[tuple[str, Any]]:
    signatures = Signatures(signed.project.guide, "en")
    for path in PAGES:
        [standing] = signatures.of_page(path, *signed.html[path])
        yield path, standing


def test_all_that_was_signed_stands_until_something_changes(signed: Signed) -> None:
    assert signed.read()
    for path, standing in standings(signed):
        assert standing.whole and standing.changed == 0 and standing.signed == standing.count > 3, path
        assert signature([standing]) is not None


def test_of_200_random_edits_none_leaves_what_it_touched_signed(signed: Signed) -> None:
    chance = random.Random(16)
    assert signed.read()
    html = {path: seen(signed, path) for path in PAGES}
    was = {path: {each.hash for each in signed.before[path]} for path in PAGES}
    files = [path for folder in ("docs", "data") for path in sorted((signed.disk.root / folder).rglob("*.*"))]
    kept = {path: path.read_bytes() for path in files if path.is_file()}
    done = 0
    while done < 200:
        source = chance.choice((words, leaf, leaf, leaf))(signed, chance)
        try:
            if not signed.read():
                continue
            lapsed = {path for path in PAGES if was[path] != {each.hash for each in signed.after[path]}}
            assert {path for path in PAGES if html[path] != seen(signed, path)} <= lapsed, (
                "it is seen, and still signed"
            )
            for path in PAGES:
                touched = [each for each in signed.after[path] if MARKER in each.text or source in each.references]
                assert not [each for each in touched if each.hash in was[path]], path
            for path, standing in standings(signed):
                assert standing.whole == (path not in lapsed), path
                assert bool(standing.changed) == (path in lapsed), path
                assert (signature([standing]) is None) == (path in lapsed), path
            done += bool(lapsed)
        finally:
            for path, content in kept.items():
                if path.read_bytes() != content:
                    path.write_bytes(content)


# In everything that shows it


def test_a_lapse_shows_in_the_page_its_embed_its_part_its_handout_and_its_data_file(tmp_path: Path) -> None:
    project = write_project(tmp_path / "guide")
    read = read_project(project.root)
    found = Statements(read.guide, "en").of_page(read.pages["index.md"])
    hashes = list(dict.fromkeys(each.hash for each in found))
    project.write("data/reviews/index.yaml", make("reviews", signed=hashes).as_kept())

    def shown() -> dict[str, str]:
        site = LiveSite(project.root, tmp_path / "site")
        assert site.update() == []
        answers = {
            name: str(site.answer(name).content)
            for name in ("", "embed/v1/page/home/", "embed/v1/checklist/first-lesson/", "embed/v1/comparison/lessons/")
        }
        assert site._engine
        handouts = Handouts(site._engine.site)
        printed = handouts.document(next(embed for embed in handouts.all if embed.name == "checklist/first-lesson"))
        api = str(site.answer("api/v1/checklists/first-lesson.json").content)
        return answers | {"handout": printed, "api": api}

    before = shown()
    for name in ("", "embed/v1/checklist/first-lesson/", "embed/v1/comparison/lessons/", "handout"):
        assert "Read and signed by A. Coach, RN" in before[name] and "passages stand as signed" in before[name], name
    assert '"clinical_review":{"by":"A. Coach, RN","on":"2026-01-06"}' in before["api"]
    project.replace("data/checklists/first-lesson.yaml", "A towel.", "No towel.")
    after = shown()
    assert "1 has changed since" in after[""]
    for name in ("embed/v1/checklist/first-lesson/", "handout"):
        assert "passages stand as signed. 1 has changed since." in after[name], name
    assert "All" in after["embed/v1/comparison/lessons/"] and "Read and signed" in after["embed/v1/comparison/lessons/"]
    assert '"clinical_review":null' in after["api"]
