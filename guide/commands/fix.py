"""Mend the form of data and pages: `make fix`, or `make fix FILES="data/questions.yaml"`.

What it mends: line ends and spaces, tabs, the order of keys and of lists that have one, quotes that editors need, one
sentence a line. Each step is taken only if the file says the same before and after; if it cannot be read, only if it
can be read afterwards.

The lines of a file are moved, and not written anew from what was read, so that comments, quotes and folds stay as they
are. (A library that keeps comments, ruamel.yaml, keeps them with the entry before them; they belong to the one after.)
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pydantic import BaseModel, ValidationError

from guide.model.kind import Kind
from guide.model.registry import kinds
from guide.reading.passages import ends_of_sentences
from guide.reading.yaml_nodes import compose, needs_quotes, plain_value

ROOT = Path(__file__).parents[2]


def fix(root: Path, path: Path) -> bool:
    """Mend a file; tell whether it was changed."""
    raw = path.read_bytes()
    try:
        before = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    parts = path.relative_to(root).parts
    after = before
    if parts[0] == "data" and path.suffix == ".yaml":
        kind = kinds().get(parts[1] if len(parts) > 2 else path.stem)
        after = fixed_data(before, kind, declared_order(root / "data" / "README.md"))
    elif parts[0] == "docs" and path.suffix == ".md":
        after = fixed_page(before)
    if after != before:
        path.write_text(after, "utf-8", newline="")
    return after != before


# Data


def fixed_data(text: str, kind: Kind | None, order: dict[tuple[str, ...], list[str]]) -> str:
    """Mend a data file.

    Args:
        text: What it holds.
        kind: Of its records.
        order: Of the keys, by kind and the keys that lead to a group.
    """
    text = _taken(text, _plain_characters, kind)
    text = _taken(text, _spaces, kind)
    text = _taken(text, _without_tabs, kind)
    if kind:
        text = _taken(text, lambda each: _keys_in_order(each, kind, order), kind)
        text = _taken(text, lambda each: _list_in_order(each, kind), kind)
        text = _taken(text, lambda each: _quoted(each, kind), kind)
    return text


def _taken(text: str, step: Callable[[str], str], kind: Kind | None) -> str:
    """Take a step if it changes no meaning."""
    changed = step(text)
    return changed if changed != text and _same(text, changed, kind) else text


def _same(before: str, after: str, kind: Kind | None) -> bool:
    one, other = _meaning(before, kind), _meaning(after, kind)
    return other is not None and (one is None or one == other)


def _meaning(text: str, kind: Kind | None) -> Any:
    """Give what a file says, without the order of what has a declared one; None if it cannot be read."""
    node, problems = compose("", text)
    if node is None or problems:
        return None
    plain = plain_value(node)
    if kind and kind.sorted_by:
        held = kind.list_key
        records = plain.get(held) if held and isinstance(plain, dict) else plain
        if isinstance(records, list) and all(isinstance(record, dict) for record in records):
            ordered = sorted(records, key=lambda record: str(record.get("id")))
            return {**plain, held: ordered} if held else ordered
    return plain


def _plain_characters(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _spaces(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n") + "\n"


def _without_tabs(text: str) -> str:
    return re.sub(r"^[ \t]+", lambda indent: indent[0].replace("\t", "  "), text, flags=re.MULTILINE)


@cache
def declared_order(readme: Path) -> dict[tuple[str, ...], list[str]]:
    """Read the order of keys from the examples, by kind and the keys that lead to a group."""
    order: dict[tuple[str, ...], list[str]] = {}
    text = readme.read_text("utf-8") if readme.is_file() else ""
    for block in re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        kind = re.search(r"schemas/([a-z-]+)\.json", block)
        node = compose("", block)[0]
        if kind and node is not None:
            for path, keys in _groups(plain_value(node), (kind[1],)):
                known = order.setdefault(path, [])
                for key, after in reversed(list(zip(keys, [*keys[1:], ""], strict=True))):
                    if key not in known:
                        known.insert(known.index(after) if after in known else len(known), key)
    return order


def _groups(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    if isinstance(value, dict):
        yield path, list(value)
        for key, inner in value.items():
            yield from _groups(inner, _below(path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _groups(inner, path)


def _below(path: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Give the path below a key; under `cells`, ids of the author's own stand in for each other."""
    return (*path, "*" if path[-1] == "cells" else key)


def _keys_in_order(text: str, kind: Kind, order: dict[tuple[str, ...], list[str]]) -> str:
    lines = text.split("\n")
    node = compose("", text)[0]
    # What stands in labels is named by ids, in the order of their author.
    if node is not None and kind.key != "labels":
        _order_keys(lines, node, (kind.key,), order, len(text.rstrip().split("\n")))
    return "\n".join(lines)


def _order_keys(lines: list[str], node: Any, path: tuple[str, ...], order: dict[Any, list[str]], end: int) -> None:
    """Move the lines of keys below a node; what is deepest first, so that line numbers further up still hold."""
    if node.id == "scalar" or node.flow_style:
        return
    entries = node.value if node.id == "mapping" else [(item, item) for item in node.value]
    starts = [_start(lines, key.start_mark.line, first=not number) for number, (key, _) in enumerate(entries)]
    ends = [*starts[1:], end]
    for (key, inner), stop in zip(entries, ends, strict=True):
        below = path if node.id == "sequence" else _below(path, key.value)
        _order_keys(lines, inner, below, order, stop)
    if node.id != "mapping" or path[-1] == "cells" or len({key.start_mark.line for key, _ in entries}) < len(entries):
        return
    names, known = [key.value for key, _ in entries], order.get(path, [])
    wanted = sorted(names, key=lambda name: (known.index(name) if name in known else len(known), names.index(name)))
    if wanted == names:
        return
    indent = entries[0][0].start_mark.column
    dash = lines[starts[0]][:indent]
    lines[starts[0]] = " " * indent + lines[starts[0]][indent:]
    chunks = {name: lines[start:stop] for name, start, stop in zip(names, starts, ends, strict=True)}
    moved = [chunks[name] for name in wanted]
    while not moved[0][0].strip():
        moved[-1].append(moved[0].pop(0))
    if dash.strip() and moved[0][0].lstrip().startswith("#"):
        moved = [chunks[name] for name in names]
    whole = [line for chunk in moved for line in chunk]
    whole[0] = dash + whole[0][indent:]
    lines[starts[0] : end] = whole


def _start(lines: list[str], line: int, *, first: bool) -> int:
    """Give the line on which an entry begins, with the comments and empty lines above it that are its own."""
    while not first and line and (not lines[line - 1].strip() or lines[line - 1].lstrip().startswith("#")):
        line -= 1
    return line


def _list_in_order(text: str, kind: Kind) -> str:
    node = compose("", text)[0]
    if node is None or not kind.sorted_by:
        return text
    lines = text.split("\n")
    end = len(lines)
    if kind.list_key and node.id == "mapping":
        names = [key.value for key, _ in node.value]
        if kind.list_key not in names:
            return text
        at = names.index(kind.list_key)
        end = _start(lines, node.value[at + 1][0].start_mark.line, first=False) if at + 1 < len(names) else end
        node = node.value[at][1]
    items = node.value if node.id == "sequence" and not node.flow_style else []
    try:
        keys = [kind.sorted_by(plain_value(item)) for item in items]
    except (KeyError, ValueError, TypeError, AttributeError):
        return text
    wanted = sorted(range(len(items)), key=lambda number: keys[number])
    if wanted == list(range(len(items))):
        return text
    starts = [_start(lines, item.start_mark.line, first=not number) for number, item in enumerate(items)]
    chunks = ["\n".join(lines[start:stop]).strip("\n") for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    between = "\n\n" if not lines[starts[1]].strip() else "\n"
    tail = lines[end:]
    moved = between.join(chunks[number] for number in wanted)
    return (
        "\n".join([*lines[: starts[0]], moved, *([""] if tail and between == "\n\n" else []), *tail]).rstrip("\n")
        + "\n"
    )


def _quoted(text: str, kind: Kind) -> str:
    """Put texts in quotes that an editor would take for a number, a time or a yes."""
    node = compose("", text)[0]
    if node is None:
        return text
    try:
        value = kind.adapter.validate_python(plain_value(node))
    except ValidationError:
        return text
    lines = text.split("\n")
    for scalar in sorted(_texts(value, node), key=lambda each: -each.start_mark.column):
        line, start, stop = scalar.start_mark.line, scalar.start_mark.column, scalar.end_mark.column
        if not scalar.style and line == scalar.end_mark.line and needs_quotes(scalar.value):
            lines[line] = f'{lines[line][:start]}"{scalar.value}"{lines[line][stop:]}'
    return "\n".join(lines)


def _texts(value: Any, node: Any) -> Iterator[Any]:
    """Give the nodes of what is a text to the models."""
    if isinstance(value, BaseModel):
        written = {key.value: inner for key, inner in node.value}
        for name, field in type(value).model_fields.items():
            if (field.alias or name) in written:
                yield from _texts(getattr(value, name), written[field.alias or name])
    elif isinstance(value, dict):
        for inner, each in zip(value.values(), node.value, strict=True):
            yield from _texts(inner, each[1])
    elif isinstance(value, list):
        for inner, each in zip(value, node.value, strict=True):
            yield from _texts(inner, each)
    elif isinstance(value, str):
        yield node


# Pages


def fixed_page(text: str) -> str:
    """Mend a page: line ends, spaces, and one sentence a line in paragraphs that stand by themselves."""
    text = _plain_characters(text)
    text = re.sub(r"(?<! ) $|^[ \t]+$", "", text, flags=re.MULTILINE).rstrip("\n") + "\n"
    head = re.match(r"---\n.*?^---\n", text, re.DOTALL | re.MULTILINE)
    body = text[head.end() :] if head else text
    lines = body.split("\n")
    for token in reversed(MarkdownIt("commonmark").parse(body)):
        if token.type == "paragraph_open" and token.level == 0 and token.map:
            first, last = token.map
            written = "\n".join(lines[first:last])
            changed = _one_sentence_a_line(written)
            if _shown(changed) == _shown(written):
                lines[first:last] = changed.split("\n")
    return text[: head.end() if head else 0] + "\n".join(lines)


def _one_sentence_a_line(paragraph: str) -> str:
    # A call on a line of its own may print a block.
    if re.search(r"(  |\\)\n|\{%|^ *(!!!|\?\?\?|===|\{\{[^{}]*\}\} *$)", paragraph, re.MULTILINE):
        return paragraph
    joined = " ".join(line.strip() for line in paragraph.split("\n"))
    pieces, start = [], 0
    for end in ends_of_sentences(joined):
        pieces.append(joined[start:end].strip())
        start = end
    return "\n".join([*pieces, joined[start:].strip()]).strip()


def _shown(markdown: str) -> str:
    return " ".join(str(MarkdownIt("commonmark").render(markdown)).split())


# The command


def changed_files(root: Path) -> list[Path]:
    """Give the data and pages that differ from the last commit, new ones too."""
    listed = ["git", "-C", str(root), "ls-files", "--modified", "--others", "--exclude-standard", "--", "data", "docs"]
    done = subprocess.run(listed, capture_output=True, text=True, check=True)  # noqa: S603
    return [root / name for name in done.stdout.splitlines()]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("files", type=Path, nargs="*", help="files of data/ or docs/ (default: those you changed)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    files = [file.resolve() for file in options.files] or changed_files(root)
    for file in files:
        if file.is_relative_to(root) and file.is_file() and fix(root, file):
            print(f"Mended {file.relative_to(root).as_posix()}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
