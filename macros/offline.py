"""What a reader's own browser keeps of the guide, and how it is removed."""

from functools import cache

from macros.assets import Asset, join
from macros.embeds import ASSETS

KEPT = ("checklists", "colors", "offline", "other")
"""What a browser can keep, as docs/assets/offline/kept.js tells it apart."""


@cache
def kept_script() -> Asset:
    """Give what runs on the page where a reader sees and removes it."""
    return join([ASSETS / "offline" / "kept.js"], "assets/kept")
