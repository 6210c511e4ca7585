"""Measurements of the guide and its generator: `make bench`. Their results are in RESULTS.md.

Each part is a module with `ROUNDS`, how often it repeats what varies, and `rows(root, rounds)`, which yields lines of
the table. `run.py` prints them, `sites.py` writes projects to build, and `measure.py` holds what the parts share.
"""

import os
import sys

# Material's banner about the next version of MkDocs.
os.environ["NO_MKDOCS_2_WARNING"] = "1"

if sys.argv[0] == "-m":
    from guide.commands.command import watch

    watch()
