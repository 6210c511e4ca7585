"""YAML text to nodes that know their lines, and nodes to plain values.

`compose` builds the nodes from PyYAML's events. It stays within the limits of `guide.reading.files` and refuses what
YAML allows and data doesn't: tags, copies of other parts, repeated keys, texts that YAML reads differently from the
person who typed them. `plain_value` turns a node into texts, lists and dicts, for the models.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from guide.model.problems import Fault, Place, Problem
from guide.model.record import NOT_WORDS
from guide.reading.files import DEPTH, ENTRIES, KEYS, NODES
from guide.reading.text_mistakes import invisible_characters
from guide.reading.yaml_mistakes import IN_QUOTES, explain_yaml_error, is_null, misread_texts

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def compose(shown: str, text: str, *, records: bool = True) -> tuple[Any, list[Problem]]:
    """Parse YAML into nodes.

    Args:
        shown: The file's path as messages show it.
        text: Its content.
        records: False for a settings file, which may contain tags and empty values.

    Returns:
        The top node, or None if the text can't be parsed; and the problems.
    """
    problems = list(invisible_characters(shown, text))
    if problems:
        return None, problems
    try:
        node, problems = _nodes(shown, text.removeprefix("\ufeff"), records)
    except yaml.MarkedYAMLError as error:
        return None, [explain_yaml_error(shown, text, error)]
    except yaml.YAMLError as error:
        line = text[: getattr(error, "position", 0)].count("\n") + 1
        remedy = "Delete the line and type it again, with plain characters."
        return None, [Problem(Place(shown, line), "a character that a data file can't contain", remedy, "yaml")]
    if problems:
        return None, problems
    if node is None or (node.id == "scalar" and (not node.value or is_null(node))):
        wrong, remedy = "the file is empty", "Write a record, or delete the file."
        return None, [Problem(Place(shown, 1), wrong, remedy, "empty-file")]
    problems = list(misread_texts(shown, text, node, records=records))
    return (None, problems) if problems else (node, list(_repeated_keys(shown, node)))


def empty_node() -> Any:
    """Return a node for a file that can't be parsed."""
    return yaml.ScalarNode("", "")


@dataclass
class _OpenNode:
    """A list or mapping whose end hasn't been parsed yet, and the key that is waiting for its value."""

    node: Any
    key: Any = None


def _nodes(shown: str, text: str, records: bool) -> tuple[Any, list[Problem]]:
    """Build nodes from the parser's events, without recursion and within limits.

    PyYAML's own composer crashes the process on lists that are nested 50,000 deep.

    Returns:
        The top node, or None for a file of comments; and the first thing that data may not contain. Nothing after it
        is parsed.
    """
    loader = _Loader(text)
    top: Any = None
    open_nodes: list[_OpenNode] = []
    count = 0
    try:
        while True:
            event = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node: Any = yaml.ScalarNode(event.tag, event.value, event.start_mark, event.end_mark, event.style)
            elif kind is yaml.MappingStartEvent:
                node = yaml.MappingNode(event.tag, [], event.start_mark, None, event.flow_style)
            elif kind is yaml.SequenceStartEvent:
                node = yaml.SequenceNode(event.tag, [], event.start_mark, None, event.flow_style)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                open_nodes.pop().node.end_mark = event.end_mark
                continue
            elif kind is yaml.AliasEvent:
                return None, [_problem(shown, event, 'a text that begins with "*"', IN_QUOTES, "yaml")]
            elif kind is yaml.DocumentStartEvent and top is not None:
                raise yaml.composer.ComposerError(
                    "expected a single document", top.start_mark, "but found another", event.start_mark
                )
            elif kind is yaml.StreamEndEvent:
                return top, []
            else:
                continue
            count += 1
            fault = _fault(event, open_nodes, count, records)
            if fault:
                return None, [_problem(shown, event, *fault)]
            if not open_nodes:
                top = node
            else:
                _add(node, open_nodes[-1])
            if kind is not yaml.ScalarEvent:
                open_nodes.append(_OpenNode(node))
    finally:
        loader.dispose()


def _add(node: Any, parent: _OpenNode) -> None:
    """Add a node to the list or mapping around it."""
    if parent.node.id == "sequence":
        parent.node.value.append(node)
    elif parent.key is None:
        parent.key = node
    else:
        parent.node.value.append((parent.key, node))
        parent.key = None


_COPIED = (
    "a part that is used twice (& and *)",
    "Write it out in both places. If it is a text that begins with &, put it in straight double quotes.",
    "yaml",
)


def _fault(event: Any, open_nodes: list[_OpenNode], count: int, records: bool) -> Fault | None:
    """Return what is wrong with an event, or None if data may contain it.

    Args:
        event: The beginning of a text, list or mapping.
        open_nodes: The lists and mappings around it.
        count: How many texts, lists and mappings the file has so far.
        records: False for a settings file.
    """
    parent = open_nodes[-1] if open_nodes else None
    is_key = parent is not None and parent.node.id == "mapping" and parent.key is None
    is_text = isinstance(event, yaml.ScalarEvent)
    if count > NODES:
        return f"the file holds more than {NODES:,} values", "Split it, or shorten it.", "file-size"
    if len(open_nodes) >= DEPTH:
        return (f"a list or group inside {DEPTH} others", "Write it as data/README.md shows.", "nesting")
    if parent and len(parent.node.value) >= (KEYS if parent.node.id == "mapping" else ENTRIES):
        most = f"{KEYS:,} keys" if parent.node.id == "mapping" else f"{ENTRIES:,} entries"
        return f"more than {most} in one place", "Split the file, or shorten it.", "file-size"
    if is_key and not is_text:
        return "a text that begins with a brace", IN_QUOTES, "yaml"
    if is_key and not event.value:
        return "a key without a name", "Write its name before the colon, or delete the line.", "yaml"
    if event.anchor:
        return _COPIED
    if records and event.tag:
        return 'a text that begins with "!"', IN_QUOTES, "yaml"
    return None


def _problem(shown: str, event: Any, wrong: str, remedy: str, rule: str) -> Problem:
    return Problem(Place(shown, event.start_mark.line + 1), wrong, remedy, rule)


def _repeated_keys(shown: str, node: Any) -> Iterator[Problem]:
    if node.id == "mapping":
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                yield Problem(
                    Place(shown, line),
                    f'key "{key.value}" appears here and on line {seen[key.value]}',
                    'Keep one of them. If it begins a second entry, put "- " before it.',
                    "repeated-key",
                )
            seen.setdefault(str(key.value), line)
            yield from _repeated_keys(shown, value)
    elif node.id == "sequence":
        for item in node.value:
            yield from _repeated_keys(shown, item)


def needs_quotes(text: str) -> bool:
    """Return whether other programs, such as editors, would read an unquoted text as a number, a date or a boolean."""
    tag: str = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag != "tag:yaml.org,2002:str"


def plain_value(node: Any, *, unquoted: type[str] = str) -> Any:
    """Return what a node contains as texts, lists and dicts.

    Args:
        node: A YAML node.
        unquoted: The type of texts without quotes that other programs don't read as words.
    """
    if node.id == "mapping":
        return {str(key.value): plain_value(value, unquoted=unquoted) for key, value in node.value}
    if node.id == "sequence":
        return [plain_value(item, unquoted=unquoted) for item in node.value]
    return unquoted(node.value) if not node.style and NOT_WORDS.fullmatch(node.value) else node.value
