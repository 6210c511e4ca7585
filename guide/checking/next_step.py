"""Every page ends with what the reader can do next."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that the last section of each page says what to do next."""
    labels = project.guide.labels.get(project.language)
    if not labels or "what-next" not in labels.words:
        return
    heading = labels.words["what-next"]
    for page in project.pages.values():
        sections = [(text, line) for level, text, line in page.headings if level == 2]
        if not sections or sections[-1][0] != heading:
            line = sections[-1][1] if sections else page.body_start
            remedy = f'End the page with "## {heading}" and one or more steps.'
            yield Problem(page.place(line), "the page doesn't end with what to do next", remedy, "next-step")
