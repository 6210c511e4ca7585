"""The commands behind `make`, run as `python -m guide.commands.<name>`.

Each module has a `main`, which parses its arguments, reads the project or the built site, and calls the other packages.
Problems and progress go to standard error. The exit status is 0, or 1 if something is wrong (`command` lists others).
`command`, `edits`, `list_files`, `mentions`, `output_folder`, `page_arguments`, `progress` and `servers` aren't
commands: the others share them.
"""

import sys

# Python names the program "-m" only while it looks for the module to run, so that tests can import a command.
# This comes before the command's own imports, so that an error in one of those is reported like any other.
if sys.argv[0] == "-m":
    from guide.commands.command import watch

    watch()
