"""What is refused in a worksheet: each message once, with its line and what to do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from guide.checking import check_project
from tests.factories import GOOD, Project

PATH = "data/worksheets/swim-plan.yaml"
TOLD = "{id: told, type: tick,"
START = "{id: start, type: date,"
TOWEL = "from: checklists/first-lesson/towel"
PACKED = ", options: [{id: packed, name: Packed}]"
SUM = "  - id: sum\n    title: What it comes to\n"
BUSES = 'formula: "sum(fare)"'
ANSWER = '      hours: "2.5"'

FAULTS = {
    # What a field is
    "ask and from": (
        ('"What do you dream of?",', f'"What do you dream of?", {TOWEL},'),
        'the field "dream" needs one of ask and from.',
    ),
    "neither": (('ask: "What do you dream of?", ', ""), 'the field "dream" needs one of ask and from. Write ask: with'),
    "no options": ((PACKED, ""), 'the field "towel" of the type choice has no options. Write options:.'),
    "options": (
        (TOLD, f"{TOLD} options: [{{id: a, name: A}}],"),
        'the field "told" of the type tick can\'t have options. Delete options, or choose another type.',
    ),
    "no high": ((", high: very", ""), 'the field "trust" of the type scale has no high. Write high:.'),
    "low": ((TOLD, f"{TOLD} low: never,"), 'the field "told" of the type tick can\'t have low.'),
    "unit": (
        (START, f"{START} unit: days,"),
        "of the type date can't have unit. Delete unit, or make the type number.",
    ),
    "minimum": ((START, f"{START} minimum: 1,"), "of the type date can't have minimum. Delete minimum,"),
    "decimals": (
        ("{id: ticket, type: money,", "{id: ticket, type: money, decimals: 1,"),
        "of the type money can't have decimals. Delete decimals, or make the type number. [worksheet-field]",
    ),
    "order": (("minimum: 1, maximum: 40", "minimum: 50, maximum: 40"), 'the field "hours" has a minimum above its'),
    "type": ((START, "{id: start, type: dat,"), 'type "dat" is not allowed. Write text, lines, number, money,'),
    "reserved id": (("{id: dream,", "{id: max,"), '"max" can\'t be the id of a field. Choose another: formulas would'),
    "digit": (("{id: dream,", "{id: 2dream,"), '"2dream" can\'t be the id of a field.'),
    "id in another part": (("{id: seen,", "{id: told,"), '"told" is the id of a field in "About me" too. Ids of'),
    # What a part is
    "few": (("count: 4, shown: 1", "count: 4, shown: 5"), "more are shown than there can be. Raise count."),
    "empty": ((SUM, f"{SUM}    repeat: {{name: X, count: 2}}\n"), '"sum" repeats and has no fields. Add fields, or'),
    "only a title": (
        (SUM, f"  - id: more\n    title: More\n{SUM}"),
        '"more" has nothing but a title. Write fields:. [worksheet-part]',
    ),
    "named by": (("named_by: pool", "named_by: pol"), 'named_by "pol" is no text field here. Did you mean "pool"?'),
    "named by a number": (
        ("named_by: pool", "named_by: depth"),
        'named_by "depth" is no text field here. Known here: pool.',
    ),
    "no entries": (
        ("    repeat: {name: Time, count: 4, shown: 1}\n", ""),
        "a week needs entries. Write repeat: with a name and a count.",
    ),
    "days": (("week: {days: days,", "week: {days: day,"), 'days "day" is no field of the type many here. Did you mean'),
    "starts": (("starts: begins,", "starts: fare,"), 'starts "fare" is no field of the type time here. Known here: be'),
    "six days": (("          - {id: sunday, name: Sunday}\n", ""), 'the options of "days" aren\'t the days of a week.'),
    "no source": (
        ("courses.\n        references: [river-2020]\n", "courses.\n"),
        "this note has no source. Write refer",
    ),
    # What it names
    "item": ((TOWEL, TOWEL[:-1]), '"towe" is not in the items of first-lesson. Did you mean "towel"? [unknown-record]'),
    "list": ((TOWEL, TOWEL.replace("lesson", "lessn")), '"first-lessn" is not in checklists. Did you mean'),
    "from": ((TOWEL, "from: first-lesson/towel"), 'from "first-lesson/towel" isn\'t written correctly.'),
    "wallet": (
        ("wallet: [desk,", "wallet: [dsk,"),
        '"dsk" is not in the fields of this worksheet. Did you mean "desk"?',
    ),
    "card": (("        card: cramp", "        card: crmp"), '"crmp" is not in care-cards. Did you mean "cramp"?'),
    "danger": (("danger: [cramp]", "danger: [crap]"), '"crap" is not in care-cards. Did you mean "cramp"?'),
    "helpline": (("helplines: [lifeguard,", "helplines: [guard,"), '"guard" is not in helplines.'),
    "sample": (("begin_with: [evenings]", "begin_with: [evening]"), '"evening" is not in schedules. Did you mean'),
    "comparison": ((SUM, f"{SUM}    weigh: way\n"), '"way" is not in comparisons. Did you mean "ways"?'),
    "values": ((SUM, f"{SUM}    weigh: ways\n"), 'the comparison "ways" has no values to rate. Write values: there.'),
    "audience": (("audience: swimmer", "audience: swimer"), 'audience "swimer" has no name in data/labels/en.yaml.'),
    # Formulas
    "field": ((BUSES, 'formula: "sum(fair)"'), '"fair" is no field. Did you mean "fare"? [formula]'),
    "truth": ((BUSES, "formula: ticket > $2"), '"ticket > $2" works out no value. Write a formula here, or make it'),
    "option": ((BUSES, "formula: course"), '"course" is a choice of one option. Compare it with one of its options,'),
    "number": (
        ("when: hours < 2", "when: hours"),
        '"hours" is no condition. Compare it with something, as in hours < 9.',
    ),
    "text": (("when: hours < 2", "when: dream"), 'the answer to "dream" can\'t be used in a formula. Leave it out.'),
    "repeated": ((BUSES, "formula: fare"), '"fare"'),
    # Examples
    "key": ((ANSWER, ANSWER.replace("hours", "hour")), '"hour" has no place in the answers of this worksheet. Did you'),
    "decimal": (
        (ANSWER, '      hours: "2.55"'),
        '"2.55" is no answer to "hours". Write a number from 1 to 40, with up to 1 digits after its point.',
    ),
    "whole": (
        ("depth: 12 | 5", "depth: 1.5 | 5"),
        '"1.5" is no answer to "depth". Write a number from 0 to 40, without',
    ),
    "choice": (
        ("course: beginner", "course: Camp"),
        '"Camp" is no answer to "course". Write the id of an option: beginner, camp.',
    ),
    "many": (
        ("offers: slide, sauna", "offers: slide sauna"),
        '"slide sauna" is no answer to "offers". Write the id of',
    ),
    "tick": (('told: "yes"', "told: ticked"), '"ticked" is no answer to "told". Write "yes", or leave it out.'),
    "scale": (('trust: "4"', 'trust: "6"'), '"6" is no answer to "trust". Write a step from 1 to 5.'),
    "date": (('start: "2026-01-05"', "start: January"), '"January" is no answer to "start". Write it as 2026-03-14.'),
    "day": (('start: "2026-01-05"', 'start: "2026-02-30"'), '"2026-02-30" is no answer to "start".'),
    "time": (("18:00 | 07:30", "6 PM | 07:30"), '"6 PM" is no answer to "begins". Write it as 18:30.'),
    "too many": (
        ("fare: 2 | 1.05", "fare: 2 | 1 | 1 | 1 | 1"),
        '"fare" has more answers than there are repeats. Delete',
    ),
    "result": (
        ("tickets: $1,125.45", "tickets: $1,125.46"),
        "tickets comes to $1,125.45 in this example, not $1,125.46. Check the answers and the formula. If both are "
        'right, write tickets: "$1,125.45". [worksheet-example]',
    ),
    "unknown": (
        ('      rate: "1.6"', '      rate: "1.6"\n      fars: $3'),
        '"fars" has no place in the results of this',
    ),
    "left out": (
        ("      fares: $3.05\n", ""),
        "the results of this example lack fares, which comes to $3.05. Check the answers and the formula. If both are "
        'right, write fares: "$3.05".',
    ),
    "nothing": (
        ("      fare: 2 | 1.05\n", ""),
        "fares comes to nothing in this example, not $3.05. Check the answers and the formula. If both are right, "
        "delete fares.",
    ),
}
# What is wrong with these is said of the whole of which they are a part.
ABOVE = {
    "no options": TOWEL,
    "no high": "{id: trust,",
    "order": "{id: hours,",
    "neither": "{id: dream,",
    "ask and from": "{id: dream,",
    "decimals": "{id: ticket,",
    "few": "count: 4, shown: 5",
    "empty": "  - id: sum",
    "no entries": "week: {days",
    "six days": "week: {days",
    "no source": "when: hours < 2",
    "comparison": "weigh: way",
    "values": "weigh: ways",
    "unknown": "fars: $3",
    "left out": "    results:\n      week-price",
    "nothing": "fares: $3.05",
}


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(GOOD, tmp_path / "guide")))


def problems(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root)]


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_said_once_in_its_line_with_what_to_do(copy: Project, name: str) -> None:
    (old, new), message = FAULTS[name]
    line = copy.replace(PATH, old, new)
    line = copy.line(PATH, ABOVE[name]) if name in ABOVE else line
    assert line > 2
    told = problems(copy)
    assert len(told) == 1, told
    assert told[0].startswith(f"{PATH}:{line}: ")
    assert message in told[0]
    assert re.search(r"[^.]\. [A-Z].*[.?] \[[a-z-]+\]$", told[0]), "what is wrong, then what to do"


def test_results_need_an_example(copy: Project) -> None:
    written = copy.read(PATH)
    copy.write(PATH, written[: written.index("examples:")] + written[written.index("not_counted:") :])
    assert problems(copy) == [
        f"{PATH}:1: it has results and no worked example. Write examples: with answers, and the results that they must "
        "give. [worksheet-example]"
    ]


def test_all_faults_are_said_at_once(copy: Project) -> None:
    for old, new in (
        (BUSES, 'formula: "sum(fair)"'),
        ("when: hours < 2", "when: hour < 2"),
        ("wallet: [desk,", "wallet: [dsk,"),
        (TOWEL, TOWEL[:-1]),
        ("card: cramp", "card: crmp"),
        ("begin_with: [evenings]", "begin_with: [evening]"),
    ):
        copy.replace(PATH, old, new)
    assert [re.sub(r".*\[(.*)\]", r"\1", problem) for problem in problems(copy)] == [
        "unknown-record",
        "formula",
        "unknown-record",
        "unknown-record",
        "formula",
        "unknown-record",
    ]


def test_advice_to_write_a_result_or_to_delete_it_works(copy: Project) -> None:
    copy.replace(PATH, "      fare: 2 | 1.05\n", "")
    copy.replace(PATH, "      fares: $3.05\n", "")
    assert problems(copy) == []
    copy.replace(PATH, "      begins: 18:00 | 07:30", '      begins: " | 07:30"')
    assert "minutes comes to | 30 in this example, not 75 | 30." in problems(copy)[0]
    copy.replace(PATH, "minutes: 75 | 30", 'minutes: "| 30"')
    assert problems(copy) == []
