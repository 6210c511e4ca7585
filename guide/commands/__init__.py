"""Commands for people and CI, run as `python -m guide.commands.<name>`."""

import sys

# Python calls the program "-m" only while it looks for the module to run: tests that import a command are left alone.
# This comes before the command's own imports: a fault in one of those is reported like any other.
if sys.argv[0] == "-m":
    from guide.commands.command import watch

    watch()
