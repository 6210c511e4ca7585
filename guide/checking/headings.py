"""Headings make an outline: one title, no level skipped, and each with words and something under it."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from guide.model.problems import Problem
from guide.reading.pages import Page
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that headings make an outline and that none is empty or repeated."""
    for page in project.pages.values():
        titles = [line for level, _, line in page.headings if level == 1]
        if not titles:
            yield Problem(page.place(page.body_start), "the page has no title", "Begin it with # and a title.", "title")
        for line in titles[1:]:
            yield Problem(page.place(line), "a second title", "Write ## for a section.", "title")
        previous = 1
        for level, text, line in page.headings:
            if level > previous + 1:
                wrong = f'"{text}" is a heading of level {level} after one of level {previous}'
                yield Problem(page.place(line), wrong, f"Write {'#' * (previous + 1)}.", "heading-order")
            previous = level
            if not text.strip():
                wrong, rule = (
                    ("the title has no words", "title") if level == 1 else ("a heading without words", "heading")
                )
                yield Problem(page.place(line), wrong, f"Write them after {'#' * level} and a space.", rule)
        yield from _repeated(page)
        yield from _empty_sections(page)


def _repeated(page: Page) -> Iterator[Problem]:
    """Check that no two headings under one heading are alike, as when a section was pasted twice."""
    above: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    for level, text, line in page.headings:
        above = [*above[: level - 1], text]
        if tuple(above) in seen and text.strip() and level > 1:
            wrong = f'the heading "{text}" appears here and on line {seen[tuple(above)]}'
            remedy = "Delete the repeated section, or give one of them another heading."
            yield Problem(page.place(line), wrong, remedy, "repeated-heading")
        seen.setdefault(tuple(above), line)


def _empty_sections(page: Page) -> Iterator[Problem]:
    """Check that something follows each heading: text, or a heading of a lower level."""
    lines = page.body.split("\n")
    for (level, text, line), after in zip_longest(page.headings, page.headings[1:]):
        end = after[2] - page.body_start if after else len(lines)
        has_text = any(re.search(r"\w", below) for below in lines[line - page.body_start + 1 : end])
        if text.strip() and not has_text and (after is None or after[0] <= level):
            wrong = "the page has nothing but its title" if level == 1 else f'there is nothing under "{text}"'
            remedy = "Write what the heading promises, or delete it."
            yield Problem(page.place(line), wrong, remedy, "empty-section")
