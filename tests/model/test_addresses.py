"""Addresses from page to page."""

from urllib.parse import urljoin

import pytest

from guide.model.addresses import page_address, page_link


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("index.md", ""),
        ("help.md", "help/"),
        ("care/index.md", "care/"),
        ("care/first-day.md", "care/first-day/"),
        ("my-index.md", "my-index/"),
        ("a/b/index.md", "a/b/"),
    ],
)
def test_page_address(source: str, address: str) -> None:
    assert page_address(source) == address


PAGES = ["index.md", "help.md", "care/index.md", "care/first-day.md", "care/later/index.md", "other/x.md"]


@pytest.mark.parametrize("source", ["", *PAGES])
@pytest.mark.parametrize("target", PAGES)
@pytest.mark.parametrize("anchor", ["", "#phones"])
def test_a_browser_resolves_the_link_to_the_page(source: str, target: str, anchor: str) -> None:
    here = "https://example.org/guide/" + (page_address(source) if source else "")
    assert (
        urljoin(here, page_link(source, target + anchor)) == f"https://example.org/guide/{page_address(target)}{anchor}"
    )


def test_links_are_relative() -> None:
    """They work under any address, and from a disk."""
    assert page_link("care/first-day.md", "help.md#phones") == "../../help/#phones"
    assert page_link("help.md", "help.md") == "./"
    assert page_link("help.md", "index.md") == "../"
