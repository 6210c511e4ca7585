"""Nothing follows a citation in its paragraph, because its number stands at the end, behind all that was said."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that no words, picture or call follow a citation in its paragraph or list item."""
    for passage in project.passages(*RUNNING_TEXT):
        whole, anew = "paragraph", "Start a new paragraph there"
        if passage.role == "item":
            whole, anew = "list item", "Make it a list item of its own"
        for start in passage.uncovered:
            words = passage.text[start:].split("\n")[0].strip()
            # A call or a picture is no text of the page.
            shown = f'"{words[:50]}{"..." if len(words) > 50 else ""}"' if words[:1].isalnum() else "something"
            yield Problem(
                passage.place(start),
                f"{shown} follows a citation, and would seem to come from its source: the site prints the number at "
                f"the end of the {whole}",
                f"{anew}, or put the citation at the end if its source says all of it.",
                "text-after-citation",
            )
