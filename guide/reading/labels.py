"""The words that the program itself prints, from `labels.<language>.yaml` in the folders of its code.

A component's folder has the words that this component alone prints, and guide/theme has all others. `read_guide` adds
them to each language that the guide has in data/labels/, unless the guide says the same thing in other words. For a
language that no folder has, data/labels/ must have every word; the rule `labels` says which are missing.
"""

from collections.abc import Iterable, Mapping
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
from guide.reading.limits import RECORDS, read_text
from guide.reading.records import compose, plain_value, translate

THEME = Path(__file__).parents[1] / "theme"


class FolderLabels(Record):
    """One file of words in a folder of the code; the language is in the name of the file."""

    words: dict[Id, Label] = {}
    """Label id: words to print."""
    names: dict[Id, dict[Id, Name]] = {}
    """The shown names of values, by group and value."""


_KIND = Kind("labels", FolderLabels, Stored.ONE_RECORD)
"""Not a kind of data/: it says what may stand in such a file."""


@dataclass(frozen=True)
class Default:
    """One text that is printed unless a guide has another, and the line that it stands on."""

    text: str
    place: Place


Defaults = Mapping[tuple[str, ...], Default]
"""The texts of one language by their path in a file of labels: ("words", id) or ("names", group, value)."""


def default_labels() -> tuple[Mapping[str, Defaults], list[Problem]]:
    """Return the words in the folders of the code by language, and the problems of their files.

    The files are read again only when one of them has changed.

    Raises:
        ValueError: Two folders have different texts for the same thing.
    """
    folders = {THEME: label_folder(None), **{folder: label_folder(folder) for folder in component_folders()}}
    files = [(path, shown) for folder, shown in folders.items() for path in sorted(folder.glob("labels.*.yaml"))]
    states = [(path, shown, path.stat().st_mtime_ns, path.stat().st_size) for path, shown in files]
    return _read(tuple(states))


def label_folder(component: Path | None) -> str:
    """Return how problems name the folder of a component; None stands for everything else."""
    return f"{COMPONENTS}/{component.name}" if component else "guide/theme"


def add_default_labels(guide: Guide) -> list[Problem]:
    """Add the words in the folders of the code to each language of a guide, and return the problems of their files."""
    languages, problems = default_labels()
    for language, own in guide.labels.items():
        guide.labels[language] = with_defaults(own, languages.get(language, {}))
    return problems


def with_defaults(own: Labels, defaults: Defaults) -> Labels:
    """Return a guide's labels, completed by the words in the folders of the code."""
    words = {path[1]: default.text for path, default in defaults.items() if path[0] == "words"}
    names: dict[str, dict[str, str]] = {}
    for path, default in defaults.items():
        if path[0] == "names":
            names.setdefault(path[1], {})[path[2]] = default.text
    for group, values in own.names.items():
        names[group] = {**names.get(group, {}), **values}
    return own.model_copy(update={"words": {**words, **own.words}, "names": names})


@lru_cache(maxsize=1)
def _read(files: Iterable[tuple[Path, str, int, int]]) -> tuple[Mapping[str, Defaults], list[Problem]]:
    languages: dict[str, dict[tuple[str, ...], Default]] = {}
    problems: list[Problem] = []
    for path, folder, _, _ in files:
        defaults, found = _read_file(path, f"{folder}/{path.name}")
        problems += found
        known = languages.setdefault(path.name.split(".")[1], {})
        for key, default in defaults.items():
            other = known.setdefault(key, default)
            if other.text != default.text:
                raise ValueError(f"two texts for {key[-1]} of {key[-2]}: {other.place} and {default.place}")
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
        faults = error.errors(include_url=False)
        return {}, problems + [translate(_KIND, shown, node, plain, fault) for fault in faults]
    texts = walk({"words": labels.words, "names": labels.names})
    return {tuple(map(str, key)): Default(text, Place(shown, line_of(node, key))) for key, text in texts}, problems
