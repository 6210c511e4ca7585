"""Check a review that a clinician saved, and write its record: `make review-read FILE=review-care-first-day.json`.

The record lacks the maintainer's part, so that the checker refuses it until a maintainer has looked the license up.
"""

import argparse
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from guide.commands.edits import tell_git
from guide.outputs.review_pack import review_id
from guide.rendering.project import read_project
from guide.reviewing.saved_review import ReadReview, free_id, read_review, record_text

ROOT = Path(__file__).parents[2]
LATEST = timezone(timedelta(hours=14))
"""Where a day begins first: no signature anywhere has a later day."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if nothing was written."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("file", type=Path, help="the file that was saved")
    options = parser.parse_args(arguments)
    project = read_project(options.root.resolve())
    # Another review may wait for its maintainer's part.
    unread = [problem for problem in project.problems if not problem.place.path.startswith("data/reviews/")]
    if unread:
        print("\n".join([*map(str, unread), "Nothing written."]), file=sys.stderr)
        return 1
    review, problems = read_review(options.file, project, datetime.now(LATEST).date())
    if review is None:
        print("\n".join([*map(str, problems), "Nothing written."]), file=sys.stderr)
        return 1
    record_id = free_id(project.guide, review, review_id(review.saved.page))
    path = project.root / "data" / "reviews" / f"{record_id}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(record_text(review, record_id), "utf-8")
    print(_report(review), end="")
    shown = path.relative_to(project.root).as_posix()
    tell_git(project.root, [shown])
    print(f"Wrote {shown}. Look the license up, fill in verified, then run: make check FILES={shown}", file=sys.stderr)
    return 0


def _report(review: ReadReview) -> str:
    """Say what was signed, and what the editors have to look at."""
    lines = [
        f"{review.saved.by} signed {len(review.signed)} passages and headings of docs/{review.saved.page}; "
        f"{len(review.open)} were read and not signed.",
    ]
    if review.changed:
        lines.append(f"Not signed, because the guide no longer has them as they were in the pack: {review.changed}.")
    if review.missing:
        lines.append(f"Not signed, because they stand on the page and weren't in the pack: {review.missing}.")
    for remark in review.remarks:
        comment = f" Comment: {remark.comment}" if remark.comment else ""
        lines.append(f'Passage {remark.number}, {remark.mark}: "{remark.text}"{comment}')
    return "\n".join(_printable(line) for line in lines) + "\n"


def _printable(line: str) -> str:
    """Return a line without terminal control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in line)


if __name__ == "__main__":
    sys.exit(main())
