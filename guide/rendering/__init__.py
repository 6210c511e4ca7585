"""Records and pages to HTML.

A `PageRenderer` renders the calls of one page through templates and remembers what it has shown.
"""
