"""Formulas of worksheets: their grammar, the units that go together, what is unknown, rounding, and what is refused."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from macros.worksheet.formulas import RESERVED, Formula, FormulaError, Operand, compile_formula, evaluate, finish

OPERANDS = {
    "hours": Operand("number"),
    "days": Operand("number", minimum=1),
    "rate": Operand("number", decimals=1),
    "copay": Operand("money"),
    "price": Operand("money", minimum=1),
    "deductible-left": Operand("money"),
    "share": Operand("percent", minimum=1),
    "discount": Operand("percent"),
    "start": Operand("date"),
    "due": Operand("date"),
    "opens": Operand("time"),
    "closes": Operand("time"),
    "told-family": Operand("truth"),
    "has-ride": Operand("truth"),
    "level": Operand("option", options=("course", "camp", "24-7")),
    "signs": Operand("options", options=("seizures", "shakes")),
    "paid": Operand("money", repeated=True),
    "calls": Operand("number", repeated=True),
    "called": Operand("date", repeated=True),
    "kept": Operand("truth", repeated=True),
    "note": Operand("text"),
}


def compiled(text: str, **options: Any) -> Formula:
    return compile_formula(text, OPERANDS, **options)


def value(text: str, **values: Any) -> Fraction | bool | None:
    return evaluate(compiled(text).program, {name.replace("_", "-"): answer for name, answer in values.items()})


def refusal(text: str, **options: Any) -> FormulaError:
    with pytest.raises(FormulaError) as refused:
        compiled(text, **options)
    return refused.value


# Grammar.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", 9),
        ("0.5", Fraction(1, 2)),
        ("20%", Fraction(1, 5)),
        ("12.5%", Fraction(1, 8)),
        ("$50", 50),
        ("$50.25", Fraction(201, 4)),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("1+2*3", 7),
        ("10 - 4 - 3", 3),
        ("10 - (4 - 3)", 9),
        ("24 / 4 / 3", 2),
        ("24 / 4 * 3", 18),
        ("1 / 3", Fraction(1, 3)),
        ("-2 * 3", -6),
        ("2 - -3", 5),
        ("2 * -(3 + 1)", -8),
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("max(1 + 1, min(5, 4)) * 2", 8),
        ("round(7 / 2)", 4),
        (" 1 +\n\t2 ", 3),
    ],
)
def test_constants_and_precedence(text: str, expected: Fraction) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 < 2", True),
        ("2 < 2", False),
        ("2 <= 2", True),
        ("2 > 2", False),
        ("2 >= 2", True),
        ("1 / 3 = 2 / 6", True),
        ("1 != 1", False),
        ("not 1 = 2", True),
        ("not not 1 = 1", True),
        ("1 = 1 or 1 = 2 and 1 = 2", True),
        ("(1 = 1 or 1 = 2) and 1 = 2", False),
        ("not 1 = 1 or 1 = 1", True),
        ("1 + 1 = 2", True),
    ],
)
def test_conditions(text: str, expected: bool) -> None:
    assert value(text) is expected


def test_program_is_plain_json_without_text_to_parse() -> None:
    formula = compiled("deductible-left - price * days / 2")
    assert formula.program == [
        "+",
        ["field", "deductible-left", "100"],
        ["-", ["*", ["field", "price", "100"], ["field", "days", "1"], ["/", ["number", "2", "1"]]]],
    ]
    assert json.loads(json.dumps(formula.program)) == formula.program


def test_fields_are_in_order_of_first_use() -> None:
    formula = compiled("rate * days + days * hours - sum(calls) - hours")
    assert formula.fields == ("rate", "days", "hours", "calls")


def test_answers_are_read_in_whole_units() -> None:
    assert value("copay", copay=2550) == Fraction(51, 2)
    assert value("share", share=2000) == Fraction(1, 5)
    assert value("rate", rate=25) == Fraction(5, 2)
    assert value("hours", hours=25) == 25
    assert value("start", start=20_000) == 20_000
    assert value("opens", opens=540) == 540


def test_worked_example() -> None:
    text = "min(deductible-left, price * days) + share * max($0, price * days - deductible-left)"
    cost = value(text, deductible_left=40_000, price=35_000, days=3, share=2000)
    assert cost == 400 + Fraction(650, 5)
    assert finish(cost, "money") == 53_000


def test_choice_is_compared_with_its_options() -> None:
    assert value("level = course", level="course") is True
    assert value("level = course", level="camp") is False
    assert value("level != course", level="camp") is True
    assert value("(level) = course or level = camp", level="camp") is True
    assert value("level=24-7 and not level!=24-7", level="24-7") is True


def test_many_field_has_options() -> None:
    assert value("signs has seizures", signs=["shakes", "seizures"]) is True
    assert value("signs has seizures", signs=["shakes"]) is False


# Units.


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("hours + days", "number"),
        ("copay - price", "money"),
        ("100% - share", "percent"),
        ("-copay", "money"),
        ("copay * days", "money"),
        ("days * copay", "money"),
        ("copay * share", "money"),
        ("share * copay", "money"),
        ("hours * rate", "number"),
        ("hours * share", "number"),
        ("share * hours", "number"),
        ("share * discount", "percent"),
        ("copay / days", "money"),
        ("copay / price", "number"),
        ("hours / days", "number"),
        ("hours / share", "number"),
        ("copay / share", "money"),
        ("copay / 4", "money"),
        ("copay / -(4)", "money"),
        ("copay / price * price", "money"),
        ("copay / 20%", "money"),
        ("start - due", "number"),
        ("start + 30", "date"),
        ("start - 30", "date"),
        ("start + 7 * days - hours", "date"),
        ("start + round(rate)", "date"),
        ("start + max(days, 2)", "date"),
        ("start + (due - start)", "date"),
        ("closes - opens", "number"),
        ("min(start, due)", "date"),
        ("max(opens, closes)", "time"),
        ("min(copay, $50)", "money"),
        ("max(share, 20%)", "percent"),
        ("round(copay)", "money"),
        ("round(share)", "percent"),
        ("round(rate)", "number"),
        ("sum(paid)", "money"),
        ("sum(calls) * 2", "number"),
        ("start < due", "truth"),
        ("opens >= closes", "truth"),
        ("told-family", "truth"),
        ("level = camp", "truth"),
    ],
)
def test_units_that_go_together(text: str, unit: str) -> None:
    assert compiled(text).unit == unit


@pytest.mark.parametrize(
    ("text", "wrong", "remedy"),
    [
        ("copay + hours", "an amount of money and", "dollar sign"),
        ("copay > 50", "can't be compared", "such as $50"),
        ("copay - 20%", "can't be subtracted", "multiply"),
        ("1 - share", '"1" is a number and "share" is a percent', "100%"),
        ("min(hours, copay)", "can't be compared", "dollar sign"),
        ("start + due", "can't be added", "gives days"),
        ("30 + start", "can't be added", "write the date first"),
        ("30 - start", "can't be subtracted", "write the date first"),
        ("start + rate", '"rate" may not be a whole number', "round(rate)"),
        ("start + 1.5", "whole number of days", "round"),
        ("start + hours * 50%", "whole number of days", "round(hours * 50%)"),
        ("start + hours / days", "whole number of days", "round(hours / days)"),
        ("start + copay", "can't be added", "same kind"),
        ("start < 5", "can't be compared", "same kind"),
        ("opens + closes", "can't be added", "gives minutes"),
        ("opens + 30", "can't be added", "same kind"),
        ("copay * price", "can't be multiplied", "one amount of money"),
        ("start * 2", "can't be multiplied", "numbers"),
        ("hours / copay", "can't be divided", "by money"),
        ("share / days", "can't be divided", "percent"),
        ("start / 2", "can't be divided", "percent"),
        ("-start", "can't be negative", "Subtract it"),
        ("round(start)", "whole already", "Leave out round"),
        ("told-family + 1", '"told-family" is true or false', "condition"),
        ("told-family = 1", "true or false", "not"),
        ("min(told-family, 1)", "true or false", "not"),
        ("-told-family", "true or false", "not"),
        ("not hours", '"hours" is a number', "hours > ..."),
        ("hours and told-family", '"and" can\'t be used', "Compare it"),
        ("level", "a choice of one option", "level = course"),
        ("level and told-family", "a choice of one option", "level = course"),
        ("level < course", "a choice of one option", "level = course"),
        ("level has course", "a choice of one option", "level = course"),
        ("level + 1", "a choice of one option", "level = course"),
        ("2 * level", "can't be multiplied", "numbers"),
        ("signs", "a choice of several options", "signs has seizures"),
        ("signs = seizures", "a choice of several options", "signs has seizures"),
        ("hours has course", '"has" can\'t be used', "options"),
        ("level = ipo", '"ipo" is no option of "level"', "course, camp"),
        ("level = 24-8", '"24-8" is no option', "Did you mean"),
        ("level = 24%", '"24%" is no option', "course, camp"),
        ("level = 24 -7", '"24" is no option', "course, camp"),
        ("level = (course)", '"(" is no option', "course, camp"),
        ("level = cammp", '"cammp" is no option', 'Did you mean "camp"?'),
        ("signs has seizure", '"seizure" is no option', 'Did you mean "seizures"?'),
        ("course = level", '"course" is no field', "write level = course"),
        ("level = course or camp", '"camp" is no field', "write level = camp"),
        ("note + 1", 'the answer to "note" can\'t be used', "Leave it out"),
    ],
)
def test_units_that_do_not(text: str, wrong: str, remedy: str) -> None:
    error = refusal(text)
    assert wrong in error.wrong
    assert remedy in error.remedy


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("copay / 0", '"0" is 0'),
        ("copay / 0%", '"0%" is 0'),
        ("copay / -0.0", "is 0"),
        ("price / $0.00", "is 0"),
        ("copay / hours", '"hours" may be 0'),
        ("copay / discount", '"discount" may be 0'),
        ("price / copay", '"copay" may be 0'),
        ("copay / (days + 1)", '"(days + 1)" is computed'),
        ("copay / sum(calls)", "is computed"),
        ("copay / -days", "is computed"),
    ],
)
def test_divisor_that_could_be_0_is_refused(text: str, wrong: str) -> None:
    error = refusal(text)
    assert wrong in error.wrong
    assert error.remedy.endswith(".")


def test_minimum_of_0_does_not_make_a_divisor() -> None:
    with pytest.raises(FormulaError, match="may be 0"):
        compile_formula("1 / a", {"a": Operand("number", minimum=0)})


# Repeats.


@pytest.mark.parametrize(
    ("text", "wrong", "remedy"),
    [
        ("paid + $1", "an answer in each repeat", "sum(paid)"),
        ("called + 1", "an answer in each repeat", "Leave it out"),
        ("kept", "an answer in each repeat", "Leave it out"),
        ("sum(copay)", "one answer", "Write copay alone"),
        ("sum(called)", "neither numbers", "Leave out"),
        ("sum(paid + paid)", '"+" can\'t stand', "between two values"),
        ("sum(2)", "not followed by a field", "one field"),
        ("sum(paid, paid)", '"," can\'t stand', "min and max"),
    ],
)
def test_repeated_fields_are_for_sum_alone(text: str, wrong: str, remedy: str) -> None:
    error = refusal(text)
    assert wrong in error.wrong
    assert remedy in error.remedy


def test_within_its_repeat_a_repeated_field_is_like_any_other() -> None:
    formula = compiled("paid * calls", within=True)
    assert evaluate(formula.program, {"paid": 1050, "calls": 2}) == 21
    assert "Write paid alone" in refusal("sum(paid)", within=True).remedy


def test_sum_skips_empty_repeats() -> None:
    assert value("sum(paid)", paid=[1000, None, 550]) == Fraction(31, 2)
    assert value("sum(paid)", paid=[0]) == 0


@pytest.mark.parametrize("answers", [[None, None], [], None])
def test_sum_without_any_answer_is_unknown(answers: Any) -> None:
    assert value("sum(paid)", paid=answers) is None


# Unknown.


@pytest.mark.parametrize(
    "text",
    [
        "hours",
        "hours + 1",
        "hours * 0",
        "1 - hours",
        "hours / days",
        "min(hours, 1)",
        "max(1, hours)",
        "round(hours)",
        "hours < 9",
        "level = course",
        "level != course",
        "not hours < 9",
    ],
)
def test_what_needs_an_unknown_is_unknown(text: str) -> None:
    assert value(text, days=1) is None
    assert value(text, days=1, hours=None, level=None) is None


KLEENE = {"true": True, "false": False, "unknown": None}


@pytest.mark.parametrize("left", KLEENE)
@pytest.mark.parametrize("right", KLEENE)
def test_and_and_or_follow_kleene(left: str, right: str) -> None:
    answers = {"true": 1, "false": 0, "unknown": None}
    truths = {KLEENE[left], KLEENE[right]}
    values = {"hours": answers[left], "days": answers[right]}
    both, either = value("hours = 1 and days = 1", **values), value("hours = 1 or days = 1", **values)
    assert both is (False if False in truths else None if None in truths else True)
    assert either is (True if True in truths else None if None in truths else False)


def test_ticks_and_many_fields_are_never_unknown() -> None:
    assert value("told-family") is False
    assert value("not told-family", told_family=None) is True
    assert value("told-family and has-ride", told_family=True, has_ride=True) is True
    assert value("signs has seizures") is False
    assert value("not signs has seizures", signs=[]) is True


def test_divisor_of_0_gives_unknown_rather_than_an_error() -> None:
    assert value("copay / days", copay=100, days=0) is None


# Rounding.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("round(0.5)", 1),
        ("round(1.5)", 2),
        ("round(2.5)", 3),
        ("round(-0.5)", -1),
        ("round(-2.5)", -3),
        ("round(2.49)", 2),
        ("round(-2.49)", -2),
        ("round(-0.4)", 0),
        ("round($2.50)", 3),
        ("round(-$2.50)", -3),
        ("round(12.5%)", Fraction(13, 100)),
        ("round(-12.5%)", Fraction(-13, 100)),
    ],
)
def test_round_is_half_away_from_zero(text: str, expected: Fraction) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("fraction", "unit", "decimals", "steps"),
    [
        ("1/200", "money", 0, 1),
        ("-1/200", "money", 0, -1),
        ("1/201", "money", 0, 0),
        ("50.125", "money", 0, 5013),
        ("5/2", "number", 0, 3),
        ("-5/2", "number", 0, -3),
        ("5/2", "number", 1, 25),
        ("2/3", "number", 2, 67),
        ("1/8", "percent", 0, 1250),
        ("1/3", "percent", 0, 3333),
        ("20000", "date", 0, 20000),
        ("-45", "time", 0, -45),
        ("0", "number", 3, 0),
    ],
)
def test_end_value_is_rounded_to_the_steps_of_its_unit(fraction: str, unit: str, decimals: int, steps: int) -> None:
    assert finish(Fraction(fraction), unit, decimals) == steps


def test_unknown_and_truths_have_no_end_value() -> None:
    assert finish(None, "money") is None
    assert finish(True, "truth") is None
    assert finish(False, "number") is None


# What is refused.


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("copay-price", "Put spaces around the minus: copay - price."),
        ("deductible-left-copay", "Put spaces around the minus: deductible-left - copay."),
        ("deductible-left-copay-price", "Put spaces around the minus: deductible-left - copay - price."),
        ("days-1", "Put spaces around the minus: days - 1."),
        ("copay-told-family", "Write the id of a field."),
        ("hors", 'Did you mean "hours"?'),
        ("zzz", "Write the id of a field."),
    ],
)
def test_unknown_field(text: str, remedy: str) -> None:
    error = refusal(f"{text} > 9")
    assert error.wrong == f'"{text}" is no field'
    assert error.remedy == remedy


@pytest.mark.parametrize("text", ["copay -price", "copay - price", "copay- price", "deductible-left -$5", "9-days"])
def test_minus_after_a_space_or_before_one(text: str) -> None:
    assert compiled(text).program[0] == "+"


@pytest.mark.parametrize(
    ("text", "wrong", "remedy"),
    [
        ("", "the formula is empty", "Write one"),
        ("  ", "the formula is empty", "Write one"),
        ("hours +", 'ends after "+"', "follows"),
        ("not", 'ends after "not"', "follows"),
        ("level =", 'ends after "="', "follows"),
        ("min(", 'ends after "("', "follows"),
        ("(hours", '"(" is not closed', 'Add ")"'),
        ("min(hours, 2", '"(" is not closed', 'Add ")"'),
        ("hours)", '")" can\'t stand after "hours"', '"("'),
        ("()", '")" can\'t stand', "something between"),
        ("min(1,)", '")" can\'t stand after ","', "something between"),
        ("* 2", '"*" can\'t stand at the start', "between two values"),
        ("2 ** 3", '"*" can\'t stand after "*"', "between two values"),
        ("hours days", '"days" can\'t stand after "hours"', "+ - * /"),
        ("9days", '"days" can\'t stand after "9"', "+ - * /"),
        ("1e5", '"e5" can\'t stand after "1"', "+ - * /"),
        ("1 < hours < 3", '"<" can\'t stand', "join them with and"),
        ("1, 2", '"," can\'t stand', "min and max"),
        ("1 + not 2 = 2", '"not" can\'t stand', "parentheses"),
        ("and", '"and" can\'t stand', "parentheses"),
        ("min", "not followed by parentheses", "min(...)"),
        ("min(1)", "a single value", "two or more"),
        ("round(1, 2)", "more than one value", "Give it one"),
        ("abs(1)", '"abs" is no function', "min, max, round, sum"),
        ("hours == 9", '"=="', 'Write "=" instead.'),
        ("hours ≤ 9", '"≤"', 'Write "<=" instead.'),
        ("hours − 9", '"−"', 'Write "-" instead.'),
        ("hours × 9", '"×"', 'Write "*" instead.'),
        ("hours\u00a0+ 9", '"\u00a0"', 'Write " " instead.'),
        ("1 = 1 && 2 = 2", '"&&"', 'Write "and" instead.'),
        ("$5.5", '"$"', "$50.25"),
        ("$1.234", '"$"', "$50.25"),
        ("$-5", '"$"', "$50.25"),
        ("20 %", '"%"', "right after its number"),
        (".5", '"."', "0.5"),
        ("1.2.3", '"."', "0.5"),
        ("$1,250", '"1,250" has a comma', "Leave it out"),
        ("min(1,250)", '"1,250" has a comma', "a space after it"),
        ("Hours", '"H"', "lower case"),
        ('level = "course"', '"""', "quotation marks"),
    ],
)
def test_grammar_mistakes_say_what_to_do(text: str, wrong: str, remedy: str) -> None:
    error = refusal(text)
    assert wrong in error.wrong
    assert remedy in error.remedy


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "hours.__class__",
        "[hours]",
        "{}",
        "hours; days",
        "lambda: 1",
        "hours if days else 1",
        "`hours`",
        "hours // days",
        "hours % days",
        "hours ^ 2",
        "0x10",
        "\u0663",
        "\uff19",
        "9\u0663",
        "\u00b2",
        "h\u043eurs",
        "hours\x00",
        "\u202ehours",
        "hours\u2028+ 1",
        "constructor",
        "-",
        "a-",
        "-" * 300,
        "(" * 300,
        "not " * 75,
        "1 + " * 75,
        "hours" * 60,
    ],
)
def test_hostile_text_is_refused(text: str) -> None:
    error = refusal(text)
    assert error.wrong and not error.wrong.endswith(".")
    assert error.remedy.endswith((".", "?"))
    assert str(error) == f"{error.wrong}. {error.remedy}"


def test_characters_that_cannot_be_seen_are_named() -> None:
    assert '"U+202E"' in refusal("\u202ehours").wrong


def test_length_is_limited() -> None:
    longest = "1+" * 149 + "10"
    assert len(longest) == 300
    assert value(longest) == 159
    assert "301 characters" in refusal(longest + "0").wrong
    assert "20000 characters" in refusal("(" * 10_000 + ")" * 10_000).wrong


@pytest.mark.parametrize(
    ("opened", "inner", "closed"),
    [("(", "1", ")"), ("-", "1", ""), ("not ", "1 = 1", ""), ("round(", "1", ")"), ("max(1, ", "2", ")")],
)
def test_depth_is_limited(opened: str, inner: str, closed: str) -> None:
    assert value(opened * 20 + inner + closed * 20) is not None
    assert "20 levels" in refusal(opened * 21 + inner + closed * 21).wrong


def test_hyphens_do_not_make_the_search_for_a_minus_slow() -> None:
    ids = {"-".join("a" * count): Operand("number") for count in range(1, 140)}
    with pytest.raises(FormulaError, match="is no field"):
        compile_formula("-".join("a" * 149) + "-b", ids)


def test_words_of_formulas_are_reserved() -> None:
    for word in RESERVED:
        with pytest.raises(FormulaError):
            compile_formula(word, {word: Operand("number")})


def test_huge_numbers_stay_exact() -> None:
    assert value("9" * 300) == int("9" * 300)
    assert finish(value("copay * days", copay=10**30 + 1, days=3), "money") == 3 * 10**30 + 3
