"""MkDocs events: tells the engine which ids the blocks of a page have, so that links to them are not refused."""

import re
from sys import intern
from typing import Any

_ID = re.compile(r'\sid="([^"]+)"')


def on_page_content(html: str, page: Any, **_: Any) -> None:
    """Add the ids that stand in the finished HTML: the engine looks for them before blocks take their places."""
    page.present_anchor_ids.update(map(intern, _ID.findall(html)))
