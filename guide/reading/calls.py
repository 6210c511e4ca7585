"""Macro calls in the text of a page, parsed and replaced by tokens before Markdown runs.

A call is a macro's name with literal strings and lists of literal strings, on one line:

    {{ comparison_table("lessons", options=["alone", "group"]) }}

Nothing else in braces means anything, and no template engine ever sees a page. `read_calls` replaces each call, and
everything else that looks like a template, by a token. The token contains a secret of this process, so that no text can
contain one. After Markdown has run, a token in code becomes what the author wrote, so that calls can be shown; anywhere
else a call's token becomes its HTML, and any other token is a problem.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

# The brackets are punctuation to Markdown, like braces: emphasis may end next to them.
_SECRET = f"⟦{secrets.token_hex(8)}n"
TOKEN = re.compile(rf"{_SECRET}\d+⟧")

Argument = str | list[str]

# Possessive quantifiers (*+) don't backtrack, so that no line takes long to parse.
_SPACE = r"[ \t]*+"
_STRING = r"(?:\"[^\"\\{}\n]*+\"|'[^'\\{}\n]*+')"
_LIST = rf"\[{_SPACE}(?:{_STRING}{_SPACE}(?:,{_SPACE}{_STRING}{_SPACE})*+)?+(?:,{_SPACE})?+\]"
_ARGUMENT = rf"(?:[a-z_]++{_SPACE}={_SPACE})?+(?:{_STRING}|{_LIST}){_SPACE}"
_CALL = re.compile(
    rf"\{{\{{{_SPACE}(?P<name>[A-Za-z_]\w*+){_SPACE}\({_SPACE}"
    rf"(?P<arguments>(?:{_ARGUMENT}(?:,{_SPACE}{_ARGUMENT})*+)?+)(?:,{_SPACE})?+\){_SPACE}\}}\}}"
)
_ONE_ARGUMENT = re.compile(rf"(?:(?P<key>[a-z_]++){_SPACE}={_SPACE})?+(?:(?P<text>{_STRING})|(?P<list>{_LIST}))")
_ONE_STRING = re.compile(_STRING)
# What other programs take for code: templates, and attribute lists in some dialects of Markdown.
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|\{:")


@dataclass(frozen=True, slots=True)
class Call:
    """One macro call."""

    name: str
    args: list[Argument]
    kwargs: dict[str, Argument]
    line: int
    """Its line in the file."""
    written: str
    """The text of the call, as the author wrote it."""

    def strings(self) -> Iterator[str]:
        """Return the positional arguments that are strings."""
        return (value for value in self.args if isinstance(value, str))


@dataclass(frozen=True, slots=True)
class Stray:
    """Stray braces: they neither begin nor end a call."""

    written: str
    line: int
    """Their line in the file."""
    rest: str
    """The rest of the line, from them on, for the first stray braces of a line."""


@dataclass(frozen=True)
class CallText:
    """The text of a page with a token in place of each call.

    Attributes:
        text: Markdown without a call in it.
        tokens: The call or the stray braces that each token stands for, in the order of the text.
    """

    text: str
    tokens: dict[str, Call | Stray] = field(default_factory=dict)

    @property
    def calls(self) -> list[Call]:
        """The calls in the order of the text, including those in code."""
        return [written for written in self.tokens.values() if isinstance(written, Call)]

    def restored(self, text: str) -> str:
        """Return a text with each token replaced by what the author wrote."""
        return TOKEN.sub(lambda match: self.tokens[match[0]].written, text)


def read_calls(body: str, first_line: int = 1) -> CallText:
    """Replace the calls of a page by tokens.

    Args:
        body: The page without its front matter.
        first_line: The line of the file on which the body begins.

    Returns:
        The text with its tokens. Tokens are numbered from 1 on each page and have no meaning on another one.
    """
    tokens: dict[str, Call | Stray] = {}

    def token(written: Call | Stray) -> str:
        name = f"{_SECRET}{len(tokens) + 1}⟧"
        tokens[name] = written
        return name

    lines = []
    for number, line in enumerate(body.split("\n"), first_line):
        pieces, position, rest = [], 0, line
        while braces := _STRAY.search(line, position):
            match = _CALL.match(line, braces.start())
            written: Call | Stray | None = match and _call(match, number)
            if not written:
                # A line is reported once, at its first stray braces.
                written, rest = Stray(braces[0], number, rest and line[braces.start() :]), ""
            pieces += [line[position : braces.start()], token(written)]
            position = (match or braces).end()
        lines.append("".join([*pieces, line[position:]]))
    return CallText("\n".join(lines), tokens)


def _call(match: re.Match[str], line: int) -> Call | None:
    args: list[Argument] = []
    kwargs: dict[str, Argument] = {}
    for argument in _ONE_ARGUMENT.finditer(match["arguments"]):
        value: Argument = (
            argument["text"][1:-1]
            if argument["text"]
            else [text[0][1:-1] for text in _ONE_STRING.finditer(argument["list"])]
        )
        if argument["key"] in kwargs:
            return None
        if argument["key"]:
            kwargs[argument["key"]] = value
        else:
            args.append(value)
    return Call(match["name"], args, kwargs, line, match[0])
