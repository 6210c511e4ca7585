"""A guide's own color: every color made from it can be read and seen, on light and on dark pages."""

import itertools
import re

import pytest

from guide.model.color import WHITE, contrast, readable
from guide.outputs.embeds import Embeds
from guide.outputs.security_policy import Inline
from guide.rendering.assets import FIRST, THEME
from guide.rendering.brand import brand_style
from tests.factories import make_guide, make_site, rendered_site

RULE = re.compile(r":root[^{]*\{(.*?)\}", re.DOTALL)
TOKEN = re.compile(r"--guide-([a-z-]+): ?(#[0-9a-f]{6})")
STATES = ("info", "good", "caution", "stop")
GROUNDS = ["paper", "paper-raised", *(f"{state}-paper" for state in STATES)]
PAIRS = [
    *(("link", ground, 4.5) for ground in GROUNDS),
    *(("link-hover", ground, 4.5) for ground in GROUNDS),
    ("on-brand", "brand", 4.5),
    ("ink", "brand-soft", 4.5),
    ("ink-soft", "brand-soft", 4.5),
    ("brand-line", "paper", 3),
    ("brand-line", "paper-raised", 3),
]
"""What is in front of what, and the least contrast: those of tests/browser/test_theme.py that a color can change."""


def schemes(css: str) -> list[dict[str, str]]:
    """Give the tokens of each rule: light, and dark by each of two ways."""
    return [dict(TOKEN.findall(rule)) for rule in RULE.findall(css)]


DEFAULTS = schemes((THEME / "css" / FIRST).read_text("utf-8"))
STEPS = (0, 51, 102, 153, 204, 255)
COLORS = {f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in itertools.product(STEPS, repeat=3)}
ALLOWED = sorted({readable(color, [WHITE]) for color in COLORS})


def test_every_color_gives_pairs_that_can_be_read() -> None:
    assert len(ALLOWED) > 100
    low = [
        (color, number, front, ground)
        for color in ALLOWED
        for number, (own, usual) in enumerate(zip(schemes(brand_style(color)), DEFAULTS, strict=True))
        for front, ground, least in PAIRS
        if contrast({**usual, **own}[front], {**usual, **own}[ground]) < least
    ]
    assert low == []


def test_it_sets_known_tokens_and_dark_ones_alike() -> None:
    light, *dark = schemes(brand_style("#5b2a86"))
    assert light["brand"] == "#5b2a86"
    assert dark[0] == dark[1] != light
    assert light.keys() == dark[0].keys() < DEFAULTS[0].keys()


@pytest.mark.parametrize("color", [None, "#5b2a86"])
def test_pages_and_embeds_have_it(color: str | None) -> None:
    guide = make_guide(site=make_site(brand=color))
    embeds = Embeds(rendered_site(guide))
    for css in (Inline.of_theme(color).styles[0], embeds.style.content):
        assert [css.count("--guide-brand:"), css.count(":#5b2a86")] == ([6, 3] if color else [3, 0])
