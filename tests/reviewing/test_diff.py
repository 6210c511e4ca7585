"""`make diff` says in readers' words what a change means, against a real git repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from guide.commands import move
from guide.commands.diff import main
from tests.factories import GOOD, Project

WAYS = "data/comparisons/ways.yaml"


def git(project: Project, *arguments: str) -> None:
    name = ["-c", "user.name=Swimmer", "-c", "user.email=swimmer@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *arguments], cwd=project.root, check=True, capture_output=True)


def commit(project: Project) -> None:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "x")


@pytest.fixture
def repository(tmp_path: Path) -> Project:
    """The guide about swimming, in a repository of its own, on a branch beside `main`."""
    project = Project(tmp_path / "swim")
    shutil.copytree(GOOD, project.root)
    git(project, "init", "--quiet", "--initial-branch=main")
    commit(project)
    git(project, "switch", "--quiet", "--create", "mine")
    return project


@pytest.fixture
def told(repository: Project, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the command, and give what it prints."""

    def run(base: str = "main") -> str:
        assert main(["--root", str(repository.root), "--base", base]) == 0
        return capsys.readouterr().out

    return run


def test_nothing_changed_is_said(told):
    assert "Nothing in pages or records." in told()


def test_answer_and_source_that_changed_are_one_line_by_their_readers_names(repository, told):
    repository.replace(WAYS, "One hour, or *two half hours*.", "Two hours.")
    repository.replace(WAYS, "references: [river-2020]\n      camp", "references: [river-2020, sea]\n      camp")
    commit(repository)
    lines = told().splitlines()
    assert (
        '  - Alone with a teacher, How many hours a week?: "Two hours." was "One hour, or two half hours."; '
        'source added: "The sea & you"'
    ) in lines
    (head,) = [line for line in lines if line.startswith("- **Ways to learn**")]
    assert head.startswith(f"- **Ways to learn** (`{WAYS}`), shown on 5 pages (")
    assert head.endswith(" and 1 embed (Ways to learn)")
    assert "- Calls at the top level: `/calls/top-level/`" in lines


def test_changes_that_are_not_committed_count(repository, told):
    repository.replace("data/levels/camp.yaml", "short_name: Camp", "short_name: Camps")
    assert '  - short name: "Camps" was "Camp"' in told()


def test_hours_are_worded_and_shown_where_a_table_takes_them_from_the_level(repository, told):
    repository.replace("data/levels/beginner.yaml", "{min: 0, max: 2}", "{min: 2, max: 4}")
    text = told()
    assert '  - hours per week, adults: "2 to 4 hours" was "fewer than 3 hours"' in text
    assert "Ways to learn" in next(line for line in text.splitlines() if "Beginners' lessons" in line)


def test_entry_that_a_page_shows_without_naming_it_is_known_to_be_shown(repository, told):
    text = repository.read("data/questions.yaml")
    repository.write("data/questions.yaml", text.replace("question: ", "question: So, ", 1))
    assert ", shown on 4 pages (" in told()


def test_gap_that_is_filled_says_what_was_not_known(repository, told):
    repository.replace(
        WAYS, "not_known: Nobody has counted.", "text: Many do.\n        certainty: low\n        references: [sea]"
    )
    assert 'Alone with a teacher, Do people learn to swim?: "Many do." was not known: "Nobody has counted."' in told()
    assert 'certainty: added: "Low' in told()


def test_items_of_lists_are_matched_by_id_so_that_a_new_one_changes_no_other(repository, told):
    path = "data/checklists/first-lesson.yaml"
    repository.replace(
        path,
        "    items:\n      - id: towel\n",
        "    items:\n      - id: cap\n        text: A cap.\n        references: [sea]\n      - id: towel\n",
    )
    repository.replace(path, "        text: Goggles, if you have some.\n", "        text: Goggles.\n")
    changes = [line for line in told().splitlines() if line.startswith("  - ")]
    assert changes == [
        '  - To pack: added: "A cap." (source: "The sea & you")',
        '  - To pack: "Goggles." was "Goggles, if you have some."',
    ]


def test_new_row_says_all_of_its_answers(repository, told):
    row = "  - id: ride\n    question: Do I need a ride?\n    cells:\n"
    row += "      alone:\n        text: No.\n        basis: practice\n        references: [sea]\n"
    row += "      group:\n        not_known: Nobody asked.\n      camp:\n        text: Yes.\n        basis: practice\n"
    repository.replace(WAYS, "rows:\n", f"rows:\n{row}        references: [sea]\n")
    changes = [line for line in told().splitlines() if line.startswith("  - ")]
    assert changes == [
        '  - added: "Do I need a ride?"',
        '  - Alone with a teacher, Do I need a ride?: "No."; basis: "Common practice"; source: "The sea & you"',
        '  - In a group, Do I need a ride?: not known: "Nobody asked."',
        '  - At a camp, Do I need a ride?: "Yes."; basis: "Common practice"; source: "The sea & you"',
    ]


def test_new_part_says_its_details_on_its_line(repository, told):
    session = "  - {day: friday, start: '09:00', minutes: 45, activity: Yoga}\n"
    repository.replace("data/schedules/evenings.yaml", "sources_checked:", f"{session}sources_checked:")
    assert '  - added: "Yoga"; day: "Friday"; start: "09:00"; minutes: "45"' in told().splitlines()


def test_emergency_bar_is_named_by_where_readers_see_it(repository, told):
    repository.replace("data/labels/en.yaml", "lifeguard: ", "lifeguard: Now! ")
    repository.replace("data/site.yaml", "emergency: [lifeguard, pool-office]", "emergency: [pool-office]")
    text = told()
    assert "  - Emergency bar, on every page, The lifeguard: " in text
    assert '  - Emergency bar, on every page: removed: "The lifeguard"' in text


def test_sentences_that_print_a_number_are_to_be_read_again_when_its_record_changes(repository, told):
    repository.replace(
        "docs/help.md", "The desk lends", 'Sit. Call {{ phone("pool-office") }}, at *any* hour. The desk lends'
    )
    commit(repository)
    git(repository, "branch", "--force", "main")
    repository.replace(
        "data/helplines.yaml",
        "check_due: 2026-04-05\n  references: [lake",
        "check_due: 2026-04-04\n  references: [lake",
    )
    assert "read this too" not in told()
    repository.replace("data/helplines.yaml", "hours: Weekdays", "hours: Fridays")
    lines = [line for line in told().splitlines() if "read this too" in line]
    place = f"docs/help.md:{repository.line('docs/help.md', 'Sit.')}"
    assert f'  - read this too: `{place}`: "Call ..., at any hour."' in lines
    assert '"A ticket is ..., says the pool at ...."' in lines[0]
    assert len(lines) == 5


def test_link_that_leads_elsewhere_is_told_and_one_that_followed_a_page_is_not(repository, told):
    repository.replace("docs/index.md", "[In a list](calls/in-a-list.md)", "[In a list](calls/in-a-tab.md#tab)")
    repository.replace(
        "docs/help.md", "[Ask the pool](index.md)", "[Ask the pool](index.md), [the sea](https://example.org/)"
    )
    text = told()
    assert (
        '  - the link "In a list" leads to `docs/calls/in-a-tab.md#tab`, and led to `docs/calls/in-a-list.md`\n' in text
    )
    assert '  - link added: "the sea", to `https://example.org/`\n' in text
    git(repository, "restore", "docs")
    assert move.main(["--root", str(repository.root), "docs/help.md", "docs/pool/ask.md"]) == 0
    text = told()
    assert "- Moved: **" in text and "the link" not in text and "link added" not in text


def test_pictures_are_told_with_their_descriptions(repository, told):
    repository.write("docs/assets/pool.svg", repository.read("docs/assets/favicon.svg"))
    repository.replace("docs/help.md", "The desk lends", "![A pool](assets/pool.svg)\n\nThe desk lends")
    assert '  - picture added: `docs/assets/pool.svg`, described as "A pool"\n' in told()
    commit(repository)
    git(repository, "branch", "--force", "main")
    repository.replace("docs/help.md", "![A pool]", "![The sea]")
    repository.replace("docs/assets/pool.svg", "<svg ", '<svg role="img" ')
    text = told()
    assert '  - the picture `docs/assets/pool.svg` is described as "The sea", and was as "A pool"\n' in text
    assert "  - the picture `docs/assets/pool.svg` is another one: see whether its words still fit\n" in text
    repository.replace("docs/help.md", "![The sea](assets/pool.svg)\n\n", "")
    assert '  - picture removed: `docs/assets/pool.svg`, "A pool"\n' in told()


def test_base_that_one_is_on_is_said(repository, capsys):
    repository.replace("data/levels/camp.yaml", "short_name: Camp", "short_name: Camps")
    commit(repository)
    assert main(["--root", str(repository.root), "--base", "mine"]) == 0
    said = capsys.readouterr()
    assert "Nothing in pages or records." in said.out
    assert "You are on mine itself, so only what isn't committed yet is compared." in said.err
    assert main(["--root", str(repository.root), "--base", "main"]) == 0
    assert capsys.readouterr().err == ""


def test_new_order_is_told(repository, told):
    text = repository.read(WAYS)
    group = "  - id: group\n    name: In a group\n    page: calls/in-a-list.md\n"
    repository.write(WAYS, text.replace(group, "").replace("rows:\n", f"{group}rows:\n"))
    assert '  - the order is now: "Alone with a teacher"; "At a camp"; "In a group"' in told()


def test_records_come_and_go_with_their_addresses(repository, told):
    camp = repository.read("data/levels/camp.yaml")
    repository.write("data/levels/lake.yaml", camp.replace("id: camp", "id: lake").replace("name: ", "name: Lake "))
    (repository.root / "data/schedules/evenings.yaml").unlink()
    commit(repository)
    text = told()
    assert "- New: **Lake " in text
    assert "- Removed: **Three evenings** (`data/schedules/evenings.yaml`)" in text
    assert (
        "- `/embed/v1/schedule/evenings/`: bring back what `data/schedules/evenings.yaml` held, then run "
        "`make withdraw WHAT=schedules/evenings`, naming a page"
    ) in text.partition("### Addresses lost")[2]


def test_new_record_says_what_it_says_with_certainty_and_sources(repository, told):
    text = repository.read(WAYS).replace("id: ways", "id: more-ways").replace("title: Ways to", "title: More ways to")
    repository.write("data/comparisons/more-ways.yaml", text)
    lines = told().splitlines()
    assert any(
        line.startswith("- New: **More ways to learn** (`data/comparisons/more-ways.yaml`), shown on 1 ")
        for line in lines
    )
    for line in (
        '  - population: "Adults who cannot swim"',
        '  - Alone with a teacher, How many hours a week?: "One hour, or two half hours."; basis: "Common practice"; '
        'source: "Swimming lessons for adults"',
        '  - In a group, Do people learn to swim?: "Most people do, see help."; certainty: "Moderate',
        '  - Alone with a teacher, Do people learn to swim?: not known: "Nobody has counted."',
    ):
        assert any(each.startswith(line) for each in lines), line


def test_new_records_of_every_kind_are_told_with_their_texts(repository, told):
    folders = [path for path in (repository.root / "data").iterdir() if path.is_dir() and path.name != "labels"]
    for path in [path for folder in folders for path in folder.glob("*.yaml")]:
        written = path.read_text("utf-8").replace(f"id: {path.stem}", f"id: new-{path.stem}", 1)
        path.with_name(f"new-{path.name}").write_text(written, "utf-8")
    text = told()
    assert text.count("- New: **") > 10
    for words in ("Lie down on one side", "Goggles, if you have some.", "fewer than 3 hours", "Counted in one town."):
        assert words in text, words


def test_page_that_moved_is_told_as_one_that_moved_with_what_changed_in_it(repository, told):
    assert move.main(["--root", str(repository.root), "docs/help.md", "docs/pool/ask.md"]) == 0
    text = told()
    assert "- Moved: **Ask the pool** (`docs/pool/ask.md`, was `docs/help.md`): reading grade " in text
    for word in ("New:", "Removed:", "Addresses lost", "data/site.yaml", "data/moved.yaml", "page:"):
        assert word not in text, word
    # The help page is a matter of safety under both names.
    assert "second person" in text
    repository.replace("docs/pool/ask.md", "The desk lends swimming trunks.", "The desk lends trunks.")
    assert '  - "The desk lends trunks." was "The desk lends swimming trunks."' in told()
    commit(repository)
    assert "- Moved: **Ask the pool**" in told()


def test_withdrawn_address_is_not_lost(repository, told):
    (repository.root / "data/schedules/evenings.yaml").unlink()
    gone = [{"id": "evenings", "address": "schedule/evenings", "title": "Three evenings"}]
    repository.write("data/withdrawn.yaml", gone)
    assert "Addresses lost" not in told()


def test_renamed_page_loses_its_addresses_unless_the_old_one_leads_to_the_new(repository, told):
    git(repository, "mv", "docs/calls/in-a-tab.md", "docs/calls/tabs.md")
    text = told()
    assert "- Moved: **Calls in a tab** (`docs/calls/tabs.md`, was `docs/calls/in-a-tab.md`)" in text
    assert text.partition("### Addresses lost\n\n")[2].partition("\n\n")[0] == (
        "- `/calls/in-a-tab/`, `/embed/v1/page/calls--in-a-tab/`: run `make move FROM=docs/calls/in-a-tab.md "
        "TO=docs/calls/tabs.md`, and they lead to the page again."
    )

    moved = [{"id": "tabs", "was": "calls/in-a-tab.md", "instead": "calls/tabs.md"}]
    repository.write("data/moved.yaml", moved)
    assert "Addresses lost" not in told()


def test_page_says_its_sentences_sources_dates_and_grade(repository, told):
    path = "docs/index.md"
    repository.replace(path, "sources_checked: 2026-01-05", "sources_checked: 2026-02-06")
    repository.replace(
        path,
        'Grown-ups learn to swim every day.{{ cite("lake-2021", "sea") }}',
        'Unaccustomed individuals occasionally demonstrate remarkable improvement.{{ cite("lake-2021") }}',
    )
    commit(repository)
    page = told().partition("### Pages\n\n")[2].partition("\n\n")[0].splitlines()
    assert page[0].startswith("- **Learn to swim** (`docs/index.md`): reading grade ")
    now, was = page[0].rpartition("reading grade ")[2].split(", was ")
    assert float(now) > float(was)
    assert page[1:] == [
        '  - sources checked: "2026-02-06" was "2026-01-05"',
        '  - source "The sea & you" removed',
        '  - "Unaccustomed individuals occasionally demonstrate remarkable improvement." was '
        '"Grown-ups learn to swim every day."',
    ]


def test_block_that_a_page_no_longer_shows_is_named(repository, told):
    repository.replace("docs/calls/top-level.md", '{{ checklist("first-lesson") }}\n\n', "")
    assert '  - checklist "Before the first lesson" removed' in told()


def test_base_that_todays_models_refuse_is_read_all_the_same(repository, told):
    git(repository, "switch", "--quiet", "main")
    repository.replace("data/levels/camp.yaml", "id: camp\n", "id: camp\ncolor: red\n")
    repository.replace("docs/help.md", "sources_checked:", "mood: fine\nsources_checked:")
    commit(repository)
    git(repository, "switch", "--quiet", "--create", "yours")
    repository.replace("data/levels/camp.yaml", "color: red\n", "")
    repository.replace("docs/help.md", "mood: fine\n", "")
    text = told()
    assert '  - color: removed: "red"' in text
    assert '  - mood: removed: "fine"' in text


def test_what_others_changed_since_is_left_out(repository, told):
    git(repository, "switch", "--quiet", "main")
    repository.replace(WAYS, "title: Ways to learn", "title: Ways")
    commit(repository)
    git(repository, "switch", "--quiet", "mine")
    assert "Nothing in pages or records." in told()


def test_file_that_cannot_be_read_is_named_and_its_record_is_not_called_removed(repository, told):
    repository.write("data/levels/camp.yaml", "id: [camp\n")
    text = told()
    assert "- `data/levels/camp.yaml`, as it is: `make check` says why" in text
    assert "Removed" not in text


def test_what_is_no_file_is_named_and_what_systems_leave_is_passed_over(repository, told):
    os.mkfifo(repository.root / "data/levels/pipe.yaml")
    repository.write("data/levels/._beginner.yaml", b"\0\1")
    text = told()
    assert "data/levels/pipe.yaml" in text
    assert "._beginner" not in text


def test_texts_of_the_guide_cannot_pass_for_markdown(repository, told):
    repository.replace("data/levels/camp.yaml", "short_name: Camp", "short_name: '<b>[Camp](x)'")
    assert r'short name: "\<b\>' in told()


def test_base_that_is_not_there_is_an_error_without_a_traceback(repository, capsys):
    assert main(["--root", str(repository.root), "--base=--output=x"]) == 1
    assert main(["--root", str(repository.root), "--base", "nowhere"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert '"nowhere" is not a commit here. Fetch it, or name another: make diff BASE=HEAD' in said.err
