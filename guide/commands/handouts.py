"""Check everything, then write the site with PDFs to print: `make handouts`."""

import os
import sys

from guide.commands import build
from guide.outputs.handouts import WANTED


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if anything is wrong."""
    os.environ[WANTED] = "1"
    return build.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
