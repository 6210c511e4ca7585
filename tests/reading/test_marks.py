"""Marks: what each output writes in its own way, and nothing that a text could hold."""

from __future__ import annotations

import re

import pytest

from guide.model.inline import render_inline
from guide.reading import marks
from tests.trees import parse


def spelled(target: str) -> str:
    """Write a link so that a test sees its target."""
    return f"<{target}>"


def part(name: str, html: str) -> str:
    return f"{marks.begin(name)}{html}{marks.end(name)}"


def unwritten(html: str) -> list[str]:
    """Return what is left of marks."""
    return re.findall("[⟦⟧]", html)


# Links


def test_each_output_writes_links_in_its_own_way() -> None:
    html = f'<p><a class="x" href="{marks.link("/help/#now")}" title="y">Help</a></p>'
    assert marks.written(html, marks.plain) == '<p><a class="x" href="/help/#now" title="y">Help</a></p>'
    assert marks.written(html, lambda target: f'href="..{target}" rel="up"') == (
        '<p><a class="x" href="../help/#now" rel="up" title="y">Help</a></p>'
    )


def test_links_are_known_in_their_order() -> None:
    html = (
        f'<a href="{marks.link("/b/")}">b</a> {part("site", str(marks.blank("up")))} <a href="{marks.link("#a")}">a</a>'
    )
    assert marks.links(html) == ["/b/", "#a"]
    assert marks.links("<a href='x'>x</a>") == []


@pytest.mark.parametrize(
    "target",
    [
        "",
        "#",
        "/",
        "/a b/",
        '/"onclick="x',
        "/<b>&amp;&lt;",
        "https://example.org/?a=1&b=2%20c%",
        "/schwimmen für alle/#ü",
        "/⟦x@y⟧/",
        "/⟧",
        "/a=b>c<d/",
        r"/\1\g<0>",
        "/100%25/",
        "/水/",
        "/two\nlines",
    ],
)
def test_target_of_any_characters_comes_back_as_it_was(target: str) -> None:
    html = f'<a href="{marks.link(target)}">x</a>'
    assert marks.links(html) == [target]
    assert marks.written(html, spelled) == f"<a <{target}>>x</a>"
    made = parse(f"<p>{marks.written(html, marks.plain)}</p>").find("a")
    assert made.attrs == {"href": target}


def test_what_is_written_for_a_link_is_not_read_again() -> None:
    html = f'<a href="{marks.link("/a/")}">x</a>'
    written = marks.written(html, lambda target: str(marks.begin("site")) + target)
    assert written == f"<a {marks.begin('site')}/a/>x</a>"


# Parts


def test_part_is_shown_unless_it_is_left_out() -> None:
    html = f"a{part('site', 'b')}c{part('screen', 'd')}e"
    assert marks.written(html, spelled) == "abcde"
    assert marks.written(html, spelled, without=["site"]) == "acde"
    assert marks.written(html, spelled, without=("site", "screen")) == "ace"


def test_something_else_can_take_the_place_of_a_part() -> None:
    html = f"a{part('sources', 'b')}c{part('sources', 'd')}e"
    assert marks.written(html, spelled, instead={"sources": "(x)"}) == "a(x)c(x)e"


def test_part_in_a_part_of_the_same_name_goes_with_it() -> None:
    html = f"a{part('unfound', 'b' + part('unfound', 'c') + 'd')}e{part('unfound', 'f')}g"
    assert marks.written(html, spelled) == "abcdefg"
    assert marks.written(html, spelled, without=["unfound"]) == "aeg"
    assert marks.written(html, spelled, instead={"unfound": "(x)"}) == "a(x)e(x)g"


def test_part_in_a_part_of_another_name() -> None:
    html = f"a{part('site', 'b' + part('screen', 'c') + 'd')}e"
    assert marks.written(html, spelled, without=["screen"]) == "abde"
    assert marks.written(html, spelled, without=["site"]) == "ae"
    assert marks.written(html, spelled, without=["site", "screen"]) == "ae"
    assert marks.written(html, spelled, without=["screen"], instead={"site": "(x)"}) == "a(x)e"


def test_what_is_left_out_needs_nothing_written() -> None:
    inner = f'<a href="{marks.link("/x/")}">{marks.blank("up")}</a>'

    def refuse(target: str) -> str:
        raise AssertionError(target)

    assert marks.written(f"a{part('site', inner)}b", refuse, without=["site"]) == "ab"


def test_part_is_taken_by_itself_with_its_marks() -> None:
    inner = f'<a href="{marks.link("/x/")}">x</a>'
    html = f"a{part('sources', inner)}b"
    assert marks.part(html, "sources") == inner
    assert marks.part(html, "site") == ""


# Blanks


def test_each_copy_fills_its_blanks() -> None:
    html = f"<html{marks.blank('scheme')}><link href={marks.blank('up')}a.css><script src={marks.blank('up')}a.js>"
    assert marks.written(html, spelled, instead={"scheme": "", "up": "../"}) == (
        "<html><link href=../a.css><script src=../a.js>"
    )


def test_blank_can_be_kept_for_later() -> None:
    html = f'<a href="{marks.link("/x/")}">{marks.blank("up")}</a>'
    once = marks.written(html, marks.plain, instead={"up": str(marks.blank("up"))})
    assert marks.written(once, marks.plain, instead={"up": "../"}) == '<a href="/x/">../</a>'


def test_blank_that_nothing_fills_is_an_error() -> None:
    with pytest.raises(KeyError, match="up"):
        marks.written(f"a{marks.blank('up')}b", spelled, instead={"down": "x"})


def test_page_is_taken_apart_at_a_blank() -> None:
    assert marks.split(f"a{marks.blank('body')}b", "body") == ("a", "b")


# Texts


@pytest.mark.parametrize(
    "text",
    [
        "⟦x⟧",
        "⟦0123456789abcdef@/help/⟧",
        'href="⟦0123456789abcdef@/help/⟧"',
        "⟦0123456789abcdef<site⟧",
        "⟦0123456789abcdef>site⟧",
        "⟦0123456789abcdef=up⟧",
        "⟦<site⟧a⟦>site⟧",
        "⟧⟦",
    ],
)
def test_text_that_looks_like_a_mark_is_none(text: str) -> None:
    html = f"a{text}{part('screen', text)}b"
    assert marks.written(html, spelled, without=["site"]) == f"a{text}{text}b"
    assert marks.links(html) == []


def test_text_of_a_record_that_looks_like_a_mark_stays_text() -> None:
    written = marks.written(render_inline("See ⟦x=up⟧ and [it](⟦x>site⟧.md).", marks.link), marks.plain)
    assert "⟦x=up⟧" in written


def test_markup_comes_out_safe_and_without_marks() -> None:
    html = f'{part("site", str(marks.blank("up")))}<a href="{marks.link("/a/")}">x</a>'
    made = marks.written(html, marks.plain, instead={"up": "../"})
    assert made.__html__() == made
    assert not unwritten(made)
