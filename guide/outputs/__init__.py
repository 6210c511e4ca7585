"""What a finished site is written as, beside its pages: embeds, data files, handouts, and what hosts need.

Each output is a module with a function `files(site)`: a `Site` in, `File`s out. A file's content is made only when
somebody asks for it: a build writes all of them, `make serve` makes the one whose address is opened. `OUTPUTS` is the
only list of outputs; those at its end look at the files that the others have written.
"""

from guide.outputs.site import File, Site

OUTPUTS = (
    "embed_files",
    "code_pages",
    "data_files",
    "accessibility_report",
    "search_index",
    "local_storage",
    "suggest",
    "handouts",
    "one_page",
    "offline_copy",
    "hosting",
)
"""The modules, in the order in which their files are written."""

BESIDE = ("data_files",)
"""Those that a build writes in a forked process while it writes the others. They're half of the work: on two cores, a
build takes 5.1 seconds instead of 5.6, and one of 16 times the pages 51 instead of 61."""

WHOLE = ("offline_copy", "hosting")
"""Those that look at the files of all others."""

__all__ = ["BESIDE", "OUTPUTS", "WHOLE", "File", "Site"]
