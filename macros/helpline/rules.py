"""Checks what pages say of helplines: that one answers day and night, if it does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.model.problems import Problem
from guide.reading.passages import sentence_with
from guide.rendering.project import Project

_ALWAYS = r"(?:at any hour|(?:by )?day (?:and|or) night|24 hours a day|24/7|around the clock)\b"
_SAID = re.compile(rf"(?:\.\.\.|,) ({_ALWAYS})", re.IGNORECASE)
"""In a sentence: right after the number, or after a comma, where it can't be about something else."""
_HOURS = re.compile(rf"{_ALWAYS}|\b24\b|\bany time\b|\balways\b", re.IGNORECASE)


def check(project: Project) -> Iterator[Problem]:
    """Check sentences with the number of one helpline that say that it answers at any hour."""
    lines = project.guide.records("helplines")
    for page in project.pages.values():
        texts = page.body.split("\n")
        for call in page.calls:
            line = lines.get(next(call.strings(), "")) if call.name == "phone" else None
            if line is None or _HOURS.search(line.hours):
                continue
            sentence = sentence_with(texts[call.line - page.body_start], call.written)
            said = _SAID.search(sentence, sentence.find("..."))
            if said and sentence.count("...") == 1:
                wrong = f'"{said[1]}" is said of "{call.args[0]}", whose hours are "{line.hours}"'
                remedy = "Say when it answers, or leave the hours out here."
                yield Problem(page.place(call.line), wrong, remedy, "helpline-hours")
