"""Large text and forced colors on pages of this guide."""

from __future__ import annotations

import pytest

from tests.browser.conftest import FOCUS_FAULT, Opener

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_controls_are_seen_in_forced_colors(open_page: Opener) -> None:
    """Edges and rings are borders and outlines: colors of the ground are taken away."""
    for path, controls in {
        "checklists/questions-to-ask-a-program/": (
            ".guide-header__button:visible, details:not(.guide-fold):visible, .guide-checklist__box"
        ),
        "understand/levels-of-care/": ".guide-comparison__box, .guide-comparison__picker",
    }.items():
        page = open_page(path, width=360, forced_colors="active")
        found = page.locator(controls)
        assert found.count() > 3
        for control in found.all():
            assert control.evaluate(
                "each => each.type === 'checkbox' ? getComputedStyle(each).appearance !== 'none'"
                " : getComputedStyle(each).borderTopWidth !== '0px' && getComputedStyle(each).borderTopStyle !== 'none'"
            ), control.evaluate("each => each.outerHTML.slice(0, 120)")
        page.locator("#guide-menu-button").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_FAULT) is None
