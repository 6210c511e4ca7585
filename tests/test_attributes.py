"""No output depends on how templates spell their HTML: the order of attributes, the names of classes.

The good site is built by a copy of the project whose templates were rewritten by a program: in every element the order
of attributes is reversed, and every class of ours has another name. Addresses, data files and the search stay the same.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_build
from tests.factories import GOOD, ROOT
from tests.links import Links
from tests.trees import Node, parse

TEMPLATES = ("guide/theme", "macros")
"""The folders that hold them."""

# Rewriting templates

_SKIPPED = re.compile(r"\{#.*?#\}|<!--.*?-->|<!doctype[^>]*>|(?<=</)[a-z]", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ELEMENT = re.compile(r"<[a-zA-Z][a-zA-Z0-9-]*")
_NAME = re.compile(r"[^\s=\"'<>/{}]+")
_OPENS = re.compile(r"\{%-?\s*(if|for)\b")
_CLOSES = re.compile(r"\{%-?\s*end(if|for)\b")
_TURNS = re.compile(r"\{%-?\s*(else|elif)\b")
_CLASS = re.compile(r"\bguide-(?=[a-z])")


def rewritten(template: str) -> str:
    """Reverse the attributes of every element of a template, and rename its classes."""
    pieces: list[str] = []
    at = 0
    while at < len(template):
        skipped = _SKIPPED.match(template, at) or _CODE.match(template, at)
        element = None if skipped else _ELEMENT.match(template, at)
        if element:
            units, end = _attributes(template, element.end())
            pieces += [element[0], *_reversed(units)]
            at = end
        else:
            piece = skipped[0] if skipped else template[at]
            pieces.append(piece)
            at += len(piece)
    return "".join(pieces)


def _attributes(template: str, at: int) -> tuple[list[str], int]:
    """Return the attributes of an element, with the code between them, and where they end."""
    units: list[str] = []
    while template[at] != ">":
        start = at
        code, name = _CODE.match(template, at), _NAME.match(template, at)
        if code:
            at = code.end()
        elif name:
            at = name.end()
            if template.startswith('="', at):
                at = _end_of_value(template, at + 2)
        elif template[at].isspace() or template[at] == "/":
            at += 1
            continue
        else:
            raise ValueError(f"no attribute: {template[at : at + 40]}")
        units.append(template[start:at])
    return units, at


def _end_of_value(template: str, at: int) -> int:
    while template[at] != '"':
        code = _CODE.match(template, at)
        at = code.end() if code else at + 1
    return at + 1


def _reversed(units: list[str]) -> list[str]:
    """Return attributes in the opposite order; those that depend on a condition stay within it."""
    groups: list[list[str]] = []
    depth = 0
    for unit in units:
        if depth:
            groups[-1].append(unit)
        else:
            groups.append([unit])
        depth += bool(_OPENS.match(unit)) - bool(_CLOSES.match(unit))
    assert not depth, units
    return [piece for group in reversed(groups) for piece in _group(group)]


def _group(group: list[str]) -> Iterator[str]:
    """Write one attribute, or a condition with all that it holds."""
    if len(group) == 1:
        yield group[0] if group[0].startswith("{{") else f" {_renamed(group[0])}"
        return
    branch: list[str] = []
    depth = 0
    for unit in group[1:-1]:
        if not depth and _TURNS.match(unit):
            yield from [group[0], *_reversed(branch)]
            group, branch = [unit, *group[1:]], []
        else:
            branch.append(unit)
        depth += bool(_OPENS.match(unit)) - bool(_CLOSES.match(unit))
    yield from [group[0], *_reversed(branch), group[-1]]


def _renamed(attribute: str) -> str:
    return _CLASS.sub("other-", attribute) if attribute.startswith('class="') else attribute


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ('<p class="guide-a guide-a--b" id="guide-a">x</p>', '<p id="guide-a" class="other-a other-a--b">x</p>'),
        (
            '<input hidden type="text" class="{{ \'guide-\' ~ x }}">',
            '<input class="{{ \'guide-\' ~ x }}" type="text" hidden>',
        ),
        ('<a href="{{ f("<b c>") }}" rel="x">{{ y }}</a>', '<a rel="x" href="{{ f("<b c>") }}">{{ y }}</a>'),
        (
            '<p{% if a %} lang="x" dir="y"{% else %} dir="z"{% endif %} id="w">',
            '<p id="w"{% if a %} dir="y" lang="x"{% else %} dir="z"{% endif %}>',
        ),
        (
            '<b class="guide-a{% if c %} guide-b{% endif %}" id="d"{{ e }}></b>',
            '<b{{ e }} id="d" class="other-a{% if c %} other-b{% endif %}"></b>',
        ),
        (
            '{# <p a="b" c="d"> #}<!-- <p a="b" c="d"> -->{{ "<p a c>" }}',
            '{# <p a="b" c="d"> #}<!-- <p a="b" c="d"> -->{{ "<p a c>" }}',
        ),
        ('{% if a < b %}<i a="1" b="2">{% endif %}', '{% if a < b %}<i b="2" a="1">{% endif %}'),
    ],
)
def test_templates_are_rewritten(template: str, wanted: str) -> None:
    assert rewritten(template) == wanted


# The site that they make


@pytest.fixture(scope="module")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site, built by a copy of the project whose templates are spelled in another way."""
    code = tmp_path_factory.mktemp("attributes") / "project"
    for name in ("macros", "guide", "docs/assets", "tests/sites/good"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, code / name)
    changed = 0
    for folder in TEMPLATES:
        for path in (path for kind in ("*.j2", "*.html") for path in (code / folder).rglob(kind)):
            template = path.read_text("utf-8")
            path.write_text(rewritten(template), "utf-8")
            changed += path.read_text("utf-8") != template
    assert changed > 40
    done = run_build(code / GOOD.relative_to(ROOT), code.with_name("site"), code=code)
    assert done.returncode == 0, done.stderr
    return code.with_name("site")


@pytest.fixture(scope="module")
def both(good_site: Path, other_site: Path) -> tuple[Links, Links]:
    return Links(good_site), Links(other_site)


SITE = pytest.mark.site
_HASH = re.compile(r"(assets/search)\.[0-9a-f]{8}\.js")


def unhashed(text: str) -> str:
    """Leave out the one fingerprint that changes: the search shows a care card as HTML."""
    return _HASH.sub(r"\1.js", text)


def names(site: Path) -> list[str]:
    return sorted(unhashed(path.relative_to(site).as_posix()) for path in site.rglob("*") if path.is_file())


def search_index(site: Path) -> dict[str, Any]:
    """Return what the search knows, with each care card as a tree."""
    (script,) = (site / "assets").glob("search.*.js")
    text = script.read_text("utf-8").partition("\n")[0].removeprefix("var INDEX=").removesuffix(";")
    index: dict[str, Any] = json.loads(text)
    index["cards"] = [[address, title, bare(parse(html))] for address, title, html in index["cards"]]
    return index


def bare(node: Node) -> Any:
    """Return a tree as data: attributes without their order, and without classes of ours."""
    attrs = {name: value for name, value in node.attrs.items() if name != "class"}
    return [node.tag, attrs, " ".join(node.own_text.split()), [bare(child) for child in node.children]]


@SITE
def test_templates_are_spelled_in_another_way(good_site: Path, other_site: Path) -> None:
    one, other = ((site / "calls/top-level/index.html").read_text("utf-8") for site in (good_site, other_site))
    assert '<section class="guide-checklist" id="list-first-lesson" aria-labelledby=' in one
    assert re.search(r'<section data-checklist="first-lesson" aria-labelledby="[^"]+" id="list-first-lesson"', other)
    assert not re.search(r'class="(?:[^"]* )?guide-(?!define\b)', other)


@SITE
def test_no_address_changes(good_site: Path, other_site: Path) -> None:
    assert names(other_site) == names(good_site)


@SITE
def test_every_document_has_the_same_places_and_links(both: tuple[Links, Links]) -> None:
    good, other = both
    html = [name for name, document in good.documents.items() if document.kind in ("page", "embed", "oembed")]
    assert len(html) > 100
    for name in html:
        one, two = good.documents[name], other.documents[name]
        assert two.ids == one.ids, name
        assert [(tag, unhashed(link)) for tag, link in sorted(two.links)] == [
            (tag, unhashed(link)) for tag, link in sorted(one.links)
        ], name
        assert sorted(two.refers) == sorted(one.refers), name


@SITE
@pytest.mark.parametrize("kind", ["page", "embed", "oembed", "api", "feed.xml", "sitemap.xml"])
def test_every_link_still_leads_to_something(both: tuple[Links, Links], kind: str) -> None:
    _, other = both
    assert other.of(kind)
    assert other.dead(kind) == []


@SITE
def test_every_page_and_embed_means_the_same(good_site: Path, other_site: Path) -> None:
    for path in sorted(good_site.rglob("*.html")):
        name = path.relative_to(good_site)
        one, two = (unhashed((site / name).read_text("utf-8")) for site in (good_site, other_site))
        assert bare(parse(two.replace("<!doctype html>", ""))) == bare(parse(one.replace("<!doctype html>", ""))), name


@SITE
def test_files_for_programs_and_hosts_are_the_same_to_the_byte(good_site: Path, other_site: Path) -> None:
    told = [name for name in names(good_site) if name.endswith((".json", ".csv", ".xml", ".txt")) or name[0] == "_"]
    told = [name for name in told if not name.startswith("oembed/")]
    assert {"api/v1/index.json", "feed.xml", "sitemap.xml", "_headers", "_redirects"} <= set(told)
    for name in told:
        one, two = (unhashed((site / name).read_text("utf-8")) for site in (good_site, other_site))
        assert two == one, name


@SITE
def test_data_files_have_the_same_addresses(good_site: Path, other_site: Path) -> None:
    one, two = (json.loads((site / "api/v1/index.json").read_text("utf-8")) for site in (good_site, other_site))
    assert len(one["entries"]) > 30
    assert [entry["address"] for entry in two["entries"]] == [entry["address"] for entry in one["entries"]]


@SITE
def test_search_finds_the_same(good_site: Path, other_site: Path) -> None:
    one = search_index(good_site)
    assert one["cards"] and one["questions"] and one["terms"] and one["body"]
    assert search_index(other_site) == one


@SITE
def test_embeds_are_described_in_the_same_words(good_site: Path, other_site: Path) -> None:
    paths = sorted((good_site / "oembed").rglob("*.json"))
    assert len(paths) > 50
    for path in paths:
        name = path.relative_to(good_site)
        one, two = (json.loads((site / name).read_text("utf-8")) for site in (good_site, other_site))
        html, other = (parse(f"<div>{described.pop('html')}</div>", whole=False) for described in (one, two))
        assert two == one, name
        assert bare(other) == bare(html), name
