"""What a reader's own browser keeps of the guide, and how it is removed."""

from functools import cache

from macros.assets import THEME, Asset, join, squeeze_script

KEPT = ("checklists", "colors", "offline", "other")
"""What a browser can keep, as theme/kept/kept.js tells it apart."""


@cache
def kept_script() -> Asset:
    """Give what runs on the page where a reader sees and removes it."""
    return join([THEME / "kept" / "kept.js"], "assets/kept", squeeze_script)
