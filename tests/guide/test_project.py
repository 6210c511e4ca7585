"""Files of this guide beside its pages and data: forms, citation, addresses of the last release."""

from __future__ import annotations

import re

import pytest
import yaml

from guide.reading.released_addresses import released_addresses
from tests.factories import ROOT
from tests.test_good_site import shows_what_authors_can_write

FORMS = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    if path.stem != "config"
}


@pytest.mark.parametrize("name", FORMS)
def test_form_begins_with_both_numbers(name: str) -> None:
    for words in ("Call 911", "Call or text 988"):
        assert words in FORMS[name]["body"][0]["attributes"]["value"]


def test_list_of_the_last_release_is_committed() -> None:
    assert len(released_addresses(ROOT)) > 300


def test_citation_file_has_what_its_format_needs() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    keys = re.findall(r"^([a-z-]+):", text, re.MULTILINE)
    assert {"cff-version", "message", "title", "authors", "version", "license"} <= set(keys)


def test_what_authors_can_write_is_used_where_they_look_it_up() -> None:
    shows_what_authors_can_write(ROOT / "docs/contribute/boxes-and-tabs.md")
