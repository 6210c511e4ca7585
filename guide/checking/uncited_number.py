"""A number of something, a statistic or a law has its source next to it, on pages and in records."""

import re
from collections.abc import Iterator

from guide.model.problems import Problem
from guide.model.registry import unsourced_fields
from guide.reading.claims import LAW, cite_or, number_pattern, statements
from guide.reading.passages import Passage
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that paragraphs, list items and texts of records with a number or a law cite a source.

    Numbers are amounts of money, percentages, and numbers of people, of hours and longer, or of what the labels say is
    `counted`; also "3 in 10", "on average" and the like. Laws include regulations and acts. Left out are questions,
    advice without a limit ("start three weeks before"), quotations, words of links, what nobody knows, minutes, clock
    times, phone numbers, numbers of steps and pages, and what says that it is made up; and numbers, but not laws, on
    pages that speak of the guide itself, such as how long its host keeps a log: nobody else can say that.
    """
    labels, site = project.guide.labels.get(project.language), project.guide.site
    number = number_pattern(labels.counted if labels else [])
    of_the_guide = tuple(f"docs/{section}/" for section in (site.plain_sections if site else []))
    for passage in project.passages("paragraph", "item", "text"):
        if not passage.cited and not passage.made_up and (passage.kind, passage.field) not in unsourced_fields():
            yield from _uncited(passage, None if passage.path.startswith(of_the_guide) else number)


def _uncited(passage: Passage, number: re.Pattern[str] | None) -> Iterator[Problem]:
    for text, start in statements(passage):
        match = (number and number.search(text)) or LAW.search(text)
        if match:
            subject = "law" if match.re is LAW else "number"
            yield Problem(
                passage.place(start + match.start()),
                f'a {subject} without a source: "{match[0]}"',
                cite_or(passage, "the source that says so", f"Take the {subject} out"),
                "uncited-number",
            )
            return
