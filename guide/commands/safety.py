"""Name the matters of safety that a change touches, which a second person must review: `make safety BASE=origin/main`.

Those are what to do in danger, phone numbers and what names one, words of a crisis, and what stands on the pages that
data/site.yaml names under `safety_pages`. A proposal's workflow runs this with the code of the branch that it is
proposed for, so that no proposal can change what is found. `make diff` says what changes in them.
"""

import argparse
import sys
from pathlib import Path

from guide.commands.diff import GitError, compared


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 only if there is nothing to compare with."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--base", default="origin/main", help="what to compare with (default: origin/main)")
    options = parser.parse_args(arguments)
    try:
        with compared(options.root.resolve(), options.base) as review:
            matters = review.matters_of_safety()
    except GitError as error:
        print(error, file=sys.stderr)
        return 1
    for matter in matters:
        print(matter)
    if not matters:
        print("No matter of safety has changed.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
