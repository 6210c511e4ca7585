"""YAML to records: the place and the words of every fault."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guide.model.guide import Guide
from guide.model.kind import Kind
from guide.model.problems import DataError
from guide.model.record import HTTPS_START, ID_PATTERN, PHONE, SENTENCE_END
from guide.model.registry import kinds
from guide.reading.model_errors import examples
from guide.reading.records import load_guide, read_guide
from tests.factories import DATES, ROOT, Project, plain, to_yaml

COMPARISON = """\
# A comment, and an empty line: neither shifts a line.

id: lessons
title: Ways to learn
population: Adults
how_chosen: These are the ways that most pools offer.
sources_checked: 2026-01-05
review_due: 2027-01-05
options:
  - id: group
    name: In a group
  - {id: alone, name: Alone}
rows:
  - id: people
    question: How many people?
    cells:
      group:
        text: About six people.
        basis: practice
        references: [river-2020]
      alone:
        not_known: >-
          Nobody has
          counted.
"""
PATH = "data/comparisons/lessons.yaml"


@pytest.fixture
def data(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write(PATH, COMPARISON)
    return project


def read(project: Project) -> tuple[Guide, list[str]]:
    guide, problems = read_guide(project.root / "data")
    return guide, [str(problem) for problem in sorted(problems)]


def problems_after(project: Project, old: str, new: str, path: str = PATH) -> list[str]:
    project.replace(path, old, new)
    return read(project)[1]


def test_record_is_read(data: Project) -> None:
    guide = load_guide(data.root / "data")
    comparison = guide.records("comparisons")["lessons"]
    assert comparison.rows[0].cells["alone"].not_known == "Nobody has counted."
    assert [option.name for option in comparison.options] == ["In a group", "Alone"]


def test_place_of_each_field(data: Project) -> None:
    guide, _ = read_guide(data.root / "data")
    places = {
        (): 3,
        ("title",): 4,
        ("options", 0, "name"): 11,
        ("options", 1, "name"): 12,
        ("rows", 0, "cells", "group", "basis"): 19,
        ("rows", 0, "cells", "group", "references", 0): 20,
        ("rows", 0, "cells", "alone", "not_known"): 22,
        ("rows", 0, "cells", "nobody", "text"): 16,  # not written: what is around it
    }
    found = {path: guide.place("comparisons", "lessons", *path) for path in places}
    assert {path: place.line for path, place in found.items()} == places
    assert {place.path for place in found.values()} == {PATH}


def patterns(schema: Any) -> Iterator[str]:
    """The patterns of a JSON Schema."""
    if isinstance(schema, dict) and isinstance(schema.get("pattern"), str):
        yield schema["pattern"]
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from patterns(part)


@pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
def test_every_pattern_that_a_person_types_has_an_example_that_fits_it(kind: Kind) -> None:
    shown = examples(kind)
    assert [pattern for pattern, example in shown.items() if not re.search(pattern, example)] == []
    # Texts and addresses are refused by the models' own words, and hashes are written by commands.
    others = {ID_PATTERN, PHONE, SENTENCE_END, HTTPS_START}
    missing = set(patterns(kind.adapter.json_schema())) - set(shown) - others
    assert [pattern for pattern in missing if not re.fullmatch(r"\^\[0-9a-f\]\{\d+\}\$", pattern)] == []


def test_two_faults_in_one_file_have_a_line_each(data: Project) -> None:
    data.replace(PATH, "basis: practice", "basis: habit")
    data.replace(PATH, "population: Adults", "poplation: Adults")
    assert read(data)[1] == [
        f'{PATH}:5: key "poplation" is not known. Did you mean "population"? [unknown-key]',
        f'{PATH}:19: basis "habit" is not allowed. Write rule, consensus or practice. [basis]',
    ]


def test_faults_of_two_entries_in_one_list_have_a_line_each(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(
        "data/references.yaml",
        [plain("references"), plain("references", id="b", read="half"), plain("references", id="c", URL="x")],
    )
    lines = [project.line("data/references.yaml", "read: half"), project.line("data/references.yaml", "URL: x\n")]
    assert [int(text.split(":")[1]) for text in read(project)[1]] == lines
    assert lines[0] > 10


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("basis: practice", "basis: rule\n        certainty: low", 17, "has both certainty and basis. Keep certainty"),
        (
            "population: Adults",
            "population: [a, b]",
            5,
            "population: what is written here is not a text. Write words here. [wrong-type]",
        ),
        ("references: [river-2020]", "references: river-2020", 20, "is not a list. Begin each entry with"),
        ("references: [river-2020]", "references: []", 20, '"references" is empty. Write it: it\'s required.'),
        (
            "references: [river-2020]",
            "references: [River 2020]",
            20,
            '"River 2020" is not an id. Write river-2020: small letters',
        ),
        (
            "review_due: 2027-01-05",
            "review_due: 2027-13-05",
            8,
            '"2027-13-05" is not a day of the calendar. Write year-month-day',
        ),
        ("review_due: 2027-01-05", "review_due: 5 Jan 2027", 8, '"5 Jan 2027" is not a date. Write year-month-day'),
        ("review_due: 2027-01-05", "review_due: 2026-01-04", 8, "review_due 2026-01-04 is before sources_checked"),
        ("title: Ways to learn", "title: <b>Ways</b>", 4, "HTML in a text"),
        ("About six people.", "About &nbsp;six people.", 18, "HTML in a text"),
        ("About six people.", "About six people", 18, "does not end a sentence"),
        ("About six people.", "See [it](http://example.org/x).", 18, 'link to "http://example.org/x"'),
        ("About six people.", 'See [it](http://example.org/x "t").', 18, "Link to https://"),
        ("About six people.", "See [a [b]](javascript:x).", 18, 'link to "javascript:x"'),
        ("About six people.", "See `code`.", 18, "markup that a text cannot hold"),
        ("        text: About six people.\n", "", 17, '"text" is missing'),
        ("        basis: practice\n", "", 17, "one of certainty and basis"),
        ("not_known: >-", "not_knwn: >-", 22, 'key "not_knwn" is not known'),
        ("question: How many people?", "question: ''", 15, '"question" is empty. Write it: it\'s required.'),
        ("      alone:\n", "      On My Own:\n", 21, '"On My Own" is not an id'),
        ("name: In a group", "name: " + "a" * 161, 11, "a name of 161 characters"),
        (
            "  - id: people",
            "  - id: " + "a" * 81,
            14,
            '"id" is too long: 81 characters. Write 80 characters at most. [too-long]',
        ),
    ],
)
def test_each_fault_is_worded_at_its_line(data: Project, old: str, new: str, line: int, message: str) -> None:
    found = problems_after(data, old, new)
    assert any(text.startswith(f"{PATH}:{line}: ") and message in text for text in found), found
    for text in found:
        assert "pydantic" not in text
        assert "Input should" not in text


def test_one_fault_in_a_cell_is_one_problem(data: Project) -> None:
    assert len(problems_after(data, "basis: practice", "basis: habit")) == 1


def test_missing_key_is_named_though_a_kind_of_cell_has_the_same_name(data: Project) -> None:
    therapy = plain("therapies")
    del therapy["evidence"][0]["certainty"]
    data.write("data/therapies/crawl.yaml", therapy)
    line = data.line("data/therapies/crawl.yaml", "- outcome: Speed")
    assert read(data)[1] == [
        f'data/therapies/crawl.yaml:{line}: "certainty" is missing.'
        " Write certainty: how sure we can be. data/README.md has an example. [missing-key]"
    ]


def test_picture_of_no_known_kind_is_one_problem(data: Project) -> None:
    data.write("data/charts/finish.yaml", plain("charts", kind="pie"))
    line = data.line("data/charts/finish.yaml", "kind: pie")
    assert read(data)[1] == [
        f"data/charts/finish.yaml:{line}: a picture of no known kind."
        " Write kind: and one of ladder, hours, certainty, icons, path, drawing. [kind]"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title: Ways to learn", "title: Ways: to learn", 4, 'a colon inside the text: "Ways: to learn"'),
        (
            "    name: In a group",
            "\tname: In a group",
            11,
            "a tab at the start of the line. Type 4 spaces in its place, if the line belongs",
        ),
        ("title: Ways to learn", 'title: "Ways to learn', 4, "a quotation mark that's never closed"),
        ("title: Ways to learn", "title: 'Ways' to learn", 4, "an apostrophe in a text between single quotes"),
        (
            "title: Ways to learn",
            "title: {{ x }}",
            4,
            "a text that begins with a brace. Put the whole text in straight double quotes",
        ),
        ("title: Ways to learn", "title: *copy", 4, 'a text that begins with "*"'),
        ("title: Ways to learn", "title: &a [*a]", 4, "a part that is used twice (& and *)"),
        ("title: Ways to learn", "title: Ways \x07", 4, "an invisible character (U+0007, a control character). Delete"),
        ("population: Adults", "<<<<<<< ours\npopulation: Adults", 5, "two versions of the same lines"),
        ("population: Adults", "population: Adults\npopulation: All", 6, 'key "population" appears here and on line 5'),
        ("rows:", "---\nrows:", 13, 'a line of nothing but "---"'),
    ],
)
def test_yaml_that_cannot_be_read(data: Project, old: str, new: str, line: int, message: str) -> None:
    found = problems_after(data, old, new)
    assert any(text.startswith(f"{PATH}:{line}: ") and message in text for text in found), found


def test_repeated_key_deep_inside_has_its_line(data: Project) -> None:
    data.replace(PATH, "        basis: practice", "        basis: practice\n        text: Six.")
    assert read(data)[1] == [
        f'{PATH}:20: key "text" appears here and on line 18. '
        'Keep one of them. If it begins a second entry, put "- " before it. [repeated-key]'
    ]


def test_values_stay_as_they_were_typed(data: Project) -> None:
    data.replace(PATH, "title: Ways to learn", "title: 2026-01-05")
    data.replace(PATH, "name: In a group", "name: 1.10")
    data.replace(PATH, "name: Alone", "name: 12:30")
    comparison = load_guide(data.root / "data").records("comparisons")["lessons"]
    assert [comparison.title, *(option.name for option in comparison.options)] == ["2026-01-05", "1.10", "12:30"]


@pytest.mark.parametrize("encode", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n")])
def test_files_of_other_editors_are_read_with_the_same_lines(data: Project, encode: object) -> None:
    broken = COMPARISON.replace("basis: practice", "basis: habit").encode()
    data.write(PATH, encode(broken))  # type: ignore[operator]
    assert [text.split(":")[1] for text in read(data)[1]] == ["19"]


def test_letter_that_is_not_utf8(data: Project) -> None:
    data.write(PATH, COMPARISON.encode().replace(b"In a group", b"Caf\xe9"))
    assert read(data)[1] == [f"{PATH}:11: a letter that is not UTF-8. Save the file as UTF-8. [encoding]"]


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "---\n", "null\n", "~"])
def test_empty_file(data: Project, content: str) -> None:
    data.write(PATH, content)
    problems = read(data)[1]
    assert len(problems) == 1
    assert problems[0].startswith(f"{PATH}:1: ")


@pytest.mark.parametrize("content", ["hello\n", "- id: lessons\n", "[]\n"])
def test_file_that_holds_no_record(data: Project, content: str) -> None:
    data.write(PATH, content)
    assert [text for text in read(data)[1] if "is not a group of keys" in text and text.startswith(f"{PATH}:1: ")]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "data/comparisions/x.yaml",
            'data/ has no place for "comparisions/x.yaml". Did you mean "comparisons"? [file-place]',
        ),
        ("data/comparisons/more/x.yaml", 'data/ has no place for "comparisons/more/x.yaml".'),
        ("data/glosary.yaml", 'data/ has no place for "glosary.yaml". Did you mean "glossary"? [file-place]'),
        ("data/levels.yaml", 'data/ has no place for "levels.yaml".'),
        ("data/references/x.yaml", 'data/ has no place for "references/x.yaml".'),
        ("data/levels/x.yml", '"x.yml" is not a data file. Name it with .yaml, or move it. [file-name]'),
    ],
)
def test_file_in_the_wrong_place(data: Project, path: str, message: str) -> None:
    data.write(path, to_yaml(plain("levels", id="x")))
    problems = read(data)[1]
    assert len(problems) == 1
    assert problems[0].startswith(f"{path}:1: {message}")


def test_readme_may_stand_in_data(data: Project) -> None:
    data.write("data/README.md", "# Data\n")
    assert read(data)[1] == []


def test_file_under_a_name_that_is_not_its_id(data: Project) -> None:
    (data.root / PATH).rename(data.root / "data/comparisons/ways.yaml")
    [problem] = read(data)[1]
    assert problem == (
        'data/comparisons/ways.yaml:3: id "lessons" is not the name of the file.'
        " Name the file lessons.yaml, or correct the id. [file-name]"
    )


@pytest.mark.parametrize("name", ["lessons - Copy", "lessons (1)", "ways"])
def test_copy_is_not_told_to_take_the_name_of_the_file_it_is_a_copy_of(data: Project, name: str) -> None:
    data.write(f"data/comparisons/{name}.yaml", COMPARISON)
    [problem] = read(data)[1]
    assert problem == (
        f'data/comparisons/{name}.yaml:3: id "lessons" is not the name of the file.'
        " lessons.yaml has that id already. If this is a copy of it, delete it; if not, give it a new id,"
        " and name the file after that. [file-name]"
    )


def test_file_is_never_told_to_take_a_name_that_is_no_id(data: Project) -> None:
    data.replace(PATH, "id: lessons", "id: ../lessons")
    assert not [text for text in read(data)[1] if "Name the file" in text]


def test_repeated_id_names_both_lines(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("data/glossary.yaml", {"terms": [plain("glossary"), plain("glossary", term="Again")], **DATES})
    assert read(project)[1] == [
        'data/glossary.yaml:5: id "lane" appears here and on line 2. '
        "Ids are unique: rename or remove one. [repeated-id]"
    ]


def test_faulty_record_is_still_known_by_its_id(data: Project) -> None:
    """So that its calls are not reported as well."""
    data.replace(PATH, "basis: practice", "basis: habit")
    guide, _ = read_guide(data.root / "data")
    assert (guide.records("comparisons"), guide.names("comparisons")) == ({}, {"lessons"})
    assert not guide.lacks("comparisons", "lessons")
    assert guide.lacks("comparisons", "other")


def test_unreadable_file_of_many_records_may_hold_any_id(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("data/references.yaml", "- id: [\n")
    guide, _ = read_guide(tmp_path / "data")
    assert not guide.lacks("references", "river-2020")


def test_data_error_holds_every_problem_in_order(data: Project) -> None:
    data.replace(PATH, "basis: practice", "basis: habit")
    data.write("data/zzz.yaml", "a: b\n")
    data.write("data/aaa.yaml", "a: b\n")
    with pytest.raises(DataError) as raised:
        load_guide(data.root / "data")
    lines = str(raised.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["data/aaa.yaml", PATH, "data/zzz.yaml"]


def test_no_data_folder(tmp_path: Path) -> None:
    _, [problem] = read_guide(tmp_path / "data")
    assert str(problem) == "data:1: there is no such folder. A guide needs its data/. [data-folder]"


def test_links_that_leave_the_project(data: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.yaml").write_text("id: x\n")
    (data.root / "data" / "levels").mkdir()
    for name, target in {
        "a.yaml": outside / "x.yaml",
        "b.yaml": "nowhere.yaml",
        "c.yaml": "c.yaml",
        "d": outside,
    }.items():
        (data.root / "data" / "levels" / name).symlink_to(target)
    assert read(data)[1] == [
        "data/levels/a.yaml:1: this link leads out of the project. Put the file itself here. [symbolic-link]",
        "data/levels/b.yaml:1: this link leads nowhere. Put the file itself here, or remove the link. [symbolic-link]",
        "data/levels/c.yaml:1: this link leads nowhere. Put the file itself here, or remove the link. [symbolic-link]",
        "data/levels/d:1: this link leads out of the project. Put the file itself here. [symbolic-link]",
    ]


def test_data_folder_that_is_a_link_out(data: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "data"
    (data.root / "data").rename(outside)
    (data.root / "data").symlink_to(outside)
    assert "data:1: this link leads out of the project." in read(data)[1][0]


def test_link_inside_the_project_is_followed(data: Project) -> None:
    data.write("kept/beginner.yaml", plain("levels"))
    (data.root / "data" / "levels").mkdir()
    (data.root / "data" / "levels" / "beginner.yaml").symlink_to(data.root / "kept" / "beginner.yaml")
    guide, problems = read(data)
    assert (problems, list(guide.records("levels"))) == ([], ["beginner"])


def test_only_one_module_reads_yaml() -> None:
    """One reader: what it checks is checked for all."""
    for path in (ROOT / "guide").rglob("*.py"):
        text = path.read_text("utf-8")
        assert "safe_load" not in text, path
        if path != ROOT / "guide/reading/yaml_nodes.py" and "import yaml" in text:
            assert "yaml.safe_dump(" in text and not re.search(r"yaml\.\w*load", text), path


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        (
            "[river-2020 lake-2021]",
            "If it is one id, write river-2020-lake-2021. If there are 2, write [river-2020, lake-2021].",
        ),
        (
            "https://doi.org/10.1000/182",
            "Add a record with this address to data/references.yaml, and write the record's id here.",
        ),
        (
            "[www.example.org]",
            "Add a record with this address to data/references.yaml, and write the record's id here.",
        ),
        (
            "[doi:10.1000/182]",
            "Add a record with this address to data/references.yaml, and write the record's id here.",
        ),
        ("[River 2020]", "Write river-2020: small letters, digits and hyphens."),
        ("['!']", "Use small letters, digits and hyphens, such as first-day."),
    ],
)
def test_what_stands_in_place_of_a_reference(data: Project, written: str, remedy: str) -> None:
    if not written.startswith("["):
        written = f"[{written}]"
    data.replace(PATH, "references: [river-2020]", f"references: {written}")
    assert any(remedy in text for text in read(data)[1]), read(data)[1]
