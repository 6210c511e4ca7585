"""The file of labels for another language: every label, with its words in the guide's own language beside it."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from guide.checking.labels import needed_names, used_words
from guide.reading.labels import default_labels
from guide.rendering.project import read_project

_HEAD = """\
# yaml-language-server: $schema=../../schemas/labels.json
# After each colon, write the words of this language, in straight double quotes if they contain a colon. After the # are
# the words to translate, which can go then. Words in braces are filled in: keep them.
"""
_OWN = "Of this guide's topic"


def language_file(root: Path, language: str) -> str:
    """Return the text of the file: the words of the guide's topic, then the generator's by the files they are in.

    Args:
        root: The folder of the project.
        language: A language tag, such as es or es-US.
    """
    project = read_project(root)
    labels = project.guide.labels[project.language]
    own = project.guide.sources["labels"][project.language].plain
    defaults = default_labels()[0].get(project.language, {})
    homes = {path[:2]: f"As in {default.place.path}" for path, default in defaults.items()}
    homes.update({("words", word): _OWN for word in own.get("words", {})})
    groups = [group for group in labels.names if group in needed_names() or group in own.get("names", {})]
    lines = ["words:"]
    for title, words in _grouped((homes.get(("words", word), _OWN), word) for word in sorted(used_words())):
        lines += [f"  # {title}", *(_line(2, word, labels.words.get(word, "")) for word in words)]
    lines += ["", "names:"]
    for title, named in _grouped((homes.get(("names", group), _OWN), group) for group in sorted(groups)):
        lines.append(f"  # {title}")
        for group in named:
            values = dict(labels.names[group])
            if group == "languages":
                values.setdefault(language, "this language, as its speakers call it")
            lines += [f"  {group}:", *(_line(4, value, shown) for value, shown in values.items())]
    return f"{_HEAD}language: {language}\n\n" + "\n".join(lines) + "\n"


def _grouped(entries: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return keys by the title over them: the guide's own first, then in the order of the files."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for title, key in entries:
        found[title].append(key)
    return sorted(found.items(), key=lambda entry: (entry[0] != _OWN, entry[0]))


def _line(indent: int, key: str, words: str) -> str:
    quoted = f'"{key}"' if key.isdigit() else key
    return f"{' ' * indent}{quoted}: # {words}"
