"""No code leads to what doesn't speak of it."""

from __future__ import annotations

from guide.checking import check_project
from tests.checking.test_codes import CRAWL, SYSTEM, coded
from tests.factories import Project

__all__ = ["coded"]

REMEDY = "Remove the code here, or correct the words of {} in data/code-systems/strokes-9.yaml. [code-words]"


def check(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root)]


def test_record_that_speaks_of_something_else_is_reported(coded: Project) -> None:
    coded.replace(SYSTEM, "- crawl", "- butterfly")
    line = coded.line(CRAWL, "- B10")
    fault = f'{CRAWL}:{line}: B10 leads to this record, which doesn\'t say "butterfly". {REMEDY.format("B10")}'
    assert check(coded) == [fault]


def test_section_is_held_to_its_own_words_and_not_to_those_below(coded: Project) -> None:
    coded.replace("docs/cramp.md", "section: in-the-water", "section: on-land")
    line = coded.line("docs/cramp.md", "codes: [C20]")
    where = 'the section "on-land", which doesn\'t say "cramp" or "muscle"'
    assert check(coded) == [f"docs/cramp.md:{line}: C20 leads to {where}. {REMEDY.format('C20')}"]


def test_page_is_held_to_its_beginning_and_headings_and_not_to_what_it_says_in_passing(coded: Project) -> None:
    coded.replace("docs/cramp.md", "    section: in-the-water\n", "")
    assert check(coded) == []
    coded.replace("docs/cramp.md", "codes: [C20]", "codes: [B10]")
    coded.replace(CRAWL, "- B10", "- C20")
    coded.replace(CRAWL, "A stroke on the front.", "A stroke without a cramp.")
    line = coded.line("docs/cramp.md", "codes: [B10]")
    fault = f'docs/cramp.md:{line}: B10 leads to this page, which doesn\'t say "crawl". {REMEDY.format("B10")}'
    assert check(coded) == [fault]


def test_words_count_where_they_begin_a_word_and_not_inside_one(coded: Project) -> None:
    coded.replace(SYSTEM, "- crawl", "- rawl")
    assert [text.rpartition(" ")[2] for text in check(coded)] == ["[code-words]"]
