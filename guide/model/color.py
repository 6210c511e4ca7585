"""Colors as #rrggbb: how they mix, and how well one shows on another."""

import re
from colorsys import hls_to_rgb, rgb_to_hls

from guide.model.record import refuse

WHITE, BLACK = "#ffffff", "#000000"
READABLE = 4.5
"""The contrast that WCAG asks of text."""

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def _parts(color: str) -> list[int]:
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]


def mixed(color: str, other: str, share: float) -> str:
    """Return a color with a share of another in it, from 0 to 1."""
    pairs = zip(_parts(color), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors by WCAG's formula, from 1 to 21."""

    def luminance(color: str) -> float:
        parts = [part / 255 for part in _parts(color)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(color: str, grounds: list[str], *, lighter: bool = False, least: float = READABLE) -> str:
    """Return a color with enough contrast on every background: this one, or the nearest darker or lighter one."""
    hue, light, saturation = rgb_to_hls(*(part / 255 for part in _parts(color)))
    end = WHITE if lighter else BLACK
    lights = (light + ((1 if lighter else 0) - light) * step / 50 for step in range(1, 50))
    shades = (
        "#" + "".join(f"{round(part * 255):02x}" for part in hls_to_rgb(hue, each, saturation)) for each in lights
    )
    return next((shade for shade in (color, *shades) if all(contrast(shade, on) >= least for on in grounds)), end)


def refuse_unless_under_white(color: str) -> str:
    """Return a color on which white text can be read, in lowercase.

    Raises:
        PydanticCustomError: White text can't be read on it, or it isn't a color.
    """
    if not _COLOR.fullmatch(color):
        remedy = 'Write # and six digits or letters from a to f, in straight double quotes, such as "#1d5552".'
        raise refuse("brand", f'brand "{color[:60]}" is not a color', remedy)
    color = color.lower()
    found = contrast(color, WHITE)
    if found < READABLE:
        dark = readable(color, [WHITE])
        wrong = f"brand {color} is too light for the white words on it: their contrast is {int(found * 10) / 10}:1"
        raise refuse("brand", wrong, f'Write a darker color, with at least {READABLE}:1, such as "{dark}".')
    return color
