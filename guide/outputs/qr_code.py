"""QR codes of addresses, as drawings in a document."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby

import segno

QUIET = 4
"""The empty modules around a code that readers need, on each side."""


@dataclass(frozen=True)
class QrCode:
    """A QR code as the path of an SVG drawing, one unit a module."""

    text: str
    """What it says when it's scanned."""
    size: int
    """Width and height, with the empty modules around it."""
    path: str
    """The dark modules."""


@cache
def qr_code(text: str) -> QrCode:
    """Draw a QR code that can be read when a seventh of it is damaged."""
    modules = segno.make_qr(text, error="m", boost_error=False).matrix
    path = []
    for row, line in enumerate(modules, QUIET):
        column = QUIET
        for dark, run in groupby(line):
            length = len(list(run))
            if dark:
                path.append(f"M{column} {row}h{length}v1h-{length}z")
            column += length
    return QrCode(text, len(modules) + 2 * QUIET, "".join(path))
