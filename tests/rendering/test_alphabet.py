"""Lists in the order of the alphabet."""

from guide.rendering.alphabet import DIGITS, by_letter, letters, stands_apart, without


def test_entries_stand_under_their_letter_and_digits_come_first() -> None:
    named = [("buoy", 1), ("25 meters", 2), ("Backstroke", 3), ('"Anchor" rule', 4)]
    assert by_letter(named) == {DIGITS: [2], "A": [4], "B": [3, 1]}


def test_letters_of_several_lists_are_in_order() -> None:
    assert letters({"B": 1, DIGITS: 1}, {"A": 1, "B": 1}) == [DIGITS, "A", "B"]


def test_small_word_is_left_out_only_at_the_beginning_and_only_if_more_follows() -> None:
    small = ["A", "The"]
    assert without(small, "The swimmer and the sea") == "swimmer and the sea"
    assert without(small, "Theory of floats") == "Theory of floats"
    assert without(small, "A") == "A"


def test_another_name_stands_apart_if_it_begins_in_another_way() -> None:
    assert stands_apart("crawl", "Freestyle")
    assert not stands_apart("free style", "Freestyle")
    assert not stands_apart("2-5", "25")
