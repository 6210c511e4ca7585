"""`make new-component` writes a component whole or not at all; test_throwaway_component.py builds what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.commands import new_component
from guide.commands.command import Refused
from tests.factories import Project, fingerprint


@pytest.fixture
def code(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose code can be added to; its new components are never imported."""
    for folder in ("macros", "schemas", "tests/macros"):
        (project.root / folder).mkdir(parents=True)
    monkeypatch.setattr(new_component, "ROOT", project.root)
    monkeypatch.setattr(new_component, "_schema", lambda kind: "{}\n")
    monkeypatch.setattr(new_component, "component_folders", tuple)
    monkeypatch.setattr(new_component, "THEME", project.root / "theme")
    return project


def test_every_file_has_its_names_in_it(code: Project) -> None:
    before = fingerprint(code.root)
    written = new_component.new_component("home-visit")
    home = "macros/home_visit"
    names = ["__init__.py", "example.yaml", "home-visit.html.j2", "labels.en.yaml", "macro.py"]
    wanted = {f"{home}/{name}" for name in [*names, "own/home-visit.css", "record.py"]}
    assert set(written) == wanted | {"schemas/home-visits.json", "tests/macros/test_home_visit.py"}
    assert set(fingerprint(code.root)) - set(before) == set(written)
    assert "class HomeVisit(Reviewed):" in code.read(f"{home}/record.py")
    assert '@macro("home-visits")\ndef home_visit(' in code.read(f"{home}/macro.py")
    assert code.read(f"{home}/example.yaml").startswith(
        "# yaml-language-server: $schema=../../schemas/home-visits.json"
    )
    assert all("$name" not in code.read(path) and "${" not in code.read(path) for path in written)


def test_labels_are_in_the_language_of_the_guide(code: Project) -> None:
    code.replace("mkdocs.yml", "theme:\n", "theme:\n  language: es\n")
    assert "macros/visit/labels.es.yaml" in new_component.new_component("visit")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("story", "stories"), ("day", "days"), ("box", "boxes"), ("branch", "branches"), ("home-visit", "home-visits")],
)
def test_plural_is_the_usual_one(code: Project, name: str, kind: str) -> None:
    assert f"schemas/{kind}.json" in new_component.new_component(name)


def test_plural_can_be_given(code: Project) -> None:
    written = new_component.new_component("diagnosis", "diagnoses")
    assert "schemas/diagnoses.json" in written
    assert "diagnoses: Diagnoses" in code.read("macros/diagnosis/labels.en.yaml")


@pytest.mark.parametrize(
    ("name", "plural", "message"),
    [
        ("", "", "No name was given. Write NAME=exercise, with your own word for one of them."),
        ("Exercise", "", 'The name "Exercise" is not an id. Write lowercase letters, digits and hyphens: exercise.'),
        ("my exercise", "", "hyphens: my-exercise."),
        ("../out", "", 'The name "../out" is not an id. Write lowercase letters, digits and hyphens: out.'),
        ("exercise", "Two Words", 'The plural "Two Words" is not an id.'),
        ("a" * 31, "", "has 31 characters. Use 30 at most."),
        ("3d", "", 'The name "3d" begins with a digit. Begin it with a letter, as names in code do.'),
        ("class", "", '"class" is a word of Python. Choose another name.'),
        ("list", "", '"list" is a word of Python.'),
        ("sheep", "sheep", '"sheep" and its plural are the same. Give another one with PLURAL.'),
        ("therapie", "", 'There is a kind of record "therapies" already, in data/therapies/<id>.yaml. Choose another'),
        ("glossarys", "glossary", 'There is a kind of record "glossary" already, in data/glossary.yaml.'),
        ("phone", "", 'There is a macro "phone" already.'),
        ("page", "", '"page" is taken: addresses of the site use it.'),
        ("dark", "", '"dark" is taken'),
        ("schema", "", '"schemas" is taken'),
        ("index", "", '"index" is taken'),
        ("source", "", 'Ids of pages begin with "source-" already.'),
        ("event", "", 'Ids of pages begin with "event-" already.'),
        ("dial", "", "There is a template dial.html.j2 already."),
    ],
)
def test_name_that_something_else_has_is_refused_and_nothing_is_written(
    code: Project, name: str, plural: str, message: str
) -> None:
    before = fingerprint(code.root)
    with pytest.raises(Refused) as refused:
        new_component.new_component(name, plural)
    assert message in str(refused.value)
    assert str(refused.value).endswith(" [component-name]")
    assert fingerprint(code.root) == before


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("macros/visit/notes.txt", "macros/visit/ is there already. Change that component, or choose another name."),
        ("schemas/visits.json", "schemas/visits.json is there already. Delete or rename it first, or choose another"),
        ("tests/macros/test_visit.py", "tests/macros/test_visit.py is there already."),
        ("theme/x.css", "theme/x.css has styles of guide-visit already. Choose another name."),
    ],
)
def test_nothing_that_is_there_is_written_over(code: Project, path: str, message: str) -> None:
    code.write(path, ".guide-visit__title { margin: 0; }\n")
    before = fingerprint(code.root)
    with pytest.raises(Refused) as refused:
        new_component.new_component("visit")
    assert message in str(refused.value)
    assert fingerprint(code.root) == before


def test_style_of_a_longer_name_is_no_hindrance(code: Project) -> None:
    code.write("theme/x.css", ".guide-visitor { margin: 0; }\n")
    assert new_component.new_component("visit")


def test_nothing_is_left_when_writing_fails(code: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(kind: str) -> str:
        raise OSError(28, "No space left on device")

    before = fingerprint(code.root)
    monkeypatch.setattr(new_component, "_schema", full)
    with pytest.raises(OSError, match="No space"):
        new_component.new_component("visit")
    assert fingerprint(code.root) == before
    assert not (code.root / "macros/visit").exists()


def test_it_says_what_it_wrote_and_what_comes_next(code: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_component.main(["visit"]) == 0
    told = capsys.readouterr().err
    assert "Wrote macros/visit/record.py\n" in told
    assert 'search those files for "Decide:"' in told
    assert "example.yaml and tests/macros/test_visit.py up to date, and run make schemas" in told
    assert 'make new KIND=visits ID=some-id, and show it on a page with {{ visit("some-id") }}' in told


def test_files_say_what_to_decide() -> None:
    def notes() -> Iterator[Path]:
        for path in new_component.FILES.iterdir():
            if "Decide:" in path.read_text("utf-8"):
                yield path

    assert {path.name for path in notes()} == {"__init__.py.txt", "labels.yaml.txt", "record.py.txt"}
