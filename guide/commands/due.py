"""Print what is due as Markdown, for the issue that a scheduled job keeps up to date: `make due`.

That is overdue reviews and figures; sources that have been retracted or corrected, and links that are dead or have
moved, each with the facts that rest on it; and in a copy of a guide, what is older than that guide's safety changes.
Without any, nothing is printed.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from guide.commands.external_links import add_options, check_outside
from guide.commands.facts import with_facts
from guide.commands.older_than_guide import older_than_guide
from guide.commands.overdue import overdue
from guide.commands.retractions import SOURCE_RULES
from guide.model.problems import Problem
from guide.rendering.project import read_project

# An issue holds 65,536 characters.
LIMIT = 60_000


def report(
    late: list[Problem], links: list[Problem], inconclusive: list[Problem], older: Sequence[Problem] = ()
) -> str:
    """Write the text of the issue, or "" if nothing is due.

    Args:
        late: What is overdue, or dated in the future.
        links: Sources that have been retracted or corrected, and links that are dead or have moved.
        inconclusive: What could not be checked. By themselves they are no reason for an issue.
        older: What a copy has that is older than the guide's safety changes.
    """
    if not late and not links and not older:
        return ""
    sources = [problem for problem in links if problem.rule in SOURCE_RULES]
    sections: dict[str, Sequence[Problem]] = {
        f"Older than the guide that this is a copy of: {len(older)}": older,
        f"Overdue, or dated in the future: {len(late)}": late,
        f"Retracted or corrected: {len(sources)}": sources,
        f"Links that are dead or have moved: {len(links) - len(sources)}": [
            problem for problem in links if problem not in sources
        ],
        f"Could not be checked: {len(inconclusive)}": inconclusive,
    }
    lines = ["Written by a scheduled job, which keeps this issue up to date and closes it when nothing is due."]
    for title, problems in sections.items():
        if problems:
            lines += ["", f"## {title}", "", *(line for problem in problems for line in _listed(problem))]
    text = "\n".join(lines) + "\n"
    if len(text) > LIMIT:
        text = text[: text.rindex("\n", 0, LIMIT)] + "\n\nAnd more: `make due` prints all of it.\n"
    return text


def _listed(problem: Problem) -> Iterator[str]:
    """Return a problem as an item of a list, with the facts that rest on it below."""
    message, *facts = (line.replace("`", "") for line in with_facts(problem))
    yield f"- `{message}`"
    yield from (f"  - {fact.strip()}" for fact in facts)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 only if the project cannot be read whole."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--today", type=date.fromisoformat, help="the day to compare with (default: today, in UTC)")
    add_options(parser)
    options = parser.parse_args(arguments)
    project = read_project(options.root.resolve())
    for problem in project.problems:
        print(problem, file=sys.stderr)
    if project.problems:
        return 1
    links, inconclusive = check_outside(project, options.pause, options.seconds)
    late = overdue(project, options.today or datetime.now(UTC).date())
    print(report(late, links, inconclusive, older_than_guide(project)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
