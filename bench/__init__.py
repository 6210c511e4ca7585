"""Measurements of the guide and its generator, run as `python -m bench.<name>`; their results are in RESULTS.md."""

import sys

if sys.argv[0] == "-m":
    from guide.commands.command import watch

    watch()
