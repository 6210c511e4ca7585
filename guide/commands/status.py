"""List the pages that read choppy, for an editor to read aloud: `make status`.

The figures only say where to look. Steps, and the help page, may be as short as they like.
"""

import argparse
import sys
from pathlib import Path

from guide.reading.readability import choppy_pages
from guide.rendering.project import read_project

ROOT = Path(__file__).parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 only if the project can't be read whole."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    project = read_project(parser.parse_args(arguments).root.resolve())
    for problem in project.problems:
        print(problem, file=sys.stderr)
    site = project.guide.site
    pages = choppy_pages(project.pages, site.help_page if site else None)
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
