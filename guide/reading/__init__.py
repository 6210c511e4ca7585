"""Files to records and pages, with the line of everything, and refusals in the author's words.

A file goes through the limits first, then through a parser, then through a model or the allow-list of pages. What comes
out is a `Guide` and `Page`s, and a list of problems.
"""
