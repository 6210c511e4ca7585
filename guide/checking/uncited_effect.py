"""A statement that something works, helps or changes a risk has its source next to it, on pages and in records."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.reading.claims import EFFECT, cite_or, statements
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that paragraphs, list items and texts of records that claim an effect cite a source."""
    for passage in project.passages("paragraph", "item", "text"):
        if passage.cited:
            continue
        for text, start in statements(passage):
            effect = EFFECT.search(text)
            if effect and not text.rstrip().endswith(":"):
                yield Problem(
                    passage.place(start + effect.start()),
                    f'an effect without a source: "{effect[0]}"',
                    cite_or(passage, "the study that found it", "Say only what is known"),
                    "uncited-effect",
                )
                break
