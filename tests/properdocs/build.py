"""Build a site with ProperDocs: what `python -m guide.commands.build` does, where MkDocs isn't installed."""

import sys

# From here on, whoever imports `mkdocs` gets `properdocs`: our engine, mkdocs-macros, Material.
import properdocs.replacement  # noqa: F401

from guide.commands.build import main

if __name__ == "__main__":
    sys.exit(main())
