"""What people type by mistake in YAML, explained as what they did and not as a parser sees it."""

import re
from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from guide.model.characters import hidden_characters
from guide.model.problems import Fault, Place, Problem
from guide.reading.text_mistakes import invisible_character, merge_conflict

IN_QUOTES = 'Put the whole text in straight double quotes: "...".'
_NO_VALUE = "Leave the key out, or put the word in straight double quotes if readers should see it."
_KEY = r"[A-Za-z_][\w-]*"
_NAME = rf"(?:{_KEY}|\"[^\"]*\"|'[^']*')"
_LINE = re.compile(rf"^(?P<indent> *)(?P<dash>- +)*(?:(?P<key>{_KEY}): +)?(?P<value>\S.*)$")
_KEY_ALONE = re.compile(rf"^ *(- +)*{_NAME}:\s*(#.*)?$")
_ENTRY_OR_KEY = re.compile(rf"^(?P<indent> *)(?=- |{_NAME}:(?: |$))(?P<dashes>(?:- +)*)(?P<key>{_NAME}:(?: |$))?")
_OPENS_A_BLOCK = re.compile(r"(^|\s)[>|][+-]?\s*(#.*)?$")
_CURLY = "“”„‘’"
_COLON_IN_A_LIST = ("a colon or comma out of place in a list", "Put each text of the list in double quotes.", "yaml")
_PLAIN_ITEM = r"(?:\"[^\"\\]*\"|'[^']*'|\w(?:[^\s\[\]{},:]|:(?=\S)| (?!#))*+)\s*+"
_PLAIN_LIST = re.compile(rf"\[\s*{_PLAIN_ITEM}(?:,\s*{_PLAIN_ITEM})*,?\s*\]\s*(?:#.*)?$")
_NULLS = {"~", "null"}
_CLOSING = {"[": "]", "{": "}"}


def explain_yaml_error(shown: str, text: str, error: Any) -> Problem:
    """Return the mistake that made a YAML parser give up.

    The parser stops where it can't go on, often a line below the mistake, and says what it expected there.

    Args:
        shown: The file's path as messages show it.
        text: Its content.
        error: The parser's error, with `context`, `context_mark`, `problem` and `problem_mark`.
    """
    conflict = merge_conflict(shown, text)
    if conflict:
        return conflict
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    last = min((mark.line if mark else 0) + 1, len(lines))
    first = error.context_mark.line + 1 if error.context_mark and "quoted" in str(error.context) else last
    if "quoted scalar" in str(error.context):
        return Problem(
            Place(shown, first),
            f'a quotation mark that\'s never closed: "{lines[first - 1].strip()[:60]}"',
            "End the text with the same mark that it begins with.",
            "yaml",
        )
    for number in (last, *range(last - 1, max(0, last - 3), -1)):
        mistake = _line_mistake(lines, number)
        if mistake:
            return Problem(Place(shown, number), *mistake)
    return _indentation_mistake(shown, lines, last)


def _line_mistake(lines: list[str], number: int) -> Fault | None:
    """Return what is wrong with one line by itself."""
    line = lines[number - 1]
    if re.match(r"^\s*\t", line):
        return _tab_fault(lines, number)
    if not line.strip() or line.lstrip().startswith("#") or _KEY_ALONE.match(line) or _in_block(lines, number):
        return None
    unspaced = re.match(rf"^ *(?:- +)*({_KEY}):(?!//)(\S.*)$", line)
    if unspaced:
        return (f'no space after the colon of "{unspaced[1]}:"', f"Write {unspaced[1]}: and a space.", "yaml")
    if re.match(r"^(---|\.\.\.)\s*$", line):
        return f'a line of nothing but "{line.strip()}"', "Delete it.", "yaml"
    if re.match(r"^ *-[^\s-]", line):
        return f'no space after the hyphen: "{line.strip()[:40]}"', 'Begin the entry with "- ".', "yaml"
    parts = _LINE.match(line)
    if not parts:
        return None
    if not parts["key"] and not parts["dash"]:
        return (
            f'a line that is neither a key nor an entry: "{line.strip()[:60]}"',
            "If it continues the text above, put both on one line. "
            'Otherwise begin it with a key and a colon, or with "- ".',
            "yaml",
        )
    return _value_mistake(parts["value"].rstrip())


def _value_mistake(value: str) -> Fault | None:
    """Return what is wrong with the text after a key or a hyphen."""
    start = value[0]
    if start in _CURLY:
        return _curly_quotes(value)
    if start in "\"'":
        closed = re.match(r'"(?:[^"\\]|\\.)*"' if start == '"' else r"'(?:[^']|'')*'", value)
        rest = value[closed.end() :].strip() if closed else ""
        if closed and rest and not rest.startswith(("#", ",", "]", "}")):
            if start == "'":
                wrong = f"an apostrophe in a text between single quotes: {value[:60]}"
                return wrong, "Write the apostrophe twice, or put the text in double quotes.", "yaml"
            remedy = "Put the whole text in single quotes, with the double ones inside, or take the double ones away."
            return f"words after the closing quotation mark: {value[:60]}", remedy, "yaml"
        return None
    if start in _CLOSING:
        end = value.rfind(_CLOSING[start])
        rest = value[end + 1 :].strip()
        if end < 0:
            return f"a list that doesn't end: {value[:60]}", f"Close it with {_CLOSING[start]}.", "yaml"
        if rest and not rest.startswith("#"):
            return f'a text that begins with "{start}": {value[:60]}', IN_QUOTES, "yaml"
        # A list that can be read by itself isn't the mistake.
        return None if _PLAIN_LIST.match(value) else _COLON_IN_A_LIST
    if start in "*&!%@`?,]}" or (start in ">|" and not _OPENS_A_BLOCK.match(value)) or value.startswith("- "):
        return f'a text that begins with "{start}": {value[:60]}', IN_QUOTES, "yaml"
    if re.search(r":(\s|$)", value):
        return f'a colon inside the text: "{value[:60]}"', IN_QUOTES, "yaml"
    return None


def _curly_quotes(value: str) -> Fault:
    beginning = shorten(value, 60, placeholder="...")
    return f"curly quotes around a text: {beginning}", 'Type straight ones: "...".', "curly-quotes"


def _in_block(lines: list[str], number: int) -> bool:
    """Return whether a line continues a block of text that began with `>` or `|` further up."""
    indent = len(lines[number - 1]) - len(lines[number - 1].lstrip(" "))
    for above in reversed(lines[: number - 1]):
        if above.strip() and len(above) - len(above.lstrip(" ")) < indent:
            return bool(_OPENS_A_BLOCK.search(above))
    return False


def _indentation_mistake(shown: str, lines: list[str], number: int) -> Problem:
    """Return what is wrong with a line that is indented unlike any of the lines above it, or with the one above it."""
    above = next((each for each in range(number - 1, 0, -1) if _ENTRY_OR_KEY.match(lines[each - 1])), 0)
    # A line too far to the left ends a list too early, and the parser stops at the next line, which is right.
    if above and 0 < _indent(lines[above - 1]) < (indent := _indent(lines[number - 1])):
        before, is_entry = _steps(lines[: above - 1]), _is_entry(lines[above - 1])
        if not _is_entry(lines[number - 1]) and indent in before[False]:
            step = indent - 2 if is_entry else indent
            if step != _indent(lines[above - 1]) and step in before[is_entry]:
                return Problem(Place(shown, above), *_indentation_fault(lines[above - 1], [step]))
    steps = _steps(lines[: number - 1])[_is_entry(lines[number - 1])]
    first = next(each for each, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    if _is_entry(lines[first - 1]) and _is_entry(lines[number - 1]):
        away = _indent(lines[first - 1]) - (usual := _indent(lines[number - 1]))
        alone = not any(_is_entry(line) and _indent(line) == usual + away for line in lines[first : number - 1])
        # The entries below the first one are right, though the parser stops at the next one.
        if away > 0 and alone:
            wrong = f"this line begins after {_spaces(usual + away)}, and the entries below it after {usual}"
            remedy = f"Take {_spaces(away)} away here, and from each line that belongs to it."
            return Problem(Place(shown, first), wrong, remedy, "indent")
    if not steps or _indent(lines[number - 1]) in steps:
        remedy = "Compare its indentation, quotes and colons with those of the lines around it."
        wrong = f'a line that can\'t be read: "{lines[number - 1].strip()[:60]}"'
        return Problem(Place(shown, number), wrong, remedy, "yaml")
    return Problem(Place(shown, number), *_indentation_fault(lines[number - 1], steps))


def _indentation_fault(line: str, steps: list[int]) -> Fault:
    indent = _indent(line)
    nearest_step = min(steps, key=lambda step: (abs(step - indent), -step))
    otherwise = f", or {nearest_step} if it doesn't" if nearest_step != steps[-1] else ""
    return (
        f'this line begins after {_spaces(indent)}, which doesn\'t fit the lines above it: "{line.strip()[:40]}"',
        f"Give it {_spaces(steps[-1])}, if it belongs with the lines just above{otherwise}. Each step is two spaces.",
        "indent",
    )


def _tab_fault(lines: list[str], number: int) -> Fault:
    line = lines[number - 1].strip()
    steps = _steps(lines[: number - 1])[_is_entry(line)]
    remedy = "Indent with spaces, two for each step."
    if steps:
        what = f"Type {_spaces(steps[-1])} in its place" if steps[-1] else "Take it out"
        remedy = f"{what}, if the line belongs with those just above. {remedy}"
    return "a tab at the start of the line", remedy, "tab"


def _spaces(number: int) -> str:
    return f"{number} space{'' if number == 1 else 's'}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_entry(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _steps(lines: list[str]) -> dict[bool, list[int]]:
    """Return after how many spaces a line may begin below others: as an entry (True) or a key (False), innermost last.

    Args:
        lines: The lines above it.
    """
    steps: dict[bool, list[int]] = {True: [], False: []}
    last = ""
    for line in lines:
        parts = _ENTRY_OR_KEY.match(line)
        if not parts:
            continue
        last, indent, is_entry = line, len(parts["indent"]), bool(parts["dashes"])
        # An entry may begin below its key without a step; the next key at that place ends the list.
        steps[True] = [step for step in steps[True] if step < indent]
        steps[False] = [step for step in steps[False] if step < indent + is_entry]
        steps[True] += [indent + dash.start() for dash in re.finditer("-", parts["dashes"])]
        if parts["key"]:
            steps[False].append(indent + len(parts["dashes"]))
    if _KEY_ALONE.match(last):
        below = steps[False][-1] + 2
        return {kind: [*inner, below] for kind, inner in steps.items()}
    return steps


def misread_texts(shown: str, text: str, node: Any, *, records: bool) -> Iterator[Problem]:
    """Find texts that YAML reads differently from the person who typed them, without an error.

    Args:
        shown: The file's path as messages show it.
        text: Its content.
        node: The top node that YAML makes of it.
        records: False for a settings file, which may contain empty values.
    """
    lines = text.split("\n")
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part.id == "mapping":
            waiting.extend(key_or_value for pair in part.value for key_or_value in pair)
        elif part.id == "sequence":
            waiting.extend(part.value)
        else:
            fault = _hidden_character(part.value)
            if not fault and not part.style and records and is_null(part):
                fault = f"{part.value} without quotes, which means nothing", _NO_VALUE, "empty-value"
            if not fault and not part.style:
                fault = _unquoted_mistake(part, lines[part.end_mark.line] if part.end_mark.line < len(lines) else "")
            if fault:
                yield Problem(Place(shown, part.start_mark.line + 1), *fault)


def is_null(node: Any) -> bool:
    """Return whether a node is one of YAML's words for no value, such as null."""
    return node.id == "scalar" and not node.style and node.value.lower() in _NULLS


def _hidden_character(value: str) -> Fault | None:
    r"""Find a character that can't be seen in a value; an escape such as \u202e can be seen in the file only."""
    hidden = hidden_characters(value)
    if hidden:
        return invisible_character(value, next(at for at, character in enumerate(value) if character in hidden))
    if "\t" in value:
        return f'a tab inside a text: "{value[:40]}"', "Write a space in its place.", "tab"
    return None


def _unquoted_mistake(node: Any, line: str) -> Fault | None:
    """Return what is wrong with a text without straight quotes, given the line that it ends on."""
    value = node.value
    if value[:1] in "“„‘" and value[-1:] in "”“’" and len(value) > 1:
        return _curly_quotes(value)
    comment = re.match(r"\s+(#\S.*)$", line[node.end_mark.column :])
    if value and comment:
        return f'"{comment[1][:40]}" is left out, because it begins with # after a space', IN_QUOTES, "lost-text"
    return None
