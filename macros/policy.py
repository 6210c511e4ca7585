"""What a browser may load and run on a page: the Content Security Policy, and the other headers that a host sends."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

SELF = "'self'"
NONE = "'none'"
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
# Blocks of data are not run, so no policy stops them.
_DATA = re.compile(r'\stype="application/[a-z+]*json"')
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_START = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)

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


@dataclass
class Inline:
    """What stands inside finished pages and is run or applied, by its hashes."""

    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, html: str) -> "Inline":
        """Read it from a page."""
        scripts = {
            _hash(script["text"])
            for script in _SCRIPT.finditer(html)
            if " src=" not in script["attributes"] and not _DATA.search(script["attributes"])
        }
        return cls(scripts, {_hash(text) for text in _STYLE.findall(html)})

    def add(self, other: "Inline") -> None:
        """Take in what stands in another page."""
        self.scripts |= other.scripts
        self.styles |= other.styles


def page_policy(inline: Inline, *, header: bool = False) -> str:
    """Give the policy of pages.

    Args:
        inline: What stands inside the page, or, for a header, inside any page.
        header: For a header, which alone can forbid other sites to show the page in a frame.
    """
    directives = {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "form-action": [NONE],
        "frame-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF, *sorted(inline.scripts)],
        "style-src": [SELF, *sorted(inline.styles)],
        "worker-src": [SELF],
    }
    return _written({**directives, "frame-ancestors": [NONE]} if header else directives)


def embed_policy(assets: str) -> Markup:
    """Give the policy of embeds, whose style sheet and script are files; any site may show them.

    Args:
        assets: Address of the folder that holds these files; absolute. A frame whose sandbox gives it no origin may
            not know itself as "self".
    """
    own = [SELF, assets]
    directives = {"default-src": [NONE], "base-uri": [NONE], "form-action": [NONE], "script-src": own, "style-src": own}
    return Markup(_written(directives))  # noqa: S704


def sealed(html: str, inline: Inline) -> str:
    """Write the policy of a finished page into its head, before anything that it rules.

    Raises:
        ValueError: If the page does not say its encoding, which is where the policy goes.
    """
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{page_policy(inline)}">'
        f'<meta name="referrer" content="{SHARED["Referrer-Policy"]}">'
    )
    whole, count = _START.subn(lambda found: found[0] + metas, html, count=1)
    if not count:
        raise ValueError('A page has no <meta charset="utf-8">, after which its policy is written.')
    return whole
