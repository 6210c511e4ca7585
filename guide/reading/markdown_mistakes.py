"""What people type by mistake in Markdown, explained as what they did: macro calls, emphasis, links and lists."""

import re
from collections.abc import Iterator

from guide.model.problems import Fault

_CURLY = "“”„‘’"
_UNQUOTED_CALL = re.compile(r"\{\{ *(\w+) *\([^(){}\"'“”]*\) *\}\}")
_VARIABLE = re.compile(r"\{\{ *([\w.]+) *\}\}")


def broken_call(line: str, rest: str, names: set[str]) -> Fault:
    """Explain braces that are not a macro call.

    Args:
        line: The line that contains them.
        rest: The line from the braces on.
        names: The names of all macros.
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
        return f"two closing braces that don't end a call: {line.strip()[:60]}", usage, rule
    unquoted = _UNQUOTED_CALL.match(rest)
    if unquoted and unquoted[1] in names:
        remedy = f'Write ids in double quotes: {{{{ {unquoted[1]}("...") }}}}.'
        return f"{unquoted[1]}: what is in its parentheses is not in quotes", remedy, "macro-arguments"
    variable = _VARIABLE.match(rest)
    if variable:
        return f'"{variable[1]}" is not a macro call', 'Write {{ name("id") }}; pages have no variables.', rule
    if rest.count('"') % 2:
        return f"a quotation mark is missing in a call: {shown}", usage, rule
    if "}}" in rest and rest.count("(") != rest.count(")"):
        return f"a parenthesis is missing in a call: {shown}", usage, rule
    if "}}" not in rest:
        return f"a call that doesn't end with two braces on its line: {shown}", usage, rule
    return (
        f"something in braces that isn't a macro call: {shown}",
        f"{usage[:-1]}, with ids in quotes and no more.",
        rule,
    )


# What looks like markup, what is wrong with it, and what to do.
_MARKUP = (
    (
        re.compile(r"(?<!\*)\*\*(?!\*)|(?<!_)__(?!_)"),
        "marks for **strong** words that Markdown doesn't recognize",
        "Put the same mark before and after the words, with no space between.",
    ),
    (
        re.compile(r"\] ?\([^()\s]+\)"),
        "a link that Markdown doesn't recognize",
        "Write [words](path) with no space between the brackets.",
    ),
    (
        re.compile(r"\([^()]+\)\[[^\[\]\s]+\.(?:md|org|com|gov|net|edu)\b[^\[\]\s]*\]"),
        "a link with its brackets the wrong way round",
        "Write [words](path): the words in square brackets, then the path in round ones.",
    ),
    (
        re.compile(r"`"),
        "a backtick that doesn't begin code",
        "Write one before and one after.",
    ),
    (
        re.compile(r"(?:https?://|www\.)\S+"),
        "a bare address, which readers can't follow",
        "Write [words that say where it leads](address).",
    ),
    (
        re.compile(r"^[•·▪◦‣–—-] |^\[[ xX]?\] "),
        "a list mark that Markdown doesn't recognize",
        'Begin each item with "- ", and put an empty line before the list.',
    ),
)


def markdown_mistakes(text: str) -> Iterator[tuple[str, str, str]]:
    """Find markup that readers would see, because Markdown doesn't recognize it.

    Args:
        text: A paragraph, item or heading as readers see it, without its code.

    Returns:
        For each kind of mistake the text to find its line by, what is wrong, and what to do.
    """
    for pattern, wrong, remedy in _MARKUP:
        match = pattern.search(text)
        if match:
            yield match[0], f'{wrong}: "{text[match.start() : match.start() + 40].strip()}"', remedy
