"""Reads the text of a formula into a program, by recursive descent."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NoReturn

from guide.model.problems import nearest
from macros.worksheet import formula_units as units
from macros.worksheet.formula_operands import AMOUNTS, FormulaError, Operand, field_meant
from macros.worksheet.formula_tokens import COMPARISONS, FUNCTIONS, OPTION, RESERVED, Token, tokens
from macros.worksheet.formula_units import Part, constant

DEEPEST = 20
"""How many parentheses, functions, `not` and signs of a negative value can be inside one another."""


class Parser:
    """Reads one formula; each method reads the part that it is named after, from what binds least to what binds most.

    Attributes:
        fields: The fields that were read, as the keys of a dict, in order of first use.
    """

    def __init__(self, text: str, operands: Mapping[str, Operand], within: bool) -> None:
        self.fields: dict[str, None] = {}
        self._text, self._operands, self._within = text, operands, within
        self._tokens = tokens(text)
        self._position = 0
        self._depth = 0

    def parse(self) -> Part:
        """Return the whole formula.

        Raises:
            FormulaError: It can't be used.
        """
        if self._next.kind == "end":
            raise FormulaError("the formula is empty", "Write one, such as 2 * 20.")
        part = self._either()
        if self._next.kind != "end":
            self._refuse()
        units.check_finished(part)
        return part

    def _either(self) -> Part:
        return self._joined("or", lambda: self._joined("and", self._negation))

    def _joined(self, word: str, read: Callable[[], Part]) -> Part:
        start, parts = self._next.start, [read()]
        while self._take(word):
            parts.append(read())
        if len(parts) == 1:
            return parts[0]
        for part in parts:
            units.check_truth(part, word)
        return Part(self._since(start), "truth", [word, *(part.program for part in parts)])

    def _negation(self) -> Part:
        start = self._next.start
        if not self._take("not"):
            return self._comparison()
        part = self._deeper(self._negation)
        units.check_truth(part, "not")
        return Part(self._since(start), "truth", ["not", part.program])

    def _comparison(self) -> Part:
        start, left = self._next.start, self._sum()
        sign = self._take(*COMPARISONS, "has")
        if not sign:
            return left
        if left.unit in ("option", "options"):
            return self._choice(start, left, sign)
        if sign == "has":
            raise FormulaError(f'{left}, so "has" can\'t be used with it', 'Write "has" after a field with options.')
        right = self._sum()
        units.same_unit((left, right), sign)
        return Part(self._since(start), "truth", [sign, left.program, right.program])

    def _choice(self, start: int, left: Part, sign: str) -> Part:
        """Read the option that a choice is compared with."""
        field = left.program[1]
        options = self._operands[field].options
        if sign not in (("=", "!=") if left.unit == "option" else ("has",)):
            units.check_finished(left)
        option = self._option()
        if option not in options:
            known = f"Its options are {', '.join(options)}."
            raise FormulaError(f'"{option}" is no option of "{field}"', nearest(option, options) or known)
        program = ["has" if sign == "has" else "is", field, option]
        return Part(self._since(start), "truth", ["not", program] if sign == "!=" else program)

    def _option(self) -> str:
        """Read the id of an option, which may begin with a digit and so be several tokens, such as `24-7`."""
        start = self._next
        if start.kind == "end":
            self._refuse()
        option = OPTION.match(self._text, start.start)
        self._position += 1
        while option and self._next.kind != "end" and self._next.end <= option.end():
            self._position += 1
        return self._since(start.start)

    def _sum(self) -> Part:
        start, total = self._next.start, self._product()
        chained = False
        while sign := self._take("+", "-"):
            part = self._product()
            unit = units.sum_unit(sign, total, part)
            added = part.program if sign == "+" else ["-", part.program]
            program = [*total.program, added] if chained else ["+", total.program, added]
            total = Part(self._since(start), unit, program, total.whole and part.whole)
            chained = True
        return total

    def _product(self) -> Part:
        start, total = self._next.start, self._negative()
        chained = False
        while sign := self._take("*", "/"):
            part = self._negative()
            unit = units.product_unit(total, part) if sign == "*" else units.quotient_unit(total, part)
            if sign == "/":
                self._check_divisor(part)
            factor = part.program if sign == "*" else ["/", part.program]
            program = [*total.program, factor] if chained else ["*", total.program, factor]
            total = Part(self._since(start), unit, program, sign == "*" and total.whole and part.whole)
            chained = True
        return total

    def _check_divisor(self, part: Part) -> None:
        """Check that a divisor is never 0."""
        kind, name, *_ = part.program
        if kind == "number" and name == "0":
            raise FormulaError(f'"{part.text}" is 0', "Divide by another number.")
        if kind == "field":
            minimum = self._operands[name].minimum
            if minimum is None or minimum < 1:
                raise FormulaError(f'"{name}" may be 0, so nothing can be divided by it', "Give it a min of 1.")
        elif kind != "number":
            raise FormulaError(
                f'"{part.text}" is computed, so it might be 0', "Divide by a number or a field with a min of 1."
            )

    def _negative(self) -> Part:
        start = self._next.start
        if not self._take("-"):
            return self._value()
        part = self._deeper(self._negative)
        if part.unit in ("date", "time"):
            raise FormulaError(f"{part}, so it can't be negative", "Subtract it from another one.")
        units.check_value(part, "-")
        number = part.program[0] == "number"
        program = constant(-Fraction(int(part.program[1]), int(part.program[2]))) if number else ["-", part.program]
        return replace(part, text=self._since(start), program=program)

    def _value(self) -> Part:
        """Read a constant, a field, a function or what is in parentheses."""
        token = self._next
        if token.kind in ("number", "money", "percent"):
            self._position += 1
            value = Fraction(token.text.strip("$%")) / (100 if token.kind == "percent" else 1)
            whole = token.kind == "number" and value.denominator == 1
            return Part(token.text, token.kind, constant(value), whole)
        if self._take("("):
            part = self._deeper(self._either)
            self._close()
            return replace(part, text=self._since(token.start))
        if token.text in FUNCTIONS:
            return self._function()
        if token.kind != "word" or token.text in RESERVED:
            self._refuse()
        self._position += 1
        if self._next.text == "(":
            raise FormulaError(f'"{token.text}" is no function', f"Use one of {', '.join(FUNCTIONS)}.")
        return self._field(token.text)

    def _field(self, name: str) -> Part:
        operand = self._operand(name)
        if operand.repeated and not self._within:
            remedy = f"Add them up with sum({name})." if operand.unit in AMOUNTS else "Leave it out."
            raise FormulaError(f'"{name}" has an answer in each repeat', remedy)
        whole = operand.unit in ("date", "time") or (operand.unit == "number" and operand.decimals == 0)
        if operand.unit == "truth":
            return Part(name, "truth", ["tick", name])
        if operand.unit in ("option", "options"):
            return Part(name, operand.unit, ["choice", name, *operand.options])
        return Part(name, operand.unit, ["field", name, str(operand.scale)], whole)

    def _operand(self, name: str) -> Operand:
        operand = self._operands.get(name)
        if operand is None:
            raise FormulaError(f'"{name}" is no field', field_meant(name, self._operands))
        if not operand.usable:
            raise FormulaError(f'the answer to "{name}" can\'t be used in a formula', "Leave it out.")
        self.fields[name] = None
        return operand

    def _function(self) -> Part:
        start, name = self._next.start, self._take(*FUNCTIONS)
        if not self._take("("):
            raise FormulaError(f'"{name}" is not followed by parentheses', f"Write it as in {name}(...).")
        part = self._total() if name == "sum" else self._deeper(lambda: self._arguments(name))
        self._close()
        return replace(part, text=self._since(start))

    def _total(self) -> Part:
        """Read the field that is added up over its repeats."""
        token = self._next
        if token.kind != "word":
            raise FormulaError('"sum" is not followed by a field', "Write the id of one field in its parentheses.")
        self._position += 1
        operand = self._operand(token.text)
        if self._within or not operand.repeated:
            raise FormulaError(f'"{token.text}" has one answer here, so there is no sum', f"Write {token.text} alone.")
        program = ["sum", token.text, str(operand.scale)]
        return Part(token.text, units.summed_unit(token.text, operand), program, operand.decimals == 0)

    def _arguments(self, name: str) -> Part:
        """Read what min, max or round work on."""
        parts = [self._sum()]
        while self._take(","):
            parts.append(self._sum())
        programs = [part.program for part in parts]
        if name != "round":
            if len(parts) == 1:
                raise FormulaError(f'"{name}" has a single value', f"Give it two or more, as in {name}(..., ...).")
            return Part("", units.same_unit(parts, name), [name, *programs], all(part.whole for part in parts))
        if len(parts) > 1:
            raise FormulaError('"round" has more than one value', "Give it one: it rounds to whole units.")
        unit = parts[0].unit
        units.check_value(parts[0], name)
        if unit in ("date", "time"):
            raise FormulaError(f"{parts[0]}, which is whole already", "Leave out round.")
        steps = constant(Fraction(100 if unit == "percent" else 1))
        return Part("", unit, ["round", *programs, steps], unit == "number")

    @property
    def _next(self) -> Token:
        return self._tokens[self._position]

    def _take(self, *texts: str) -> str:
        """Move past the next token if it is one of these; return it, or "" if it is none of them."""
        text = self._next.text
        if text not in texts:
            return ""
        self._position += 1
        return text

    def _close(self) -> None:
        if not self._take(")"):
            if self._next.kind == "end":
                raise FormulaError('a "(" is not closed', 'Add ")" where it ends.')
            self._refuse()

    def _since(self, start: int) -> str:
        return self._text[start : self._tokens[self._position - 1].end]

    def _deeper(self, read: Callable[[], Part]) -> Part:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(f"the formula is nested more than {DEEPEST} levels deep", "Leave out parentheses.")
        part = read()
        self._depth -= 1
        return part

    def _refuse(self) -> NoReturn:
        """Refuse the next token."""
        text = self._next.text
        before = self._tokens[self._position - 1].text if self._position else ""
        place = f'after "{before}"' if before else "at the start"
        if self._next.kind == "end":
            raise FormulaError(f'the formula ends after "{before}"', "Write what follows it.")
        if text == ")":
            remedy = 'Write a "(" for each ")", and something between them.'
        elif text in COMPARISONS:
            remedy = "Write each comparison by itself and join them with and."
        elif text in ("and", "or", "not", "has"):
            remedy = "Put parentheses around a condition that is part of another one."
        elif text == ",":
            remedy = "Use commas between the values of min and max alone."
        else:
            remedy = "Put one of + - * / < > = and or between two values."
        raise FormulaError(f'"{text}" can\'t stand {place}', remedy)
