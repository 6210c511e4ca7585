"""Every word that code prints and every group that records choose has a label; each label in data/labels/ is used."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import get_args

from jinja2 import Environment, nodes

from guide.model.fields import TAKES
from guide.model.guide import walk
from guide.model.problems import Place, Problem, nearest
from guide.model.record import Basis, Certainty
from guide.model.registry import component_folders, embed_kinds, kind_folders, kinds, parts
from guide.model.review import FIELDS, MARKS, SAID
from guide.model.site import KEPT, WIDTHS
from guide.model.units import UNITS
from guide.reading.labels import Defaults, default_labels, in_theme, label_folder
from guide.rendering.assets import cached_from_theme
from guide.rendering.project import Project
from guide.rendering.status import shown_kinds
from guide.rendering.wording import GROUNDS

_CODE = Path(__file__).parents[2]

# Labels whose ids are computed: in guide/theme/partials/footer.html, guide/outputs/search_index.py and review packs.
DYNAMIC = {
    "previous-page": set[str](),
    "next-page": set[str](),
    "search-instead": {"query"},
    **{f"search-{what}": set[str]() for what in ("none", "one", "other", "code", "question", "term")},
    **{f"mark-{mark}": set[str]() for mark in MARKS},
    **{f"review-{name}{more}": set[str]() for name in FIELDS for more in ("", "-help")},
    **{f"review-say-{said}": names for said, names in SAID.items()},
}


FEW = 5
"""How many missing labels of a language are reported one by one; more are in one problem that names all of them."""

BY_SCRIPT = "-js-"
"""What the id of a label contains that a script prints; the script knows it by what follows."""


@dataclass
class Use:
    """How code uses a label.

    Attributes:
        fields: The names that code fills in.
        folders: The components that print it; None for code outside of components.
    """

    fields: set[str] = field(default_factory=set)
    folders: set[Path | None] = field(default_factory=set)

    @property
    def home(self) -> str:
        """The folder that declares it: the component's if only that one prints it, otherwise guide/theme."""
        return label_folder(next(iter(self.folders)) if len(self.folders) == 1 else None)


def check(project: Project) -> Iterator[Problem]:
    """Check that no label is missing or unused, and that labels contain only the names that code fills in."""
    for language in project.guide.labels:
        if language == project.language or in_theme(language):
            yield from _missing_labels(project, language)
        if language == project.language:
            yield from _chosen_names(project)
        yield from _words(project, language)
        yield from _names(project, language)


def unfinished_languages(project: Project) -> Iterator[str]:
    """Return a note on each language that somebody has begun to translate, and that the guide isn't published in."""
    for language in sorted(project.guide.labels):
        if language == project.language or in_theme(language):
            continue
        own = project.guide.labels[language]
        written: set[tuple[str, ...]] = {("words", word) for word in own.words}
        written |= {("names", group, value) for group, values in own.names.items() for value in values}
        empty = _empty(project, language)
        needed = {*_needed(project, language), *empty}
        lacking = sorted(needed - written)
        if lacking:
            path = (empty or lacking)[0]
            line = "on this line" if empty else f"which has no line under {': '.join(path[:-1])}: yet"
            place = project.guide.place("labels", language, *path)
            yield (
                f"{place.path}:{place.line}: note: {len(needed & written)} of {len(needed)} labels are translated. "
                f'The next one is "{path[-1]}", {line}. A guide in this language needs all of them.'
            )


def _needed(project: Project, language: str) -> Iterator[tuple[str, ...]]:
    """Return the labels that a guide in a language prints."""
    yield from (("words", word) for word in used_words())
    yield from (("names", group, value) for group, values in needed_names().items() for value in values)
    yield from (("names", choice.group, choice.value) for choice in _choices(project, language))


def _empty(project: Project, language: str) -> list[tuple[str, ...]]:
    """Return the labels that have a line without words, in the order of the file."""
    plain = project.guide.sources["labels"][language].plain
    return [
        tuple(map(str, path)) for path, value in walk(plain) if path and path[0] in ("words", "names") and value == ""
    ]


def _missing_labels(project: Project, language: str) -> Iterator[Problem]:
    labels, needed = project.guide.labels[language], needed_names()
    words = [word for word in sorted(used_words()) if word not in labels.words]
    names = {group: sorted(set(values) - set(labels.names.get(group, {}))) for group, values in sorted(needed.items())}
    empty = _empty(project, language)
    if len(empty) > FEW:
        place = project.guide.place("labels", language, *empty[0])
        wrong = f'{len(empty)} labels have no words yet, and "{empty[0][-1]}" is the first'
        remedy = "Write the words of each after its colon, since this is the language of the guide."
        yield Problem(place, wrong, remedy, "labels")
    else:
        for path in empty:
            place = project.guide.place("labels", language, *path)
            remedy = "Write the words to print" + (", or delete the line." if in_theme(language) else ".")
            yield Problem(place, f'the label "{path[-1]}" has no words', remedy, "labels")
    words = [word for word in words if ("words", word) not in empty]
    names = {group: [value for value in names[group] if ("names", group, value) not in empty] for group in names}
    count = len(words) + sum(map(len, names.values()))
    if count > FEW and not in_theme(language):
        groups = [("words", words), *((f"names, {group}", values) for group, values in names.items())]
        listed = "; ".join(f"under {group}: {', '.join(values)}" for group, values in groups if values)
        remedy = "Add them. To begin another language, run make new KIND=labels with its tag as ID: it writes them all."
        place = project.guide.place("labels", language, "language")
        yield Problem(place, f"{count} labels are missing: {listed}", remedy, "labels")
        return
    for word in words:
        wrong, remedy = f'the label "{word}" is missing', f"Add {word}: and the words to print."
        yield from _missing(project, language, used_words()[word].home, ("words",), wrong, remedy)
    for group, values in names.items():
        for value in values:
            wrong = f'the name "{value}" is missing from {group}'
            remedy = f"Add {value}: to it." if group in labels.names else f"Add {value}: under names: {group}:."
            yield from _missing(project, language, needed[group][value], ("names", group), wrong, remedy)


def _words(project: Project, language: str) -> Iterator[Problem]:
    words, used = project.guide.labels[language].words, used_words()
    for word, use in sorted(used.items()):
        for name in _fields(words[word]) if use.fields and word in words else []:
            if name not in use.fields:
                remedy = nearest(name, use.fields) or f"It can hold: {', '.join(sorted(use.fields))}."
                place = _word_place(project, language, word)
                yield Problem(place, f'the label "{word}" cannot hold "{name}"', remedy, "labels")
    for word in _own(project, language, "words"):
        if word not in used:
            place = project.guide.place("labels", language, "words", word)
            yield Problem(place, f'nothing prints the label "{word}"', nearest(word, used) or "Delete it.", "labels")


def _names(project: Project, language: str) -> Iterator[Problem]:
    needed = needed_names()
    groups = {*needed, *(group for _, _, group in _chosen())}
    for group, own in _own(project, language, "names").items():
        if group not in groups:
            place = project.guide.place("labels", language, "names", group)
            remedy = nearest(group, groups) or "Delete it."
            yield Problem(place, f'nothing prints the names of "{group}"', remedy, "labels")
        for value in own if group in needed else []:
            if value not in needed[group]:
                place = project.guide.place("labels", language, "names", group, value)
                remedy = nearest(value, needed[group]) or "Delete it."
                yield Problem(place, f'nothing prints the name "{value}" of {group}', remedy, "labels")


def _chosen_names(project: Project) -> Iterator[Problem]:
    language = project.language
    empty = _empty(project, language)
    for choice in _choices(project, language):
        names = project.guide.labels[language].names.get(choice.group, {})
        # What has a line without words is reported there.
        if choice.value not in names and ("names", choice.group, choice.value) not in empty:
            yield Problem(
                project.guide.place(choice.kind, choice.record, *choice.path),
                f'{choice.key} "{choice.value}" has no name in data/labels/{language}.yaml',
                # The id of a record is right, so a name that is spelled nearly so has the mistake.
                f"Write it there under names: {choice.group}:, spelled just like this."
                if choice.key in kinds()[choice.kind].refers
                else nearest(choice.value, names) or f"Add it under names: {choice.group}:, or choose another.",
                "labels",
            )


@dataclass(frozen=True)
class _Choice:
    """A name of a group, where a record chooses it: at the `path` of a value, which begins with `key`."""

    kind: str
    record: str
    key: str
    path: tuple[str | int, ...]
    group: str
    value: str


def _choices(project: Project, language: str) -> Iterator[_Choice]:
    """Return what records choose, with what a language calls itself: it names no other."""
    for kind, key, group in _chosen():
        for record_id, source in project.guide.sources.get(kind, {}).items():
            if kind == "labels" and record_id != language:
                continue
            for path, value in walk(source.plain):
                # `unknown_record` reports a helpline that isn't there.
                if path and path[0] == key and not (kind == "site" and project.guide.lacks("helplines", value)):
                    yield _Choice(kind, record_id, key, tuple(path), group, value)


def _own(project: Project, language: str, key: str) -> dict[str, dict[str, str]]:
    """Return what a file of data/labels/ itself declares under a key."""
    own: dict[str, dict[str, str]] = project.guide.sources["labels"][language].plain.get(key, {})
    return own


def _defaults(language: str) -> Defaults:
    return default_labels()[0].get(language, {})


def _word_place(project: Project, language: str, word: str) -> Place:
    """Return where a word is written."""
    default = _defaults(language).get(("words", word))
    if default and word not in _own(project, language, "words"):
        return default.place
    return project.guide.place("labels", language, "words", word)


def _missing(
    project: Project, language: str, home: str, path: tuple[str, ...], wrong: str, remedy: str
) -> Iterator[Problem]:
    """Report a missing label, unless it may be in a file that has problems of its own.

    If the theme has default labels in this language, the others belong in the folder that uses them, and otherwise in
    data/labels/.
    """
    place = project.guide.place("labels", language, *path)
    if in_theme(language):
        place = Place(f"{home}/labels.{language}.yaml", 1)
    if place.path not in {problem.place.path for problem in default_labels()[1]}:
        yield Problem(place, wrong, remedy, "labels")


def _chosen() -> list[tuple[str, str, str]]:
    """Return the fields that hold one of the names of a group: kind, field and group."""
    return [(kind.key, key, group) for kind in kinds().values() for key, group in kind.chosen.items()]


def needed_names() -> dict[str, dict[str, str]]:
    """Return the groups that name every value of a field: the values, each with the folder that declares its name."""

    def named(values: Iterable[str]) -> dict[str, str]:
        return dict.fromkeys(values, label_folder(None))

    def of(kind: str) -> str:
        return label_folder(kind_folders().get(kind))

    return {
        "basis": named(get_args(Basis)),
        "certainty": named(get_args(Certainty)),
        "embeds": {key: of(parts()[key].key) if key in parts() else label_folder(None) for key in embed_kinds()},
        "grounds": named(GROUNDS),
        "kept": named(KEPT),
        "kinds": {key: of(key) for key in shown_kinds()},
        "months": named(str(month) for month in range(1, 13)),
        "takes": named(TAKES),
        "widths": named(WIDTHS),
        **{
            group: dict.fromkeys(values, of(kind.key))
            for kind in kinds().values()
            for group, values in kind.names.items()
        },
    }


def _fields(text: str) -> list[str]:
    """Return the names in braces; for a brace that is never closed, the brace."""
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return ["{"]


@cached_from_theme
def used_words() -> dict[str, Use]:
    """Return each label that code and templates print, by their syntax trees."""
    used = {f"unit-{unit}": Use({"number"}, {None}) for unit in UNITS}
    used.update({word: Use(fields, {None}) for word, fields in DYNAMIC.items()})
    for (group, *ids), default in _defaults("en").items():
        if group == "words" and BY_SCRIPT in ids[0]:
            folders = (each for each in component_folders() if default.place.path.startswith(f"{label_folder(each)}/"))
            used[ids[0]] = Use(set(_fields(default.text)), {next(folders, None)})
    for folder in (None, *component_folders()):
        for path in sorted(_templates(folder)):
            tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
            for item in tree.find_all(nodes.Getitem):
                _note(used, folder, _words_in_template(item))
            for call in tree.find_all(nodes.Call):
                if getattr(call.node, "attr", "") == "format":
                    _note(used, folder, _words_in_template(call.node), (keyword.key for keyword in call.kwargs))
        for path in sorted((folder or _CODE / "guide").rglob("*.py")):
            text = path.read_text("utf-8")
            # Most modules print no label, and walking a tree takes long.
            for node in ast.walk(ast.parse(text)) if "words[" in text else []:
                _note(used, folder, _words_in_python(node))
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format":
                    _note(used, folder, _words_in_python(node.func), (str(word.arg) for word in node.keywords))
    return used


def _templates(folder: Path | None) -> list[Path]:
    if folder:
        return list(folder.glob("*.j2"))
    theme = _CODE / "guide/theme"
    return [*(theme / "parts").glob("*.j2"), *theme.rglob("*.html")]


def _note(used: dict[str, Use], folder: Path | None, words: Iterable[str], fields: Iterable[str] = ()) -> None:
    names = set(fields)
    for word in words:
        use = used.setdefault(word, Use())
        use.folders.add(folder)
        use.fields |= names


def _words_in_template(node: nodes.Node) -> list[str]:
    """Return x for `words["x"]`, `guide.words["x"]` and their `.format`; x and y for `words["x" if ... else "y"]`."""
    item = node.node if isinstance(node, nodes.Getattr) else node
    if not isinstance(item, nodes.Getitem) or getattr(item.node, "name", getattr(item.node, "attr", "")) != "words":
        return []
    choice = item.arg
    parts = [choice.expr1, choice.expr2] if isinstance(choice, nodes.CondExpr) else [choice]
    return [str(part.value) for part in parts if isinstance(part, nodes.Const)]


def _words_in_python(node: ast.AST) -> list[str]:
    """Return x for `words["x"]`, `self.words["x"]` and their `.format`; x and y for `words["x" if ... else "y"]`."""
    item = node.value if isinstance(node, ast.Attribute) else node
    if not isinstance(item, ast.Subscript) or getattr(item.value, "id", getattr(item.value, "attr", "")) != "words":
        return []
    choice = item.slice
    parts = [choice.body, choice.orelse] if isinstance(choice, ast.IfExp) else [choice]
    return [str(part.value) for part in parts if isinstance(part, ast.Constant)]
