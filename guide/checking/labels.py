"""Every word that templates print and every group that records choose has a label in data/labels/."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

from jinja2 import Environment, nodes

from guide.model.fields import TAKES
from guide.model.guide import walk
from guide.model.problems import Problem, nearest
from guide.model.record import Basis, Certainty
from guide.model.registry import component_folders, embed_kinds, kinds
from guide.model.site import KEPT, WIDTHS
from guide.model.units import UNITS
from guide.rendering.project import Book
from guide.rendering.status import shown_kinds
from guide.rendering.wording import GROUNDS

_CODE = Path(__file__).parents[2]

# Labels that a template puts together: guide/theme/partials/footer.html.
DYNAMIC = {"previous-page", "next-page"}


def check(book: Book) -> Iterator[Problem]:
    """Check that no label is missing, and that labels contain only the names that code fills in."""
    for language, labels in book.guide.labels.items():
        for word, fields in sorted(_used_words().items()):
            place = book.guide.place("labels", language, "words", word)
            if word not in labels.words:
                remedy = f"Add {word}: and the words to print."
                yield Problem(place, f'the label "{word}" is missing', remedy, "labels")
                continue
            for name in _fields(labels.words[word]) if fields else []:
                if name not in fields:
                    remedy = nearest(name, fields) or f"It can hold: {', '.join(sorted(fields))}."
                    yield Problem(place, f'the label "{word}" cannot hold "{name}"', remedy, "labels")
        for group, wanted in sorted(_needed_names().items()):
            for name in sorted(set(wanted) - set(labels.names.get(group, {}))):
                place = book.guide.place("labels", language, "names", group)
                yield Problem(place, f'the name "{name}" is missing from {group}', f"Add {name}: to it.", "labels")
        for kind, key, group in _chosen():
            names = labels.names.get(group, {})
            for record_id, source in book.guide.sources.get(kind, {}).items():
                for path, value in walk(source.plain):
                    if kind == "site" and book.guide.lacks("helplines", value):
                        # `unknown_record` reports it.
                        continue
                    if path and path[0] == key and value not in names:
                        yield Problem(
                            book.guide.place(kind, record_id, *path),
                            f'{key} "{value}" has no name in data/labels/{language}.yaml',
                            nearest(value, names) or f"Add it under names: {group}:, or choose another.",
                            "labels",
                        )


def _chosen() -> list[tuple[str, str, str]]:
    """Return the fields that hold one of the names of a group: kind, field and group."""
    return [(kind.key, key, group) for kind in kinds().values() for key, group in kind.chosen.items()]


def _needed_names() -> dict[str, tuple[str, ...]]:
    """Return the groups of names that hold every value of a field, with these values."""
    return {
        "basis": get_args(Basis),
        "certainty": get_args(Certainty),
        "embeds": embed_kinds(),
        "grounds": GROUNDS,
        "kept": KEPT,
        "kinds": shown_kinds(),
        "months": tuple(str(month) for month in range(1, 13)),
        "takes": TAKES,
        "widths": WIDTHS,
        **{group: values for kind in kinds().values() for group, values in kind.names.items()},
    }


def _fields(text: str) -> list[str]:
    """Return the names in braces; for a brace that is never closed, the brace."""
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return ["{"]


@cache
def _used_words() -> dict[str, frozenset[str]]:
    """Return each label that code and templates print, with the names that they fill in, by their syntax trees."""
    used: dict[str, set[str]] = {f"unit-{unit}": {"number"} for unit in UNITS}
    for word in DYNAMIC:
        used[word] = set()
    folders = [_CODE / "guide/theme/parts", *component_folders()]
    templates = [
        *(path for folder in folders for path in folder.glob("*.j2")),
        *(_CODE / "guide/theme").rglob("*.html"),
    ]
    for path in sorted(templates):
        tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
        for item in tree.find_all(nodes.Getitem):
            used.setdefault(_word_in_template(item), set())
        for call in tree.find_all(nodes.Call):
            if getattr(call.node, "attr", "") == "format":
                used.setdefault(_word_in_template(call.node), set()).update(keyword.key for keyword in call.kwargs)
    code = [_CODE / "guide", *component_folders()]
    for path in sorted(path for folder in code for path in folder.rglob("*.py")):
        text = path.read_text("utf-8")
        # Most modules print no label, and walking a tree takes long.
        for node in ast.walk(ast.parse(text)) if "words[" in text else []:
            used.setdefault(_word_in_python(node), set())
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format":
                used.setdefault(_word_in_python(node.func), set()).update(str(keyword.arg) for keyword in node.keywords)
    return {word: frozenset(fields) for word, fields in used.items() if word}


def _word_in_template(node: nodes.Node) -> str:
    """Return "x" for `words["x"]`, `guide.words["x"]` and their `.format`, else ""."""
    item = node.node if isinstance(node, nodes.Getattr) else node
    if not isinstance(item, nodes.Getitem) or not isinstance(item.arg, nodes.Const):
        return ""
    named = getattr(item.node, "name", getattr(item.node, "attr", ""))
    return str(item.arg.value) if named == "words" else ""


def _word_in_python(node: ast.AST) -> str:
    """Return "x" for `words["x"]`, `self.words["x"]` and their `.format`, else ""."""
    item = node.value if isinstance(node, ast.Attribute) else node
    if not isinstance(item, ast.Subscript) or not isinstance(item.slice, ast.Constant):
        return ""
    named = getattr(item.value, "id", getattr(item.value, "attr", ""))
    return str(item.slice.value) if named == "words" else ""
