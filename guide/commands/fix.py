"""Fix the formatting of data, pages and code: `make fix`, or `make fix FILES="data/questions.yaml"`.

It fixes line ends and spaces, tabs, the order of keys and of lists that have one, and quotes that editors need, and
puts one sentence on each line. A step is taken only if the file means the same before and after; if the file can't be
parsed, only if it can be parsed afterwards.

Lines are moved, and not written from the parsed values, so that comments, quotes and folds don't change. (ruamel.yaml
preserves comments too, but keeps them with the entry before them; they belong to the one after.) Ruff sorts the imports
of Python files and lays them out.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pydantic import BaseModel, ValidationError

from guide.commands.check import CODE
from guide.commands.list_files import first_line
from guide.model.kind import Kind
from guide.model.registry import kinds
from guide.reading.passages import ends_of_sentences
from guide.reading.yaml_nodes import compose, needs_quotes, plain_value

ROOT = Path(__file__).parents[2]


def fix(root: Path, path: Path) -> bool:
    """Fix a file, and return whether it changed."""
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
    elif _is_code(root, path):
        after = _fixed_code(path, before)
    if after != before:
        path.write_text(after, "utf-8", newline="")
    return after != before


# Data


def fixed_data(text: str, kind: Kind | None, order: dict[tuple[str, ...], list[str]]) -> str:
    """Return a data file with its formatting fixed.

    Args:
        text: Its content.
        kind: The kind of its records.
        order: The order of keys, by kind and the path of the mapping.
    """
    text = _apply(text, _plain_characters, kind)
    text = _apply(text, _spaces, kind)
    text = _apply(text, _without_tabs, kind)
    if kind:
        text = _apply(text, lambda current: _keys_in_order(current, kind, order), kind)
        text = _apply(text, lambda current: _list_in_order(current, kind), kind)
        text = _apply(text, lambda current: _quoted(current, kind), kind)
    return text


def _apply(text: str, step: Callable[[str], str], kind: Kind | None) -> str:
    """Return a text after a step, unless the step changes its meaning."""
    changed = step(text)
    return changed if changed != text and _means_the_same(text, changed, kind) else text


def _means_the_same(before: str, after: str, kind: Kind | None) -> bool:
    one, other = _meaning(before, kind), _meaning(after, kind)
    return other is not None and (one is None or one == other)


def _meaning(text: str, kind: Kind | None) -> Any:
    """Return the value of a file, without the order of lists that have a declared one; None if it can't be parsed."""
    node, problems = compose("", text)
    if node is None or problems:
        return None
    plain = plain_value(node)
    if kind and kind.sorted_by:
        list_key = kind.list_key
        records = plain.get(list_key) if list_key and isinstance(plain, dict) else plain
        if isinstance(records, list) and all(isinstance(record, dict) for record in records):
            ordered = sorted(records, key=lambda record: str(record.get("id")))
            return {**plain, list_key: ordered} if list_key else ordered
    return plain


def _plain_characters(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _spaces(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n") + "\n"


def _without_tabs(text: str) -> str:
    return re.sub(r"^[ \t]+", lambda indent: indent[0].replace("\t", "  "), text, flags=re.MULTILINE)


@cache
def declared_order(readme: Path) -> dict[tuple[str, ...], list[str]]:
    """Return the order of keys in the examples of data/README.md, by kind and the path of the mapping."""
    order: dict[tuple[str, ...], list[str]] = {}
    text = readme.read_text("utf-8") if readme.is_file() else ""
    for block in re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        kind = re.search(r"schemas/([a-z-]+)\.json", block)
        node = compose("", block)[0]
        if kind and node is not None:
            for path, keys in _mappings(plain_value(node), (kind[1],)):
                known = order.setdefault(path, [])
                for key, after in reversed(list(zip(keys, [*keys[1:], ""], strict=True))):
                    if key not in known:
                        known.insert(known.index(after) if after in known else len(known), key)
    return order


def _mappings(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Return the path and the keys of every mapping in a value."""
    """Return the path and the keys of every mapping in a value."""
    if isinstance(value, dict):
        yield path, list(value)
        for key, inner in value.items():
            yield from _mappings(inner, _below(path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _mappings(inner, path)


def _below(path: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Return the path below a key. Below `cells`, whose keys are ids, all keys are the same."""
    return (*path, "*" if path[-1] == "cells" else key)


def _keys_in_order(text: str, kind: Kind, order: dict[tuple[str, ...], list[str]]) -> str:
    lines = text.split("\n")
    node = compose("", text)[0]
    # The keys of labels are ids, in an order that their author chose.
    if node is not None and kind.key != "labels":
        _order_keys(lines, node, (kind.key,), order, len(text.rstrip().split("\n")))
    return "\n".join(lines)


def _order_keys(lines: list[str], node: Any, path: tuple[str, ...], order: dict[Any, list[str]], end: int) -> None:
    """Move the lines of keys below a node, the deepest first, so that the line numbers above remain right."""
    if node.id == "scalar" or node.flow_style:
        return
    entries = node.value if node.id == "mapping" else [(item, item) for item in node.value]
    starts = [first_line(lines, key.start_mark.line, first=not number) for number, (key, _) in enumerate(entries)]
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


def _list_in_order(text: str, kind: Kind) -> str:
    """Return a file with the records of its list in their order."""
    """Return a file with the records of its list in their order."""
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
        end = first_line(lines, node.value[at + 1][0].start_mark.line, first=False) if at + 1 < len(names) else end
        node = node.value[at][1]
    items = node.value if node.id == "sequence" and not node.flow_style else []
    try:
        keys = [kind.sorted_by(plain_value(item)) for item in items]
    except (KeyError, ValueError, TypeError, AttributeError):
        return text
    wanted = sorted(range(len(items)), key=lambda number: keys[number])
    if wanted == list(range(len(items))):
        return text
    starts = [first_line(lines, item.start_mark.line, first=not number) for number, item in enumerate(items)]
    chunks = ["\n".join(lines[start:stop]).strip("\n") for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    between = "\n\n" if not lines[starts[1]].strip() else "\n"
    tail = lines[end:]
    moved = between.join(chunks[number] for number in wanted)
    return (
        "\n".join([*lines[: starts[0]], moved, *([""] if tail and between == "\n\n" else []), *tail]).rstrip("\n")
        + "\n"
    )


def _quoted(text: str, kind: Kind) -> str:
    """Return a file with quotes around texts that an editor would read as a number, a time or a boolean."""
    node = compose("", text)[0]
    if node is None:
        return text
    try:
        value = kind.adapter.validate_python(plain_value(node))
    except ValidationError:
        return text
    lines = text.split("\n")
    for scalar in sorted(_texts(value, node), key=lambda node: -node.start_mark.column):
        line, start, stop = scalar.start_mark.line, scalar.start_mark.column, scalar.end_mark.column
        if not scalar.style and line == scalar.end_mark.line and needs_quotes(scalar.value):
            lines[line] = f'{lines[line][:start]}"{scalar.value}"{lines[line][stop:]}'
    return "\n".join(lines)


def _texts(value: Any, node: Any) -> Iterator[Any]:
    """Return the nodes of all values that the models read as texts."""
    if isinstance(value, BaseModel):
        written = {key.value: inner for key, inner in node.value}
        for name, field in type(value).model_fields.items():
            if (field.alias or name) in written:
                yield from _texts(getattr(value, name), written[field.alias or name])
    elif isinstance(value, dict):
        for inner, (_, inner_node) in zip(value.values(), node.value, strict=True):
            yield from _texts(inner, inner_node)
    elif isinstance(value, list):
        for inner, inner_node in zip(value, node.value, strict=True):
            yield from _texts(inner, inner_node)
    elif isinstance(value, str):
        yield node


# Pages


def fixed_page(text: str) -> str:
    """Return a page with its formatting fixed: line ends, spaces, and one sentence a line in top-level paragraphs."""
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
            if _html(changed) == _html(written):
                lines[first:last] = changed.split("\n")
    return text[: head.end() if head else 0] + "\n".join(lines)


def _one_sentence_a_line(paragraph: str) -> str:
    # Leave line breaks, boxes, tabs, and calls on a line of their own alone.
    if re.search(r"(  |\\)\n|\{%|^ *(!!!|\?\?\?|===|\{\{[^{}]*\}\} *$)", paragraph, re.MULTILINE):
        return paragraph
    joined = " ".join(line.strip() for line in paragraph.split("\n"))
    pieces, start = [], 0
    for end in ends_of_sentences(joined):
        pieces.append(joined[start:end].strip())
        start = end
    return "\n".join([*pieces, joined[start:].strip()]).strip()


def _html(markdown: str) -> str:
    return " ".join(str(MarkdownIt("commonmark").render(markdown)).split())


# Code


def _is_code(root: Path, path: Path) -> bool:
    return path.suffix == ".py" and path.relative_to(root).parts[0] in CODE


def _fixed_code(path: Path, text: str) -> str:
    """Return a Python file as Ruff lays it out; as it is, if Ruff can't parse it."""
    for step in (["check", "--fix-only", "--select", "I"], ["format"]):
        command = [sys.executable, "-m", "ruff", *step, "--quiet", "--stdin-filename", str(path), "-"]
        done = subprocess.run(command, input=text, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            return text
        text = done.stdout
    return text


# The command


def _changed_files(root: Path) -> list[Path]:
    """Return the data files, pages and Python files that differ from the last commit, including new ones."""
    folders = ["data", "docs", *CODE]
    listed = ["git", "-C", str(root), "ls-files", "--modified", "--others", "--exclude-standard", "--", *folders]
    done = subprocess.run(listed, capture_output=True, text=True, check=True)  # noqa: S603
    return [root / name for name in done.stdout.splitlines()]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("files", type=Path, nargs="*", help="data, pages or code (default: what you changed)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    files = [file.resolve() for file in options.files] or _changed_files(root)
    for file in files:
        if file.is_relative_to(root) and file.is_file() and fix(root, file):
            print(f"Fixed {file.relative_to(root).as_posix()}", file=sys.stderr)
        elif options.files:
            print(f"Left {os.path.relpath(file, root)} as it is", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
