"""The script of worksheets computes what Python computes, on a thousand random sets of answers."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import pytest
from playwright.sync_api import Browser

from macros.worksheet.formulas import Operand, compile_formula, evaluate, finish
from tests.factories import ROOT

pytestmark = pytest.mark.browser

SCRIPT = ROOT / "macros" / "worksheet" / "own" / "formulas.js"
OPERANDS = {
    "hours": Operand("number"),
    "days": Operand("number", minimum=1),
    "rate": Operand("number", decimals=1, minimum=1),
    "dose": Operand("number", decimals=3),
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
    "constructor": Operand("truth"),
    "level": Operand("option", options=("course", "camp", "to-string")),
    "signs": Operand("options", options=("seizures", "shakes", "constructor")),
    "paid": Operand("money", repeated=True),
    "calls": Operand("number", decimals=1, repeated=True),
    "taken": Operand("percent", repeated=True),
}
FORMULAS = [
    "hours",
    "-rate * 3 - -2",
    "hours + days - dose * rate",
    "hours - (days - (dose - rate))",
    "10 - hours - days",
    "hours / days / rate",
    "hours / 3 * rate",
    "hours / share",
    "hours * share + dose",
    "copay",
    "copay * days + price",
    "min(deductible-left, price * days) + copay * (days - hours)",
    "min(deductible-left, price * days) + share * max($0, price * days - deductible-left)",
    "copay / 3",
    "copay / price",
    "copay / share",
    "-(copay / -7) * discount",
    "(100% - discount) * price",
    "(100% - share) * (100% - discount)",
    "12.5% * share - 0.01%",
    "round(copay / days)",
    "round(-copay * 1.5) / 3",
    "round(share * discount)",
    "round(rate / 2)",
    "round(-rate / 2)",
    "round(dose * 1000 / 2)",
    "round(hours / 2) - round(-hours / 2)",
    "start + 30",
    "start + 7 * days - hours",
    "start - round(rate)",
    "start - due",
    "min(start, due, start + days)",
    "closes - opens",
    "max(opens, closes)",
    "min(hours, days, rate, dose)",
    "max(copay, -price, $50.25)",
    "sum(paid)",
    "sum(paid) - sum(calls) * $0.10",
    "sum(taken) + share",
    "min(sum(calls), hours)",
    "hours < 9",
    "hours <= days",
    "rate > 2.5",
    "rate >= dose",
    "hours = days",
    "copay / 3 != price / 3",
    "start < due and due - start <= 30",
    "hours < 9 and level = course",
    "hours < 9 or level != to-string",
    "not (hours < 9 and days < 9 and level = camp)",
    "not told-family or rate = 2",
    "signs has seizures or hours > 5",
    "not signs has constructor and copay > $20",
    "constructor and not not told-family",
    "(hours < days or rate < dose) and (level = course or told-family)",
]
SIZES = (3, 20, 500, 100_000, 10**12, 10**40)


def random_answer(operand: Operand, chance: random.Random) -> Any:
    """Return an answer; some are missing, and some are less than a field's minimum, as in a file by someone else."""
    if operand.unit == "truth":
        return chance.choice([True, False, None])
    if operand.unit == "option":
        return chance.choice([*operand.options, None])
    if operand.unit == "options":
        return chance.choice([None, chance.sample(operand.options, chance.randint(0, len(operand.options)))])
    if operand.repeated:
        return chance.choice([None, [random_number(chance) for _ in range(chance.randint(0, 5))]])
    return random_number(chance)


def random_number(chance: random.Random) -> int | None:
    if chance.random() < 0.1:
        return None
    size = chance.choice(SIZES)
    return chance.randint(-size // 4, size)


def for_script(answer: Any) -> Any:
    """Wrap whole numbers, which JSON can't carry exactly."""
    if isinstance(answer, list):
        return [for_script(part) for part in answer]
    return {"whole": str(answer)} if isinstance(answer, int) and not isinstance(answer, bool) else answer


COMPUTE = """cases => {
  const revive = (key, value) => value && value.whole !== undefined ? BigInt(value.whole) : value;
  return JSON.parse(cases, revive).map(({ program, values, unit, decimals }) => {
    const value = guideWorksheet.evaluate(program, values);
    const steps = guideWorksheet.finish(value, unit, decimals);
    if (value && value.d <= 0) throw new Error("a denominator isn't above 0");
    return [
      value && value.n !== undefined ? { n: String(value.n), d: String(value.d) } : value,
      steps === null ? null : String(steps),
    ];
  });
}"""


def compute_in_browser(browser: Browser, cases: list[dict[str, Any]]) -> list[list[Any]]:
    """Return the value and the end value of each case, on a page whose policy allows no eval."""
    policy = "default-src 'none'; script-src 'nonce-test'"
    page = browser.new_page()
    page.set_content(
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<script nonce="test">{SCRIPT.read_text("utf-8")}</script>'
    )
    results: list[list[Any]] = page.evaluate(COMPUTE, json.dumps(cases))
    page.close()
    return results


def test_script_agrees_with_python(browser: Browser) -> None:
    chance = random.Random(14)
    compiled = {text: compile_formula(text, OPERANDS) for text in FORMULAS}
    texts = [FORMULAS[number % len(FORMULAS)] for number in range(1000)]
    answers = [{name: random_answer(OPERANDS[name], chance) for name in compiled[text].fields} for text in texts]
    decimals = [chance.randint(0, 3) for _ in texts]
    cases = [
        {
            "program": compiled[text].program,
            "values": {name: for_script(answer) for name, answer in values.items()},
            "unit": compiled[text].unit,
            "decimals": places,
        }
        for text, values, places in zip(texts, answers, decimals, strict=True)
    ]
    kinds = set()
    for text, values, places, (value, steps) in zip(
        texts, answers, decimals, compute_in_browser(browser, cases), strict=True
    ):
        formula = compiled[text]
        expected = evaluate(formula.program, values)
        computed = Fraction(int(value["n"]), int(value["d"])) if isinstance(value, dict) else value
        assert (type(computed), computed) == (type(expected), expected), (text, values)
        end = finish(expected, formula.unit, places)
        assert steps == (None if end is None else str(end)), (text, values)
        kinds.add(expected if expected is None or isinstance(expected, bool) else type(expected))
    assert kinds == {Fraction, True, False, None}


def test_script_takes_anything_else_for_no_answer(browser: Browser) -> None:
    """What is no valid answer never makes the script throw."""
    hostile = ["9", 9, 1.5, "", {}, [], [[]], ["seizures", 1, None], True, "constructor", {"n": 1, "d": 0}]
    cases = [
        {
            "program": formula.program,
            "values": dict.fromkeys(formula.fields, answer),
            "unit": formula.unit,
            "decimals": 0,
        }
        for answer in hostile
        for formula in (compile_formula(text, OPERANDS) for text in FORMULAS)
    ]
    results = compute_in_browser(browser, cases)
    assert len(results) == len(cases)
    assert all(steps is None for _, steps in results)


def test_script_evaluates_the_longest_and_deepest_formulas(browser: Browser) -> None:
    texts = ["1+" * 149 + "10", "(" * 20 + "1" + ")" * 20, "-" * 20 + "1", "not " * 20 + "1 = 1", "9" * 300]
    texts += ["max(2, " * 20 + "1" + ")" * 20, "(1 - " * 20 + "1" + ")" * 20]
    formulas = [compile_formula(text, {}) for text in texts]
    cases = [{"program": formula.program, "values": {}, "unit": formula.unit, "decimals": 0} for formula in formulas]
    for formula, (value, _) in zip(formulas, compute_in_browser(browser, cases), strict=True):
        expected = evaluate(formula.program, {})
        assert expected == (Fraction(int(value["n"]), int(value["d"])) if isinstance(value, dict) else value)
