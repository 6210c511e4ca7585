"""The words, numbers and signs of a formula."""

import re
from dataclasses import dataclass

from macros.worksheet.formula_operands import FormulaError

LONGEST = 300
"""Characters of a formula."""
FUNCTIONS = ("min", "max", "round", "sum")
COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
RESERVED = (*FUNCTIONS, "and", "or", "not", "has")
"""Words of formulas: a field with such an id can't be used in one."""

_INSTEAD = {"==": "=", "<>": "!=", "&&": "and", "||": "or", "×": "*", "÷": "/", "−": "-", "–": "-"}
_INSTEAD |= {"≤": "<=", "≥": ">=", "≠": "!=", "\N{NO-BREAK SPACE}": " "}
_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<money>\$[0-9]+(?:\.[0-9]{2})?(?![0-9.]))|(?P<percent>[0-9]+(?:\.[0-9]+)?%)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<word>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    rf"|(?P<mistake>{'|'.join(map(re.escape, _INSTEAD))})|(?P<sign>[<>!]=|[-+*/(),<>=])"
)
_COMMA = re.compile(r"[0-9]+,[0-9]{3}(?![0-9])")
_REMEDIES = {
    "$": "Write amounts as $50 or $50.25.",
    "%": "Write the sign right after its number, as in 20%.",
    ".": "Write numbers as 9 or 0.5.",
    '"': "Leave out quotation marks.",
    "'": "Leave out quotation marks.",
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "Write ids and words in lower case."),
}
"""What to do about a character that begins no token."""

OPTION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The id of an option."""


@dataclass(frozen=True)
class Token:
    """A word, a number or a sign, and where it is in the formula."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of a formula; the last one is its end.

    Raises:
        FormulaError: Something in it is no token.
    """
    if len(text) > LONGEST:
        raise FormulaError(f"the formula has {len(text)} characters, more than {LONGEST}", "Shorten it.")
    comma = _COMMA.search(text)
    if comma:
        raise FormulaError(f'"{comma[0]}" has a comma between digits', "Leave it out, or put a space after it.")
    result, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            known = f"Use ids of fields, numbers, + - * / < > = ( ) and the words {', '.join(RESERVED)}."
            character = text[position]
            name = character if character.isprintable() else f"U+{ord(character):04X}"
            raise FormulaError(f'"{name}" can\'t be used here', _REMEDIES.get(character, known))
        if match.lastgroup == "mistake":
            raise FormulaError(f'"{match[0]}" can\'t be used here', f'Write "{_INSTEAD[match[0]]}" instead.')
        if match.lastgroup != "space":
            result.append(Token(match.lastgroup or "", match[0], match.start(), match.end()))
        position = match.end()
    return [*result, Token("end", "", len(text), len(text))]
