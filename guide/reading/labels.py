"""Default labels: the words that components and the theme print unless data/labels/ overrides them.

A component's folder may have a file `labels.<language>.yaml` with the words that only this component prints; all others
are in guide/theme. `read_guide` merges them with each file of data/labels/. A language without default labels gets all
its words from data/labels/; the rule `labels` reports those that are missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from guide.model.guide import Guide, line_of, walk
from guide.model.kind import Kind, Stored
from guide.model.problems import Place, Problem
from guide.model.record import Id, Name, Record
from guide.model.registry import COMPONENTS, component_folders
from guide.model.site import Label, Labels
from guide.reading.files import RECORDS, read_text
from guide.reading.model_errors import distinct_errors, explain_model_error
from guide.reading.yaml_nodes import compose, plain_value

THEME = Path(__file__).parents[1] / "theme"


class FolderLabels(Record):
    """A file of default labels; its language is in the file name."""

    words: dict[Id, Label] = {}
    """Label id: words to print."""
    names: dict[Id, dict[Id, Name]] = {}
    """The shown names of values, by group and value."""
    acronyms: list[Name] = []
    """Short forms that no page spells out."""


_KIND = Kind("labels", FolderLabels, Stored.ONE_RECORD)
"""Used for error messages only; it isn't registered."""


@dataclass(frozen=True)
class Default:
    """One default label, and where it is written."""

    text: str
    place: Place


Defaults = Mapping[tuple[str, ...], Default]
"""The default labels of one language, by ("words", id), ("names", group, value) or ("acronyms", short form)."""


def default_labels() -> tuple[Mapping[str, Defaults], list[Problem]]:
    """Return the default labels by language, and the problems in their files.

    The files are parsed once, and again when one of them changes: `make serve` is one process.

    Raises:
        ValueError: Two files declare one label with different texts.
    """
    files = []
    for component in (None, *component_folders()):
        for path in sorted((component or THEME).glob("labels.*.yaml")):
            state = path.stat()
            files.append((path, f"{label_folder(component)}/{path.name}", state.st_mtime_ns, state.st_size))
    return _read_files(tuple(files))


def label_folder(component: Path | None) -> str:
    """Return the folder of a component's labels relative to the project, or that of the theme's for None."""
    return f"{COMPONENTS}/{component.name}" if component else "guide/theme"


def in_theme(language: str) -> bool:
    """Return whether the theme has default labels in a language."""
    return (THEME / f"labels.{language}.yaml").is_file()


def add_default_labels(guide: Guide) -> list[Problem]:
    """Merge the default labels into each language of a guide; return the problems in their files."""
    languages, problems = default_labels()
    for language, own in guide.labels.items():
        guide.labels[language] = with_defaults(own, languages.get(language, {}))
    return problems


def with_defaults(own: Labels, defaults: Defaults) -> Labels:
    """Return labels with the defaults for what they don't declare themselves."""
    words = {path[1]: default.text for path, default in defaults.items() if path[0] == "words"}
    names: dict[str, dict[str, str]] = {}
    for path, default in defaults.items():
        if path[0] == "names":
            names.setdefault(path[1], {})[path[2]] = default.text
    for group, values in own.names.items():
        names[group] = {**names.get(group, {}), **values}
    acronyms = [*own.acronyms, *(path[1] for path in defaults if path[0] == "acronyms")]
    return own.model_copy(update={"words": {**words, **own.words}, "names": names, "acronyms": acronyms})


def names_of_all(guide: Guide) -> dict[str, dict[str, str]]:
    """Return the names of values by group, in whichever language has them: their values are the same in all."""
    names: dict[str, dict[str, str]] = {}
    for labels in guide.labels.values():
        for group, named in labels.names.items():
            names[group] = {**named, **names.get(group, {})}
    return names


@lru_cache(maxsize=1)
def _read_files(files: tuple[tuple[Path, str, int, int], ...]) -> tuple[Mapping[str, Defaults], list[Problem]]:
    languages: dict[str, dict[tuple[str, ...], Default]] = {}
    problems: list[Problem] = []
    for path, shown, _, _ in files:
        defaults = languages.setdefault(path.name.split(".")[1], {})
        labels, found = _read_file(path, shown)
        problems += found
        for key, default in labels.items():
            other = defaults.setdefault(key, default)
            if other.text != default.text:
                raise ValueError(f"two texts for {key[-1]} in {key[-2]}: {other.place} and {default.place}")
    return languages, problems


def _read_file(path: Path, shown: str) -> tuple[Defaults, list[Problem]]:
    text, problems = read_text(path, shown, RECORDS)
    if text is None:
        return {}, problems
    node, problems = compose(shown, text)
    if node is None:
        return {}, problems
    plain = plain_value(node)
    try:
        labels = FolderLabels.model_validate(plain)
    except ValidationError as error:
        errors = distinct_errors(error.errors(include_url=False))
        return {}, problems + [explain_model_error(_KIND, shown, node, plain, each) for each in errors]
    texts = walk({"words": labels.words, "names": labels.names})
    defaults = {tuple(map(str, key)): Default(text, Place(shown, line_of(node, key))) for key, text in texts}
    for number, short in enumerate(labels.acronyms):
        defaults["acronyms", short] = Default(short, Place(shown, line_of(node, ("acronyms", number))))
    return defaults, problems
