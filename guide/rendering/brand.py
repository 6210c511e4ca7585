"""A guide's own color in place of the one in tokens.css: every token that's made from it, for light and dark pages."""

import re

from guide.model.color import BLACK, WHITE, mixed, readable
from guide.rendering.assets import FIRST, THEME

_TOKEN = re.compile(r"--guide-([a-z-]+): (#[0-9a-f]{6});")
_GROUNDS = ("paper", "paper-raised", "info-paper", "good-paper", "caution-paper", "stop-paper")
_LINKS_ON_DARK = 7.0
"""The contrast of links on dark pages: the least that can be read would be dull there."""


def brand_style(color: str | None) -> str:
    """Return the rules that set the tokens, to follow those of tokens.css; "" without a color.

    Args:
        color: One on which white letters can be read.
    """
    if not color:
        return ""
    # The dark values stand twice, as in tokens.css.
    light, dark, _ = (THEME / "css" / FIRST).read_text("utf-8").split("@media screen")
    night = _rule(_dark_tokens(color, dict(_TOKEN.findall(dark))))
    return (
        f":root{_rule(_light_tokens(color, dict(_TOKEN.findall(light))))}"
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-guide-scheme="light"]){night}}}'
        f'@media screen{{:root[data-guide-scheme="dark"]{night}}}\n'
    )


def _rule(tokens: dict[str, str]) -> str:
    return f"{{{';'.join(f'--guide-{name}:{color}' for name, color in tokens.items())}}}"


def _light_tokens(color: str, tokens: dict[str, str]) -> dict[str, str]:
    link = readable(color, [tokens[name] for name in _GROUNDS])
    return {
        "brand": color,
        "brand-line": color,
        "brand-soft": mixed(tokens["paper"], color, 0.12),
        "link": link,
        "link-hover": mixed(link, BLACK, 0.4),
    }


def _dark_tokens(color: str, tokens: dict[str, str]) -> dict[str, str]:
    grounds = [tokens[name] for name in _GROUNDS]
    link = readable(color, grounds, lighter=True, least=_LINKS_ON_DARK)
    return {
        "brand": mixed(color, BLACK, 0.28),
        "brand-line": readable(color, grounds, lighter=True),
        "brand-soft": mixed(tokens["paper"], color, 0.3),
        "link": link,
        "link-hover": mixed(link, WHITE, 0.5),
    }
