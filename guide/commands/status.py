"""List the pages that read choppy, for an editor to read aloud: `make status`.

The figures only say where to look. Steps, and the help page, may be as short as they like.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from guide.reading.readability import Readability, readability, sentences_of
from guide.rendering.project import Project, read_project

ROOT = Path(__file__).parents[2]


def choppy(project: Project) -> Iterator[tuple[str, Readability]]:
    """Return the pages that read choppy, each with how it reads, the lowest grade first."""
    site = project.guide.site
    figures = [
        (path, readability([sentence for sentence, _ in sentences_of(page, steps=False)]))
        for path, page in project.pages.items()
        if not site or path != site.help_page
    ]
    found = [(path, reads) for path, reads in figures if reads and reads.choppy]
    yield from sorted(found, key=lambda pair: pair[1].grade)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 only if the project can't be read whole."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    project = read_project(parser.parse_args(arguments).root.resolve())
    for problem in project.problems:
        print(problem, file=sys.stderr)
    pages = list(choppy(project))
    for path, reads in pages:
        print(
            f"docs/{path}: grade {reads.grade:.1f}, {reads.words:.0f} words a sentence, "
            f"{100 * reads.short:.0f} in 100 sentences of eight words or fewer."
        )
    count = "1 page reads" if len(pages) == 1 else f"{len(pages)} pages read"
    print(f"{count} choppy by these figures. Read such a page aloud before you change it.", file=sys.stderr)
    return 1 if project.problems else 0


if __name__ == "__main__":
    sys.exit(main())
