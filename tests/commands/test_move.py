"""`make move` takes a page and everything that names it along, and refuses what it can't do without changing a file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from guide.checking import check_project
from guide.commands.check_addresses import addresses, lost
from guide.commands.move import main
from guide.model.addresses import CODES_PAGE, page_address
from guide.reading.released_addresses import ADDRESS_LIST
from guide.rendering.project import read_project
from guide.rendering.statements import Statements
from tests.conftest import run_build
from tests.factories import GOOD, ROOT, Project, fingerprint, make, write_copy

MOVED = "data/moved.yaml"
FIXED = ("index.md", CODES_PAGE)
"""Pages that the generator needs where they are."""
PAGES = [path.relative_to(GOOD / "docs").as_posix() for path in sorted((GOOD / "docs").rglob("*.md"))]
TOP = "docs/calls/top-level.md"
ONLY_THERE = "calls/in-"
"""How pages begin that show a record which is at home elsewhere, as only pages of their section may."""
MOVES = [
    (page, folder)
    for page in PAGES
    if page not in FIXED
    for folder in (("calls/", "calls/side/") if page.startswith(ONLY_THERE) else ("", "calls/", "pool/side/"))
]


def git(root: Path, *arguments: str) -> None:
    name = ["-c", "user.name=Swimmer", "-c", "user.email=swimmer@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "x")


@pytest.fixture
def swim(tmp_path: Path) -> Project:
    """The guide about swimming, in a repository of its own."""
    project = Project(Path(shutil.copytree(GOOD, tmp_path / "swim")))
    project.write(MOVED, "# yaml-language-server: $schema=../schemas/moved.json\n[]\n")
    git(project.root, "init", "--quiet", "--initial-branch=main")
    commit(project.root)
    return project


def files(project: Project) -> dict[str, str]:
    return {name: hash_ for name, hash_ in fingerprint(project.root).items() if not name.startswith(".git/")}


def move(project: Project, was: str, now: str) -> int:
    return main(["--root", str(project.root), "--", was, now])


def problems(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root)]


def links(project: Project, renamed: dict[str, str]) -> dict[str, set[str]]:
    """Give where the links of each page lead, as pages of the site, with the new names of pages that are renamed."""
    read = read_project(project.root)
    found: dict[str, set[str]] = {}
    for path, page in read.pages.items():
        resolved = (
            (Path("/") / path).parent / target.partition("#")[0] for target, _, _ in page.links if target[0] != "#"
        )
        names = {str(Path("/", *_plain(target))).lstrip("/") for target in resolved if ":" not in str(target)}
        found[renamed.get(path, path)] = {renamed.get(name, name) for name in names}
    return found


def _plain(path: Path) -> list[str]:
    steps: list[str] = []
    for step in path.parts[1:]:
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return steps


@pytest.mark.parametrize(("page", "folder"), MOVES)
def test_every_page_moves_anywhere_and_back_without_a_trace(swim: Project, page: str, folder: str) -> None:
    before, led = files(swim), links(swim, {page: f"{folder}brand-new.md"})
    assert move(swim, f"docs/{page}", f"docs/{folder}brand-new.md") == 0
    assert problems(swim) == []
    assert links(swim, {}) == led
    changed = {name for name, hash_ in files(swim).items() if before.get(name) != hash_}
    assert {f"docs/{folder}brand-new.md", "mkdocs.yml", MOVED} <= changed
    assert read_project(swim.root).guide.moved[page.removesuffix(".md").replace("/", "-")].was == page
    assert move(swim, f"docs/{folder}brand-new.md", f"docs/{page}") == 0
    assert files(swim) == before


def test_a_commit_of_what_changed_takes_the_page_at_its_new_place(swim: Project) -> None:
    assert move(swim, TOP, "docs/everything.md") == 0
    git(swim.root, "commit", "--quiet", "--all", "--message", "moved")
    command = ["git", "status", "--porcelain"]
    assert subprocess.run(command, cwd=swim.root, check=True, capture_output=True).stdout == b""


@pytest.mark.site
def test_no_address_is_lost(tmp_path: Path) -> None:
    swim = write_copy(GOOD, tmp_path / "swim")
    for name in ("one", "two"):
        if name == "two":
            for number, page in enumerate(page for page in PAGES if page not in FIXED):
                assert move(swim, f"docs/{page}", f"docs/calls/pages/page-{number}.md") == 0
        done = run_build(swim.root, tmp_path / name)
        assert done.returncode == 0, done.stderr
    assert lost(tmp_path / "two", addresses(tmp_path / "one")) == []


def test_pages_of_the_real_guide_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide = Project(tmp_path / "guide")
    for name in ("docs", "data", "deploy", ".github"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, guide.root / name)
    shutil.copy(ROOT / "mkdocs.yml", guide.root)
    read = read_project(guide.root)
    site = read.guide.settings
    common = [path for path in read.pages if path not in FIXED and path.partition("/")[0] not in site.plain_sections]
    linked = {path: sum(path in page.body for page in read.pages.values()) for path in common}
    wanted = [max(linked, key=lambda path: linked[path]), site.help_page, *site.safety_pages[-1:]]
    assert problems(guide) == []
    for number, page in enumerate(dict.fromkeys(wanted)):
        assert move(guide, page, f"some/where/page-{number}.md") == 0, capsys.readouterr().err
    assert problems(guide) == []


# What follows


def test_it_says_what_was_done_and_what_is_left_to_see(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    swim.write("notes/plan.txt", "Read calls/top-level.md first.\n")
    swim.append("docs/help.md", "\n```text\n[all](calls/top-level.md)\n```\n\n## What to do next\n\n1. Swim.\n")
    commit(swim.root)
    line = swim.line("mkdocs.yml", "calls/top-level.md")
    assert move(swim, TOP, "docs/everything.md") == 0
    said = capsys.readouterr().err
    assert "Moved docs/calls/top-level.md to docs/everything.md." in said
    assert f"The old address leads to the new one ({MOVED})." in said
    assert f"move its line in mkdocs.yml ({line})" in said
    assert f"  docs/help.md:{swim.line('docs/help.md', '[all](calls/top-level.md)')}\n  notes/plan.txt:1\n" in said
    assert "To undo it before you commit: make move FROM=docs/everything.md TO=docs/calls/top-level.md" in said


def test_files_outside_docs_and_data_follow(swim: Project) -> None:
    swim.write("CONTRIBUTING.md", "See [all](docs/calls/top-level.md#all-calls), `docs/calls/top-level.md`.\n")
    swim.write("tests/requests.tsv", "calls/top-level\thelp calls/top-level\tcalls/top-level/#all-calls\n")
    swim.write(".github/CODEOWNERS", "/docs/calls/top-level.md @safety\n/docs/calls/top-level.md.txt @x\n")
    swim.write("data/exemptions.yaml", swim.read("data/exemptions.yaml").replace("docs/index.md", TOP))
    assert move(swim, TOP, "docs/everything.md") == 0
    assert swim.read("CONTRIBUTING.md") == "See [all](docs/everything.md#all-calls), `docs/calls/top-level.md`.\n"
    assert swim.read("tests/requests.tsv") == "calls/top-level\thelp everything\teverything/#all-calls\n"
    assert swim.read(".github/CODEOWNERS") == "/docs/everything.md @safety\n/docs/calls/top-level.md.txt @x\n"


def test_settings_and_comments_stay_as_they_are_written(swim: Project) -> None:
    swim.replace("data/site.yaml", "help_page: help.md", "help_page:   'help.md'   # where the bar leads")
    swim.replace("mkdocs.yml", "  - Help: help.md", '  - Help:   "help.md"  # first')
    swim.replace("mkdocs.yml", 'no_script_search: ""', "no_script_search: calls/top-level/ # for the search")
    commit(swim.root)
    assert move(swim, "docs/help.md", "docs/pool/ask.md") == 0
    assert move(swim, TOP, "docs/pool/all.md") == 0
    assert "help_page:   'pool/ask.md'   # where the bar leads" in swim.read("data/site.yaml")
    assert '  - Help:   "pool/ask.md"  # first' in swim.read("mkdocs.yml")
    assert "no_script_search: pool/all/ # for the search" in swim.read("mkdocs.yml")


def test_signatures_that_no_longer_hold_are_named(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    read = read_project(swim.root)
    for path in ("index.md", "help.md"):
        shown = Statements(read.guide, read.language).of_page(read.pages[path])
        review = make("reviews", id=path[:-3], page=path, signed=list(dict.fromkeys(each.hash for each in shown)))
        swim.write(f"data/reviews/{path[:-3]}.yaml", review.as_kept())
    if "verifiers:" not in swim.read("data/site.yaml"):
        swim.append("data/site.yaml", "verifiers: [The editor]\n")
    commit(swim.root)
    assert problems(swim) == []
    assert move(swim, "docs/calls/in-a-list.md", "docs/calls/list.md") == 0
    assert "has to sign them again: docs/index.md.\n" in capsys.readouterr().err
    assert move(swim, "docs/help.md", "docs/ask.md") == 0
    assert read_project(swim.root).guide.reviews["help"].page == "ask.md"


def test_windows_line_ends_stay(swim: Project) -> None:
    for path in ("docs/help.md", "docs/index.md", "data/site.yaml", MOVED):
        swim.write(path, swim.read(path).replace("\n", "\r\n").encode())
    assert move(swim, "docs/help.md", "docs/pool/ask.md") == 0
    for path in ("docs/pool/ask.md", "docs/index.md", "data/site.yaml", MOVED):
        raw = (swim.root / path).read_bytes()
        assert raw.count(b"\n") == raw.count(b"\r\n") > 2, path


def test_page_with_the_same_address_needs_no_redirect(swim: Project) -> None:
    assert move(swim, "docs/help.md", "docs/help/index.md") == 0
    assert page_address("help/index.md") == page_address("help.md")
    assert swim.read(MOVED).endswith("[]\n")


def test_page_that_nobody_has_seen_leaves_no_redirect(swim: Project) -> None:
    swim.write(
        "docs/draft.md", swim.read("docs/help.md").replace("# Ask the pool", "# Ask twice").replace("Whom", "Who")
    )
    swim.append("mkdocs.yml", "  - Draft: draft.md\n")
    assert move(swim, "docs/draft.md", "docs/drafts.md") == 0
    assert swim.read(MOVED).endswith("[]\n")
    assert move(swim, "docs/drafts.md", "docs/draft.md") == 0
    swim.write(ADDRESS_LIST, "/draft/\n")
    assert move(swim, "docs/draft.md", "docs/drafts.md") == 0
    assert "was: draft.md" in swim.read(MOVED)


def test_old_addresses_lead_to_the_newest_one(swim: Project) -> None:
    assert move(swim, TOP, "docs/two.md") == 0
    commit(swim.root)
    assert move(swim, "docs/two.md", "docs/three.md") == 0
    moved = {record.was: record.instead for record in read_project(swim.root).guide.moved.values()}
    assert moved == {"calls/top-level.md": "three.md", "two.md": "three.md"}
    assert problems(swim) == []


def test_what_was_renamed_by_hand_is_finished(swim: Project) -> None:
    (swim.root / "docs/pool").mkdir()
    (swim.root / TOP).rename(swim.root / "docs/pool/all.md")
    swim.replace("mkdocs.yml", "calls/top-level.md", "pool/all.md")
    assert problems(swim) != []
    assert move(swim, TOP, "docs/pool/all.md") == 0
    assert problems(swim) == []
    assert "was: calls/top-level.md" in swim.read(MOVED)
    assert not (swim.root / TOP).exists()


# What is refused


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("", "", "FROM or TO is missing. Write both, in capital letters"),
        (TOP, "", "FROM or TO is missing"),
        ("docs/calls/top-levle.md", "docs/x.md", "Did you mean FROM=docs/calls/top-level.md?"),
        ("docs/calls/top-level", "docs/x.md", "Did you mean FROM=docs/calls/top-level.md?"),
        ("https://guide.example.org/calls/top-level/", "docs/x.md", "Did you mean FROM=docs/calls/top-level.md?"),
        ("/calls/top-level/", "docs/x.md", "Did you mean FROM=docs/calls/top-level.md?"),
        ("docs/nothing-like-it.md", "docs/x.md", "Write its path as it stands in mkdocs.yml, after docs/."),
        ("docs/calls", "docs/x.md", "docs/calls is a folder. Move its pages one at a time"),
        ("docs/index.md", "docs/home.md", "docs/index.md can't move"),
        (f"docs/{CODES_PAGE}", "docs/codes.md", "can't move: the guide itself needs it there"),
        (f"{TOP}#all-calls", "docs/x.md", "write its old anchor under anchors:"),
        ("data/levels/camp.yaml", "data/levels/lake.yaml", "a record keeps its id"),
        ("docs/assets/favicon.svg", "docs/assets/x.svg", "is a picture"),
        ("mkdocs.yml", "docs/x.md", "There is no page docs/mkdocs.yml"),
        (TOP, TOP, "is there already. Write another path"),
        (TOP, "docs/help.md", "docs/help.md is there already"),
        (TOP, "docs/help/index.md", "docs/help.md has the same address: /help/"),
        (TOP, "docs/Top Level.md", "Write TO=docs/top-level.md"),
        (TOP, "docs/top_level_.md", "Write TO=docs/top-level.md"),
        (TOP, "docs/all", "Write TO=docs/all.md"),
        (TOP, "docs/all.MD", "Write TO=docs/all.md"),
        (TOP, "docs/all.yaml", "Write TO=docs/all.md"),
        (TOP, "docs/calls/", "docs/calls/ is a folder. Name the page too: TO=docs/calls/top-level.md"),
        (TOP, "docs/calls", "docs/calls is a folder. Name the page too: TO=docs/calls/top-level.md"),
        (TOP, "data/all.md", "data/all.md is outside docs/, where pages are. Write TO=docs/all.md"),
        (TOP, "../all.md", "../all.md is outside docs/"),
        (TOP, "/etc/all.md", "/etc/all.md is outside docs/"),
        (TOP, "docs/api/all.md", "/api/all/ is an address that the site needs itself"),
        ("docs/x.md", TOP, "Did you mean FROM=docs/calls/top-level.md TO=docs/x.md?"),
    ],
)
def test_slip_is_told_in_plain_words_and_changes_nothing(
    swim: Project, capsys: pytest.CaptureFixture[str], was: str, now: str, said: str
) -> None:
    before = files(swim)
    assert move(swim, was, now) == 1
    heard = capsys.readouterr().err
    assert said in heard
    assert heard.endswith("]\nNothing was changed.\n")
    assert files(swim) == before


def test_address_of_before_is_never_given_to_another_page(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert move(swim, TOP, "docs/all.md") == 0
    swim.write("data/withdrawn.yaml", "- id: old\n  address: page/pool--old\n  title: Old\n  withdrawn: 2026-01-05\n"
               "  why: It was old.\n  instead: help.md\n")  # fmt: skip
    commit(swim.root)
    capsys.readouterr()
    assert move(swim, "docs/help.md", TOP) == 1
    assert f"{MOVED}:3: /calls/top-level/ leads to all.md, which once was there" in capsys.readouterr().err
    assert move(swim, "docs/help.md", "docs/pool/old.md") == 1
    assert "data/withdrawn.yaml:2: the page at /pool/old/ was withdrawn" in capsys.readouterr().err


def test_link_that_cannot_be_changed_stops_it(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    swim.append("docs/help.md", "2. [All](calls&#47;top-level.md)\n")
    before = files(swim)
    assert move(swim, TOP, "docs/all.md") == 1
    line = swim.line("docs/help.md", "2. [All]")
    assert f'docs/help.md:{line}: a link to "calls/top-level.md"' in capsys.readouterr().err
    assert files(swim) == before


def test_what_the_guide_would_not_pass_stops_it(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(swim)
    assert move(swim, f"docs/{ONLY_THERE}a-list.md", "docs/all.md") == 1
    heard = capsys.readouterr().err
    assert heard.startswith("The guide would then have problems that it hasn't now:\ndocs/all.md:")
    assert "[one-home]" in heard
    assert files(swim) == before


def test_file_in_the_middle_of_a_merge_stops_it(swim: Project, capsys: pytest.CaptureFixture[str]) -> None:
    git(swim.root, "switch", "--quiet", "--create", "other")
    swim.replace("mkdocs.yml", "  - Help: help.md", "  - Ask: help.md")
    commit(swim.root)
    git(swim.root, "switch", "--quiet", "main")
    swim.replace("mkdocs.yml", "  - Help: help.md", "  - Help me: help.md")
    commit(swim.root)
    with pytest.raises(subprocess.CalledProcessError):
        git(swim.root, "merge", "other")
    swim.write("mkdocs.yml", swim.read("mkdocs.yml").partition("<<<<<<<")[0] + "  - Help: help.md\n")
    before = files(swim)
    assert move(swim, "docs/help.md", "docs/ask.md") == 1
    assert "mkdocs.yml:1: this file is in the middle of a merge. Finish the merge first." in capsys.readouterr().err
    assert files(swim) == before


def test_file_that_cannot_be_written_leaves_all_of_them(swim: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(swim)
    written = Path.write_bytes

    def fails(path: Path, data: bytes) -> int:
        if "mkdocs.yml" in path.name and path.parent == swim.root:
            raise OSError(28, "No space left on device", str(path))
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", fails)
    with pytest.raises(OSError, match="No space"):
        move(swim, "docs/help.md", "docs/ask.md")
    assert files(swim) == before


def test_problems_of_before_do_not_stop_it(swim: Project) -> None:
    swim.append("docs/help.md", "2. It's 😀.\n")
    assert problems(swim) != []
    assert move(swim, "docs/help.md", "docs/ask.md") == 0
