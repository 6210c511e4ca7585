"""Macro calls in the text of a page: found by a parser of our own, and replaced by tokens before Markdown runs.

A call is a macro's name with literal strings and lists of literal strings, on one line:

    {{ comparison_table("lessons", options=["alone", "group"]) }}

Nothing else in braces means anything, and no template engine ever sees a page. `read_calls` puts a token in the place
of each call, and of everything else that looks like a template. The token holds a secret of this process, so that no
text can contain one. After Markdown has run, a token in code becomes what the author wrote, so that calls can be
shown; anywhere else a call's token becomes its HTML, and any other token is a problem.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

# The brackets are punctuation to Markdown, as braces are: emphasis may end beside them.
_SECRET = f"⟦{secrets.token_hex(8)}n"
TOKEN = re.compile(rf"{_SECRET}\d+⟧")

Argument = str | list[str]

# Possessive quantifiers (*+) never try again what they have matched, so that no line takes long to read.
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
# What other programs take for code: templates, and the attribute lists of some kinds of Markdown.
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|\{:")


@dataclass(frozen=True, slots=True)
class Call:
    """One macro call: its name, its arguments, its line in the file, and how it was written."""

    name: str
    args: list[Argument]
    kwargs: dict[str, Argument]
    line: int
    written: str

    def strings(self) -> Iterator[str]:
        """Return the positional arguments that are strings."""
        return (value for value in self.args if isinstance(value, str))


@dataclass(frozen=True, slots=True)
class Stray:
    """Braces that begin or end no call, with their line in the file; the first ones with the rest of that line."""

    written: str
    line: int
    rest: str


@dataclass(frozen=True)
class CallText:
    """The text of a page with a token in place of each call.

    Attributes:
        text: Markdown without a call in it.
        tokens: The call, or the stray braces, for each token, in the order of the text.
    """

    text: str
    tokens: dict[str, Call | Stray] = field(default_factory=dict)

    @property
    def calls(self) -> list[Call]:
        """The calls in the order of the text, those in code included."""
        return [found for found in self.tokens.values() if isinstance(found, Call)]

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

    def token(found: Call | Stray) -> str:
        name = f"{_SECRET}{len(tokens) + 1}⟧"
        tokens[name] = found
        return name

    lines = []
    for number, line in enumerate(body.split("\n"), first_line):
        pieces, position, rest = [], 0, line
        while stray := _STRAY.search(line, position):
            call = _CALL.match(line, stray.start())
            found: Call | Stray | None = call and _call(call, number)
            if not found:
                # What is wrong with a line is said of its first braces.
                found, rest = Stray(stray[0], number, rest and line[stray.start() :]), ""
            pieces += [line[position : stray.start()], token(found)]
            position = (call or stray).end()
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
