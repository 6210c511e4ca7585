"""A clinician fills in a review pack: a file on a disk, in a browser without a network, and it is read back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from guide.commands import review_pack, review_read
from guide.rendering.project import read_project
from tests.factories import Project, write_project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small guide with the pack of its first page."""
    made = write_project(tmp_path_factory.mktemp("pack") / "project")
    assert review_pack.main(["--root", str(made.root), "--no-pdf", "index"]) == 0
    return made


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def pack(browser: Browser, project: Project, errors: list[str]) -> Iterator[Page]:
    """The pack, opened from the disk; nothing may be asked of anybody, or be reported."""
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda request: errors.append(request.url) if not request.url.startswith(("file:", "blob:")) else None,
    )
    page.goto((project.root / "review-packs/review-index.html").as_uri())
    yield page
    context.close()
    assert errors == []


def sign(page: Page) -> None:
    fields = {"by": "A. Coach, RN", "license": "W-1234", "state": "Lakeland", "conflicts": "None", "on": "2026-01-06"}
    for field, value in fields.items():
        page.locator(f"#{field}").fill(value)
    page.get_by_label("I've read every passage").check()


def save(page: Page, folder: Path, button: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_pack_is_filled_in_with_keys_saved_and_read_back(pack: Page, project: Project, tmp_path: Path) -> None:
    passages = pack.locator("fieldset")
    count = passages.count()
    expect(pack.locator("#count")).to_have_text(f"0 of {count} passages marked")
    passages.nth(0).get_by_label("Right").focus()
    for _ in range(count - 2):
        pack.keyboard.press("1")
    pack.keyboard.press("2")
    pack.keyboard.type("It isn't so.")
    expect(pack.locator("#count")).to_have_text(f"{count - 1} of {count} passages marked")
    sign(pack)
    path = save(pack, tmp_path, "Save the signed review")
    assert path.name == "review-index.json"
    expect(pack.locator("#status")).to_contain_text("Saved with 1 passage unmarked: it isn't signed.")
    assert review_read.main(["--root", str(project.root), str(path)]) == 0
    written = project.read("data/reviews/index.yaml")
    assert 'by: "A. Coach, RN"' in written and 'conflicts: "None."' in written
    said = json.loads(path.read_text("utf-8"))["passages"]
    for passage in said:
        part = written.partition("open:")[0 if passage["mark"] in ("right", "read") else 2]
        assert passage["hash"] in part, passage
    # It waits for a maintainer.
    assert [problem.rule for problem in read_project(project.root).problems] == ["missing-key"]


def test_rest_of_a_section_is_marked_right_by_one_button_which_takes_it_back(pack: Page) -> None:
    section = pack.locator("[data-section]", has=pack.locator("[data-rest]")).first
    count = section.locator("fieldset").count()
    section.get_by_label("Wrong").first.check()
    button = section.locator("[data-rest]")
    rest = f"the {count - 1} unmarked passages" if count > 2 else "the unmarked passage"
    expect(button).to_have_text(f"Mark {rest} of this section right")
    button.click()
    expect(section.get_by_label("Wrong").first).to_be_checked()
    assert section.locator("[value=right]:checked").count() == count - 1
    assert pack.locator(":checked").count() == count
    assert pack.locator("#done").evaluate("bar => bar.value") == count
    expect(button).to_contain_text("Undo")
    expect(button).to_be_focused()
    button.click()
    assert pack.locator(":checked").count() == 1
    section.get_by_label("Right").nth(1).check()
    expect(pack.locator("#count")).to_contain_text("2 of ")


def test_key_4_marks_section_after_section(pack: Page) -> None:
    count = pack.locator("fieldset").count()
    pack.locator("fieldset input").first.focus()
    for _ in range(pack.locator("[data-section]").count()):
        pack.keyboard.press("4")
    expect(pack.locator("#count")).to_have_text(f"{count} of {count} passages marked")
    assert pack.locator("[value=right]:checked").count() == count


def test_next_unmarked_goes_on_from_where_one_is_and_begins_anew(pack: Page) -> None:
    passages = pack.locator("fieldset")
    following = pack.get_by_role("button", name="Next unmarked")
    following.click()
    expect(passages.nth(0).get_by_label("Right")).to_be_focused()
    passages.nth(2).get_by_label("Unsure").check()
    following.click()
    expect(passages.nth(3).get_by_label("Right")).to_be_focused()
    passages.last.get_by_label("Right").check()
    following.click()
    expect(passages.nth(0).get_by_label("Right")).to_be_focused()


def test_nothing_is_saved_as_signed_before_it_is_whole(pack: Page) -> None:
    pack.get_by_role("button", name="Save the signed review").click()
    expect(pack.locator("#by")).to_be_focused()
    expect(pack.locator("#by-wrong")).to_have_text("Please fill this in.")
    expect(pack.locator("#confirm-wrong")).to_have_text("Please check this box to sign.")
    expect(pack.locator("#status")).to_have_text("Nothing was saved yet. Something is missing above.")


def test_draft_is_opened_again_and_another_file_is_not(pack: Page, tmp_path: Path) -> None:
    first = pack.locator("fieldset").nth(0)
    first.get_by_label("Unsure").check()
    first.get_by_label("Comment on passage 1").fill("Depends.")
    pack.locator("#state").fill("Lakeland")
    path = save(pack, tmp_path, "Save a draft")
    assert path.name == "review-index-draft.json" and json.loads(path.read_text("utf-8"))["signed"] == "false"
    pack.reload()
    pack.locator("#file").set_input_files(path)
    expect(pack.locator("#status")).to_have_text("The draft is open.")
    expect(first.get_by_label("Unsure")).to_be_checked()
    expect(first.get_by_label("Comment on passage 1")).to_have_value("Depends.")
    expect(pack.locator("#state")).to_have_value("Lakeland")
    other = tmp_path / "other.json"
    other.write_text('{"page": "index.md", "passages": [null]}', "utf-8")
    pack.locator("#file").set_input_files(other)
    expect(pack.locator("#status")).to_contain_text("That file can't be read.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390, 320])
def test_pack_is_accessible_and_fits(pack: Page, width: int, scheme: str) -> None:
    pack.set_viewport_size({"width": width, "height": 800})
    pack.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert pack.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(pack).response["violations"] == []


def test_without_a_script_it_says_so_and_can_be_read(browser: Browser, project: Project) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((project.root / "review-packs/review-index.html").as_uri())
    expect(page.get_by_text("This browser runs no scripts in this file")).to_be_visible()
    expect(page.locator("fieldset").first).to_be_visible()
    expect(page.get_by_role("button", name="Save the signed review")).to_be_hidden()
    assert page.locator("button:visible").count() == 0
    context.close()


def test_a_script_that_somebody_adds_does_not_run(browser: Browser, project: Project, tmp_path: Path) -> None:
    html = (project.root / "review-packs/review-index.html").read_text("utf-8")
    changed = tmp_path / "changed.html"
    changed.write_text(html.replace("</main>", "</main><script>document.title = 'owned'</script>"), "utf-8")
    page = browser.new_page()
    page.goto(changed.as_uri())
    assert page.title().startswith("Review: ")
    page.close()
