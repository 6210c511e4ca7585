"""Citations: the number of a source after a statement, and the list of all sources.

The record of a source is the generator's own: guide/model/reference.py.
"""

from macros.citation.macro import cite, sources

MACROS = (cite, sources)
__all__ = ["MACROS"]
