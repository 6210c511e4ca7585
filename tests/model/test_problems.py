"""The one shape of every message."""

import pytest

from guide.model.characters import describe, visible
from guide.model.problems import SHOWN_PER_FILE, DataError, Place, Problem, UnknownId, limited, nearest


def test_problem_is_one_line() -> None:
    problem = Problem(Place("docs/x.md", 12), 'a "very\nlong"   text', "Cut it.", "too-long")
    assert str(problem) == 'docs/x.md:12: a "very long" text. Cut it. [too-long]'


def test_problems_are_sorted_by_line_and_not_by_its_digits() -> None:
    lines = [str(p) for p in DataError(Problem(Place("a", n), "w", "R.", "r") for n in (10, 9, 9)).problems]
    assert lines == ["a:9: w. R. [r]", "a:10: w. R. [r]"]


def test_nearest_offers_what_was_meant() -> None:
    assert nearest("smithson-2015", ["river-2020", "smithson-2014"]) == 'Did you mean "smithson-2014"?'
    assert nearest("zzz", ["river-2020"]) == ""
    # The whole words of one are more than the letters of another.
    assert nearest("samba-line", ["mamba-line", "samba-national-line"]) == 'Did you mean "samba-national-line"?'


def test_unknown_id_says_what_to_do_when_nothing_is_near() -> None:
    assert str(UnknownId("charts", "zzz", [])) == '"zzz" is not in charts. See data/README.md for what charts holds.'


def test_message_shows_what_a_terminal_would_obey() -> None:
    problem = Problem(Place("docs/\x1b[2J\u202e\n.md", 3), "the \x9b word \udcff\u200b", "Cut\u2028it.", "too-long")
    assert str(problem) == (r"docs/\x1b[2J\u202e\n.md:3: the \x9b word \udcff\u200b. Cut\u2028it. [too-long]")


@pytest.mark.parametrize("text", ["Ñandú, 你好, שלום", "a b", "1 to 2 hours", "\u00a0"])
def test_what_can_be_seen_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_hidden_character_is_named() -> None:
    assert describe("\u202e") == "U+202E, right-to-left override"
    assert describe("\x1b") == "U+001B, a control character"


def test_problems_of_one_file_are_limited_and_the_others_are_counted() -> None:
    many = [Problem(Place("a", line), "w", "R.", "r") for line in range(1, 51)]
    shown = limited([*many, Problem(Place("b", 1), "w", "R.", "r")])
    assert shown[:SHOWN_PER_FILE] == many[:SHOWN_PER_FILE]
    assert str(shown[SHOWN_PER_FILE]) == (
        "a:20: and 30 more problems in this file. Fix the ones above first. [more-problems]"
    )
    assert [problem.place.path for problem in shown[SHOWN_PER_FILE + 1 :]] == ["b"]
    assert limited(shown) == shown, "nothing is counted twice"


@pytest.mark.parametrize(
    ("word", "value"),
    [
        *(("levls", "levels"), ("wen", "when"), ("nmae", "name"), ("tile", "title"), ("begginer", "beginner")),
        *(("source_checked", "sources_checked"), ("first_leson", "first-lesson"), ("river-2002", "river-2020")),
        *(("treatment/grups.md", "treatment/groups.md"), ("comparison_tabel", "comparison_table")),
    ],
)
def test_slip_of_the_fingers_is_near(word: str, value: str) -> None:
    assert nearest(word, ["zzz", value]) == f'Did you mean "{value}"?'


@pytest.mark.parametrize(
    ("word", "value"),
    [
        *(("abt", "dbx"), ("act", "acute"), ("iox", "phx"), ("harms", "charts"), ("dates", "days")),
        *(("treatment/act.md", "treatment/xbt.md"), ("questions-to-ask-a-clinic", "questions-to-ask-a-program")),
    ],
)
def test_another_word_is_not_near(word: str, value: str) -> None:
    assert nearest(word, [value]) == ""
