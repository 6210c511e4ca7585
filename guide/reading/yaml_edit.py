"""Changes one text of a data file and nothing else: comments, order, quotes and folds of all others stay.

The text is written as the old one was (plain, in quotes, folded) where that says the same, and in double quotes where
it doesn't. What the file says afterwards is read again and compared, so no text can add a key, end a quote or begin a
comment.
"""

import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from guide.model.editable import Path
from guide.reading.yaml_nodes import compose, needs_quotes, plain_value

_MARK = "\ufeff"
"""The mark with which some editors begin a file."""
_WIDTH = 112
"""Characters of a folded line, with its indent."""


class CannotChange(ValueError):
    """The text can't be changed here; says why, in a sentence."""


def with_text(source: str, path: Path, text: str) -> str:
    """Return a data file in which one text is another.

    Args:
        source: The file.
        path: Of the text, from the top of the file.
        text: What it is to be: one line.

    Raises:
        CannotChange: The file has no text there, or can't say this.
    """
    if source.startswith(_MARK):
        return _MARK + with_text(source[1:], path, text)
    if "\r\n" in source and source.count("\r\n") == source.count("\n"):
        return with_text(source.replace("\r\n", "\n"), path, text).replace("\n", "\r\n")
    node, problems = compose("", source)
    if node is None or problems:
        raise CannotChange("The file can't be read.")
    place = _node(node, path)
    if place is None or place.id != "scalar":
        raise CannotChange("The file has no text there.")
    wanted = _replaced(plain_value(node), path, text)
    for changed in _written(source, place, text):
        after, problems = compose("", changed)
        if after is not None and not problems and plain_value(after) == wanted:
            return changed
    raise CannotChange("A data file can't hold this text.")


def _node(node: Any, path: Path) -> Any:
    for step in path:
        if node.id == "mapping":
            node = next((value for key, value in node.value if key.value == step), None)
        elif node.id == "sequence" and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
        if node is None:
            return None
    return node


def _replaced(value: Any, path: Path, text: str) -> Any:
    if not path:
        return text
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {key: _replaced(inner, rest, text) if key == first else inner for key, inner in value.items()}
    return [_replaced(inner, rest, text) if index == first else inner for index, inner in enumerate(value)]


def _written(source: str, node: Any, text: str) -> Iterator[str]:
    """Return ways to write the text in place of a node, the one most like the old first."""
    start, end = node.start_mark.index, node.end_mark.index
    ways: list[Callable[[str], str]] = [_single] if node.style == "'" else []
    if node.style in (">", "|"):
        # A block ends where the next thing begins; what stands between is empty lines and comments.
        block = source[start:end]
        body = block.partition("\n")[2]
        indent = len(body) - len(body.lstrip(" "))
        last = [number for number, line in enumerate(block.split("\n")) if number and _inside(line, indent)]
        lines = block.split("\n")[: max(last, default=0) + 1]
        end = start + len("\n".join(lines))
        if lines[0].startswith(">-"):
            ways = [lambda new: "\n".join([lines[0], *_folded(new, lines[1:], indent)])]
    elif not node.style and (not needs_quotes(text) or needs_quotes(node.value)):
        ways = [str]
    for way in (*ways, _double):
        yield source[:start] + way(text) + source[end:]


def _inside(line: str, indent: int) -> bool:
    return bool(line.strip()) and len(line) - len(line.lstrip(" ")) >= indent


def _folded(text: str, lines: list[str], indent: int) -> list[str]:
    """Fold a text, and keep the lines that it begins with."""
    kept: list[str] = []
    for line in lines[:-1]:
        if not text.startswith(f"{line.strip()} "):
            break
        kept.append(line)
        text = text[len(line.strip()) + 1 :]
    width = max(_WIDTH - indent, 40)
    return kept + [
        " " * indent + line for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    ]


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
