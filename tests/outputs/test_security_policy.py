"""The policy of a page follows from the page: what stands in it may run, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mkdocs.exceptions import PluginError

from guide.engine.plugin import Build, GuidePlugin
from guide.model.guide import Guide
from guide.outputs.security_policy import (
    SHARED,
    Inline,
    disk_policy,
    embed_policy,
    page_policy,
    policy_metas,
    refuse_foreign_scripts,
)
from guide.reading.page_html import PageMarkdown
from guide.reading.records import read_guide
from tests.factories import GOOD
from tests.hosts import headers_for, read_headers


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split("; ")]
    return {name: values for name, *values in parts}


def policy_of(html: str) -> dict[str, list[str]]:
    found = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert len(found) == 1
    return directives(found[0])


def test_only_what_the_theme_writes_may_run_or_be_applied() -> None:
    policy = policy_of(policy_metas(page_policy(Inline(('a("ü")',), ("p {}",)))))
    assert policy["script-src"] == ["'self'", hashed('a("ü")')]
    assert policy["style-src"] == ["'self'", hashed("p {}")]


OURS = (
    '<script>a()</script><script src="../assets/guide.1.js" defer></script><script type="application/json">{}</script>'
)


def test_scripts_of_the_theme_are_known() -> None:
    refuse_foreign_scripts(OURS, Inline(("a()",)), ["assets/guide.1.js"])


def test_scripts_of_the_theme_are_known_in_any_order_of_their_attributes() -> None:
    for script in (
        '<script defer src="../assets/guide.1.js"></script>',
        '<script id="x" type="application/ld+json">{}</script>',
        '<script type="application/ld+json" id="x">{}</script>',
    ):
        refuse_foreign_scripts(OURS + script, Inline(("a()",)), ["assets/guide.1.js"])


@pytest.mark.parametrize(
    "script",
    [
        "<script>b()</script>",
        "<SCRIPT>a()</SCRIPT>",
        "<script >a()</script >",
        "<script type=module>a()</script>",
        '<script src="https://x.example/assets/guide.1.js" defer></script>',
        '<script src="../assets/other.1.js" defer></script>',
        '<script src="../assets/guide.1.js" defer>a()</script>',
        '<script defer src="../assets/guide.1.js">a()</script>',
        '<script src="https://x.example/" defer src="../assets/guide.1.js"></script>',
        '<script onload="b()" src="../assets/guide.1.js" defer></script>',
        '<script src="../assets/guide.1.js" defer/></script>',
        '<script type="application/json" type="module">b()</script>',
        '<script type="module" id="x">b()</script>',
        '<script type="application/json"><script>b()</script></script>',
        "<svg><script/></svg>",
        "<script>a()",
    ],
)
def test_any_other_script_ends_the_build(script: str) -> None:
    with pytest.raises(ValueError, match="did not write"):
        refuse_foreign_scripts(OURS + script, Inline(("a()",)), ["assets/guide.1.js"])


@pytest.mark.site
def test_policy_stands_before_all_that_it_rules(good_site: Path) -> None:
    for path in good_site.rglob("*.html"):
        page = path.read_text("utf-8")
        first = min(page.find(each) % len(page) for each in ("<script", "<style", "<link"))
        assert page.index("Content-Security-Policy") < first, path
        assert page.index('<meta name="referrer" content="no-referrer">') < first, path


def test_page_without_its_policy_ends_the_build() -> None:
    plugin = GuidePlugin(Build(Guide(), PageMarkdown()))
    with pytest.raises(PluginError, match="doesn't state its policy"):
        plugin.on_post_page("<html><head></head></html>")


NONE, SELF = ["'none'"], ["'self'"]
PAGES = {
    "default-src": NONE,
    "base-uri": NONE,
    "connect-src": SELF,
    "form-action": NONE,
    "frame-src": SELF,
    "img-src": [*SELF, "data:"],
    "script-src": SELF,
    "style-src": SELF,
    "worker-src": SELF,
}
"""All that a page may do, but for what its hashes name."""


def embeds(assets: str) -> dict[str, list[str]]:
    """Give all that an embed may do. It knows itself by its address too: a frame may have no origin."""
    own = [*SELF, assets]
    return {"default-src": NONE, "base-uri": NONE, "form-action": NONE, "script-src": own, "style-src": own}


def without_hashes(policy: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [value for value in values if not value.startswith("'sha256-")] for name, values in policy.items()}


def test_policy_of_pages_allows_this_and_nothing_more() -> None:
    assert directives(page_policy(Inline())) == PAGES


def test_only_a_header_forbids_frames() -> None:
    assert directives(page_policy(Inline(), header=True)) == {**PAGES, "frame-ancestors": NONE}


def test_policy_of_pages_on_a_disk_allows_no_request_by_code_and_no_frame() -> None:
    allowed = {name: values for name, values in PAGES.items() if name not in ("connect-src", "frame-src")}
    assert directives(disk_policy(Inline())) == allowed


def test_policy_of_embeds_allows_this_and_nothing_more() -> None:
    """Any site may frame them."""
    assets = "https://swim.example.org/embed/v1/assets/"
    assert directives(embed_policy(assets)) == embeds(assets)


def test_every_file_is_sent_with_these_headers() -> None:
    refused = (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    )
    assert dict(SHARED) == {
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": refused,
        "X-Content-Type-Options": "nosniff",
    }


@pytest.mark.site
def test_policies_of_a_built_site_are_those_in_its_files_and_in_its_headers(good_site: Path) -> None:
    rules = read_headers(good_site)
    address = read_guide(GOOD / "data")[0].settings.address
    root = urlsplit(address).path
    shared = {True: embeds(f"{address}embed/v1/assets/"), False: {**PAGES, "frame-ancestors": NONE}}
    for path in sorted(good_site.rglob("*.html")):
        name = path.relative_to(good_site).as_posix()
        embed = name.startswith("embed/")
        inside = without_hashes(policy_of(path.read_text("utf-8")))
        # Only a header can forbid frames.
        assert inside == {key: value for key, value in shared[embed].items() if key != "frame-ancestors"}, name
        assert '<meta name="referrer" content="no-referrer">' in path.read_text("utf-8"), name
        for asked in {name, name.removesuffix("index.html")}:
            (sent,) = headers_for(rules, root + asked)["Content-Security-Policy"]
            assert without_hashes(directives(sent)) == shared[embed], asked


@pytest.mark.site
def test_every_file_of_a_built_site_has_its_own_policy_and_no_other_inline_part(good_site: Path) -> None:
    files = sorted(good_site.rglob("*.html"))
    assert len(files) > 50
    for path in files:
        html = path.read_text("utf-8")
        policy = policy_of(html)
        scripts = re.findall(r"<script(?![^>]*(?: src=|json))[^>]*>(.*?)</script>", html, re.DOTALL)
        assert set(policy["script-src"]) >= {hashed(text) for text in scripts}, path
        assert len([each for each in policy["script-src"] if each.startswith("'sha256-")]) == len(set(scripts)), path
        assert policy["default-src"] == ["'none'"]
        assert "unsafe" not in str(policy)
        assert not re.search(
            r"<[^>]*\s(?:style|on[a-z]+)=", re.sub(r"<(script|textarea).*?</\1>", "", html, flags=re.S)
        )
