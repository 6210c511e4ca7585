"""What each release changed: safety in full, the rest as far as a page can hold it, and old numbers as plain text."""

from __future__ import annotations

from typing import Any

from tests.factories import make, renderer
from tests.trees import Node, parse


def item(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"kind": "pages", "item": f"page-{number}", "title": f"Page {number}", "how": "changed", **changes}


def number() -> dict[str, Any]:
    texts = [{"where": "number", "now": "1-800-555-0142", "was": "1-800-555-0100"}]
    return item(kind="helplines", item="pool-office", title="Pool office", safety=True, page="help.md", texts=texts)


def shown(*items: dict[str, Any], releases: int = 1) -> Node:
    records = [make("changes", items=list(items))]
    records += [
        make("changes", id=f"1-0-{day}", version=f"1.0.{day}", day=f"2026-01-{day:02}") for day in range(1, releases)
    ]
    return parse(str(renderer(changes=records).show("what_changed")))


def test_no_release_is_said_so() -> None:
    assert "This is the first edition" in parse(str(renderer().show("what_changed"))).text


def test_old_number_is_no_link_and_says_that_it_is_old() -> None:
    found = shown(number())
    assert "Number: Now: 1-800-555-0142 Before: 1-800-555-0100" in " ".join(found.text.split())
    assert not [link for link in found.find_all("a") if link.attrs["href"].startswith(("tel:", "sms:"))]


def test_newest_comes_first_and_the_oldest_are_only_counted() -> None:
    found = shown(releases=15)
    heads = [head.text for head in found.find_all("h3")]
    assert heads[0].startswith("Version 1.1.0, ") and heads[1].startswith("Version 1.0.14, ")
    assert len(heads) == 10
    assert "Older editions that aren't shown here: 5." in found.text


def test_much_is_named_and_very_much_is_counted_but_safety_is_always_written_out() -> None:
    texts = [{"now": f"Swim {count}.", "was": f"Dive {count}."} for count in range(61)]
    assert "Swim 3." in shown(number(), item(texts=texts[:60])).text
    named = shown(number(), item(texts=texts)).text
    assert "Swim 3." not in named and "Page 1: 61 changes" in named and "1-800-555-0100" in named
    counted = shown(number(), *(item(count) for count in range(41))).text
    assert "Page 3" not in counted and "Other pages and records that changed: 41." in counted
    assert "1-800-555-0100" in counted


def test_words_in_another_language_say_which() -> None:
    found = shown(item(title="Ayuda", lang="es", texts=[{"now": "Llame.", "was": "Escriba."}], safety=True))
    assert [span.text for span in found.find_all("span", lang="es")] == ["Ayuda", "Llame.", "Escriba."]
