"""Begin a kind of record of the guide's own, as a folder of macros/: `make new-component NAME=exercise`.

The files are written from `guide/commands/component/`. They're valid as they are: the kind has a macro, a place in
embeds, data files, handouts, search and the references for contributors, and a test. What its author has to decide is
marked with "Decide:".
"""

import argparse
import builtins
import keyword
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Template

from markdown.extensions.toc import slugify

from guide.commands.command import Refused
from guide.commands.edits import tell_git
from guide.model.record import ID_PATTERN
from guide.model.registry import COMPONENTS, component_folders, embed_kinds, kinds, macros
from guide.outputs.data_schemas import schema_models
from guide.outputs.embeds import THEMES
from guide.reading.labels import THEME, default_labels
from guide.rendering.project import read_project
from guide.rendering.templates import templates

ROOT = Path(__file__).parents[2]
FILES = Path(__file__).with_name("component")
LONGEST = 30
"""The number of characters of a name: what is written with it then fits the lines of code."""

_CHOOSE = "Choose another name."
_OTHER = "Choose another name, or give another plural with PLURAL."
_ADDRESSES = {*THEMES, "assets", "schemas", "handouts"}
"""Names in the addresses of embeds, data files and handouts that are no kind's."""
_IDS = {"source", "sources", "use"}
"""What ids of HTML elements begin with that belong to the page."""


class _Names:
    """What a component is called, wherever it is named."""

    def __init__(self, name: str, plural: str) -> None:
        self.name = name
        self.kind = plural or _plural(name)
        self.folder = name.replace("-", "_")

    @property
    def values(self) -> dict[str, str]:
        """What stands for each $name in the files."""
        return {
            "name": self.name,
            "kind": self.kind,
            "folder": self.folder,
            "Class": "".join(word.capitalize() for word in self.name.split("-")),
            "Plural_words": self.kind.replace("-", " ").capitalize(),
        }

    def paths(self, language: str) -> dict[str, str]:
        """Return where each file of `component/` goes, relative to the project."""
        home = f"{COMPONENTS}/{self.folder}"
        return {
            "record.py.txt": f"{home}/record.py",
            "macro.py.txt": f"{home}/macro.py",
            "component.html.j2.txt": f"{home}/{self.name}.html.j2",
            # Pages and embeds without the component don't load it.
            "component.css.txt": f"{home}/own/{self.name}.css",
            "labels.yaml.txt": f"{home}/labels.{language}.yaml",
            "example.yaml.txt": f"{home}/example.yaml",
            "test.py.txt": f"tests/macros/test_{self.folder}.py",
            # Last: it makes the folder a component.
            "__init__.py.txt": f"{home}/__init__.py",
        }


def _plural(name: str) -> str:
    """Return the usual plural of an English word."""
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(s|x|z|ch|sh)$", name) else f"{name}s"


def new_component(name: str, plural: str = "") -> list[str]:
    """Write the files of a component and the schema of its kind; return their paths.

    Raises:
        Refused: The name can't be used. Nothing was written.
    """
    names = _Names(name, plural)
    for wrong, remedy in _faults(names):
        raise Refused(wrong, remedy, "component-name")
    written: list[Path] = []
    try:
        paths = names.paths(read_project(ROOT).language)
        for source, target in paths.items():
            path = ROOT / target
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(path)
            path.write_text(Template((FILES / source).read_text("utf-8")).substitute(names.values), "utf-8")
        schema = ROOT / "schemas" / f"{names.kind}.json"
        schema.parent.mkdir(exist_ok=True)
        written.append(schema)
        schema.write_text(_schema(names.kind), "utf-8")
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        shutil.rmtree(ROOT / COMPONENTS / names.folder, ignore_errors=True)
        raise
    return [path.relative_to(ROOT).as_posix() for path in written]


def _schema(kind: str) -> str:
    """Return the schema of the new kind. Another process makes it, because this one knows the kinds already."""
    code = f"from guide.commands.schemas import schemas; print(schemas()['{kind}.json'], end='')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def _faults(names: _Names) -> Iterator[tuple[str, str]]:
    """Return why a component can't have its names: what is wrong, and what to do."""
    if not names.name:
        yield "No name was given", "Write NAME=exercise, with your own word for one of them."
        return
    for written, what in ((names.name, "name"), (names.kind, "plural")):
        if not re.match(ID_PATTERN, written):
            meant = slugify(written, "-")
            such = f": {meant}" if re.match(ID_PATTERN, meant) else ", such as exercise"
            remedy = f"Write lowercase letters, digits and hyphens{such}."
            yield f'The {what} "{written}" is not an id', remedy
            return
        if len(written) > LONGEST:
            yield f'The {what} "{written}" has {len(written)} characters', f"Use {LONGEST} at most."
    if not names.name[0].isalpha():
        yield f'The name "{names.name}" begins with a digit', "Begin it with a letter, as names in code do."
    if keyword.iskeyword(names.folder) or names.folder in dir(builtins):
        yield f'"{names.name}" is a word of Python', _CHOOSE
    if names.kind == names.name:
        yield f'"{names.name}" and its plural are the same', "Give another one with PLURAL."
    yield from _taken(names)


def _taken(names: _Names) -> Iterator[tuple[str, str]]:
    """Return what else has one of a component's names already."""
    name, kind, folder = names.name, names.kind, names.folder
    if (ROOT / COMPONENTS / folder).exists():
        yield f"{COMPONENTS}/{folder}/ is there already", f"Change that component, or c{_CHOOSE[1:]}"
    if folder in macros():
        yield f'There is a macro "{folder}" already', _CHOOSE
    taken = {*kinds(), *schema_models(), *_ADDRESSES}
    for word in (name, kind):
        if word in kinds():
            yield f'There is a kind of record "{word}" already, in {kinds()[word].place}', _OTHER
        elif word in taken or word in embed_kinds():
            yield f'"{word}" is taken: addresses of the site use it', _OTHER
    if name in _IDS or f"{name}-" in {each.anchor for each in kinds().values()}:
        yield f'Ids of pages begin with "{name}-" already', _CHOOSE
    if f"{name}.html.j2" in templates().list_templates():
        yield f"There is a template {name}.html.j2 already", _CHOOSE
    for path in sorted(path for home in (THEME, *component_folders()) for path in home.rglob("*.css")):
        if re.search(rf"\.guide-{name}(?![a-z0-9])", path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT).as_posix()} has styles of guide-{name} already", _CHOOSE
            break
    labels = {path[-1] for language in default_labels()[0].values() for path in language if path[0] == "words"}
    for label in sorted({f"{name}-points", f"embed-{name}"} & labels):
        yield f'There is a label "{label}" already', _CHOOSE
    for file in (f"schemas/{kind}.json", f"tests/macros/test_{folder}.py"):
        if (ROOT / file).exists():
            yield f"{file} is there already", f"Delete or rename it first, or c{_CHOOSE[1:]}"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if nothing was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="what one is called, in lowercase letters, digits and hyphens: exercise")
    parser.add_argument("--plural", default="", help="what several are called, if it isn't the usual plural")
    options = parser.parse_args(arguments)
    paths = new_component(options.name, options.plural)
    names = _Names(options.name, options.plural)
    tell_git(ROOT, paths)
    print(*(f"Wrote {path}" for path in paths), sep="\n", file=sys.stderr)
    print(
        'Next: search those files for "Decide:". After you change the fields, bring the template, __init__.py, '
        f"example.yaml and tests/macros/test_{names.folder}.py up to date, and run make schemas. Then write a "
        f"record with make new KIND={names.kind} ID=some-id, and show it on a page with "
        f'{{{{ {names.folder}("some-id") }}}}. '
        "macros/README.md says more.",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
