"""What some pages load beside what all of them do: where a browser keeps something, in components, and for code."""

from collections.abc import Iterator
from functools import partial

from guide.outputs.site import File, Site
from guide.rendering.assets import THEME, Asset, cached_from_theme, code_script, join, own_assets, squeeze_script


@cached_from_theme
def kept_script() -> Asset:
    """Return what runs on the page where a reader sees and removes it."""
    return join([THEME / "kept" / "kept.js"], "assets/kept", squeeze_script)


def files(site: Site) -> Iterator[File]:
    """Return the script of the page where readers see and remove what is kept, and what else only some pages load."""
    for asset in (kept_script(), code_script(), *(asset for assets in own_assets().values() for asset in assets)):
        yield File(asset.name, partial(str, asset.content))
