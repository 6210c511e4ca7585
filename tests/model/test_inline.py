"""Inline Markdown of records."""

import pytest

from guide.model.inline import broken_links, has_markup, link_targets, plain_text, render_inline
from tests.trees import parse


def render(text: str) -> str:
    return str(render_inline(text, lambda target: f"LINK:{target}"))


def test_strong_and_emphasis() -> None:
    assert render("A **dry** and *clean* towel.") == "A <strong>dry</strong> and <em>clean</em> towel."


def test_link_to_a_page_goes_through_the_link_function() -> None:
    link = parse(render("See [help](help.md#phones).")).find("a")
    assert (link.attrs["href"], link.text) == ("LINK:help.md#phones", "help")


def test_link_to_another_site_goes_through_the_link_function_as_it_is() -> None:
    assert (
        parse(render("See [it](https://example.org/a?b=1&c=2).")).find("a").attrs["href"]
        == "LINK:https://example.org/a?b=1&c=2"
    )


def test_a_phone_number_can_be_called() -> None:
    link = parse(render("Lost? Call **1-800-555-0100**, day or night.")).find("a")
    assert (link.attrs["href"], link.text) == ("tel:18005550100", "1-800-555-0100")


@pytest.mark.parametrize(
    "text", ["[Call 1-800-555-0100](https://example.org/)", "Plan 11-800-555-0100", "1-800-555-0100-7"]
)
def test_only_a_number_that_stands_alone_can_be_called(text: str) -> None:
    assert "tel:" not in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>bold</b>",
        "`code`",
        "# heading",
        "- item",
        "![alt](x.png)",
        "a & b < c > d",
        "~~gone~~",
        "| a | b |",
    ],
)
def test_all_other_markup_is_shown_as_it_was_written(text: str) -> None:
    tree = parse(render(text))
    assert {node.tag for node in tree.walk()} <= {"#root", "#text", "a"}
    assert tree.find_all("img") == tree.find_all("script") == []
    assert tree.text == text or text.startswith("!["), "no character is lost"


def test_link_that_runs_code_stays_text() -> None:
    assert "href" not in render("[x](javascript:alert(1))")
    assert "href" not in render("[x](data:text/html,x)")


def test_quotes_cannot_leave_an_address() -> None:
    link = parse(render('[x](https://example.org/"onclick="x)')).find("a")
    assert set(link.attrs) == {"href"}


def test_escaped_marks_are_kept() -> None:
    assert render(r"2 \* 3 \* 4") == "2 * 3 * 4"


def test_plain_text_drops_marks_and_addresses() -> None:
    assert plain_text("A **dry** towel, see [*all* of it](help.md).") == "A dry towel, see all of it."


def test_code_stays_text_beside_marks_that_count() -> None:
    assert render("*a* `b` ![c](d.png) ~~e~~").startswith("<em>a</em> `b` !")
    assert "<code>" not in render("*a* `b`")


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("See [it](https://example.org/a).", ["https://example.org/a"]),
        (r"See [it\](https://example.org/a](http://example.com/b).", ["http://example.com/b"]),
        ("See [a [b](help.md) c](index.md).", ["help.md"]),
        ("See [it](<https://example.org/a b>).", ["https://example.org/a%20b"]),
        ("See [it](javascript:alert).", []),
    ],
)
def test_links_of_a_text_are_those_that_readers_can_follow(text: str, targets: list[str]) -> None:
    assert link_targets(text) == targets
    links = parse(render(text)).find_all("a")
    assert [link.attrs["href"].removeprefix("LINK:") for link in links] == targets


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("See [it](https://example.org/a).", []),
        ("See [it](javascript:alert).", ["javascript:alert"]),
        (r"See [it\](https://example.org/a](http://example.com/b).", ["https://example.org/a"]),
        ("See [it][there].", ["there"]),
        ('See [it](help.md "a title").', ["help.md"]),
        ("See [it] and (that).", []),
    ],
)
def test_what_looks_like_a_link_and_is_none_is_found(text: str, broken: list[str]) -> None:
    assert broken_links(text) == broken


def test_number_in_a_link_whose_words_hold_a_bracket_is_no_link_of_its_own() -> None:
    tree = parse(render(r"See [a\] 1-800-555-0100](https://example.org/)."))
    assert [link.attrs["href"] for link in tree.find_all("a")] == ["LINK:https://example.org/"]


@pytest.mark.parametrize(
    "name", ["A & B", "Swim 100% (fast)", "{number} lengths", "[sic] and more", "3 * 4", "a_b_c", "C:\\x"]
)
def test_name_that_is_printed_as_it_is_written(name: str) -> None:
    assert not has_markup(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "![p](https://example.org/x.png)",
            "Desk [y](javascript:pwn)",
            "[y](help.md)",
            "[y][z]",
            "**Desk**",
            "*Desk*",
        ),
        *("`Desk`", "Desk{: onclick=x}", "<https://example.org/>", "{{ cite('x') }}", "{% raw %}", "{# x #}", r"a\*b"),
    ],
)
def test_name_that_markdown_would_change_has_markup(name: str) -> None:
    assert has_markup(name)
