"""The one shape of every message."""

from macros.problems import DataError, Place, Problem, UnknownId, nearest


def test_problem_is_one_line() -> None:
    problem = Problem(Place("docs/x.md", 12), 'a "very\nlong"   text', "Cut it.", "too-long")
    assert str(problem) == 'docs/x.md:12: a "very long" text. Cut it. [too-long]'


def test_problems_are_sorted_by_line_and_not_by_its_digits() -> None:
    lines = [str(p) for p in DataError(Problem(Place("a", n), "w", "R.", "r") for n in (10, 9, 9)).problems]
    assert lines == ["a:9: w. R. [r]", "a:10: w. R. [r]"]


def test_nearest_offers_what_was_meant() -> None:
    assert nearest("mccarty-2015", ["river-2020", "mccarty-2014"]) == 'Did you mean "mccarty-2014"?'
    assert nearest("zzz", ["river-2020"]) == ""


def test_unknown_id_says_what_to_do_when_nothing_is_near() -> None:
    assert str(UnknownId("charts", "zzz", [])) == '"zzz" is not in charts. See data/README.md for what charts holds.'
