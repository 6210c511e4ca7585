"""What a browser may load and run on a page: the Content Security Policy, and the other headers that a host sends."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from guide.rendering.assets import bundle, home_style
from guide.rendering.brand import brand_style

SELF = "'self'"
NONE = "'none'"
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
# Of attributes in the order of their names. Blocks of data are not run, so no policy stops them.
_DATA = re.compile(r'(?: id="[\w-]+")? type="application/[a-z+]*json"')
_SOURCE = re.compile(r' defer src="([^"]+)"')
_ATTRIBUTE = re.compile(r' [a-z]+(?:="[^"]*")?')
_ANY_SCRIPT = re.compile(r"<script", re.IGNORECASE)

SHARED = {
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in (
            "accelerometer",
            "browsing-topics",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
        )
    ),
    "X-Content-Type-Options": "nosniff",
}
"""What a host sends with every file."""


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
    return f"'sha256-{digest}'"


def _written(directives: Mapping[str, list[str]]) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


@dataclass(frozen=True)
class Inline:
    """What the theme's own templates write into pages to be run or applied, known before any page is rendered."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    """Styles of the start page alone."""

    @classmethod
    def of_theme(cls, brand: str | None) -> "Inline":
        """Return what stands in pages.

        Args:
            brand: The guide's own color, if it has one.
        """
        return cls((early_script(),), (bundle("css").content + brand_style(brand),), (home_style(),))


def early_script() -> str:
    """Return the one script that stands in pages: it applies the reader's colors before the page is drawn."""
    return (Path(__file__).parents[1] / "theme" / "parts" / "early.js").read_text("utf-8").strip()


def refuse_foreign_scripts(html: str, inline: Inline, files: Iterable[str]) -> None:
    """Check that a finished page holds the theme's scripts and no other.

    Args:
        html: The page.
        inline: What the theme writes into pages.
        files: Names of the theme's script files.

    Raises:
        ValueError: There is a script that the theme did not write.
    """
    known = 0
    for script in _SCRIPT.finditer(html):
        attributes, text = "".join(sorted(_ATTRIBUTE.findall(script["attributes"]))), script["text"]
        if len(attributes) != len(script["attributes"]):
            continue
        source = _SOURCE.fullmatch(attributes)
        if (
            (source and not text and source[1].endswith(tuple(files)) and "//" not in source[1])
            or (not attributes and text in inline.scripts)
            or (_DATA.fullmatch(attributes) and "<" not in text)
        ):
            known += 1
    if known != len(_ANY_SCRIPT.findall(html)):
        raise ValueError("The page holds a script that the theme did not write.")


def page_policy(inline: Inline, *, header: bool = False) -> str:
    """Return the policy of pages.

    Args:
        inline: What the theme writes into pages.
        header: For a header, which alone can forbid other sites to show the page in a frame.
    """
    directives = {**_directives(inline), "connect-src": [SELF], "frame-src": [SELF]}
    return _written({**directives, "frame-ancestors": [NONE]} if header else directives)


def disk_policy(inline: Inline) -> str:
    """Return the policy of pages that open from a disk: no code asks for anything, and nothing stands in a frame.

    Args:
        inline: What the theme writes into such pages.
    """
    return _written(_directives(inline))


def _directives(inline: Inline) -> dict[str, list[str]]:
    return {
        "default-src": [NONE],
        "base-uri": [NONE],
        "form-action": [NONE],
        "img-src": [SELF, "data:"],
        "script-src": [SELF, *map(_hash, inline.scripts)],
        "style-src": [SELF, *map(_hash, inline.styles + inline.home)],
        "worker-src": [SELF],
    }


def embed_policy(assets: str, *, pictures: bool = False) -> Markup:
    """Return the policy of embeds, whose style sheet and script are files; any site may show them.

    Args:
        assets: Address of the folder that holds these files; absolute. A frame whose sandbox gives it no origin may
            not know itself as "self".
        pictures: Whether they show pictures from that folder.
    """
    own = [SELF, assets]
    directives = {"default-src": [NONE], "base-uri": [NONE], "form-action": [NONE], "script-src": own, "style-src": own}
    if pictures:
        directives["img-src"] = own
    return Markup(_written(directives))  # noqa: S704


def alone_policy(inline: Inline) -> Markup:
    """Return the policy of a document by itself: it runs and looks as it was written, and asks nobody for anything."""
    directives = {
        "default-src": [NONE],
        "base-uri": [NONE],
        "form-action": [NONE],
        "script-src": list(map(_hash, inline.scripts)),
        "style-src": list(map(_hash, inline.styles)),
    }
    return Markup(_written(directives))  # noqa: S704


def policy_metas(policy: str) -> Markup:
    """Return the elements by which a page states its policy, before anything that it rules."""
    return Markup(  # noqa: S704
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="referrer" content="{SHARED["Referrer-Policy"]}">'
    )
