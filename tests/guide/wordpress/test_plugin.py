"""The plugin of deploy/wordpress/ in a real WordPress, with the real guide, and with a hostile, slow or missing one."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from guide.model.addresses import PAGE
from guide.model.registry import parts
from guide.outputs.data_schemas import schema_models
from guide.outputs.portable_html import EVERYWHERE, KEPT
from tests.factories import ROOT
from tests.guide.test_topic import topic_words
from tests.guide.wordpress.api import Api, Handler, drip, flood, serving
from tests.guide.wordpress.conftest import PASSWORD, WordPress
from tests.trees import parse

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.wordpress]

ROLES = ["administrator", "author"]
BLOCK = '<!-- wp:guide-part/part {{"part":"{part}"}} /-->'
SHORTCODE = '<!-- wp:shortcode -->\n[guide_part part="{part}"]\n<!-- /wp:shortcode -->'
CLASSIC = 'Read this first.\n\n[guide_part part="{part}"]\n\nThen call us.'
FORGET = (
    "guide_part_forget(true); update_option('guide_part_settings', ['address' => $address, 'hours' => 12]); return 1;"
)
RENDER = "return do_shortcode('[guide_part part=\"' . $part . '\"]');"
EXPIRE = """
  $like = "option_name LIKE '_transient_guide_part_%'";
  foreach ($GLOBALS['wpdb']->get_col("SELECT option_name FROM wp_options WHERE $like") as $name) {
    delete_transient(substr($name, 11));
  }
  return 1;
"""
NO_PAUSE = EXPIRE.replace("guide_part_", "guide_part_pause")


@pytest.fixture
def guide(wordpress: WordPress) -> WordPress:
    """A WordPress whose plugin shows the real guide, and keeps no copy yet."""
    wordpress.php(FORGET, address=wordpress.guide)
    return wordpress


@pytest.fixture(scope="module")
def server(wordpress: WordPress) -> Iterator[Api]:
    with serving(wordpress.certificate) as api:
        yield api


@pytest.fixture
def api(server: Api, wordpress: WordPress) -> Api:
    """A guide that answers as the test wants it to; WordPress keeps no copy of it yet."""
    server.answers.clear()
    server.down = None
    wordpress.php(FORGET, address=server.address)
    server.asked.clear()
    return server


def shown(wordpress: WordPress, part: str) -> str:
    """Return what a reader gets for a part."""
    return str(wordpress.php(RENDER, part=part))


# What readers of a post meet


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("written", [BLOCK, SHORTCODE, CLASSIC])
def test_part_stands_in_the_page_with_all_that_belongs_to_it(
    guide: WordPress, visit: Any, role: str, written: str
) -> None:
    name = "care-cards/danger-now"
    told = json.loads((guide.site / f"api/v1/{name}.json").read_text("utf-8"))
    post = guide.publish(role, written.format(part=name))
    page = visit("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(post["link"])
    part = page.locator("section.guide-part")
    expect(part.locator("h2")).to_contain_text(told["title"])
    links = set(re.findall(r'href="((?:tel|sms):[^"]+)"', told["html"]))
    assert links
    for link in links:
        expect(part.locator(f'a[href="{unescape(link)}"]').first).to_be_visible()
    foot = part.locator(".guide-part__source")
    expect(foot).to_contain_text(f"From The IOP Guide: {told['title']}. Published by {told['publisher'].rstrip('.')}.")
    checked = date.fromisoformat(told["sources_checked"])
    expect(foot).to_contain_text(f"Sources last checked on {checked:%B} {checked.day}, {checked.year}.")
    expect(foot).to_contain_text("Not yet reviewed by a clinician.")
    expect(foot.locator("a").first).to_have_attribute("href", told["address"])
    expect(foot.locator('a[rel~="license"]')).to_have_text(told["license"]["name"])
    expect(part.locator(".guide-part__disclaimer")).to_have_text(told["disclaimer"])
    part.locator("summary").last.click()
    expect(part.locator(".guide-part__sources li").first).to_be_visible()
    assert part.locator("iframe, script, style, img, form").count() == 0
    assert not [address for address in asked if address.startswith(guide.guide)], "the guide learns of no reader"


def test_every_part_that_the_guide_offers_passes(guide: WordPress) -> None:
    """Over 1,000 files as they are: none holds what the plugin refuses, and none loses a word."""
    code = r"""
      $failed = [];
      $count = 0;
      $lost = [];
      $words = function ($html) {
        return preg_replace('/[\s:]+/u', '', html_entity_decode(wp_strip_all_tags($html), ENT_QUOTES | ENT_HTML5));
      };
      foreach (glob("$folder/*/*.json") as $file) {
        $content = json_decode(file_get_contents($file), true);
        $name = basename(dirname($file)) . '/' . basename($file, '.json');
        if (!isset($content['html'])) continue;
        $count += 1;
        $part = guide_part_read($content, $name, $guide);
        if (is_wp_error($part)) {
          $failed[] = $name . ' ' . $part->get_error_code() . ' ' . $part->get_error_message();
          continue;
        }
        if ($words(guide_part_body($part, 0)) !== $words($part['html'])) $lost[] = $name;
        if (strlen($words(guide_part_body($part, 2))) < strlen($words($part['html']))) $lost[] = $name;
      }
      return [$count, $failed, $lost];
    """
    count, failed, lost = guide.php(code, folder=str(guide.site / "api/v1"), guide=guide.guide)
    assert count > 1000
    assert [line for line in failed if " empty " not in line] == []
    assert {line.partition("/")[0] for line in failed} <= {
        "charts",
        "figures",
        "references",
        "technologies",
        "therapies",
        "timeline",
    }
    assert lost == []


def test_wide_table_scrolls_in_a_frame_of_its_own_and_passes_axe(guide: WordPress, visit: Any) -> None:
    post = guide.publish("author", BLOCK.format(part="comparisons/levels-of-care"))
    page = visit(post["link"], width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    frame = page.locator("section.guide-part figure.wp-block-table")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.wp-block-table').scrollLeft > 0")
    found = Axe().run(page, context=".guide-part", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("level", "heading", "below"), [(0, 0, "h2"), (2, 1, "h3"), (3, 1, "h4")])
def test_headings_of_a_page_stand_below_the_one_of_the_part(
    guide: WordPress, level: int, heading: int, below: str
) -> None:
    html = guide.php("return guide_part_render('pages/help-now', $level, '');", level=level)
    part = parse(html, whole=False)
    assert len([found for found in part.find_all(f"h{level or 1}") if found.text == "Help now"]) == heading
    assert part.find_all(below)
    assert not part.find_all("h1")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("checklists/first-day", "checklists/first-day"),
        ("checklist/first-day", "checklists/first-day"),
        (" care-card/danger-now/ ", "care-cards/danger-now"),
        ("GUIDE", "pages/index"),
        ("GUIDEindex.html", "pages/index"),
        ("GUIDEhelp-now/", "pages/help-now"),
        ("GUIDEfamily/support/?x=1#top", "pages/family--support"),
        ("GUIDEembed/v1/checklist/first-day/", "checklists/first-day"),
        ("GUIDEembed/v1/dark/page/family--support/", "pages/family--support"),
        ("GUIDEapi/v1/therapies/cbt.json", "therapies/cbt"),
        ("survey/one", "surveys/one"),
        ("https://elsewhere.example.org/help-now/", ""),
        ("GUIDEapi/v1/index.json", ""),
        ("GUIDE../secret/", ""),
        ("../../secret", ""),
        ("checklists/../index", ""),
        ("checklists/a b", ""),
        ("checklists/first-day\n", "checklists/first-day"),
        ('checklists/"><script>', ""),
        ("checklists/%2e%2e", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
        ("a/" + "b" * 400, ""),
    ],
)
def test_authors_paste_what_they_have(wordpress: WordPress, typed: str, name: str) -> None:
    guide = "https://guide.example.org/us/"
    assert (
        wordpress.php(
            "delete_option('guide_part_guide'); return guide_part_name($typed, $guide);",
            typed=typed.replace("GUIDE", guide),
            guide=guide,
        )
        == name
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.example.org/guide", "https://www.example.org/guide/"),
        ("HTTPS://WWW.Example.org", "https://www.example.org/"),
        ("www.example.org/guide/index.html", "https://www.example.org/guide/"),
        ("http://www.example.org/", ""),
        ("https://name:word@example.org/", ""),
        ("https://www.example.org/?x", ""),
        ("https://www.example.org/../x", ""),
        ("ftp://www.example.org/", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ('https://www.example.org/"onclick="', ""),
        ("https://exa mple.org/", ""),
        ("https://example.org\r\nX: y/", ""),
    ],
)
def test_address_of_a_guide_is_one_of_https(wordpress: WordPress, typed: str, kept: str) -> None:
    assert wordpress.php("return guide_part_clean_address($typed);", typed=typed) == kept


# What the plugin knows of the guide


def test_plugin_allows_the_elements_that_the_data_files_promise_but_pictures(wordpress: WordPress) -> None:
    allowed = wordpress.php("return array_map('array_keys', guide_part_allowed_html());")
    promised = {tag: {*attributes, *EVERYWHERE} for tag, attributes in KEPT.items() if tag != "img"}
    assert {tag: set(attributes) for tag, attributes in allowed.items()} == promised


def test_plugin_finds_the_folder_of_each_part_that_has_a_frame(wordpress: WordPress) -> None:
    wanted = {PAGE: "pages"} | {part: kind.key for part, kind in parts().items()}
    code = "update_option('guide_part_guide', ['kinds' => $kinds]); return array_map('guide_part_folder', $names);"
    known = sorted(schema_models())
    assert wordpress.php(code, kinds=known, names=list(wanted)) == list(wanted.values())
    assert wordpress.php(code, kinds=known, names=known) == known
    assert wordpress.php(code, kinds=[], names=["checklist", "therapy", "survey"]) == [
        "checklists",
        "therapies",
        "surveys",
    ]


# Hostile answers


HTML = {
    "script": "<p>Swim.</p><script>alert(1)</script>",
    "script in capitals": "<p>Swim.</p><SCRIPT>alert(1)</SCRIPT>",
    "script that never ends": "<p>Swim.</p><script>alert(1)",
    "script in a script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "style": "<style>body{display:none}</style>",
    "style attribute": '<p style="position:fixed;inset:0">Swim.</p>',
    "class": '<p class="wp-block-cover">Swim.</p>',
    "id": '<p id="wpadminbar">Swim.</p>',
    "onclick": '<p onclick="alert(1)">Swim.</p>',
    "onclick without quotes": "<p onclick=alert(1)>Swim.</p>",
    "onclick after a slash": '<p/onclick="alert(1)">Swim.</p>',
    "onclick after a line": '<p\nonclick="alert(1)">Swim.</p>',
    "two hrefs": '<a href="https://a.example.org/" href="https://b.example.org/">Swim.</a>',
    "javascript": '<a href="javascript:alert(1)">Swim.</a>',
    "javascript in capitals": '<a href="JavaScript:alert(1)">Swim.</a>',
    "javascript in entities": '<a href="&#106;avascript&colon;alert(1)">Swim.</a>',
    "javascript with a tab": '<a href="java&Tab;script:alert(1)">Swim.</a>',
    "javascript after a space": '<a href=" javascript:alert(1)">Swim.</a>',
    "data": '<a href="data:text/html,<b>">Swim.</a>',
    "vbscript": '<a href="vbscript:x">Swim.</a>',
    "file": '<a href="file:///etc/passwd">Swim.</a>',
    "relative link": '<a href="/wp-login.php?action=logout">Swim.</a>',
    "link without a scheme": '<a href="//evil.example.org/">Swim.</a>',
    "link with a name": '<a href="https://www.example.org@evil.example.org/">Swim.</a>',
    "call with letters": '<a href="tel:javascript">Swim.</a>',
    "call of a service code": '<a href="tel:*21*5550100%23">Swim.</a>',
    "target": '<a href="https://www.example.org/" target="_top">Swim.</a>',
    "ping": '<a href="https://www.example.org/" ping="https://evil.example.org/">Swim.</a>',
    "iframe": '<iframe src="https://evil.example.org/"></iframe>',
    "iframe with a document": '<iframe srcdoc="&lt;script&gt;"></iframe>',
    "object": '<object data="https://evil.example.org/"></object>',
    "embed": '<embed src="https://evil.example.org/">',
    "form": '<form action="https://evil.example.org/"><input name="p"></form>',
    "input": "<p>Your password: <input></p>",
    "button": "<button>Swim.</button>",
    "base": '<base href="https://evil.example.org/">',
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example.org/">',
    "link": '<link rel="stylesheet" href="https://evil.example.org/x.css">',
    "svg": '<svg><a href="https://www.example.org/">x</a></svg>',
    "svg with a script": "<svg onload=alert(1)>",
    "math": "<math><mtext></mtext></math>",
    "video": '<video src="https://evil.example.org/"></video>',
    "picture": '<picture><source srcset="https://evil.example.org/x.png"></picture>',
    "picture with a script": '<p><img src="x" onerror="alert(1)" alt="A pool"></p>',
    "picture that isn't finished": '<p><img src="x" onerror="alert(1)"',
    "picture with HTML in its words": '<p><img alt="&lt;script&gt;alert(1)&lt;/script&gt;" onerror=x></p>',
    "custom element": "<x-y>Swim.</x-y>",
    "template": "<template><p>Swim.</p></template>",
    "noscript": "<noscript><p>Swim.</p></noscript>",
    "textarea": "<textarea>Swim.</textarea>",
    "title": "<title>Swim.</title>",
    "comment": "<p>Swim.</p><!-- x -->",
    "comment that hides the rest": "<p>Swim.</p><!-- x",
    "comment of a block": "<p>Swim.</p><!-- wp:html --><!-- /wp:html -->",
    "doctype": "<!doctype html><p>Swim.</p>",
    "instruction of PHP": "<?php phpinfo(); ?>",
    "CDATA": "<![CDATA[x]]>",
    "end of the page's elements": "<p>Swim.</p></div></section></main></body></html>",
    "end of one element more": "<p>Swim.</p></div>",
    "crossed elements": "<p><strong>Swim.</p></strong>",
    "element left open": "<div><p>Swim.</p>",
    "lone angle": "<p>1 < 2</p>",
    "angle in an attribute": '<time datetime="<b>">x</time>',
    "deep": "<div>" * 60 + "Swim." + "</div>" * 60,
    "huge column": '<table><tbody><tr><td colspan="99999">x</td></tr></tbody></table>',
    "start of a list by a script": '<ol start="x"><li>x</li></ol>',
    "NUL": "<p>Swim\x00.</p>",
    "letters in another order": "<p>Call \u202e119.</p>",
    "letters in another order by an entity": "<p>Call &#x202E;119.</p>",
    "nothing": "",
    "no words": "<p></p>",
}
"""Each is the HTML of an otherwise good part, and is refused."""

FIELDS: dict[str, dict[str, Any]] = {
    "another id": {"id": "other"},
    "another kind": {"kind": "comparisons"},
    "no title": {"title": None},
    "title that is a list": {"title": ["x"]},
    "long title": {"title": "x" * 500},
    "title in another order": {"title": "\u202eSwim"},
    "HTML that is a list": {"html": ["<p>x</p>"]},
    "HTML that is missing": {"html": None},
    "language that is HTML": {"language": '"><script>alert(1)</script>'},
    "date that is text": {"sources_checked": "yesterday"},
    "date that is HTML": {"review_due": "<b>2026</b>"},
    "no publisher": {"publisher": ""},
    "address elsewhere": {"address": "https://evil.example.org/"},
    "address that begins alike": {"address": "https://127.0.0.1.evil.example.org/guide/"},
    "address that is a script": {"address": "javascript:alert(1)"},
    "license that is text": {"license": "CC BY"},
    "license that is a script": {"license": {"name": "x", "url": "javascript:alert(1)"}},
    "sources that are text": {"sources": "x"},
    "source that is text": {"sources": ["x"]},
    "source that is a script": {"sources": [{"title": "x", "publisher": "y", "URL": "javascript:alert(1)"}]},
    "too many sources": {"sources": [{"title": "x", "publisher": "y", "URL": "https://www.example.org/"}] * 1001},
    "signature that is text": {"clinical_review": "x"},
    "withdrawn without a reason": {"withdrawn": "2026-11-30", "instead": ""},
    "withdrawn to elsewhere": {"withdrawn": "2026-11-30", "why": "x", "instead": "https://evil.example.org/"},
}
"""Each is a field of an otherwise good part, and the part is refused."""


def _raw(body: bytes, *headers: tuple[str, str], **options: Any) -> Any:
    return lambda handler: handler.send(body, *headers, **options)


def _numbers(handler: Handler) -> None:
    """Say the length twice."""
    handler.send(json.dumps(handler.api.part("checklists/case")).encode(), ("Content-Length", "3"))


def answers(api: Api) -> dict[str, Any]:
    """Return answers that are wrong before anything in them is read; good ones but for that."""
    good = json.dumps(api.part("checklists/case")).encode()
    bomb = gzip.compress(b" " * 300_000_000, 1)
    return {
        "HTML page": _raw(b"<!doctype html><p>Swim.</p>", ("Content-Type", "text/html")),
        "JSON as HTML": _raw(good, ("Content-Type", "text/html")),
        "JSON as text": _raw(good, ("Content-Type", "text/plain")),
        "JSON of another type": _raw(good, ("Content-Type", "application/json-seq")),
        "type twice": _raw(good, ("Content-Type", "application/json"), ("Content-Type", "text/html")),
        "not JSON": _raw(good[:-20]),
        "nothing": _raw(b""),
        "a list": _raw(b"[]"),
        "text": _raw(b'"x"'),
        "null": _raw(b"null"),
        "deep JSON": _raw(b'{"a":' * 5000 + b"1" + b"}" * 5000),
        "letters that aren't UTF-8": _raw(good.replace(b"lifeguard", b"life\xffguard")),
        "too large": _raw(json.dumps(api.part("checklists/case", text="x" * 1_000_000)).encode()),
        "without an end": flood,
        "longer than it says": _raw(good, length=len(good) - 20),
        "shorter than it says": _raw(good, length=len(good) + 20),
        "two lengths": _numbers,
        "packed": _raw(gzip.compress(good), ("Content-Encoding", "gzip")),
        "packed bomb": _raw(bomb, ("Content-Encoding", "gzip")),
        "status 500": _raw(good, status=500),
        "status 403": _raw(good, status=403),
        "status 206": _raw(good, status=206),
        "status 404": _raw(good, status=404),
        "redirect to the same host": _raw(good, ("Location", "/guide/api/v1/checklists/good.json"), status=302),
        "redirect to another host": _raw(good, ("Location", "https://localhost/"), status=301),
        "redirect to http": _raw(good, ("Location", api.address.replace("https", "http")), status=307),
        "redirect to a file": _raw(good, ("Location", "file:///etc/passwd"), status=302),
        "connection that ends": lambda handler: handler.connection.close(),
    }


CASES = ["html: " + name for name in HTML] + ["field: " + name for name in FIELDS]
WRONG = [
    *(
        "HTML page",
        "JSON as HTML",
        "JSON as text",
        "JSON of another type",
        "type twice",
        "not JSON",
        "nothing",
        "a list",
    ),
    *("text", "null", "deep JSON", "letters that aren't UTF-8", "too large", "without an end", "longer than it says"),
    *("shorter than it says", "two lengths", "packed", "packed bomb", "status 500", "status 403", "status 206"),
    *("status 404", "redirect to the same host", "redirect to another host", "redirect to http", "redirect to a file"),
    "connection that ends",
]


@pytest.fixture(scope="module")
def met(wordpress: WordPress, server: Api) -> dict[str, dict[str, Any]]:
    """What readers get of each hostile part, by the case; WordPress runs through all of them once."""
    wordpress.php(FORGET, address=server.address)
    names = {}
    server.has("checklists/good")
    for number, case in enumerate([*CASES, *("answer: " + name for name in WRONG)]):
        name = names[case] = f"checklists/case-{number}"
        sort, _, which = case.partition(": ")
        if sort == "html":
            server.has(name, html=HTML[which])
        elif sort == "field":
            server.has(name, **FIELDS[which])
        else:
            server.answers[name] = answers(server)[which]
    code = """
      $met = [];
      foreach ($names as $case => $name) {
        delete_transient('guide_part_pause');
        $start = microtime(true);
        $html = do_shortcode("[guide_part part=\\"$name\\"]");
        $problem = get_option('guide_part_problem');
        $seconds = microtime(true) - $start;
        $met[$case] = compact('html', 'problem', 'seconds') + ['memory' => memory_get_peak_usage()];
      }
      delete_transient('guide_part_pause');
      $met['good'] = ['html' => do_shortcode('[guide_part part="checklists/good"]')];
      return $met;
    """
    found: dict[str, dict[str, Any]] = wordpress.php(code, names=names)
    server.answers.clear()
    for case, name in names.items():
        found[case]["name"] = name
    return found


@pytest.mark.parametrize("case", [*CASES, *("answer: " + name for name in WRONG)])
def test_hostile_part_is_a_plain_link_for_readers(met: dict[str, dict[str, Any]], server: Api, case: str) -> None:
    name = met[case]["name"]
    words = "Read this part at the guide itself."
    plain = f'<p><a rel="noreferrer" href="{server.address}">{words}</a></p>'
    assert met[case]["html"] == f'<section class="guide-part">{plain}</section>'
    assert met[case]["problem"]["name"] == name
    assert met[case]["seconds"] < 7
    assert met[case]["memory"] < 120_000_000


def test_good_part_among_the_hostile_ones_is_shown(met: dict[str, dict[str, Any]]) -> None:
    """Were everything refused, the table above would prove nothing."""
    assert "<li>Look for the lifeguard.</li>" in met["good"]["html"]


HARMLESS = {
    "shortcodes": "<p>Look [gallery] [guide_part part='a/b'] [embed]https://evil.example.org/[/embed] here.</p>",
    "escaped HTML": "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;</p>",
    "address of another site": "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>",
    "picture": '<p>Here: <img src="https://evil.example.org/x.png" alt="A pool &amp; a [tree]"></p>',
    "list items without a list": "<li>Swim.</li><li>Float.</li>",
    "cells without a table": "<td>Swim.</td>",
    "links in links": '<a href="https://www.example.org/"><a href="https://www.example.com/">Swim.</a></a>',
    "letter that nobody has": "<p>Swim&#8;.</p>",
    "dollars": "<p>$1 \\1 ${x} %s %1$s</p>",
}
"""Each is shown, and does nothing."""


@pytest.mark.parametrize("written", [BLOCK, SHORTCODE, CLASSIC])
def test_odd_text_is_shown_as_it_is(api: Api, wordpress: WordPress, visit: Any, written: str) -> None:
    posts = []
    for number, html in enumerate(HARMLESS.values()):
        api.has(f"checklists/odd-{number}", html=html)
        posts.append(
            f"<!-- wp:list-item --><li>{written.format(part=f'checklists/odd-{number}')}</li><!-- /wp:list-item -->"
        )
    post = wordpress.publish("administrator", f'<ul id="outer">{"".join(posts)}</ul>')
    page = visit(post["link"])
    sections = page.locator("section.guide-part")
    assert sections.count() == len(HARMLESS)
    words = dict(zip(HARMLESS, (" ".join(text.split()) for text in sections.all_inner_texts()), strict=True))
    assert "Look [gallery] [guide_part part=" in words["shortcodes"]
    assert "[embed]https://evil.example.org/[/embed] here." in words["shortcodes"]
    assert "<script>alert(1)</script> &lt;b&gt;" in words["escaped HTML"]
    assert "Here: A pool & a [tree]" in words["picture"]
    assert "$1 \\1 ${x} %s %1$s" in words["dollars"]
    written = wordpress.php("return apply_filters('the_content', $content);", content=post["content"]["raw"])
    assert not re.search(r"<section[^>]*>(?:(?!</section>).)*\[", written, re.DOTALL), (
        "WordPress may look for them again"
    )
    assert page.locator("section img, section iframe, section script").count() == 0
    assert page.locator("#outer > li > section.guide-part, #outer > li > p > section.guide-part").count() == len(
        HARMLESS
    )


def test_hostile_names_of_the_guide_and_its_sources_are_text(api: Api, wordpress: WordPress) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&[gallery]"
    source = {"title": hostile, "publisher": hostile, "URL": "https://www.example.org/?a=1&b='\"[x]".replace('"', "")}
    api.has(
        "checklists/names",
        title=hostile,
        publisher=hostile,
        disclaimer=hostile,
        sources=[source],
        license={"name": hostile, "url": "https://www.example.org/"},
        clinical_review={"by": hostile, "on": "2026-11-30"},
    )
    wordpress.php("update_option('guide_part_guide', ['name' => $name]); return 1;", name=hostile)
    html = shown(wordpress, "checklists/names")
    part = parse(html, whole=False)
    assert not part.find_all("img")
    assert "[" not in html
    assert hostile in part.find_all("h2")[0].text
    assert part.text.count(hostile) >= 7


# A guide that is slow, down, or changed


def test_guide_is_asked_once_while_a_copy_is_fresh_and_again_later(api: Api, wordpress: WordPress) -> None:
    api.has("checklists/one")
    for _ in range(3):
        assert "Look for the lifeguard." in shown(wordpress, "checklists/one")
    assert [path for path, _ in api.asked] == ["/guide/api/v1/checklists/one.json"]
    api.has("checklists/one", html="<p>Look twice.</p>")
    assert "Look for the lifeguard." in shown(wordpress, "checklists/one")
    wordpress.php(EXPIRE)
    assert "Look twice." in shown(wordpress, "checklists/one")
    assert len(api.asked) == 2


def test_guide_learns_neither_the_site_nor_its_readers(api: Api, wordpress: WordPress) -> None:
    api.has("checklists/one")
    shown(wordpress, "checklists/one")
    ((_, headers),) = api.asked
    assert headers["user-agent"].startswith("guide-part/")
    assert wordpress.home not in json.dumps(headers)
    # With cURL, WordPress names the address itself.
    assert headers.get("referer", "").partition("/api/")[0] in ("", api.address.removesuffix("/"))
    assert not {"cookie", "x-forwarded-for"} & set(headers)


DOWN: dict[str, Any] = {
    "status 503": _raw(b"{}", status=503),
    "redirect": _raw(b"", ("Location", "https://www.example.org/"), status=301),
    "no answer": lambda handler: time.sleep(20),
    "a letter now and then": drip,
    "connection that ends": lambda handler: handler.connection.close(),
}


@pytest.mark.parametrize("how", DOWN)
def test_last_good_copy_is_shown_while_the_guide_is_down(api: Api, wordpress: WordPress, how: str) -> None:
    api.has("checklists/one")
    api.has("checklists/two")
    shown(wordpress, "checklists/one")
    wordpress.php(EXPIRE)
    api.down = DOWN[how]
    asked = len(api.asked)
    start = time.monotonic()
    assert "Look for the lifeguard." in shown(wordpress, "checklists/one")
    assert time.monotonic() - start < 8
    # One reader waits; the others don't, whichever part they want.
    start = time.monotonic()
    assert "Look for the lifeguard." in shown(wordpress, "checklists/one")
    assert "Read this part at the guide itself." in shown(wordpress, "checklists/two")
    assert len(api.asked) == asked + 1
    api.down = None
    assert "Read this part at the guide itself." in shown(wordpress, "checklists/two")
    wordpress.php(NO_PAUSE)
    assert "Look for the lifeguard." in shown(wordpress, "checklists/two")


def test_hostile_part_takes_the_place_of_no_good_copy(api: Api, wordpress: WordPress) -> None:
    api.has("checklists/one")
    shown(wordpress, "checklists/one")
    wordpress.php(EXPIRE)
    api.has("checklists/one", html="<script>alert(1)</script>")
    api.has("checklists/two")
    html = shown(wordpress, "checklists/one")
    assert "Look for the lifeguard." in html and "script" not in html
    assert "Look for the lifeguard." in shown(wordpress, "checklists/two"), "one bad part doesn't stop the others"


def test_old_copy_says_its_day_and_a_very_old_one_is_not_shown(api: Api, wordpress: WordPress) -> None:
    api.has("checklists/one")
    shown(wordpress, "checklists/one")
    api.down = DOWN["status 503"]
    aged = """
      $name = $GLOBALS['wpdb']->get_var("SELECT option_name FROM wp_options WHERE option_name LIKE 'guide_part_copy%'");
      $copy = get_option($name);
      $copy['fetched'] = time() - $days * 86400;
      update_option($name, $copy, false);
      return 1;
    """
    wordpress.php(EXPIRE)
    for days, words in ((6, ""), (30, "This copy is from"), (91, "Read this part at the guide itself.")):
        wordpress.php(aged, days=days)
        html = shown(wordpress, "checklists/one")
        assert words in html
        assert ("This copy is from" in html) == (days == 30)
        assert ("Look for the lifeguard." in html) == (days < 90)


def test_withdrawn_part_says_so_and_leads_on(api: Api, wordpress: WordPress) -> None:
    api.has("checklists/one")
    shown(wordpress, "checklists/one")
    wordpress.php(EXPIRE)
    gone = {
        "kind": "checklists",
        "id": "one",
        "title": "Before you swim",
        "withdrawn": "2026-11-30",
        "why": "It was wrong.",
        "instead": f"{api.address}help/",
    }
    api.answers["checklists/one"] = _raw(json.dumps(gone).encode())
    html = shown(wordpress, "checklists/one")
    assert "The guide withdrew &quot;Before you swim&quot; on November 30, 2026. It was wrong." in html
    assert f'href="{api.address}help/"' in html
    assert "lifeguard" not in html


def test_request_that_died_in_a_fetch_is_not_repeated_by_the_next_ones(api: Api, wordpress: WordPress) -> None:
    api.has("checklists/one")
    shown(wordpress, "checklists/one")
    wordpress.php(EXPIRE)
    code = """
      $marked = null;
      add_filter('pre_http_request', function () use (&$marked) {
        $marked = get_transient('guide_part_pause');
        return new WP_Error('ends', 'here');
      });
      guide_part_get('checklists/one');
      return $marked;
    """
    assert abs(wordpress.php(code)["since"] - time.time()) < 30, "it's marked before the guide is asked"
    wordpress.php("set_transient('guide_part_pause', ['since' => time() - 60], 600); return 1;")
    asked = len(api.asked)
    assert "Look for the lifeguard." in shown(wordpress, "checklists/one")
    assert len(api.asked) == asked


# Editors and administrators


def signed_in(visit: Any, wordpress: WordPress, role: str, path: str) -> Page:
    page: Page = visit(f"{wordpress.home}/wp-login.php?redirect_to={wordpress.home}/wp-admin/{path}")
    page.fill("#user_login", role)
    page.fill("#user_pass", PASSWORD)
    page.click("#wp-submit")
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize("role", ROLES)
def test_part_is_added_in_the_editor_by_its_address(guide: WordPress, visit: Any, role: str) -> None:
    """As a webmaster does it: type a slash and the name of the block, paste an address, look, publish."""
    page = signed_in(visit, guide, role, "post-new.php")
    page.wait_for_function("window.wp && wp.data && wp.data.select('core/editor')?.getCurrentPostId()")
    page.evaluate("wp.data.dispatch('core/edit-post').toggleFeature('welcomeGuide')")
    page.locator(".editor-post-title__input").fill("First day")
    page.keyboard.press("Enter")
    page.keyboard.type("/guide part")
    page.get_by_role("option", name="Guide part").click()
    block = page.locator('[data-type="guide-part/part"]')
    block.get_by_label("Address or name").fill(f"{guide.guide}embed/v1/checklist/what-to-bring-first-day/")
    block.get_by_role("button", name="Show").click()
    expect(block.locator("section.guide-part h2")).to_have_text("What to bring on the first day")
    page.locator(".editor-post-publish-panel__toggle").click()
    page.locator(".editor-post-publish-button").click()
    page.locator(".post-publish-panel__postpublish a").first.wait_for()
    page = visit(page.evaluate("wp.data.select('core/editor').getPermalink()"))
    expect(page.locator("section.guide-part h2")).to_have_text("What to bring on the first day")
    expect(page.locator("section.guide-part li").first).to_be_visible()


def test_editors_see_why_a_part_is_missing_and_readers_a_link(api: Api, wordpress: WordPress, visit: Any) -> None:
    page_of_it = f"{api.address}family/support/"
    missing = ["checklists/nothing", "https://evil.example.org/x/", page_of_it, "page/family--support"]
    post = wordpress.publish("author", "".join(BLOCK.format(part=part) for part in missing))
    page = visit(post["link"])
    expect(page.locator(".guide-part a").first).to_have_text("Read this part at the guide itself.")
    links = page.locator(".guide-part a").evaluate_all("links => links.map(link => link.href)")
    assert links == [api.address, api.address, page_of_it, page_of_it]
    assert page.locator(".guide-part__problem").count() == 0
    page = signed_in(visit, wordpress, "author", "")
    page.goto(post["link"])
    expect(page.locator(".guide-part__problem").first).to_contain_text("The guide has no part of this name.")
    expect(page.locator(".guide-part__problem").nth(1)).to_contain_text("This isn't a part of your guide.")
    assert not [path for path, _ in api.asked if "evil" in path]


def test_without_an_address_readers_see_nothing(wordpress: WordPress) -> None:
    wordpress.php(FORGET, address="")
    assert shown(wordpress, "checklists/one") == ""


def test_administrator_sets_the_address_and_forgets_the_copies(wordpress: WordPress, visit: Any) -> None:
    wordpress.php(FORGET, address="")
    page = signed_in(visit, wordpress, "administrator", "options-general.php?page=guide-part")
    page.get_by_label("Address of the guide").fill("http://www.example.org/")
    page.get_by_role("button", name="Save Changes").click()
    expect(page.locator(".notice-error, .error")).to_contain_text("This isn't the address of a guide.")
    page.get_by_label("Address of the guide").fill(wordpress.guide.removesuffix("/"))
    page.get_by_label("Ask for news every").fill("24")
    page.get_by_role("button", name="Save Changes").click()
    expect(page.locator(".notice-success").first).to_contain_text('Found "The IOP Guide" there.')
    expect(page.get_by_label("Address of the guide")).to_have_value(wordpress.guide)
    expect(page.get_by_label("Ask for news every")).to_have_value("24")
    shown(wordpress, "checklists/what-to-bring-first-day")
    page.reload()
    expect(page.locator(".wrap td code")).to_have_text("checklists/what-to-bring-first-day")
    found = Axe().run(page, context=".wrap")
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Forget all copies").click()
    expect(page.locator(".notice-success")).to_contain_text("All copies are forgotten.")
    expect(page.locator(".wrap")).to_contain_text("None yet.")
    assert wordpress.php("return guide_part_settings();") == {"address": wordpress.guide, "hours": 24}


def test_address_without_a_guide_is_said(api: Api, wordpress: WordPress, visit: Any) -> None:
    wordpress.php(FORGET, address="")
    page = signed_in(visit, wordpress, "administrator", "options-general.php?page=guide-part")
    page.get_by_label("Address of the guide").fill(api.address)
    page.get_by_role("button", name="Save Changes").click()
    expect(page.locator(".notice-error, .error").first).to_contain_text("no guide could be read there.")


def test_copies_are_forgotten_by_administrators_only_and_not_by_a_link(guide: WordPress, visit: Any) -> None:
    shown(guide, "checklists/what-to-bring-first-day")
    kept = "return count(guide_part_copies());"
    page = signed_in(visit, guide, "author", "")
    page.goto(f"{guide.home}/wp-admin/options-general.php?page=guide-part")
    expect(page.locator("body")).to_contain_text("you are not allowed")
    page.goto(f"{guide.home}/wp-admin/admin-post.php?action=guide_part_forget")
    expect(page.locator("body")).to_contain_text("You may not do this.")
    page = signed_in(visit, guide, "administrator", "")
    page.goto(f"{guide.home}/wp-admin/admin-post.php?action=guide_part_forget")
    expect(page.locator("body")).to_contain_text("expired")
    assert guide.php(kept) == 1


def test_data_of_readers_and_settings_are_not_in_the_open_interface(guide: WordPress) -> None:
    assert "guide_part" not in json.dumps(json.loads(guide.ask("/wp-json/wp/v2/settings", "administrator")))
    with pytest.raises(AssertionError, match="401"):
        guide.ask("/wp-json/wp/v2/block-renderer/guide-part/part?context=edit&attributes[part]=checklists/x")


def test_removing_the_plugin_leaves_nothing(guide: WordPress) -> None:
    shown(guide, "checklists/what-to-bring-first-day")
    shown(guide, "checklists/nothing")
    left = """
      define('WP_UNINSTALL_PLUGIN', 'guide-part/guide-part.php');
      $count = function () {
        $like = "option_name LIKE '%guide_part%'";
        return (int) $GLOBALS['wpdb']->get_var("SELECT COUNT(*) FROM wp_options WHERE $like");
      };
      $before = $count();
      include WP_PLUGIN_DIR . '/guide-part/uninstall.php';
      return [$before, $count()];
    """
    before, after = guide.php(left)
    assert before >= 4
    assert after == 0


def test_plugin_names_no_topic_and_no_other_server() -> None:
    folder = ROOT / "deploy/wordpress/guide-part"
    assert [word for word in topic_words(folder) if not word.lower().endswith(": php")] == []
    written = "\n".join(path.read_text("utf-8") for path in folder.rglob("*") if path.is_file())
    hosts = set(re.findall(r"https?://([a-z0-9.-]+)", written))
    assert hosts <= {"www.gnu.org", "www.example.org"}
