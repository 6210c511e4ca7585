"""Records to CSV: one row for each thing that a reader sees as one, with its sources."""

import csv
import io
import re
from collections.abc import Iterable

from guide.model.kind import Row

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it a common spreadsheet takes UTF-8 for something else."""

_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")


def safe(value: object) -> str:
    """Write a value so that no spreadsheet runs it: what begins like a formula gets an apostrophe in front.

    Source:
        https://owasp.org/www-community/attacks/CSV_Injection
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return safe("; ".join(str(each) for each in value))
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def sheet(rows: Iterable[Row]) -> str:
    """Write rows of one shape as CSV by RFC 4180, with a byte order mark."""
    found = list(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(found[0] if found else [])
    writer.writerows([safe(value) for value in row.values()] for row in found)
    return BYTE_ORDER_MARK + text.getvalue()
