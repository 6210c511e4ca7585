"""The program's own words stand in the folders of its code, and a guide can replace each of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guide.checking import check_project
from guide.checking.labels import needed_names, unfinished_languages, used_words
from guide.commands.new_language import language_file
from guide.model.problems import Place
from guide.model.registry import component_folders
from guide.model.site import Labels
from guide.reading import labels
from guide.reading.labels import THEME, default_labels
from guide.reading.records import read_guide
from guide.rendering.project import read_project
from tests.factories import ROOT, Project, plain_labels, publish_in

OWN = "data/labels/en.yaml"


@pytest.fixture
def code(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The files of labels of the program, in a copy that is read in place of them."""
    root = tmp_path_factory.mktemp("code")
    for folder in (THEME, *component_folders()):
        copy = root / folder.relative_to(ROOT)
        copy.mkdir(parents=True)
        for path in folder.glob("labels.*.yaml"):
            shutil.copy(path, copy)
    monkeypatch.setattr(labels, "THEME", root / THEME.relative_to(ROOT))
    copies = tuple(root / folder.relative_to(ROOT) for folder in component_folders())
    monkeypatch.setattr(labels, "component_folders", lambda: copies)
    return Project(root)


def words_of(project: Project, language: str = "en") -> Labels:
    guide, problems = read_guide(project.root / "data")
    assert problems == []
    return guide.labels[language]


def notes(project: Project) -> list[str]:
    return list(unfinished_languages(read_project(project.root)))


def check(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root)]


# Every word has one home


def test_a_word_stands_in_the_folder_whose_code_alone_prints_it_or_else_in_the_theme() -> None:
    files = {key[1]: default.place.path for key, default in default_labels()[0]["en"].items() if key[0] == "words"}
    assert files == {word: f"{use.home}/labels.en.yaml" for word, use in used_words().items()}


def test_the_name_of_a_value_stands_with_what_declares_it() -> None:
    files = {key[1:]: default.place.path for key, default in default_labels()[0]["en"].items() if key[0] == "names"}
    assert files == {
        (group, value): f"{home}/labels.en.yaml"
        for group, values in needed_names().items()
        for value, home in values.items()
    }


def test_words_of_the_program_pass_the_rules_on_words(project: Project) -> None:
    """Rules read data/ only; here it holds every word."""
    found = {key: default.text for key, default in default_labels()[0]["en"].items() if key[0] != "acronyms"}
    written = words_of(project).model_dump(exclude={"acronyms", "counted"})
    for (top, *group, last), text in found.items():
        (written[top][group[0]] if group else written[top])[last] = text
    project.write(OWN, {**written, "acronyms": ["ID"]})
    shutil.copy(ROOT / "data/language.yaml", project.root / "data/language.yaml")
    assert [problem for problem in check(project) if not problem.startswith("data/language.yaml")] == []


# A guide and the program


def test_guide_has_the_words_of_the_program(project: Project) -> None:
    project.write(OWN, "language: en\n")
    assert words_of(project).words["menu"] == "Menu"
    assert words_of(project).words["when-to-use"] == "When to use it:"
    assert words_of(project).names["certainty"]["low"] == "Low certainty"


def test_guide_can_replace_a_word_and_a_name(project: Project) -> None:
    project.write(OWN, "language: en\nwords:\n  menu: Contents\nnames:\n  certainty:\n    low: Hardly sure\n")
    own = words_of(project)
    assert (own.words["menu"], own.words["search"]) == ("Contents", "Search")
    assert (own.names["certainty"]["low"], own.names["certainty"]["high"]) == ("Hardly sure", "High certainty")


def test_guide_in_a_language_that_the_program_does_not_speak_has_its_own_words_only(project: Project) -> None:
    publish_in(project, "es")
    project.write("data/labels/es.yaml", "language: es\nwords:\n  menu: Menú\n")
    assert words_of(project, "es").words == {"menu": "Menú"}
    [missing] = [problem for problem in check(project) if "labels are missing" in problem]
    count = len(used_words()) - 1 + sum(map(len, needed_names().values()))
    assert missing.startswith(f"data/labels/es.yaml:1: {count} labels are missing: under words: ")
    assert all(f" {word}," in missing or f" {word};" in missing for word in set(used_words()) - {"menu"})
    assert "under names, months: 1, 10, 11, 12, 2, 3" in missing
    assert "Add them. To begin another language, run make new KIND=labels with its tag as ID" in missing


def test_few_missing_labels_are_reported_one_by_one(project: Project) -> None:
    publish_in(project, "es")
    labels = plain_labels(language="es")
    for word in ("menu", "close"):
        del labels["words"][word]
    del labels["names"]["months"]["1"]
    project.write("data/labels/es.yaml", labels)
    assert [problem.partition(": ")[2] for problem in check(project) if "missing" in problem] == [
        'the label "close" is missing. Add close: and the words to print. [labels]',
        'the label "menu" is missing. Add menu: and the words to print. [labels]',
        'the name "1" is missing from months. Add 1: to it. [labels]',
    ]


# A language that somebody has begun


def test_language_that_is_not_the_guides_may_be_unfinished_and_a_note_says_what_comes_next(project: Project) -> None:
    project.write("data/labels/es.yaml", language_file(project.root, "es"))
    line = project.replace("data/labels/es.yaml", "  menu: # Menu\n", "  menu: Menú # Menu\n")
    assert check(project) == []
    [note] = notes(project)
    first = next(n for n, text in enumerate(project.read("data/labels/es.yaml").splitlines(), 1) if ": #" in text)
    assert first < line
    assert note.startswith(f"data/labels/es.yaml:{first}: note: 1 of ")
    assert note.endswith('The next one is "for-programs", on this line. A guide in this language needs all of them.')


def test_labels_that_were_left_out_are_still_to_translate(project: Project) -> None:
    project.write("data/labels/es.yaml", "language: es\nwords:\n  menu: Menú\n")
    assert check(project) == []
    [note] = notes(project)
    assert 'The next one is "basis' not in note
    assert ", which has no line under " in note


def test_nothing_is_published_in_a_language_that_is_unfinished(project: Project) -> None:
    project.write("data/labels/es.yaml", language_file(project.root, "es"))
    publish_in(project, "es")
    first = project.line("data/labels/es.yaml", "  for-programs: #")
    [problem] = [problem for problem in check(project) if problem.startswith("data/labels/")]
    assert problem.startswith(f"data/labels/es.yaml:{first}: ")
    assert (
        'labels have no words yet, and "for-programs" is the first. Write the words of each after its colon' in problem
    )
    assert notes(project) == []


def test_mistake_in_a_begun_language_is_still_reported(project: Project) -> None:
    project.write("data/labels/es.yaml", "language: es\nwords:\n  menu:\n  menuu: Menú\n  source-number: '{numbr}'\n")
    assert check(project) == [
        'data/labels/es.yaml:4: nothing prints the label "menuu". Did you mean "menu"? [labels]',
        'data/labels/es.yaml:5: the label "source-number" cannot hold "numbr". Did you mean "number"? [labels]',
    ]


def test_label_without_words_in_the_guides_own_language_is_refused(project: Project) -> None:
    line = project.replace(OWN, "words:\n", "words:\n  menu: # Menu\n") + 1
    assert check(project) == [
        f'{OWN}:{line}: the label "menu" has no words. Write the words to print, or delete the line. [labels]'
    ]


def test_component_can_speak_a_second_language(code: Project, project: Project) -> None:
    code.write("macros/checklist/labels.es.yaml", "words:\n  when-to-use: Cuándo usarla\n")
    project.write("data/labels/es.yaml", "language: es\n")
    assert words_of(project, "es").words == {"when-to-use": "Cuándo usarla"}


def test_short_forms_of_the_generator_and_of_the_guide_are_both_known(project: Project) -> None:
    project.append(OWN, "acronyms: [PSP]\n")
    assert {"PSP", "PDF", "CC BY"} <= set(words_of(project).acronyms)


# Mistakes in the folders of the code


def test_word_that_a_component_lacks_is_missing_in_its_folder(code: Project, project: Project) -> None:
    assert check(project) == []
    code.replace("macros/checklist/labels.en.yaml", "  embed-checklist: Embed this checklist\n", "")
    code.replace("guide/theme/labels.en.yaml", "  menu: Menu\n", "")
    code.replace("macros/schedule/labels.en.yaml", "    friday: Friday\n", "")
    assert sorted(check(project)) == [
        'guide/theme/labels.en.yaml:1: the label "menu" is missing. Add menu: and the words to print. [labels]',
        'macros/checklist/labels.en.yaml:1: the label "embed-checklist" is missing. '
        "Add embed-checklist: and the words to print. [labels]",
        'macros/schedule/labels.en.yaml:1: the name "friday" is missing from days. Add friday: to it. [labels]',
    ]


def test_guide_can_have_a_word_that_a_component_lacks(code: Project, project: Project) -> None:
    code.replace("macros/checklist/labels.en.yaml", "  embed-checklist: Embed this checklist\n", "")
    project.replace(OWN, "words:\n", "words:\n  embed-checklist: Embed it\n")
    assert check(project) == []


def test_word_that_cannot_hold_what_it_names_is_reported_where_it_stands(code: Project, project: Project) -> None:
    line = code.replace("macros/schedule/labels.en.yaml", '"{hours} in this week"', '"{hour} in this week"')
    assert check(project) == [
        f'macros/schedule/labels.en.yaml:{line}: the label "hours-in-week" cannot hold "hour". '
        'Did you mean "hours"? [labels]'
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("embed-checklist: Embed this checklist", "embed-checklist: Embed: this", "[yaml]"),
        ("embed-checklist: Embed this checklist", "embed-checklist: '{ticked!r}'", "[labels]"),
        ("embed-checklist: Embed this checklist", "Embed_checklist: Embed this", "[id]"),
        ("embed-checklist: Embed this checklist", "embed-checklist: [Embed]", "[wrong-type]"),
        ("names:", "nams:", 'key "nams" is not known. Did you mean "names"? [unknown-key]'),
    ],
)
def test_faulty_file_is_reported_with_its_line(
    code: Project, project: Project, old: str, new: str, message: str
) -> None:
    line = code.replace("macros/checklist/labels.en.yaml", old, new)
    problems = check_project(project.root)
    assert [problem.place for problem in problems] == [Place("macros/checklist/labels.en.yaml", line)]
    assert str(problems[0]).endswith(message)


def test_words_of_a_faulty_file_are_not_missing_as_well(code: Project, project: Project) -> None:
    line = code.replace("guide/theme/labels.en.yaml", "  menu: Menu\n", "  menu: Menu: all\n")
    assert [problem.place for problem in check_project(project.root)] == [Place("guide/theme/labels.en.yaml", line)]


def test_two_folders_cannot_have_two_texts_for_one_word(code: Project) -> None:
    code.replace("macros/checklist/labels.en.yaml", "words:\n", "words:\n  menu: Menu\n")
    assert default_labels()[1] == []
    line = code.replace("macros/checklist/labels.en.yaml", "menu: Menu", "menu: Contents")
    with pytest.raises(ValueError, match=rf"menu in words.*macros/checklist/labels.en.yaml.*line={line}"):
        default_labels()


def test_two_folders_cannot_have_two_texts_for_one_value(code: Project) -> None:
    code.append("macros/checklist/labels.en.yaml", "  certainty:\n    low: Hardly sure\n")
    with pytest.raises(ValueError, match="low in certainty"):
        default_labels()


def test_file_is_read_again_when_it_has_changed(code: Project, project: Project) -> None:
    assert words_of(project).words["menu"] == "Menu"
    code.replace("guide/theme/labels.en.yaml", "menu: Menu\n", "menu: Contents\n")
    assert words_of(project).words["menu"] == "Contents"
    (Path(code.root) / "guide/theme/labels.en.yaml").unlink()
    assert "menu" not in words_of(project).words
