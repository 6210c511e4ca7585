"""What a reader's own browser keeps of the guide, and how it is removed."""

from collections.abc import Iterator
from functools import partial

from guide.outputs.site import File, Site
from guide.rendering.assets import THEME, Asset, cached_from_theme, join, squeeze_script


@cached_from_theme
def kept_script() -> Asset:
    """Return what runs on the page where a reader sees and removes it."""
    return join([THEME / "kept" / "kept.js"], "assets/kept", squeeze_script)


def files(site: Site) -> Iterator[File]:
    """Return the script of the page where readers see and remove what their browser keeps."""
    script = kept_script()
    yield File(script.name, partial(str, script.content))
