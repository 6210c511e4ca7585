"""A sentence has at most 35 words, on pages and in the texts of records."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.project import Project

_LIMIT = 35


def check(project: Project) -> Iterator[Problem]:
    """Check the length of sentences."""
    for passage in project.passages(*RUNNING_TEXT, "text"):
        for sentence in passage.sentences:
            count = len(sentence.words)
            if count > _LIMIT:
                yield Problem(
                    passage.place(sentence.start),
                    f'a sentence of {count} words: "{sentence.text[:50]}..."',
                    f"Make two sentences of it that flow, or a list: a sentence has at most {_LIMIT} words.",
                    "long-sentence",
                )
