"""What people type by mistake in data and pages, told as what they did and not as a parser sees it."""

import re
from collections.abc import Iterator
from typing import Any

from guide.model.characters import describe, hidden_characters
from guide.model.problems import Place, Problem

IN_QUOTES = 'Put the whole text in straight double quotes: "...".'
NO_VALUE = "Leave the key out, or put the word in straight double quotes if readers are to see it."
_MARKER = re.compile(r"^(?:(?:<{7}|>{7})(?: |$)|={7}$)")
_WIDE_SPACE = re.compile("^[ \\-]*([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE)
_KEY = r"[A-Za-z_][\w-]*"
_LINE = re.compile(rf"^(?P<indent> *)(?P<dash>- +)*(?:(?P<key>{_KEY}): +)?(?P<value>\S.*)$")
_KEY_ALONE = re.compile(rf"^ *(- +)*({_KEY}|\"[^\"]*\"|'[^']*'):\s*(#.*)?$")
_OPENS_A_BLOCK = re.compile(r"(^|\s)[>|][+-]?\s*(#.*)?$")
_CURLY = "“”„‘’"
_NOTHING = {"~", "null"}
_CLOSING = {"[": "]", "{": "}"}


def merge_markers(shown: str, text: str) -> Iterator[Problem]:
    """Find the lines that git leaves where two people have changed the same place, once a place."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        # A row of equals signs alone may underline a heading.
        if _MARKER.match(line) and not line.startswith("="):
            yield Problem(
                Place(shown, number),
                f'two versions of the same lines: "{line.strip()[:40]}" marks where they meet',
                "Keep the lines that are right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
                "merge-conflict",
            )
            return


def first_version(text: str) -> str:
    """Leave out the markers and the second of two versions, line for line, so that the rest can be read."""
    kept, part = [], ""
    for line in text.split("\n"):
        marker = _MARKER.match(line)
        if marker and (part or marker[0][0] != "="):
            part = line[0]
        kept.append("" if marker or part == "=" else line)
        part = "" if part == ">" else part
    return "\n".join(kept)


def invisible(shown: str, text: str) -> Iterator[Problem]:
    """Find characters that nobody can see or that change how others are read, once a line."""
    text = text.removeprefix("\ufeff")
    hidden = hidden_characters(text)
    if not hidden and not _WIDE_SPACE.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        at = next((at for at, character in enumerate(line) if character in hidden), None)
        if at is None:
            space = _WIDE_SPACE.match(line)
            at = space.start(1) if space else None
        if at is not None:
            yield Problem(Place(shown, number), *_unseen(line, at))


def _unseen(text: str, at: int) -> tuple[str, str, str]:
    """Return what is wrong with a character, what to do, and the rule."""
    after = text[at + 1 : at + 21].strip()
    before = f' before "{after}"' if after else ""
    return (
        f"an invisible character{before} ({describe(text[at])})",
        "Delete the line and type it again, with plain spaces.",
        "invisible-character",
    )


def unreadable(shown: str, text: str, error: Any) -> Problem:
    """Find what somebody did to a file that cannot be read as YAML.

    A parser stops where it can go on no longer, often a line below the slip, and says what it waited for.

    Args:
        shown: The file, as problems name it.
        text: What it holds.
        error: The parser's, with `context`, `context_mark`, `problem` and `problem_mark`.
    """
    conflict = next(merge_markers(shown, text), None)
    if conflict:
        return conflict
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    last = min((mark.line if mark else 0) + 1, len(lines))
    first = error.context_mark.line + 1 if error.context_mark and "quoted" in str(error.context) else last
    if "quoted scalar" in str(error.context):
        return Problem(
            Place(shown, first),
            f'a quotation mark that opens and never closes: "{lines[first - 1].strip()[:60]}"',
            "End the text with the same mark that it begins with.",
            "yaml",
        )
    for number in (last, *range(last - 1, max(0, last - 3), -1)):
        found = _slip(lines, number)
        if found:
            return Problem(Place(shown, number), *found)
    return Problem(Place(shown, last), *_indented(lines, last))


def _slip(lines: list[str], number: int) -> tuple[str, str, str] | None:
    """Give what is wrong with one line by itself, what to do, and the rule."""
    line = lines[number - 1]
    if re.match(r"^\s*\t", line):
        return "a tab at the start of the line", "Indent with two spaces.", "tab"
    if not line.strip() or line.lstrip().startswith("#") or _KEY_ALONE.match(line) or _in_block(lines, number):
        return None
    spaced = re.match(rf"^ *(?:- +)*({_KEY}):(?!//)(\S.*)$", line)
    if spaced:
        return (f'no space after the colon of "{spaced[1]}:"', f"Write {spaced[1]}: and a space.", "yaml")
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
            "If it goes on with the text above, put both on one line. "
            'Otherwise begin it with a key and a colon, or with "- ".',
            "yaml",
        )
    return _value(parts["value"].rstrip())


def _value(value: str) -> tuple[str, str, str] | None:
    start = value[0]
    if start in _CURLY:
        return f"curly quotes around a text: {value[:40]}", 'Type straight ones: "...".', "curly-quotes"
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
            return f"a list that does not end: {value[:60]}", f"Close it with {_CLOSING[start]}.", "yaml"
        if rest and not rest.startswith("#"):
            return f'a text that begins with "{start}": {value[:60]}', IN_QUOTES, "yaml"
        return ("a colon or comma out of place in a list", "Put each text of the list in double quotes.", "yaml")
    if start in "*&!%@`?,]}" or (start in ">|" and not _OPENS_A_BLOCK.match(value)) or value.startswith("- "):
        return f'a text that begins with "{start}": {value[:60]}', IN_QUOTES, "yaml"
    if re.search(r":(\s|$)", value):
        return f'a colon inside the text: "{value[:60]}"', IN_QUOTES, "yaml"
    return None


def _in_block(lines: list[str], number: int) -> bool:
    """Tell whether a line goes on with a text that began after `>-` or in quotes further up."""
    indent = len(lines[number - 1]) - len(lines[number - 1].lstrip(" "))
    for above in reversed(lines[: number - 1]):
        if above.strip() and len(above) - len(above.lstrip(" ")) < indent:
            return bool(_OPENS_A_BLOCK.search(above))
    return False


def _indented(lines: list[str], number: int) -> tuple[str, str, str]:
    """Say that a line begins where none of the lines above it does."""
    line = lines[number - 1]
    indent, entry = len(line) - len(line.lstrip(" ")), line.lstrip().startswith("- ")
    steps: set[int] = set()
    for above in reversed(lines[: number - 1]):
        parts = re.match(r"^( *)((?:- +)*)[^\s#]", above)
        if parts and (not steps or len(parts[1]) < min(steps)):
            steps.add(len(parts[1]) + (0 if entry else len(parts[2])))
    if not steps or indent in steps:
        remedy = "Compare its indentation, quotes and colons with those of the lines around it."
        return f'a line that cannot be read: "{line.strip()[:60]}"', remedy, "yaml"
    nearest_step = min(steps, key=lambda step: (abs(step - indent), -step))
    where = f"{indent} space{'' if indent == 1 else 's'}"
    return (
        f'this line begins after {where}, which does not fit the lines above it: "{line.strip()[:40]}"',
        f"Give it {nearest_step} spaces, if it belongs with the lines just above. Each step is two spaces.",
        "indent",
    )


def misread(shown: str, text: str, node: Any, *, records: bool) -> Iterator[Problem]:
    """Find texts that YAML reads otherwise than the person who typed them, without an error.

    Args:
        shown: The file, as problems name it.
        text: What it holds.
        node: What YAML reads in it.
        records: False for settings, which may say that there is nothing.
    """
    lines = text.split("\n")
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.id == "mapping":
            waiting.extend(part for pair in each.value for part in pair)
        elif each.id == "sequence":
            waiting.extend(each.value)
        else:
            fault = _escaped(each.value)
            if not fault and not each.style and records and says_nothing(each):
                fault = f"{each.value} without quotes, which means nothing", NO_VALUE, "empty-value"
            if not fault and not each.style:
                fault = _plain(each, lines[each.end_mark.line] if each.end_mark.line < len(lines) else "")
            if fault:
                yield Problem(Place(shown, each.start_mark.line + 1), *fault)


def says_nothing(node: Any) -> bool:
    """Tell whether a node is one of YAML's words for nothing, such as null."""
    return node.id == "scalar" and not node.style and node.value.lower() in _NOTHING


def _escaped(value: str) -> tuple[str, str, str] | None:
    r"""Find what nobody sees in a text as it will be shown: written as \u202e it can be seen in the file only."""
    hidden = hidden_characters(value)
    if hidden:
        return _unseen(value, next(at for at, character in enumerate(value) if character in hidden))
    if "\t" in value:
        return f'a tab inside a text: "{value[:40]}"', "Write a space in its place.", "tab"
    return None


def _plain(node: Any, line: str) -> tuple[str, str, str] | None:
    value = node.value
    if value[:1] in "“„‘" and value[-1:] in "”“’" and len(value) > 1:
        return f"curly quotes around a text: {value[:40]}", 'Type straight ones: "...".', "curly-quotes"
    lost = re.match(r"\s+(#\S.*)$", line[node.end_mark.column :])
    if value and lost:
        return f'"{lost[1][:40]}" is left out, because it begins with # after a space', IN_QUOTES, "lost-text"
    return None


_NOT_QUOTED = re.compile(r"\{\{ *(\w+) *\([^(){}\"'“”]*\) *\}\}")
_ONLY_NAME = re.compile(r"\{\{ *([\w.]+) *\}\}")


def broken_call(line: str, rest: str, names: set[str]) -> tuple[str, str, str]:
    """Say what is wrong with braces that are no call.

    Args:
        line: The line that they are in.
        rest: The line from the braces on.
        names: The macros.

    Returns:
        What is wrong, what to do, and the rule.
    """
    usage, rule = 'Write a call as {{ name("id") }}.', "macro-call"
    shown = rest.strip()[:60]
    if rest.startswith("{:"):
        remedy = "Take it out. For an anchor that differs from its heading, write anchors: in the page's front matter."
        return f"an attribute list, which pages don't have: {shown}", remedy, rule
    if any(mark in rest for mark in _CURLY):
        return f"curly quotes in a call: {shown}", f"Type straight ones. {usage}", rule
    statement = re.match(r"\{%-?\s*(\w+)", rest)
    if statement and statement[1] in names:
        return f"a call between percent signs: {line.strip()[:60]}", usage, rule
    if rest.startswith(("{%", "{#", "%}")):
        remedy = "Pages have no templates: take it out. To show a call without running it, put it between backticks."
        return f"a template's sign, which pages don't have: {shown}", remedy, rule
    if rest.startswith("}}"):
        return f"two closing braces that end no call: {line.strip()[:60]}", usage, rule
    bare = _NOT_QUOTED.match(rest)
    if bare and bare[1] in names:
        remedy = f'Write ids in double quotes: {{{{ {bare[1]}("...") }}}}.'
        return f"{bare[1]}: what stands in its parentheses is not in quotes", remedy, "macro-arguments"
    only = _ONLY_NAME.match(rest)
    if only:
        return f'"{only[1]}" is not a macro call', 'Write {{ name("id") }}; pages have no variables.', rule
    if rest.count('"') % 2:
        return f"a quotation mark is missing in a call: {shown}", usage, rule
    if "}}" in rest and rest.count("(") != rest.count(")"):
        return f"a parenthesis is missing in a call: {shown}", usage, rule
    if "}}" not in rest:
        return f"a call that does not end with two braces on its line: {shown}", usage, rule
    return (
        f"something in braces that is not a macro call: {shown}",
        f"{usage[:-1]}, with ids in quotes and no more.",
        rule,
    )


_MARKUP = (
    (
        re.compile(r"(?<!\*)\*\*(?!\*)|(?<!_)__(?!_)"),
        "marks for **strong** words that Markdown doesn't take for such",
        "Put the same mark before and after the words, with no space between.",
    ),
    (
        re.compile(r"\] ?\([^()\s]+\)"),
        "a link that Markdown doesn't take for one",
        "Write [words](path) with no space between the brackets.",
    ),
    (
        re.compile(r"\([^()]+\)\[[^\[\]\s]+\.(?:md|org|com|gov|net|edu)\b[^\[\]\s]*\]"),
        "a link with its brackets the wrong way round",
        "Write [words](path): the words in square brackets, then the path in round ones.",
    ),
    (
        re.compile(r"`"),
        "a backtick that Markdown doesn't take for the beginning of code",
        "Write one before and one after.",
    ),
    (
        re.compile(r"(?:https?://|www\.)\S+"),
        "a bare address, which readers can't follow",
        "Write [words that say where it leads](address).",
    ),
    (
        re.compile(r"^[•·▪◦‣–—-] |^\[[ xX]?\] "),
        "a mark for a list that Markdown doesn't take for one",
        'Begin each item with "- ", and put an empty line before the list.',
    ),
)


def markdown_slips(text: str) -> Iterator[tuple[str, str, str]]:
    """Find Markdown that readers would see, because it isn't written as Markdown wants it.

    Args:
        text: A paragraph, item or heading as readers see it, without what is in code.

    Returns:
        For each kind of slip the text to find its line by, what is wrong, and what to do.
    """
    for pattern, wrong, remedy in _MARKUP:
        found = pattern.search(text)
        if found:
            yield found[0], f'{wrong}: "{text[found.start() : found.start() + 40].strip()}"', remedy
