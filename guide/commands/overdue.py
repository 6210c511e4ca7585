"""Report overdue reviews, expired exemptions, and checks dated in the future: `make overdue`.

In a copy of a guide it also reports what is older than that guide's safety changes. Only this command and `make due`
depend on today's date and on other sites, so that a build never fails by itself.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from guide.commands.older_than_guide import older_than_guide
from guide.model.guide import line_of, walk
from guide.model.problems import Place, Problem
from guide.model.registry import kinds
from guide.reading.yaml_nodes import compose, plain_value
from guide.rendering.project import Project, read_project

ROOT = Path(__file__).parents[2]
_LONGEST_EXEMPTION = timedelta(days=366)
_PAST = {"accessed", "as_of", "moved", "on", "reviewed", "sources_checked", "withdrawn"}
"""The keys of dates on which something was done."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REMEDIES = {
    "review_due": "Compare it with its sources, fix it, and set sources_checked and review_due.",
    "check_due": "Look the number up at its source, fix it, and set as_of or sources_checked, and check_due.",
}
"""What to do after each due date, by its key."""
_KEYS = _PAST | _REMEDIES.keys()


def overdue(project: Project, today: date) -> list[Problem]:
    """Return what is overdue, what is dated in the future, and exemptions that have expired or last too long."""
    return sorted({*_overdue(project, today), *future(project, today), *_exemptions(project, today)})


def _overdue(project: Project, today: date) -> Iterator[Problem]:
    for place, key, day in _days(project):
        if key in _REMEDIES and day < today:
            yield Problem(place, f"{key} was {day}", _REMEDIES[key], "overdue")


def future(project: Project, today: date) -> Iterator[Problem]:
    """Find dates of finished work that are in the future."""
    for place, key, day in _days(project):
        # In the author's time zone it may be tomorrow already.
        if key in _PAST and day > today + timedelta(days=1):
            yield Problem(place, f"{key} {day} is in the future", "Write the day on which it was done.", "future-date")


def _days(project: Project) -> Iterator[tuple[Place, str, date]]:
    """Return every date in front matter, in records, and in the heads of lists, with its place and key."""
    for page in project.pages.values():
        for path, value in walk(page.front.model_dump(mode="json")) if page.front else ():
            if _DAY.fullmatch(value):
                yield page.key_place(*path), str(path[-1]), date.fromisoformat(value)
    for kind, record_id, source in project.guide.written():
        for path, value in walk(source.plain) if record_id in project.guide.records(kind) else ():
            if path and path[-1] in _KEYS and _DAY.fullmatch(value):
                yield project.guide.place(kind, record_id, *path), str(path[-1]), date.fromisoformat(value)
    # A list with a head, such as the glossary, is due as a whole; its records have no dates.
    for listed in kinds().values():
        if not listed.list_key:
            continue
        file = project.root / listed.place
        node = compose(file.name, file.read_text("utf-8"))[0] if file.is_file() else None
        for path, value in walk(plain_value(node)) if node is not None else ():
            if path and path[0] != listed.list_key and _DAY.fullmatch(value):
                place = Place(file.relative_to(project.root).as_posix(), line_of(node, path))
                yield place, str(path[-1]), date.fromisoformat(value)


def _exemptions(project: Project, today: date) -> Iterator[Problem]:
    for exemption_id, exemption in project.guide.exemptions.items():
        place = project.guide.place("exemptions", exemption_id, "until")
        if exemption.until < today:
            wrong = f'the exemption "{exemption_id}" ran out on {exemption.until}'
            remedy = "Fix what it covers and delete it, or change its date."
            yield Problem(place, wrong, remedy, "overdue")
        elif exemption.until - today > _LONGEST_EXEMPTION:
            wrong = f'the exemption "{exemption_id}" holds until {exemption.until}, more than a year from now'
            yield Problem(place, wrong, "Choose a day within twelve months.", "overdue")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if anything is overdue, dated in the future or older, or the project can't be read whole."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("--today", type=date.fromisoformat, help="the day to compare with (default: today, in UTC)")
    options = parser.parse_args(arguments)
    project = read_project(options.root.resolve())
    today = options.today or datetime.now(UTC).date()
    problems = project.problems or sorted({*overdue(project, today), *older_than_guide(project)})
    for problem in problems:
        print(problem, file=sys.stderr)
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}."
    print(count if problems else "Nothing is overdue, or dated in the future.", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
