"""The guide in a real WordPress: as its users paste it, and as their readers meet it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Frame, Page, expect

from guide.model.addresses import embed_path, oembed_path
from tests.guide.wordpress.conftest import PASSWORD, WordPress
from tests.trees import parse

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.wordpress]

ROLES = ["administrator", "author"]
HELP = "help-now/"
MOST = 1000
"""Higher than this, in pixels, WordPress makes no frame."""

PASTED = {
    "block": '<!-- wp:embed {{"url":"{address}"}} -->\n<figure class="wp-block-embed">'
    '<div class="wp-block-embed__wrapper">\n{address}\n</div></figure>\n<!-- /wp:embed -->',
    "line": "Read this first.\n\n{address}\n\nThen call us.",
    "shortcode": "[embed]{address}[/embed]",
}
OPEN = "link => link.closest('details:not([open])')?.setAttribute('open', '')"
HEIGHT = "Math.ceil(document.documentElement.getBoundingClientRect().height)"


def shown(page: Page) -> Frame:
    """Give what the frame of a post shows, as soon as its script has run."""
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame
    frame.wait_for_load_state()
    return frame


def wait_for_height(page: Page) -> int:
    """Wait until the frame is as high as what it shows, or as high as WordPress lets it be."""
    for _ in range(100):
        wanted = min(MOST, max(200, shown(page).evaluate(HEIGHT)))
        height = int(page.locator("iframe").evaluate("frame => frame.clientHeight"))
        if height == wanted:
            return height
        page.wait_for_timeout(100)
    raise AssertionError(f"The frame is {height} pixels high; what it shows is {wanted}.")


def links(frame: Frame) -> list[dict[str, Any]]:
    """Give the links of a frame."""
    found: list[dict[str, Any]] = frame.locator("a[href]").evaluate_all(
        """links => links.map((link, index) => ({index, href: link.href, protocol: link.protocol, host: link.host,
          target: link.target, path: link.pathname, hash: link.hash}))"""
    )
    return found


# What WordPress keeps of what its users paste


@pytest.mark.parametrize("pasted", PASTED)
@pytest.mark.parametrize("role", ROLES)
def test_pasted_address_becomes_a_frame_of_full_height(
    wordpress: WordPress, visit: Any, role: str, pasted: str
) -> None:
    post = wordpress.publish(role, PASTED[pasted].format(address=wordpress.guide + HELP))
    page = visit(post["link"])
    assert wait_for_height(page) == MOST
    frame = page.locator("iframe")
    assert frame.get_attribute("title") == "Help now, from The IOP Guide"
    assert frame.get_attribute("sandbox") == "allow-scripts"
    assert (frame.get_attribute("src") or "").startswith(f"{wordpress.guide}{embed_path('page/help-now')}#?secret=")
    expect(frame).to_be_visible()
    expect(page.locator("blockquote")).to_be_hidden()


@pytest.mark.parametrize("name", ["chart/hours-per-week", "dark/chart/hours-per-week", "light/care-card/danger-now"])
def test_address_of_a_part_becomes_a_frame_of_its_height(wordpress: WordPress, visit: Any, name: str) -> None:
    post = wordpress.publish("author", PASTED["block"].format(address=f"{wordpress.guide}embed/v1/{name}/"))
    page = visit(post["link"])
    inside = shown(page)
    assert urldefrag(inside.url)[0] == f"{wordpress.guide}embed/v1/{name}/"
    assert inside.locator("html").get_attribute("data-guide-scheme") == (
        name.partition("/")[0] if name.count("/") == 2 else None
    )
    height = wait_for_height(page)
    inside.locator("summary").last.click()
    page.wait_for_function(
        "height => document.querySelector('iframe').clientHeight > height", arg=min(height, MOST - 1)
    )
    assert page.locator("iframe").get_attribute("title")


@pytest.mark.parametrize("role", ROLES)
def test_address_typed_into_the_editor_is_published_as_a_frame(wordpress: WordPress, visit: Any, role: str) -> None:
    """The editor as its users meet it: an Embed block, its preview, the two buttons."""
    page = visit(f"{wordpress.home}/wp-login.php?redirect_to={wordpress.home}/wp-admin/post-new.php")
    page.fill("#user_login", role)
    page.fill("#user_pass", PASSWORD)
    page.click("#wp-submit")
    page.wait_for_function("window.wp && wp.data && wp.data.select('core/editor')?.getCurrentPostId()")
    page.evaluate("wp.data.dispatch('core/edit-post').toggleFeature('welcomeGuide')")
    page.locator(".editor-post-title__input").fill("Our page")
    page.keyboard.press("Enter")
    address = wordpress.guide + HELP
    page.evaluate(
        """address => {
          const data = new DataTransfer();
          data.setData("text/plain", address);
          const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(event);
        }""",
        address,
    )
    preview = page.locator(".wp-block-embed iframe")
    expect(preview).to_have_attribute("title", re.compile("Help now, from The IOP Guide"))
    page.locator(".editor-post-publish-panel__toggle").click()
    page.locator(".editor-post-publish-button").click()
    page.locator(".post-publish-panel__postpublish a").first.wait_for()
    post = page.evaluate("wp.data.select('core/editor').getPermalink()")
    page = visit(post)
    assert wait_for_height(page) == MOST


def ready_code(wordpress: WordPress, visit: Any, name: str) -> str:
    """Give the code that the guide's embed page offers."""
    page = visit(f"{wordpress.guide}for-clinics/embed/#{name}")
    code = str(page.locator("#guide-builder-code").input_value())
    assert "<script" in code
    return f"<!-- wp:html -->\n{code}\n<!-- /wp:html -->"


def test_ready_code_of_an_administrator_is_a_frame_in_the_column_of_the_text(wordpress: WordPress, visit: Any) -> None:
    code = ready_code(wordpress, visit, "checklist/questions-to-ask-a-program")
    text = "<!-- wp:paragraph -->\n<p>A line of the clinic.</p>\n<!-- /wp:paragraph -->\n"
    page = visit(wordpress.publish("administrator", text + code)["link"])
    inside = shown(page)
    page.wait_for_function("document.querySelector('iframe').clientHeight > 1500")
    assert abs(page.locator("iframe").evaluate("frame => frame.clientHeight") - inside.evaluate(HEIGHT)) <= 2
    assert page.locator("iframe").get_attribute("title")
    expect(page.locator("iframe ~ p a")).to_be_visible()
    column, frame = (page.locator(each).bounding_box() for each in ("text=A line of the clinic.", "iframe"))
    assert column and frame
    assert (column["x"], column["width"]) == (frame["x"], frame["width"])


def test_ready_code_of_an_author_loses_the_frame_and_keeps_the_link(wordpress: WordPress, visit: Any) -> None:
    name = "checklist/questions-to-ask-a-program"
    post = wordpress.publish("author", ready_code(wordpress, visit, name))
    assert "<iframe" not in post["content"]["raw"] and "<script" not in post["content"]["raw"]
    page = visit(post["link"])
    assert page.locator("iframe").count() == 0
    link = page.locator(".wp-block-post-content a, .entry-content a").first
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url(f"{wordpress.guide}**")
    expect(page.locator("h1")).to_be_visible()


def test_frame_is_made_anew_when_its_address_changes_and_not_before(wordpress: WordPress) -> None:
    described = wordpress.site / oembed_path("page/help-now")
    address = wordpress.guide + HELP
    before = described.read_text("utf-8")
    post = wordpress.publish("author", PASTED["line"].format(address=address))
    assert "Help now, from" in post["content"]["rendered"]
    described.write_text(before.replace("Help now, from", "The new title, from"), "utf-8")
    try:
        for written, title in ((f"{address}\n\nOne more line.", "Help now"), (f"{address}?2", "The new title")):
            changed = {"content": PASTED["line"].format(address=written)}
            told = json.loads(wordpress.ask(f"/wp-json/wp/v2/posts/{post['id']}", "author", changed))
            assert f'title="{title}, from The IOP Guide"' in told["content"]["rendered"]
    finally:
        described.write_text(before, "utf-8")


# What readers of a post meet


@pytest.fixture(scope="module")
def post(wordpress: WordPress) -> dict[str, Any]:
    return wordpress.publish("author", PASTED["block"].format(address=wordpress.guide + HELP))


def test_no_link_of_the_frame_is_one_that_the_frame_blocks(wordpress: WordPress, visit: Any, post: Any) -> None:
    page = visit(post["link"])
    wait_for_height(page)
    inside = shown(page)
    host = urlsplit(wordpress.guide).netloc
    found = links(inside)
    assert len(found) > 20
    assert {link["protocol"] for link in found} == {"https:"}
    assert {link["host"] for link in found} == {host}
    framed = [link for link in found if not link["target"]]
    assert all(link["path"].startswith("/embed/v1/page/") for link in framed)
    assert [link["path"] for link in found if link["target"]] == [f"/{HELP}"]
    bare = (wordpress.site / embed_path("page/help-now") / "index.html").read_text("utf-8")
    text = " ".join(inside.locator("body").text_content().split())
    for link in parse(bare.replace("<!doctype html>", "")).find_all("a"):
        scheme, _, rest = link.attrs["href"].partition(":")
        if scheme in ("tel", "sms"):
            assert rest.partition("?")[0][-6:] in re.sub(r"[^\d]", "", text), link.attrs
        elif scheme == "https" and urlsplit(link.attrs["href"]).netloc != host:
            assert link.attrs["href"] in text, link.attrs
    assert "blocks phone links" in inside.locator("footer").inner_text()


def test_every_link_of_the_frame_leads_where_it_says(wordpress: WordPress, visit: Any, post: Any) -> None:
    page = visit(post["link"])
    wait_for_height(page)
    start = shown(page).url
    found = {link["href"]: link for link in links(shown(page)) if not link["target"]}
    assert len(found) > 15
    for href, link in found.items():
        inside = shown(page)
        inside.locator("a[href]").nth(link["index"]).evaluate(OPEN)
        inside.locator("a[href]").nth(link["index"]).click()
        page.frames[1].wait_for_url(href)
        inside = shown(page)
        expect(inside.locator("h1")).to_have_count(1)
        if link["hash"]:
            expect(inside.locator(f'[id="{link["hash"][1:]}"]')).to_be_in_viewport()
        assert page.url == post["link"]
        page.evaluate("history.back()")
        page.frames[1].wait_for_url(start)


def test_page_after_page_fits_and_leads_to_the_guide_itself(wordpress: WordPress, visit: Any, post: Any) -> None:
    page = visit(post["link"])
    wait_for_height(page)
    inside = shown(page)
    link = inside.locator('main a[href*="/page/"]:not([href*="#"])').first
    wanted = urljoin(inside.url, str(link.get_attribute("href")))
    link.click()
    page.frames[1].wait_for_url(wanted)
    wait_for_height(page)
    expect(shown(page).locator("h1")).to_be_in_viewport()
    assert {each["protocol"] for each in links(shown(page))} == {"https:"}
    whole = shown(page).locator("footer a").first
    address = str(whole.get_attribute("href"))
    whole.click()
    page.wait_for_url(address)
    assert page.url == address != wordpress.guide + HELP


def test_without_javascript_a_plain_link_leads_to_the_page(wordpress: WordPress, visit: Any, post: Any) -> None:
    page = visit(post["link"], java_script_enabled=False)
    link = page.locator("blockquote a")
    expect(link).to_have_text("Help now, from The IOP Guide")
    expect(link).to_be_visible()
    assert page.locator("iframe").evaluate("frame => getComputedStyle(frame).clip") == "rect(1px, 1px, 1px, 1px)"
    link.click()
    page.wait_for_url(wordpress.guide + HELP)
    expect(page.locator("h1")).to_have_text("Help now")


def test_where_the_script_of_wordpress_is_missing_a_plain_link_stays(
    wordpress: WordPress, visit: Any, post: Any
) -> None:
    page = visit("about:blank")
    page.route("**/wp-embed*", lambda route: route.abort())
    page.goto(post["link"])
    expect(page.locator("blockquote a")).to_be_visible()


def plain_links(html: str) -> list[tuple[str, str]]:
    """Give the links of HTML whose frames a reader takes out."""
    bare = parse(f"<div>{re.sub(r'<iframe.*?</iframe>', '', html, flags=re.DOTALL)}</div>", whole=False)
    return [(link.attrs["href"], link.text) for link in bare.find_all("a")]


def test_feed_and_rest_hold_a_plain_link(wordpress: WordPress, post: Any) -> None:
    link = (wordpress.guide + HELP, "Help now, from The IOP Guide")
    rendered = json.loads(wordpress.ask(f"/wp-json/wp/v2/posts/{post['id']}"))["content"]["rendered"]
    assert link in plain_links(rendered)
    feed = wordpress.ask("/feed/")
    (item,) = re.findall(rf"<item>(?:(?!</item>).)*{re.escape(post['link'])}.*?</item>", feed, re.DOTALL)
    assert link in plain_links(re.findall(r"<content:encoded><!\[CDATA\[(.*?)\]\]>", item, re.DOTALL)[0])
    assert "clip: rect" not in item, "no reader of a feed hides the frame for good"
